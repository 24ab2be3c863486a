""" "Not the same" holds as long as neither side changes."""

from __future__ import annotations

import msgspec
import pytest

from safeconduct.core.party import Identifier
from safeconduct.screen import Clearance, Matcher, clearance_applies, fingerprint, listed_fingerprint
from safeconduct.sources.model import ListedName
from tests.screen.listed import NAMESAKE, ZORAB, address, party

OFFICER = party("Zorab Vishtu", kind="person", territory="QM", aliases=("Zorro", "Vish"))


@pytest.fixture
def cleared(made: Matcher) -> Clearance:
    found = made.screen(OFFICER)
    (match,) = (one for one in found.matches if one.entry == "P1")
    return Clearance("made", "P1", found.party, match.facts)


def test_it_holds_while_nothing_changes(cleared: Clearance) -> None:
    assert clearance_applies(cleared, OFFICER, ZORAB)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Zorab Vishtoo"}, {"born": "1971"}, {"territory": "QN"}, {"kind": "unknown"}, {"sex": "male"},
        {"birth_place": "Orvela"}, {"aliases": ("Zorro",)}, {"address": "1 Street"},
        {"identifiers": (Identifier("passport", "1"),)},
    ],
)  # fmt: skip
def test_it_reopens_when_the_party_changes(cleared: Clearance, change: dict[str, object]) -> None:
    assert not clearance_applies(cleared, msgspec.structs.replace(OFFICER, **change), ZORAB)


@pytest.mark.parametrize(
    "change",
    [
        {"names": (*ZORAB.names, ListedName("Zorro"))}, {"born": ("1971-03-09", "1972")},
        {"territories": (address("QN"),)}, {"birth_places": ()}, {"sex": ""}, {"identifiers": ()},
        {"programmes": ("NEW",)}, {"addresses": ("1 Street",)},
    ],
)  # fmt: skip
def test_it_reopens_when_the_list_entry_changes(cleared: Clearance, change: dict[str, object]) -> None:
    assert not clearance_applies(cleared, OFFICER, msgspec.structs.replace(ZORAB, **change))


@pytest.mark.parametrize("change", [{"place": "row 7"}, {"remarks": "Reviewed."}, {"listed_on": "2020-01-01"}])
def test_what_is_no_fact_of_the_listed_party_reopens_nothing(cleared: Clearance, change: dict[str, str]) -> None:
    assert clearance_applies(cleared, OFFICER, msgspec.structs.replace(ZORAB, **change))


def test_it_is_for_one_entry_only(cleared: Clearance) -> None:
    assert not clearance_applies(cleared, OFFICER, NAMESAKE)
    assert not clearance_applies(cleared, OFFICER, msgspec.structs.replace(ZORAB, entry="P7"))


def test_the_partys_place_in_an_application_is_no_fact_of_it() -> None:
    elsewhere = msgspec.structs.replace(
        OFFICER, id="other", roles=("signatory",), part_of="P9", aliases=("Vish", "Zorro")
    )
    assert fingerprint(elsewhere) == fingerprint(OFFICER)


def test_fingerprints_are_sha256() -> None:
    assert len(fingerprint(OFFICER)) == len(listed_fingerprint(ZORAB)) == 64
