"""Which parties a changed list touches."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.screen.delta import SOURCE, touched
from safeconduct.screen.model import Screening
from tests.screen.listed import BANK, SPYWARE, ZORAB, answers, matcher, party, records

PARTIES = (
    party("Zorab Vishtu"),
    party("Somebody Else"),
    party("Vantrex Group Ltd", kind="company"),
    party("Vishtu Zorab", kind="person", born="1990-01-01"),
)


def asked(where: Path, data: bytes, parties: tuple[Party, ...] = PARTIES) -> dict[int, Screening]:
    return dict(touched(data, parties, where))


def test_only_parties_that_a_changed_entry_alerts_on_come_out(tmp_path: Path) -> None:
    found = asked(tmp_path, records(ZORAB, SPYWARE))
    assert sorted(found) == [0, 2]
    assert answers(found[0].matches) == {"P1": "cannot_tell"}
    assert {match.source for match in found[0].matches} == {SOURCE}


def test_nothing_changed_touches_nobody(tmp_path: Path) -> None:
    assert asked(tmp_path, b"") == {}


def test_whoever_alerts_beside_the_whole_list_is_touched_when_that_entry_changes(tmp_path: Path) -> None:
    whole = matcher(tmp_path, ZORAB, SPYWARE, BANK)
    for position, one in enumerate(PARTIES):
        alerts = [match.entry for match in whole.screen(one).matches if match.answer != "different"]
        assert (position in asked(tmp_path, records(ZORAB, SPYWARE, BANK))) == bool(alerts)


def test_a_party_nobody_can_read_is_touched_and_says_so(tmp_path: Path) -> None:
    found = asked(tmp_path, records(BANK), (party("🙂"), party("x" * 9_999), party("Somebody")))
    assert sorted(found) == [0, 1]
    assert found[0].unread == ("🙂",)
    assert found[1].matches == ()


def test_a_line_that_is_no_record_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="line 2"):
        asked(tmp_path, records(BANK) + b"{broken\n")
    assert list(tmp_path.iterdir()) == []
