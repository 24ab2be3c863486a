"""What counts as weaker from one pack to another."""

from __future__ import annotations

import pytest

from safeconduct.policy.weakening import is_as_wide, weakenings
from tests.policy.logic import condition
from tests.policy.sample import SAMPLE, altered, load

CHANGES: list[tuple[str, str, str, str]] = [
    # what to replace in the sample, by what, the id that grew weaker, how
    ('then = "refer"', 'then = "need-information"', "R-1", "outcome need-information, was refer"),
    ('unknown = "ask"', 'unknown = "show"', "R-1", "what is unknown is only shown, was asked"),
    ('asks = ["user.legal_basis"]\n', "", "R-1", "no longer asks for user.legal_basis"),
    ("is = false},", "is = true},", "R-1", "its condition may be met less often"),
    ("at_least = 2}\nthen", "at_least = 3}\nthen", "R-2", "its condition may be met less often"),
    ('group = "code_test"', 'group = "question"', "R-2", "no outcome any more, was minded-to-refuse"),
    ("decisive = true", "decisive = false", "user.oversight", "not decisive any more"),
    ("decisive = true", 'decisive = {fact = "user.remedy"}', "user.oversight", "may be decisive less often"),
    (
        'decisive = {fact = "item.capability", at_least = "designed"}',
        "decisive = false",
        "user.legal_basis",
        "not decisive any more",
    ),
    (
        'decisive = {fact = "item.capability", at_least = "designed"}',
        'decisive = {fact = "user.remedy"}',
        "user.legal_basis",
        "may be decisive less often",
    ),
    (
        'when.any = [{fact = "item.capability", at_least = "incidental"}]',
        'when = {fact = "user.remedy"}',
        "MS-1",
        "its condition may be met less often",
    ),
    ("level = 3\ntext", "level = 2\ntext", "MS-1", "scale 3 may be reached less often"),
    ("level = 3\ntext", 'level = 3\nwhen = {fact = "user.remedy"}\ntext', "MS-1", "scale 3 may be reached less often"),
    ('dimension = "irremediability"', 'dimension = "scope"', "MS-1", "irremediability 5 may be reached less often"),
    ('is = "intrusive"}', 'is = "designed"}', "MS-1", "irremediability 5 may be reached less often"),
    ("level = 3\nwhen", "level = 2\nwhen", "sample/likelihood-1", "likelihood 3 may be reached less often"),
    (
        '"user.incidents", at_least = 1}',
        '"user.incidents", at_least = 2}',
        "sample/likelihood-1",
        "likelihood 3 may be",
    ),
    ('{fact = "assurance.verifiable"}', '{fact = "user.remedy"}', "sample/lowers-1", "an assurance lowers likelihood"),
    (
        '"minded-to-refuse", "prohibited"]',
        '"minded-to-refuse", "minded-to-refuse"]',
        "grid",
        "severity 5, likelihood 5: minded-to-refuse, was prohibited",
    ),
    ('to = "conditions"', 'to = "no-objection"', "E-1", "the exception lowers more, or more often"),
    ('lowers = ["R-1", "MS-1"]', 'lowers = ["R-1", "R-2", "MS-1"]', "E-1", "the exception lowers more, or more often"),
    ('is = "rescue"}', 'in = ["rescue", "health"]}', "E-1", "the exception lowers more, or more often"),
]


@pytest.mark.parametrize(("old", "new", "name", "what"), CHANGES)
def test_each_way_of_growing_weaker(old: str, new: str, name: str, what: str) -> None:
    text = altered((old, new)).replace(
        'then = "minded-to-refuse"\n', "" if 'group = "question"' in new else 'then = "minded-to-refuse"\n'
    )
    text = text[: text.index("[[example]]")]
    found = weakenings(load(), load(text))
    assert [(each.id, each.what[: len(what)]) for each in found] == [(name, what)]


