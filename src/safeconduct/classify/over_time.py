"""What applied to an item on a day, and what changed since: the texts of two editions beside the two answers.

An entry test is our reading of one edition. Where the law's text is another on the other day, equal answers of the
test prove nothing: whether the goods would be rated otherwise then *cannot be told* until a person reads both texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from safeconduct.classify.model import EntryTests, LineClassification
from safeconduct.core.message import Message
from safeconduct.sources.model import ControlParagraph, Edition

Texts = Mapping[str, ControlParagraph]
Standing = Literal["caught", "freed", "cannot_tell", "outside", "not_in_force", "not_tested"]
Compared = Literal["same", "changed", "added", "removed", "absent", "one_edition", "no_edition"]
Differs = Literal["yes", "no", "cannot_tell"]
MOST_CHANGES = 40


class TextChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One paragraph or note, by code, as the older and as the newer edition has it (empty: it has none)."""

    sign: Literal["added", "removed", "changed"]
    code: str
    before: str
    after: str


class EntryOverTime(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry on that day and today.

    ``then`` and ``now`` are what its test answers; ``valid_from`` and ``valid_to`` the dates of the test (empty: none
    stated). ``text`` compares what the two editions say; ``text_since`` is the date of the oldest loaded edition since
    which the newer text stands without a change, ``or_earlier`` where no older one is loaded. ``changes`` are at most
    ``MOST_CHANGES``, ``more`` how many are left out. ``differs``: whether the answer would be another today.
    """

    list: str
    code: str
    then: Standing
    now: Standing
    valid_from: str
    valid_to: str
    text: Compared
    text_since: str
    or_earlier: bool
    changes: tuple[TextChange, ...]
    more: int
    differs: Differs
    said: tuple[Message, ...]


class Compare(msgspec.Struct, frozen=True):
    """Two editions of one list. ``then`` is None where none of that day is loaded; ``older`` holds those up to the
    newer one, newest first, with what each says. ``same_day``: nothing lies between the two days."""

    list: str
    then: Edition | None
    now: Edition | None
    editions: int
    older: tuple[tuple[str, Texts], ...]
    before: Texts
    after: Texts
    same_day: bool = False


def about(texts: Texts, code: str) -> dict[str, ControlParagraph]:
    """What a list says of ``code``: itself, all beneath it, all above it, and the notes on those above."""
    parts = code.split(".")
    above = {".".join(parts[:depth]) for depth in range(1, len(parts))}
    notes = tuple(f"{one}.note." for one in above)
    return {
        name: record
        for name, record in texts.items()
        if name == code or name.startswith(f"{code}.") or name in above or (notes and name.startswith(notes))
    }


def differences(before: Texts, after: Texts) -> tuple[TextChange, ...]:
    """What differs between two readings of the same place, in the order of codes; where it stands does not count."""
    found = []
    for code in sorted(before.keys() | after.keys()):
        old, new = before.get(code), after.get(code)
        if old is None or new is None:
            sign: Literal["added", "removed"] = "added" if old is None else "removed"
            found.append(TextChange(sign, code, old.text if old else "", new.text if new else ""))
        elif _content(old) != _content(new):
            found.append(TextChange("changed", code, old.text, new.text))
    return tuple(found)


def entries_over_time(
    then: LineClassification, now: LineClassification, tests: Sequence[EntryTests], compared: Mapping[str, Compare]
) -> tuple[EntryOverTime, ...]:
    """Every entry that caught, freed or stood open on either day, in the order of the older answer.

    ``compared`` holds the editions by list; a list without any is told as such.
    """
    names = dict.fromkeys((each.list, each.code) for each in (*then.entries, *now.entries))
    return tuple(_entry(name, code, then, now, tests, compared.get(name)) for name, code in names)


def _entry(
    name: str,
    code: str,
    then: LineClassification,
    now: LineClassification,
    tests: Sequence[EntryTests],
    seen: Compare | None,
) -> EntryOverTime:
    test = next((entry for one in tests if one.list == name for entry in one.entries if entry.code == code), None)
    old, new = _standing(then, name, code, test is not None), _standing(now, name, code, test is not None)
    text, changes = _texts(seen, code)
    since, or_earlier = _since(seen, code)
    differs = _differs(old, new, text, seen)
    return EntryOverTime(
        list=name,
        code=code,
        then=old,
        now=new,
        valid_from=test.valid_from if test else "",
        valid_to=test.valid_to if test else "",
        text=text,
        text_since=since,
        or_earlier=or_earlier,
        changes=changes[:MOST_CHANGES],
        more=max(0, len(changes) - MOST_CHANGES),
        differs=differs,
        said=_said(code, old, new, text, differs),
    )


def _standing(found: LineClassification, name: str, code: str, tested: bool) -> Standing:
    for each in found.entries:
        if (each.list, each.code) == (name, code):
            return each.status
    if any((each.list, each.code) == (name, code) for each in found.outside):
        return "outside"
    return "not_in_force" if tested else "not_tested"


def _texts(seen: Compare | None, code: str) -> tuple[Compared, tuple[TextChange, ...]]:
    if seen is None or seen.now is None or seen.then is None:
        return "no_edition", ()
    one_edition = seen.then.normalised == seen.now.normalised and seen.editions == 1 and not seen.same_day
    if one_edition and about(seen.before, code) == about(seen.after, code):  # else its own dates tell them apart
        return "one_edition", ()
    if code not in seen.before and code not in seen.after:
        return "absent", ()
    if code not in seen.before or code not in seen.after:
        sign: Compared = "added" if code not in seen.before else "removed"
        return sign, differences(_own(seen.before, code), _own(seen.after, code))
    changes = differences(about(seen.before, code), about(seen.after, code))
    return ("changed" if changes else "same"), changes


def _own(texts: Texts, code: str) -> Texts:
    return {name: record for name, record in texts.items() if name == code or name.startswith(f"{code}.")}


def _since(seen: Compare | None, code: str) -> tuple[str, bool]:
    """Since which of the loaded editions the newer text stands, going back without a gap."""
    if seen is None or code not in seen.after:
        return "", False
    newest, found = about(seen.after, code), ""
    for date, texts in seen.older:
        if differences(about(texts, code), newest):
            return found, False
        found = date
    return found, bool(found)


def _differs(old: Standing, new: Standing, text: Compared, seen: Compare | None) -> Differs:
    if old != new:
        return "yes"
    if seen is not None and seen.same_day:
        return "no"
    return "no" if text == "same" else "cannot_tell"


def _said(code: str, old: Standing, new: Standing, text: Compared, differs: Differs) -> tuple[Message, ...]:
    told = Message(f"classify.since.text.{text}", {"code": code})
    answer = Message(f"classify.since.differs.{differs}", {"code": code, "then": old, "now": new})
    return told, answer


def listed_changes(before: Texts, after: Texts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Entries and paragraphs that the newer edition added, and those that it removed, in order; notes are left out."""
    old, new = (_numbered(texts.values()) for texts in (before, after))
    return tuple(sorted(new - old)), tuple(sorted(old - new))


def _numbered(records: Iterable[ControlParagraph]) -> set[str]:
    return {each.code for each in records if each.kind in ("entry", "paragraph")}


def _content(record: ControlParagraph) -> tuple[object, ...]:
    return record.text, record.kind, record.parent, record.frees, record.reasons
