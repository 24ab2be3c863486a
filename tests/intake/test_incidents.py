from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.fact import Known, Unknown
from safeconduct.intake import facts_of
from tests.intake.application import case_with, stated

SEARCHED = stated("user.record_searched", "court registers and press until 2026-10-01", "adviser")


def incident(basis: str = "reported", of: str = "unit", what: str = "A reporter's calls read", **source: Any) -> Any:
    value = {"date": "2024-05", "what": what, "basis": basis, "of": of}
    return stated("user.incident", value, "officer", source={"kind": "ngo", "date": "2024-07"} | source)


def counts(*statements: Any) -> dict[str, Any]:
    """The three counts, short: ``2``, ``2+`` where there may be more, or why it is unknown."""
    facts = facts_of(case_with(*statements))
    found = {}
    for key in ("incidents", "incidents_established", "incidents_of_state"):
        fact = facts[f"user.{key}"]
        found[key] = fact.why if isinstance(fact, Unknown) else f"{fact.value}{'' if fact.complete else '+'}"
    return found


def test_without_a_search_and_without_an_incident_nothing_is_known() -> None:
    assert set(counts().values()) == {"not_searched"}


def test_a_search_that_found_nothing_makes_none_known() -> None:
    assert set(counts(SEARCHED).values()) == {"0"}
    assert facts_of(case_with(SEARCHED))["user.incidents"].evidence[0].value.startswith("court registers")


def test_a_search_that_is_not_complete_does_not() -> None:
    assert set(counts(SEARCHED | {"complete": False}).values()) == {"not_searched"}


def test_incidents_without_a_search_are_a_lower_bound() -> None:
    found = counts(incident(), incident("court_established", what="A lawyer followed"))
    assert found == {"incidents": "2+", "incidents_established": "1+", "incidents_of_state": "not_searched"}


def test_an_allegation_alone_is_no_incident_but_stays_in_the_evidence() -> None:
    assert counts(incident("alleged"), SEARCHED)["incidents"] == "0"
    assert counts(incident("alleged"))["incidents"] == "not_searched"
    fact = facts_of(case_with(incident("alleged"), SEARCHED))["user.incidents"]
    assert any("alleged" in each.value for each in fact.evidence)


def test_each_incident_counts_for_the_body_that_did_it() -> None:
    found = counts(incident(of="parent"), incident(of="state"), incident(of="supplier"), SEARCHED)
    assert found == {"incidents": "1", "incidents_established": "0", "incidents_of_state": "2"}


def test_one_incident_told_by_two_sources_counts_once_with_its_best_basis() -> None:
    told = incident("alleged"), incident("un_finding", kind="un_body", what="a REPORTER'S  calls read")
    assert counts(*told, SEARCHED)["incidents_established"] == "1"
    assert len(facts_of(case_with(*told))["user.incidents"].evidence) == 2


def test_a_sealed_source_stays_sealed_and_dated_in_the_evidence() -> None:
    fact = facts_of(case_with(incident(sealed=True)))["user.incidents"]
    assert isinstance(fact, Known)
    assert [(each.source.sealed, each.source.date) for each in fact.evidence] == [(True, "2024-07")]


BASES = st.sampled_from(["alleged", "reported", "multiple_sources", "un_finding", "court_established"])
TOLD = st.lists(st.tuples(BASES, st.sampled_from(["unit", "parent", "state", "supplier"])), max_size=5)


@given(TOLD, st.booleans())
def test_a_further_incident_never_lowers_a_count(told: list[tuple[str, str]], searched: bool) -> None:
    statements = [incident(basis, of, what=f"incident {n}") for n, (basis, of) in enumerate(told)]
    base = [SEARCHED] if searched else []

    def number(count: str) -> int:
        return 0 if count == "not_searched" else int(count.rstrip("+"))

    for more in range(len(statements)):
        before, after = counts(*base, *statements[:more]), counts(*base, *statements[: more + 1])
        assert all(number(before[key]) <= number(after[key]) for key in before)


@given(TOLD)
def test_no_count_is_complete_without_a_search(told: list[tuple[str, str]]) -> None:
    found = counts(*(incident(basis, of, what=f"incident {n}") for n, (basis, of) in enumerate(told)))
    assert all(count == "not_searched" or count.endswith("+") for count in found.values())
