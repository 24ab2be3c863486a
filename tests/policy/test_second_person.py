"""When a policy wants two people to clear a match: what it may read, how it is shown, and when it grows weaker."""

from __future__ import annotations

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.core.fact import Fact, Known
from safeconduct.core.finding import Verdict
from safeconduct.policy import check_pack, differences, evaluate, show, weakenings
from tests.policy.sample import SAMPLE, load

TWO = """
[[second_person]]
id = "SP-1"
when.any = [{fact = "match.answer", at_least = "likely_same"}, {fact = "match.list", is = "un-sc"}]
cites = "Code, 4"
text.en = "Whoever may well be listed is cleared by two."

[[example]]
rule = "SP-1"
facts = {"match.answer" = "likely_same"}
expect = "met"

[[example]]
rule = "SP-1"
facts = {"match.answer" = "cannot_tell", "match.list" = "bis-el"}
expect = "not_met"
"""
PACK = SAMPLE + TWO


def met(facts: dict[str, Fact]) -> Verdict:
    (rule,) = load(PACK).second_persons
    return evaluate(rule.when, facts).verdict


def test_it_reads_the_facts_of_one_match() -> None:
    assert met({"match.list": Known("un-sc", ())}) is Verdict.MET
    assert met({"match.answer": Known("cannot_tell", ())}) is Verdict.CANNOT_TELL
    assert met({}) is Verdict.CANNOT_TELL


def test_a_pack_without_it_asks_for_nobody() -> None:
    assert load().second_persons == ()


def test_its_examples_are_held_to() -> None:
    assert not [one for one in check_pack(load(PACK)) if "SP-1" in one.what]
    turned = PACK.replace(
        'expect = "met"\n\n[[example]]\nrule = "SP-1"', 'expect = "not_met"\n\n[[example]]\nrule = "SP-1"'
    )
    assert turned != PACK
    assert [one for one in check_pack(load(turned)) if "SP-1 should be not met, but is met" in one.what]


def test_it_needs_an_example_that_is_met_and_one_that_is_not() -> None:
    bare = PACK[: PACK.index('[[example]]\nrule = "SP-1"')]
    (problem,) = [one for one in check_pack(load(bare)) if "SP-1" in one.what]
    assert problem.what == "SP-1 has no example of: met, not met"


@pytest.mark.parametrize(
    ("table", "where"),
    [
        ('[[rule]]\nid = "R-9"\ngroup = "red_flag"\nthen = "refer"\n', "when"),
        ('[[likelihood]]\nlevel = 2\n', "when"),
        ('[[lowers]]\n', "when"),
        ('[[question]]\nfact = "user.remedy"\ndays = 3\n', "decisive"),
        ('[[exception]]\nid = "E-9"\nlowers = ["R-1"]\nto = "conditions"\nground = "x"\n', "when"),
    ],
)  # fmt: skip
def test_nothing_else_may_read_a_match(table: str, where: str) -> None:
    text = f'{table}{where} = {{fact = "match.score", at_least = 9}}\ncites = "x"\ntext.en = "x"\n'
    with pytest.raises(Refusal, match=r"match\.score is a fact of one match") as caught:
        load(SAMPLE + "\n" + text)
    assert "[[second_person]]" in caught.value.remedy


def test_nor_through_a_term() -> None:
    term = '[[term]]\nid = "near"\nwhen = {fact = "match.score", at_least = 9}\ntext.en = "near"\n\n[[rule]]'
    used = SAMPLE.replace("[[rule]]", term, 1).replace('{fact = "user.oversight", is = false}', '{term = "near"}')
    with pytest.raises(Refusal, match=r"match\.score is a fact of one match"):
        load(used)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('id = "SP-1"', 'id = "SP"', "unknown key"),
        ('cites = "Code, 4"\ntext.en = "Whoever', 'text.en = "Whoever', "'cites' is missing"),
        ('{fact = "match.list", is = "un-sc"}', '{fact = "match.lists", is = "un-sc"}', "unknown fact 'match.lists'"),
        ('at_least = "likely_same"}, {', 'at_least = "likely"}, {', "'likely' is not a value of match.answer"),
        ('at_least = "likely_same"}, {', 'at_least = "different"}, {', "holds for every value"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(old: str, new: str, what: str) -> None:
    text = (
        PACK.replace(old, new, 1)
        if "unknown key" not in what
        else PACK.replace('id = "SP-1"', 'id = "SP-1"\nthen = "refer"', 1)
    )
    assert text != PACK
    with pytest.raises(Refusal, match=what) as caught:
        load(text)
    assert "line " in caught.value.where


def test_two_of_one_name_are_refused() -> None:
    with pytest.raises(Refusal, match="'R-1' stands twice"):
        load(PACK.replace('"SP-1"', '"R-1"'))


def test_a_lawyer_reads_it_as_a_numbered_sentence() -> None:
    said = show(load(PACK))
    assert "When two people are needed" in said
    assert "SP-1: Whoever may well be listed is cleared by two." in said
    assert "what screening says of the match [match.answer]: at least likely same" in said
    assert "Likewise where this cannot be told." in said


WITHOUT = load(PACK[: PACK.index("\n[[second_person]]")])
NARROWER = load(PACK.replace(', {fact = "match.list", is = "un-sc"}]', "]"))
WIDER = load(PACK.replace('is = "un-sc"}]', 'is = "un-sc"}, {fact = "match.weak_alias"}]'))


def test_taking_it_away_or_needing_it_less_often_is_a_weakening() -> None:
    whole = load(PACK)
    assert [(one.id, one.what) for one in weakenings(whole, WITHOUT)] == [
        ("SP-1", "one person alone may clear what took two")
    ]
    assert [(one.id, one.what) for one in weakenings(whole, NARROWER)] == [
        ("SP-1", "a second person may be needed less often")
    ]
    assert weakenings(whole, WIDER) == weakenings(WITHOUT, whole) == weakenings(whole, whole) == ()


def test_differences_say_which_way_it_went() -> None:
    whole = load(PACK)
    told = {(one.change, one.effect) for one in differences(whole, WITHOUT) if one.id == "SP-1"}
    assert told == {("removed", "weaker")}
    assert {(one.change, one.effect) for one in differences(WITHOUT, whole)} == {("added", "stricter")}
    assert {(one.change, one.effect) for one in differences(whole, WIDER)} == {("changed", "stricter")}
