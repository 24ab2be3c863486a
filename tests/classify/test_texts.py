"""Every reason that classification gives has words, and there are no words for reasons it never gives."""

import msgspec

from safeconduct.classify import TEXTS
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
    return found


def test_every_reason_has_words_and_no_words_are_left_over() -> None:
    said = reasons()
    assert {each.key for each in said} == set(TEXTS)
    assert all("{" not in TEXTS[each.key].format(**each.params) for each in said)
