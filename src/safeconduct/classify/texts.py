"""Words of this room, in English; a State adds its own languages."""

from __future__ import annotations

TEXTS = {
    "classify.element.met": "{paragraph}: {text}.",
    "classify.element.not_met": "{paragraph} does not fit: it asks for “{text}”.",
    "classify.element.cannot_tell": "{paragraph}: whether it is “{text}” cannot be told.",
    "classify.note.met": "{paragraph} frees it: {text}.",
    "classify.note.not_met": "{paragraph} does not free it: it asks for “{text}”.",
    "classify.note.cannot_tell": "{paragraph}: whether it is “{text}” cannot be told.",
    "classify.label.rejected": (
        "The label ({label}) is the seller's and frees nothing. {paragraph} asks for “{text}”, and the features cited "
        "show another design."
    ),
    "classify.label.settles_nothing": (
        "The label ({label}) is the seller's and frees nothing. Whether {paragraph} applies, “{text}”, is for an "
        "officer to find from the features."
    ),
    "classify.declared.caught": "The declared entry {list} {code} catches the goods.",
    "classify.declared.freed": "The declared entry {list} {code} would reach the goods, but {note} frees them.",
    "classify.declared.not_borne_out": "The declared entry {list} {code} is not borne out by what is known.",
    "classify.declared.open": "Whether the declared entry {list} {code} catches the goods cannot be told.",
    "classify.rated.caught": "{list} {code} catches the goods, as a person rated them.",
    "classify.rated.freed": "A note of {list} {code} frees the goods, as a person rated them.",
    "classify.rated.outside": "The goods are outside {list} {code}, as a person rated them.",
    "classify.rated.differ": (
        "Whether {list} {code} catches the goods cannot be told: a rating differs from another, or from what a test "
        "answers by the facts on record."
    ),
    "classify.undeclared": "{list} {code} catches the goods and was not declared.",
    "classify.outside.other_entry": "{code} goes before it.",
    "classify.outside.kind": "The goods are of another kind.",
    "classify.kind_found": (
        "A person found what kind of goods these are, and that answers for entries to which their own words point: "
        "{entries}. If one of them may fit all the same, find the facts that it asks for."
    ),
}
