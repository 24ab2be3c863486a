"""Who holds the parties, as facts of the case: from the recorded register, and never harmless by silence."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.assess.ownership import CONTROLLED, OWNED, Around, ownership_facts
from safeconduct.core import canonical
from safeconduct.core.fact import Fact, Known, Unknown
from safeconduct.screen.holdings import Holding, Party
from tests.screen.holdings import DAY, all_owners, owns, people, tied


def facts(*holdings: Holding, of: str = "A", **standings: str) -> dict[str, Fact]:
    parties = tuple(people(**standings).values())
    known = {one.id for one in parties}
    rest = {end for one in holdings for end in (one.holder, one.held)} | set(of) - {""}
    parties += tuple(Party(name, name) for name in sorted(rest - known - {""}))
    return ownership_facts(Around(tuple((f"P-{name}", name) for name in of), parties, holdings), DAY)


@pytest.mark.parametrize("around", [None, Around((), (), ())])
def test_what_was_not_looked_up_is_not_searched(around: Around | None) -> None:
    found = ownership_facts(around, DAY)
    assert found == {OWNED: Unknown("not_searched"), CONTROLLED: Unknown("not_searched")}


def test_nothing_stated_is_unknown() -> None:
    assert facts() == {OWNED: Unknown("not_searched"), CONTROLLED: Unknown("not_searched")}


def test_one_party_that_is_owned_is_enough_whatever_is_unknown_of_others() -> None:
    found = facts(owns("X", "A", 50), of="AB", listed="X")[OWNED]
    assert isinstance(found, Known)
    assert found.value is True
    assert {item.value for item in found.evidence} >= {"X (X) owner 50 % of A (A)"}
    assert {item.fact for item in found.evidence} == {OWNED}


def test_it_is_known_not_to_be_only_where_that_is_known_of_every_party() -> None:
    settled = (owns("P", "A", 80), owns("P", "B", 51))
    found = facts(*settled, of="AB", clear="P", persons="P")[OWNED]
    assert isinstance(found, Known)
    assert found.value is False
    assert isinstance(facts(settled[0], of="AB", clear="P", persons="P")[OWNED], Unknown)


def test_statements_that_exclude_each_other_are_conflicting() -> None:
    found = facts(owns("X", "A", 30), owns("X", "A", 60), owns("P", "A", 40), listed="X", clear="P", persons="P")[OWNED]
    assert isinstance(found, Unknown)
    assert found.why == "conflicting"


def test_a_listed_director_controls_and_no_director_on_record_says_nothing() -> None:
    found = facts(tied("director", "X", "A"), listed="X", persons="X")
    assert isinstance(found[CONTROLLED], Known)
    assert isinstance(found[OWNED], Unknown)
    assert isinstance(facts(tied("director", "P", "A"), clear="P")[CONTROLLED], Unknown)


@given(st.integers(0, 100), st.integers(0, 100))
def test_taking_a_statement_away_never_turns_it_into_no(share: int, rest: int) -> None:
    ties = [owns("X", "A", share), owns("P", "A", min(rest, 100 - share)), all_owners("A")]
    for number in range(len(ties)):
        fewer = ties[:number] + ties[number + 1 :]
        whole, less = (facts(*some, listed="X", clear="P", persons="X P")[OWNED] for some in (ties, fewer))
        if isinstance(whole, Known) and whole.value is True:
            assert not (isinstance(less, Known) and less.value is False)


def test_the_recorded_register_reads_back_to_the_same_bytes() -> None:
    around = Around((("P1", "R-1"),), (Party("R-1", "A", "clear"),), (owns("X", "R-1", 25, 50, begins="2024"),))
    data = canonical.encode(around)
    assert canonical.encode(msgspec.json.decode(data, type=Around)) == data
