"""What changed between two packs, and whether more or less passes."""

from __future__ import annotations

import pytest

from safeconduct.policy.differences import Difference, differences
from tests.facts_doc import documented_facts
from tests.policy.sample import SAMPLE, altered, load

ESTABLISHED = "of these, found by a court or UN body [user.incidents_established]"
BARE = SAMPLE[: SAMPLE.index("[[example]]")]


def changed(*changes: tuple[str, str]) -> tuple[Difference, ...]:
    return differences(load(BARE), load(altered(*changes, text=BARE)))


def test_layout_and_examples_are_no_difference() -> None:
    assert differences(load(), load("# comment\n\n\n" + BARE)) == ()


CHANGES: list[tuple[str, str, Difference]] = [
    ('title.en = "A sample"', 'title.en = "B"', Difference("title", "changed", "none", ("was A sample | is B",))),
    ('title.fr = "Un exemple"', "", Difference("title", "changed", "none", ("changed in another language",))),
    (
        'threshold.en = "an un',
        'threshold.en = "un',
        Difference("threshold", "changed", "none", ("was an unacceptable risk | is unacceptable risk",)),
    ),
    (
        'then = "refer"',
        'then = "prohibited"',
        Difference("R-1", "changed", "stricter", ("then: was refer | is prohibited",)),
    ),
    (
        'then = "refer"',
        'then = "need-information"',
        Difference("R-1", "changed", "weaker", ("then: was refer | is need-information",)),
    ),
    (
        'asks = ["user.legal_basis"]',
        'asks = ["user.legal_basis", "user.oversight"]',
        Difference("R-1", "changed", "stricter", ("asks: was user.legal_basis | is user.legal_basis; user.oversight",)),
    ),
    (
        'asks = ["user.legal_basis"]\n',
        "",
        Difference("R-1", "changed", "weaker", ("asks: was user.legal_basis | is none",)),
    ),
    (
        "at_least = 2}\nthen",
        "at_least = 3}\nthen",
        Difference(
            "R-2",
            "changed",
            "either",
            (f"when: was {ESTABLISHED}: at least 2 (incidents) | is {ESTABLISHED}: at least 3 (incidents)",),
        ),
    ),
    (
        "The goods save lives.",
        "They save.",
        Difference("R-3", "changed", "none", ("text: was The goods save lives. | is They save.",)),
    ),
    (
        "decisive = true",
        "decisive = false",
        Difference("user.oversight", "changed", "weaker", ("decisive: was always | is never",)),
    ),
    (
        "decisive = false",
        "decisive = true",
        Difference("item.capability", "changed", "stricter", ("decisive: was never | is always",)),
    ),
    ("days = 10", "days = 9", Difference("item.capability", "changed", "none", ("days: was 10 | is 9",))),
    (
        'at_risk = "journalists and their sources"',
        'at_risk = "all"',
        Difference("MS-1", "changed", "none", ("at risk: was journalists and their sources | is all",)),
    ),
    (
        'is = "rescue"}',
        'in = ["rescue", "health"]}',
        Difference(
            "E-1",
            "changed",
            "either",
            ("when: was the kind of use [use.purpose]: rescue | is the kind of use [use.purpose]: rescue or health",),
        ),
    ),
    (
        'lowers = ["R-1", "MS-1"]',
        'lowers = ["R-1"]',
        Difference("E-1", "changed", "stricter", ("lowers: was R-1; MS-1 | is R-1",)),
    ),
    (
        'to = "conditions"',
        'to = "need-information"',
        Difference("E-1", "changed", "stricter", ("to: was conditions | is need-information",)),
    ),
    (
        '"conditions", "refer", "minded',
        '"refer", "refer", "minded',
        Difference("grid", "changed", "stricter", ("severity 4, likelihood 2: was conditions | is refer",)),
    ),
    (
        '"minded-to-refuse", "prohibited"]',
        '"minded-to-refuse", "minded-to-refuse"]',
        Difference("grid", "changed", "weaker", ("severity 5, likelihood 5: was prohibited | is minded-to-refuse",)),
    ),
]


@pytest.mark.parametrize(("old", "new", "difference"), CHANGES)
def test_each_change_is_said_with_its_effect(old: str, new: str, difference: Difference) -> None:
    assert changed((old, new)) == (difference,)


def test_severity_is_said_in_words() -> None:
    (found,) = changed(("level = 3\ntext", "level = 4\ntext"))
    assert (found.id, found.effect) == ("MS-1", "stricter")
    assert found.what[0].startswith(
        "severity: was scale 3 when always: Named people are touched.; irremediability 5 when how far"
    )
    assert " | is scale 4 when always: Named people" in found.what[0]


