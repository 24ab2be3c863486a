"""One match as facts of the policy language."""

from __future__ import annotations

import pytest

from safeconduct.core.fact import Known
from safeconduct.core.message import Message
from safeconduct.policy.catalogue import fits
from safeconduct.screen import FACTS, Match, Matcher, Part, match_facts
from tests.facts_doc import documented_facts
from tests.screen.listed import party


def match(*parts: tuple[str, str]) -> Match:
    found = tuple(Part(part, finding) for part, finding in parts)
    return Match("un-sc", "Q1", "B", "cannot_tell", 512, found, Message("x"), "f", place="row 3")


def values(*parts: tuple[str, str]) -> dict[str, object]:
    found = match_facts(match(*parts), party("A", kind="person"))
    return {key: fact.value for key, fact in found.items() if isinstance(fact, Known)}


def test_they_are_those_of_the_documentation() -> None:
    assert set(FACTS) == {fact for fact in documented_facts() if fact.key.startswith("match.")}
    assert {fact.subject for fact in FACTS} == {"match"}


def test_all_are_known_and_fit_their_types() -> None:
    found = values(("birth_date", "contradict"), ("territory", "agree"), ("alias_quality", "weak_alias"))
    assert set(found) == {fact.key for fact in FACTS}
    assert all(fits(fact, found[fact.key]) for fact in FACTS)


def test_what_agrees_and_what_contradicts_is_told_apart_from_silence() -> None:
    found = values(
        ("birth_date", "contradict"), ("territory", "agree_address"), ("sex", "not_stated"), ("identifier", "near")
    )
    assert found["match.contradicts"] == ("birth_date",)
    assert found["match.agrees"] == ("territory",)
    assert values()["match.agrees"] == values()["match.contradicts"] == ("none",)


@pytest.mark.parametrize(("quality", "weak"), [("weak_alias", True), ("primary", False), ("alias", False)])
def test_weak_aliases_are_marked(quality: str, weak: bool) -> None:
    assert values(("alias_quality", quality))["match.weak_alias"] is weak


def test_each_fact_has_the_list_as_its_evidence() -> None:
    for fact in match_facts(match(), party("A")).values():
        assert isinstance(fact, Known)
        (evidence,) = fact.evidence
        assert (evidence.source.kind, evidence.source.ref, evidence.source.place) == ("list", "un-sc Q1", "row 3")


def test_real_matches_have_facts_that_fit(made: Matcher) -> None:
    one = party("Zorab Vishtu", kind="person", territory="QM", born="1971-03-09")
    for seen in made.screen(one).matches:
        found = match_facts(seen, one)
        assert all(isinstance(fact, Known) and fits(kind, fact.value) for kind in FACTS for fact in (found[kind.key],))
