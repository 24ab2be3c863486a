"""Every reason that classification gives has words, and there are no words for reasons it never gives."""

import msgspec

from safeconduct.classify import TEXTS, LineRating
from safeconduct.classify.model import EntryResult, Said
from safeconduct.classify.ratings import rated
from safeconduct.core.item import Declared
from safeconduct.core.message import Message
from tests.classify.sheets import SHEETS
from tests.classify.tests_at_hand import classified


def reasons() -> list[Message]:
    declared = tuple(Declared("eu-annex1", code) for code in ("5A001.j", "5A001.f.3", "4D004", "5A004.b"))
    found: list[Message] = []
    for sheet in SHEETS:
        answer = classified(msgspec.structs.replace(sheet.item(), declared=declared), sheet.known())
        found += [each.why for each in answer.outside] + [each.reason for each in answer.findings]
        found += [part.reason for each in answer.entries for part in (*each.elements, *each.notes)]
        found += [each.reason for each in classified(sheet.item(), sheet.known()).findings]
    people: tuple[tuple[Said, ...], ...] = (("caught",), ("freed",), ("outside",), ("freed", "outside"))
    for said in people:
        ratings = [LineRating(1, "eu-annex1", "2B350.g", one, one, "officer", "2026-10-19", 7, "7") for one in said]
        for each in rated(1, ratings, ()):
            found += [part.reason for part in each.elements] if isinstance(each, EntryResult) else [each.why]
    return found


def test_every_reason_has_words_and_no_words_are_left_over() -> None:
    said = reasons()
    assert {each.key for each in said} == set(TEXTS)
    assert all("{" not in TEXTS[each.key].format(**each.params) for each in said)
