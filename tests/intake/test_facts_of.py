from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from safeconduct.core.fact import Fact, Known, Statement, Unknown
from safeconduct.intake import facts_of
from safeconduct.intake.facts import BY_KEY
from safeconduct.intake.facts_of import settle
from tests.intake.application import case_with, stated, statement

AUTHORISATION = "user.prior_authorisation"


def known(fact: Fact | None) -> Known:
    assert isinstance(fact, Known)
    return fact


def unknown(fact: Fact | None) -> Unknown:
    assert isinstance(fact, Unknown)
    return fact


def settled(*statements: Statement) -> Fact:
    return settle(BY_KEY[statements[0].fact], statements)


def test_a_single_claim_is_known_and_marked_with_who_says_it() -> None:
    fact = known(facts_of(case_with(stated("user.kind", "academia")))["user.kind"])
    assert fact.value == "academia"
    assert [each.by for each in fact.evidence] == ["exporter"]


def test_what_nobody_states_is_left_out() -> None:
    assert "user.oversight" not in facts_of(case_with())


def test_statements_that_agree_are_merged_with_all_their_evidence() -> None:
    fact = known(settled(statement(AUTHORISATION, "court", "exporter"), statement(AUTHORISATION, "court", "recipient")))
    assert [each.by for each in fact.evidence] == ["exporter", "recipient"]


def test_claims_that_differ_are_unknown_and_both_stand_in_the_evidence() -> None:
    fact = unknown(
        settled(statement(AUTHORISATION, "court", "exporter"), statement(AUTHORISATION, "none", "recipient"))
    )
    assert fact.why == "conflicting"
    assert {each.value for each in fact.evidence} == {"court", "none"}


@pytest.mark.parametrize("finder", ["officer", "adviser"])
@pytest.mark.parametrize("claimant", ["exporter", "recipient"])
def test_a_finding_settles_a_claim_and_keeps_it_in_the_evidence(finder: Any, claimant: Any) -> None:
    fact = known(settled(statement(AUTHORISATION, "court", claimant), statement(AUTHORISATION, "executive", finder)))
    assert fact.value == "executive"
    assert [(each.by, each.value) for each in fact.evidence] == [(finder, "executive"), (claimant, "court")]


def test_officer_and_adviser_who_differ_leave_it_unknown_whatever_is_claimed() -> None:
    findings = [statement(AUTHORISATION, "court", "officer"), statement(AUTHORISATION, "none", "adviser")]
    assert unknown(settled(*findings, statement(AUTHORISATION, "court", "exporter"))).why == "conflicting"


def test_two_officers_who_differ_leave_it_unknown() -> None:
    findings = statement(AUTHORISATION, "court", "officer", "a"), statement(AUTHORISATION, "none", "officer", "b")
    assert unknown(settled(*findings)).why == "conflicting"


def test_complete_sets_must_be_equal() -> None:
    police, both = ("police",), ("intelligence", "police")
    findings = statement("user.access_by", police, "officer"), statement("user.access_by", both, "adviser")
    assert unknown(settled(*findings)).why == "conflicting"


def test_the_order_of_words_makes_no_difference() -> None:
    one, other = ("intelligence", "police"), ("police", "intelligence")
    fact = known(settled(statement("user.access_by", one, "officer"), statement("user.access_by", other, "adviser")))
    assert fact.value == ("intelligence", "police")
    assert fact.complete


def test_parts_of_a_set_add_up_and_stay_a_lower_bound() -> None:
    fact = known(
        settled(
            statement("user.access_by", ("police",), "officer", complete=False),
            statement("user.access_by", ("intelligence",), "adviser", complete=False),
        )
    )
    assert fact.value == ("intelligence", "police")
    assert not fact.complete
    assert {each.value for each in fact.evidence} == {"at least: police", "at least: intelligence"}


@pytest.mark.parametrize(("part", "fits"), [(("police",), True), (("vendor",), False)])
def test_a_part_fits_into_a_complete_set_or_contradicts_it(part: tuple[str, ...], fits: bool) -> None:
    whole = statement("user.access_by", ("intelligence", "police"), "officer")
    fact = settled(whole, statement("user.access_by", part, "adviser", complete=False))
    assert isinstance(fact, Known) is fits
    if isinstance(fact, Known):
        assert fact.complete