def test_tables_added_and_removed() -> None:
    start = BARE.index('[[rule]]\nid = "R-2"')
    without = load(BARE[:start] + BARE[BARE.index('[[rule]]\nid = "R-3"') :])
    words = ("The same unit was found to misuse such goods twice.",)
    assert differences(load(BARE), without) == (Difference("R-2", "removed", "weaker", words),)
    assert differences(without, load(BARE)) == (Difference("R-2", "added", "stricter", words),)
    start = BARE.index("[[exception]]")
    words = ("The use is to rescue people.",)
    assert differences(load(BARE), load(BARE[:start])) == (Difference("E-1", "removed", "stricter", words),)
    assert differences(load(BARE[:start]), load(BARE)) == (Difference("E-1", "added", "weaker", words),)


def test_a_rule_that_became_a_scenario_is_one_change() -> None:
    start, end = BARE.index('[[rule]]\nid = "R-2"'), BARE.index('[[rule]]\nid = "R-3"')
    other = BARE[:start] + BARE[end:].replace('id = "MS-1"', 'id = "R-2"').replace('"R-1", "MS-1"]', '"R-1"]')
    found = {each.id: each for each in differences(load(BARE), load(other))}
    assert found["R-2"] == Difference("R-2", "changed", "either", ("was a rule, is a scenario",))
    assert found["MS-1"].change == "removed"


def test_anchors_are_compared_by_what_they_say_not_by_their_place() -> None:
    first = '[[likelihood]]\nlevel = 5\nwhen = {fact = "trade.embargo"}\ncites = "law"\ntext.en = "Banned."\n'
    assurance = '[[lowers]]\nwhen = {fact = "item.audit_log"}\ncites = "law"\ntext.en = "It logs."\n'
    text = altered(("[[likelihood]]", first + "[[likelihood]]"), ("[[lowers]]", assurance + "[[lowers]]"), text=BARE)
    old, new = load(BARE), load(text)
    means = next(fact.means for fact in documented_facts() if fact.key == "trade.embargo")
    says = f"it is so: {means} [trade.embargo]: Banned."
    logs = "it is so: keeps a log of each use that the user cannot alter [item.audit_log]: It logs."
    assert differences(old, new) == (
        Difference("sample/likelihood-1", "added", "stricter", (says,)),
        Difference("sample/lowers-1", "added", "weaker", (logs,)),
    )
    assert differences(new, old) == (
        Difference("sample/likelihood-1", "removed", "weaker", (says,)),
        Difference("sample/lowers-1", "removed", "stricter", (logs,)),
    )


def test_an_anchor_that_only_says_it_otherwise_changes_nothing() -> None:
    found = changed(("It happened before.", "Again."), ("level = 3\nwhen", "level = 3\nwhen"))
    assert [(each.change, each.effect) for each in found] == [("removed", "none"), ("added", "none")]


def test_a_term_put_in_the_place_of_its_condition_is_no_weakening() -> None:
    term = '[[term]]\nid = "twice"\nwhen = {fact = "user.incidents_established", at_least = 2}\ntext.en = "twice"\n'
    use = ('when = {fact = "user.incidents_established", at_least = 2}', 'when = {term = "twice"}')
    named = load(altered(use, ("[[rule]]", term + "[[rule]]"), text=BARE))
    assert differences(load(BARE), named) == (Difference("twice", "added", "none", ("twice",)),)


def test_a_term_in_the_anchor_of_a_severity_is_no_change() -> None:
    term = '[[term]]\nid = "deep"\nwhen = {fact = "item.capability", is = "intrusive"}\ntext.en = "deep"\n'
    use = ('when = {fact = "item.capability", is = "intrusive"}', 'when = {term = "deep"}')
    named = load(altered(use, ("[[rule]]", term + "[[rule]]"), text=BARE))
    assert differences(load(BARE), named) == (Difference("deep", "added", "none", ("deep",)),)
    anchor = ('when = {fact = "user.incidents", at_least = 1}', 'when = {term = "before"}')
    term = '[[term]]\nid = "before"\nwhen = {fact = "user.incidents", at_least = 1}\ntext.en = "before"\n'
    named = load(altered(anchor, ("[[rule]]", term + "[[rule]]"), text=BARE))
    assert differences(load(BARE), named) == (Difference("before", "added", "none", ("before",)),)
