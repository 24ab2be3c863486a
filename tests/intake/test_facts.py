from safeconduct.intake import FACTS
from tests.facts_doc import documented_facts

FOUND_ELSEWHERE = {
    "item.listed", "item.caught_by", "place.libdem", "place.libdem_trend5", "place.rights_protection", "place.voice",
    "case.scenario_named", "assessment.outcome",
}  # fmt: skip


def test_declares_exactly_the_documented_facts_that_an_application_may_state() -> None:
    expected = {
        fact.key: fact
        for fact in documented_facts()
        if fact.key not in FOUND_ELSEWHERE and not fact.key.startswith(("screening.", "match."))
    }
    assert {fact.key: fact for fact in FACTS} == expected


def test_every_fact_that_a_person_may_state_is_declared_here() -> None:
    statable = {fact.key for fact in documented_facts() if fact.may_state != ("system",)}
    assert statable <= {fact.key for fact in FACTS}


def test_no_fact_stands_twice() -> None:
    assert len({fact.key for fact in FACTS}) == len(FACTS)
