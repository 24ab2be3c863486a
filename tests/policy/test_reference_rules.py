"""Each rule of the reference policy at its edges, against verdicts written down from its sentence."""

from __future__ import annotations

from importlib.resources import files

import msgspec
import pytest

from safeconduct.core.fact import Known
from safeconduct.core.finding import Verdict
from safeconduct.flows.catalogue import catalogue
from safeconduct.policy import load_pack
from safeconduct.policy.condition import Not, checks_of
from safeconduct.policy.pack import Rule
from tests.policy.reference_rules import Stated, read_stated, slips

STATED = read_stated(catalogue())
PACK = load_pack((files("safeconduct") / "starter" / "policy" / "reference.toml").read_bytes(), "r", catalogue())
RULES = {rule.id: rule for rule in PACK.rules}


def test_every_rule_of_the_reference_is_stated_and_no_other() -> None:
    assert set(STATED) == set(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_what_its_sentence_says(rule: Rule) -> None:
    assert slips(STATED[rule.id], rule) == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_each_fact_a_rule_reads_and_each_word_it_names_is_tried(rule: Rule) -> None:
    tried = _tried(STATED[rule.id])
    for check in checks_of(rule.when):
        wanted = {str(value) for value in check.values} if check.fact.kind in ("word", "words") else set()
        assert wanted <= tried[check.fact.key] or check.form == "known", check


@pytest.mark.parametrize("stated", STATED.values(), ids=STATED)
def test_both_verdicts_are_stated_and_the_open_one_where_it_can_be(stated: Stated) -> None:
    verdicts = {verdict for _, verdict in stated.cases}
    closed = all(check.form == "known" for check in checks_of(RULES[stated.id].when))
    assert verdicts == ({Verdict.MET, Verdict.NOT_MET} if closed else set(Verdict))


def test_a_slip_is_named() -> None:
    rule = RULES["RF-20"]
    changed = msgspec.structs.replace(rule, when=Not(rule.when), then=None)
    found = slips(STATED["RF-20"], changed)
    assert found[0] == "RF-20: 'prohibited' is stated, None found"
    assert [line[:43] for line in found[1:]] == [
        "RF-20: met is stated, not_met found on {'tr",
        "RF-20: not_met is stated, met found on {'tr",
    ]


def _tried(stated: Stated) -> dict[str, set[str]]:
    """The values that stand in the cases of a rule, by fact."""
    found: dict[str, set[str]] = {}
    for facts, _ in stated.cases:
        for key, fact in facts.items():
            value = fact.value if isinstance(fact, Known) else ()
            found.setdefault(key, set()).update(map(str, value) if isinstance(value, tuple) else {str(value)})
    return found
