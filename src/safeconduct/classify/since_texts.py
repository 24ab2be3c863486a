"""Words of what changed since a day, in English; a State adds its own languages."""

from __future__ import annotations

SINCE_TEXTS = {
    "classify.since.text.same": "The text on {code} is the same in the edition of that day and in the one of today.",
    "classify.since.text.changed": "The text on {code} was changed between the edition of that day and today's.",
    "classify.since.text.added": "{code} is not in the edition of that day; it was added since.",
    "classify.since.text.removed": "{code} is in the edition of that day, and not in the one of today.",
    "classify.since.text.absent": "{code} stands in neither edition that is loaded: its text cannot be compared.",
    "classify.since.text.one_edition": (
        "Only one edition of this list is loaded: whether the text on {code} was changed since cannot be told."
    ),
    "classify.since.text.no_edition": (
        "No edition of this list that held on that day is loaded: what it said of {code} cannot be told."
    ),
    "classify.since.differs.yes": "The answer would be another today: {then} on that day, {now} today.",
    "classify.since.differs.no": "The answer would be the same today.",
    "classify.since.differs.cannot_tell": (
        "Whether the answer would be another today cannot be told: the test was read against one text only. A person "
        "reads the list of both days."
    ),
    "classify.corresponds.stated": "The row on {list} {code} names the list of the {other} beside it.",
    "classify.corresponds.same_code": (
        "{other} has the same number as {list} {code}; whether it says the same is to be read."
    ),
    "classify.corresponds.reason_for_control": (
        "The reason for control of {list} {code} carries out the {other} as a rule; which place of it is not stated."
    ),
    "classify.corresponds.numbering": (
        "The third digit of {code} stands for the {other} in lists numbered so; which place of it is not stated."
    ),
    "classify.since.list.one_edition": "One edition is loaded, so nothing can be said of what changed since.",
    "classify.since.list.no_edition": (
        "The oldest edition that is loaded is of {oldest}; what the list said on that day is not known."
    ),
    "classify.since.list.none_loaded": "No edition of this list is loaded; only the tests of its entries are.",
    "classify.since.list.same_edition": "The same edition held on that day and holds today.",
    "classify.since.list.two_editions": (
        "The edition of {then} held on that day; the one of {now} holds today: {added} entries or paragraphs were "
        "added, {removed} removed."
    ),
    "classify.since.list.read_otherwise": (
        "The two editions were read in different ways ({then}, {now}): a difference may come from the reading."
    ),
    "classify.since.list.hindsight": (
        "Hindsight: the tests were read against a text of {published}, which was published after that day."
    ),
    "classify.since.list.by_obtained": (
        "No date of publication is known of the edition of {date}; it counts from the day it was obtained."
    ),
}