NO_WEAKER = [
    ('then = "refer"', 'then = "minded-to-refuse"'),
    ('unknown = "ask"', 'unknown = "ask"\nground = "words only"'),
    ("The goods save lives.", "They do."),
    ('has_any = ["rescue", "health"]', 'has = "rescue"'),  # a reason for an export moves no outcome
    ("decisive = false", "decisive = true"),
    ("decisive = false", 'decisive = {fact = "user.remedy"}'),
    ('decisive = {fact = "item.capability", at_least = "designed"}', "decisive = true"),
    (
        'decisive = {fact = "item.capability", at_least = "designed"}',
        'decisive.any = [{fact = "user.remedy"}, {fact = "item.capability", at_least = "designed"}]',
    ),
    ("days = 20", "days = 5"),
    (
        'when = {fact = "user.incidents_established", at_least = 2}',
        'when.any = [{fact = "user.persecutes"}, {fact = "user.incidents_established", at_least = 2}]',
    ),
    (
        'when.any = [{fact = "item.capability", at_least = "incidental"}]',
        'when.any = [{fact = "user.remedy"}, {fact = "item.capability", at_least = "incidental"}]',
    ),
    ("level = 3\ntext", "level = 4\ntext"),
    ('when = {fact = "item.capability", is = "intrusive"}\n', ""),
    ("level = 3\nwhen", "level = 5\nwhen"),
    ('lowers = ["R-1", "MS-1"]', 'lowers = ["R-1"]'),
    ('to = "no-objection"', 'to = "conditions"'),
    ('s1 = ["no-objection",', 's1 = ["no-objection",'),
    ('"conditions", "refer", "minded', '"refer", "refer", "minded'),
]


@pytest.mark.parametrize(("old", "new"), NO_WEAKER)
def test_what_is_as_strict_or_stricter_is_no_weakening(old: str, new: str) -> None:
    base = altered(('to = "conditions"', 'to = "no-objection"'))
    text = altered((old, new), text=base)
    assert weakenings(load(base), load(text[: text.index("[[example]]")])) == ()


@pytest.mark.parametrize(
    ("cut", "until", "name", "what"),
    [
        ('[[rule]]\nid = "R-3"', "[[question]]", "R-3", "the rule is removed"),
        ('[[question]]\nfact = "user.oversight"', "[[scenario]]", "user.oversight", "the question is removed"),
        ("[[likelihood]]", "[[lowers]]", "sample/likelihood-1", "likelihood 3 may be reached less often"),
    ],
)
def test_what_is_missing_is_a_weakening(cut: str, until: str, name: str, what: str) -> None:
    base = SAMPLE[: SAMPLE.index("[[example]]")]
    start = base.index(cut)
    text = base[:start] + base[base.index(until, start) :]
    assert [(each.id, each.what) for each in weakenings(load(base), load(text))] == [(name, what)]


def test_a_scenario_taken_away_and_an_exception_or_assurance_added_are_weakenings() -> None:
    base = SAMPLE[: SAMPLE.index("[[exception]]")]
    start, end = base.index("[[scenario]]"), base.index("[[likelihood]]")
    less = base[:start] + base[end:]
    assert [(w.id, w.what) for w in weakenings(load(base), load(less))] == [("MS-1", "the scenario is removed")]
    more = SAMPLE[: SAMPLE.index("[[example]]")]
    assert [
        tuple(w.__getattribute__(f) for f in ("id", "what", "ground")) for w in weakenings(load(base), load(more))
    ] == [("E-1", "an exception is added", "rescue of life")]
    start, end = base.index("[[lowers]]"), base.index("[grid]")
    bare = base[:start] + base[end:]
    assert [w.id for w in weakenings(load(bare), load(base))] == ["sample/lowers-1"]
    assert weakenings(load(base), load(bare)) == ()


FLAG, OTHER = condition({"fact": "item.flag"}), condition({"fact": "user.flag"})
EITHER = condition({"any": [{"fact": "item.flag"}, {"fact": "user.flag"}]})


def test_a_condition_is_as_wide_when_that_can_be_seen() -> None:
    assert is_as_wide(FLAG, None)
    assert is_as_wide(None, None)
    assert not is_as_wide(None, FLAG)
    assert is_as_wide(FLAG, FLAG)
    assert is_as_wide(FLAG, EITHER)
    assert is_as_wide(
        EITHER, condition({"any": [{"fact": "user.word", "is": "red"}, {"fact": "user.flag"}, {"fact": "item.flag"}]})
    )
    assert not is_as_wide(EITHER, FLAG)
    assert not is_as_wide(FLAG, OTHER)
    assert not is_as_wide(FLAG, condition({"all": [{"fact": "item.flag"}, {"fact": "user.flag"}]}))
    assert not is_as_wide(EITHER, condition({"any": [{"fact": "item.flag"}, {"fact": "user.word", "is": "red"}]}))
