"""What changed since a day: two made editions of a list beside each other, and the answers of one test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from safeconduct.classify import EntryTests, LineClassification, classify_line
from safeconduct.classify.over_time import Compare, EntryOverTime, about, differences, entries_over_time, listed_changes
from safeconduct.classify.since_texts import SINCE_TEXTS
from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, Known
from safeconduct.core.item import Item
from safeconduct.sources.model import ControlParagraph, Edition
from tests.classify.tests_at_hand import entry_tests

OLD_DAY, NEW_DAY = dt.date(2021, 5, 1), dt.date(2026, 5, 1)


def known(value: object, key: str) -> Fact:
    evidence = (Evidence(key, str(value), Source("datasheet", place="line 1"), "line:1", by="officer"),)
    return Known(value, evidence)  # type: ignore[arg-type] # a word, or several


FACTS: Mapping[str, Fact] = {
    key: known(value, key)
    for key, value in {"item.function": "equipment", "item.intrusion_role": ("commands",)}.items()
}


def made(*rows: tuple[str, str, str, str]) -> dict[str, ControlParagraph]:
    """Made, not issued by the publisher: code, parent, kind and text of each paragraph."""
    return {code: ControlParagraph("eu-annex1", code, parent, kind, text, code) for code, parent, kind, text in rows}  # type: ignore[arg-type] # a word of that kind


OLD = made(("4A005", "", "entry", "Systems made to command it"), ("4A006", "", "entry", "Other systems"))
NEW = made(
    ("4A005", "", "entry", "Systems made to command or deliver it"),
    ("4A005.note.1", "4A005", "note", "4A005 does not control toys."),
    ("4A007", "", "entry", "New systems"),
)


def edition(published: str) -> Edition:
    return Edition("eu-annex1", "Made", "control_list", published, published, (), f"hash of {published}", "made/1", 1)


def rated(tests: EntryTests, day: dt.date) -> LineClassification:
    return classify_line(Item(1, "Console"), FACTS, [tests], day)


def over_time(
    before: dict[str, ControlParagraph] | None,
    after: dict[str, ControlParagraph],
    *,
    editions: int = 2,
    valid_to: str = "",
    same_day: bool = False,
) -> EntryOverTime:
    tests = next(one for one in entry_tests() if one.list == "eu-annex1")
    entry = next(one for one in tests.entries if one.code == "4A005")
    tests = msgspec.structs.replace(tests, entries=(msgspec.structs.replace(entry, valid_to=valid_to),))
    apart = editions > 1
    then, now = edition("2020-01-01") if before is not None else None, edition("2025-01-01" if apart else "2020-01-01")
    older = [("2025-01-01", after), ("2020-01-01", before)] if apart else [("2020-01-01", after)]
    seen = Compare(
        "eu-annex1", then, now, editions, tuple((day, texts) for day, texts in older if texts is not None),
        before or {}, after, same_day,
    )  # fmt: skip
    (found,) = entries_over_time(rated(tests, OLD_DAY), rated(tests, NEW_DAY), [tests], {"eu-annex1": seen})
    return found


def test_a_changed_text_leaves_it_open_whether_the_answer_differs() -> None:
    found = over_time(OLD, NEW)
    assert (found.then, found.now, found.text, found.differs) == ("caught", "caught", "changed", "cannot_tell")
    assert [(one.sign, one.code) for one in found.changes] == [("changed", "4A005"), ("added", "4A005.note.1")]
    assert (found.changes[0].before, found.changes[0].after) == (OLD["4A005"].text, NEW["4A005"].text)
    assert (found.text_since, found.or_earlier) == ("2025-01-01", False)


def test_the_same_text_and_the_same_answer_differ_in_nothing_and_stand_since_the_oldest_edition_or_earlier() -> None:
    found = over_time(OLD, OLD)
    assert (found.text, found.differs, found.changes) == ("same", "no", ())
    assert (found.text_since, found.or_earlier) == ("2020-01-01", True)


def test_an_entry_that_ended_since_is_another_answer_today() -> None:
    found = over_time(OLD, OLD, valid_to="2024")
    assert (found.then, found.now, found.differs, found.valid_to) == ("caught", "not_in_force", "yes", "2024")


def test_an_entry_that_the_newer_edition_added_or_removed_is_told_so() -> None:
    without = {code: record for code, record in OLD.items() if code != "4A005"}
    assert (over_time(without, OLD).text, over_time(without, OLD).differs) == ("added", "cannot_tell")
    assert (over_time(OLD, without).text, over_time(OLD, without).differs) == ("removed", "cannot_tell")
    assert over_time(without, without).text == "absent"


def test_one_edition_alone_says_nothing_of_what_changed() -> None:
    found = over_time(OLD, OLD, editions=1)
    assert (found.text, found.differs) == ("one_edition", "cannot_tell")
    assert over_time(OLD, OLD, editions=1, same_day=True).differs == "no"


def test_without_an_edition_of_that_day_nothing_is_known_of_its_text() -> None:
    found = over_time(None, NEW)
    assert (found.text, found.differs) == ("no_edition", "cannot_tell")


def test_what_a_list_says_of_a_paragraph_is_what_stands_above_and_beneath_it_and_the_notes_above() -> None:
    texts = made(
        ("5A001", "", "entry", "Radios"), ("5A001.a", "5A001", "paragraph", "a"),
        ("5A001.j", "5A001", "paragraph", "j"),
        ("5A001.j.1", "5A001.j", "paragraph", "1"), ("5A001.j.note.1", "5A001.j", "note", "frees"),
        ("5A001.note.1", "5A001", "note", "all"), ("5A001.a.note.1", "5A001.a", "note", "other"),
        ("5A001.jj", "5A001", "paragraph", "another"),
    )  # fmt: skip
    assert sorted(about(texts, "5A001.j.1")) == ["5A001", "5A001.j", "5A001.j.1", "5A001.j.note.1", "5A001.note.1"]


def test_where_a_paragraph_stands_in_the_file_is_no_change() -> None:
    moved = {code: msgspec.structs.replace(record, place="line 9") for code, record in OLD.items()}
    assert differences(OLD, moved) == ()


def test_entries_that_came_and_went_leave_out_notes() -> None:
    assert listed_changes(OLD, NEW) == (("4A007",), ("4A006",))


def test_every_word_about_an_entry_is_said_and_fits() -> None:
    said = [
        message
        for found in (
            over_time(OLD, NEW), over_time(OLD, OLD), over_time(OLD, OLD, valid_to="2024"), over_time(None, NEW),
            over_time(OLD, OLD, editions=1), over_time({}, OLD), over_time(OLD, {}), over_time({}, {}),
        )
        for message in found.said
    ]  # fmt: skip
    assert {one.key for one in said} == {
        key for key in SINCE_TEXTS if key.startswith(("classify.since.text.", "classify.since.differs."))
    }
    assert all("{" not in SINCE_TEXTS[one.key].format(**one.params) for one in said)