def test_a_partial_finding_and_a_fitting_claim_add_up() -> None:
    fact = known(
        settled(
            statement("user.access_by", ("police",), "officer", complete=False),
            statement("user.access_by", ("police", "vendor"), "exporter"),
        )
    )
    assert (fact.value, fact.complete) == (("police", "vendor"), True)


def test_a_partial_finding_against_a_claim_stands_alone_as_a_lower_bound() -> None:
    fact = known(
        settled(
            statement("user.access_by", ("intelligence",), "officer", complete=False),
            statement("user.access_by", ("none",), "exporter"),
        )
    )
    assert (fact.value, fact.complete) == (("intelligence",), False)


def test_none_and_the_empty_set_are_the_same() -> None:
    fact = known(settled(statement("user.access_by", (), "officer"), statement("user.access_by", ("none",), "adviser")))
    assert fact.value == ("none",)
    flags = known(settle(BY_KEY["item.capability_flags"], [statement("item.capability_flags", (), "officer")]))
    assert (flags.value, flags.complete) == ((), True)


def test_of_a_text_only_its_presence_matters_so_two_wordings_do_not_conflict() -> None:
    fact = known(
        settled(statement("use.stated", "Count", "exporter"), statement("use.stated", "Count them", "officer"))
    )
    assert fact.value == "Count them"
    assert len(fact.evidence) == 2


STATEMENTS = st.lists(
    st.builds(
        statement,
        st.just("user.access_by"),
        st.sets(st.sampled_from(["police", "intelligence", "vendor"]), min_size=1).map(
            lambda each: tuple(sorted(each))
        ),
        st.sampled_from(["exporter", "officer", "adviser"]),
        st.sampled_from(["a", "b"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


@given(STATEMENTS)
def test_the_order_of_statements_makes_no_difference(statements: list[Statement]) -> None:
    assert len({repr(settled(*order)) for order in permutations(statements)}) == 1


@given(STATEMENTS)
def test_every_statement_stands_in_the_evidence(statements: list[Statement]) -> None:
    fact = settled(*statements)
    assert {(each.by, each.source) for each in fact.evidence} == {(each.by, each.source) for each in statements}


@given(STATEMENTS)
def test_no_word_is_known_that_nobody_stated(statements: list[Statement]) -> None:
    fact = settled(*statements)
    said = {word for each in statements if isinstance(each.value, tuple) for word in each.value}
    if isinstance(fact, Known):
        assert isinstance(fact.value, tuple)
        assert set(fact.value) <= said


@given(STATEMENTS)
def test_a_set_is_complete_only_where_somebody_says_so(statements: list[Statement]) -> None:
    fact = settled(*statements)
    if isinstance(fact, Known) and fact.complete:
        assert any(each.complete and set(each.value) == set(fact.value) for each in statements)  # type: ignore[arg-type]


def test_facts_of_a_line_are_its_own_and_those_of_the_case() -> None:
    lines = [{"line": 1, "name": "a"}, {"line": 2, "name": "b"}]
    case = case_with(
        stated("item.kind", "jammer", subject="line:1"),
        stated("item.kind", "other", subject="line:2"),
        stated("user.kind", "police"),
        lines=lines,
    )
    facts = facts_of(case, "line:2")
    assert known(facts["item.kind"]).value == "other"
    assert known(facts["user.kind"]).value == "police"
    assert "item.kind" not in facts_of(case)


def test_an_end_user_is_named_when_a_party_has_that_role() -> None:
    other = [{"id": "P1", "name": "X", "roles": ["consignee"]}]
    assert known(facts_of(case_with(parties=other))["user.named"]).value is False
    assert known(facts_of(case_with())["user.named"]).value is True


def test_a_line_without_datasheet_is_seen() -> None:
    without = case_with(lines=[{"line": 1, "name": "a"}])
    for case in (without, structs.replace(without, lines=())):
        assert known(facts_of(case)["case.datasheet"]).value is False
    assert known(facts_of(case_with())["case.datasheet"]).value is True


def test_facts_of_the_system_cite_the_place_in_the_application() -> None:
    evidence = known(facts_of(case_with())["user.named"]).evidence[0]
    assert (evidence.source.ref, evidence.source.date, evidence.source.place) == ("FJ-2026-1", "2026-10-05", "parties")
