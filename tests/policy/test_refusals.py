"""Each wrong table of a pack: what is said, of which line, with which remedy; bounds; facts of examples."""

from __future__ import annotations

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, Known, Unknown, Value
from safeconduct.policy.condition import checks_of
from tests.policy.sample import SAMPLE, WHERE, altered, line_of, load


def refusal(text: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        load(text)
    return caught.value


GRID_ROW = 's5 = ["conditions", "refer", "minded-to-refuse", "minded-to-refuse", "prohibited"]'
FACT = "item.capability"

WRONG: list[tuple[str, str, str, str, str]] = [
    # what to replace, by what, what is said, a piece of the line it is said of, the remedy
    ("language = 1", "language = 2", "language 2", "language = 2", "language = 1"),
    ("language = 1", "language = true", "language true", "language = true", "language = 1"),
    ("language = 1\n", "", "'language' is missing", "", "add language"),
    ('name = "sample"', 'name = "a sample"', "'a sample' is not an id", "name =", "letters, digits"),
    ('name = "sample"\n', "", "'name' is missing", "", "add name"),
    ('title.en = "A sample"\n', "", "title.en is missing", "title.fr", 'title.en = "…"'),
    ('threshold.en = "an unacceptable risk"\n', "", "'threshold' is missing", "", "threshold.en"),
    ('title.en = "A sample"', 'titel.en = "A sample"', "unknown key 'titel'", "titel.en", "'title'"),
    ('id = "R-2"', 'id = "R-1"', "'R-1' stands twice, first at sample.toml, line 7", "[[rule]]@2", "rename"),
    ('id = "MS-1"', 'id = "R-1"', "'R-1' stands twice", "[[scenario]]", "rename"),
    ('id = "E-1"', 'id = "MS-1"', "'MS-1' stands twice", "[[exception]]", "rename"),
    ('fact = "user.oversight"\ndecisive', 'fact = "user.legal_basis"\ndecisive', "stands twice", "[[question]]@3", ""),
    ('id = "R-2"', 'id = "grid"', "'grid' has a meaning of its own", 'id = "grid"', "another id"),
    ('id = "R-2"', 'id = "outcome"', "'outcome' has a meaning", 'id = "outcome"', "another id"),
    ('id = "R-2"', 'id = "R.2"', "'R.2' is not an id", 'id = "R.2"', "up to 40"),
    ('id = "R-2"', f'id = "{"R" * 41}"', "is not an id", "RRRR", "up to 40"),
    ('id = "R-2"\n', "", "'id' is missing", "[[rule]]@2", "add id"),
    ('group = "code_test"\n', "", "'group' is missing", "[[rule]]@2", "add group"),
    ('then = "minded-to-refuse"\n', "", "'then' is missing", "[[rule]]@2", "add then"),
    ('then = "minded-to-refuse"', 'then = "not-controlled"', "'not-controlled' is not allowed", "not-controlled", ""),
    ('then = "minded-to-refuse"', 'then = "refuse"', "'refuse' is not allowed", 'then = "refuse"', "'refer'"),
    (
        'cites = "Code, 2"',
        'cites = "Code, 2"\nthen = "refer"',
        "group reason_for has no outcome",
        "Code, 2@+1",
        "drop then",
    ),
    ('asks = ["user.legal_basis"]', 'asks = ["user.legal_bases"]', "unknown fact", "asks =", "'user.legal_basis'"),
    ('asks = ["user.legal_basis"]', 'asks = ["user.remedy"]', "R-1 asks for user.remedy, which has no", "[[rule]]", ""),
    ('asks = ["user.legal_basis"]', "asks = []\nground = 5", "expected a text, found 5", "ground", "text"),
    ('unknown = "ask"', 'unknown = "asks"', "'asks' is not allowed here", "unknown =", "did you mean 'ask'?"),
    ('cites = "Code, 1"', 'cites = ""', "expected a text, found an empty text", 'cites = ""', "quotation"),
    ('when = {fact = "item.reason_for"', 'wenn = {fact = "item.reason_for"', "unknown key 'wenn'", "wenn", "'when'"),
    ('text.en = "The goods save lives."', 'text.en = ""', "an empty text", 'text.en = ""', "text"),
    (
        'fact = "user.oversight"\ndecisive',
        'fact = "user.oversigt"\ndecisive',
        "unknown fact",
        "oversigt",
        "'user.oversight'",
    ),
    ("decisive = true\n", "", "'decisive' is missing", "[[question]]@3", "add decisive"),
    ("decisive = true", 'decisive = "yes"', "expected a table, found 'yes'", "decisive =@3", "table"),
    ("days = 20", "days = 0", "0 is not a whole number from 1 to 3650", "days = 0", "correct"),
    ("days = 20", "days = 3651", "3651 is not a whole number", "days = 3651", "correct"),
    ('right = "privacy', 'rigth = "privacy', "unknown key 'rigth'", "rigth", "'right'"),
    ('actor = "violation"', 'actor = "State"', "'State' is not allowed here", "actor", "violation, abuse"),
    ('dimension = "scale"', 'dimension = "scopes"', "'scopes' is not allowed here", "scopes", "'scope'"),
    ("level = 3\ntext", "level = 6\ntext", "6 is not a whole number from 1 to 5", "level = 6", "correct"),
    ("level = 3\nwhen", "level = 0\nwhen", "0 is not a whole number from 1 to 5", "level = 0", "correct"),
    ('s1 = ["no-objection",', "s1 = [", "s1 is not a list of 5 outcomes", "s1 =", "one for each likelihood"),
    ('s1 = ["no-objection",', 's1 = ["no-objection", "no-objection",', "s1 is not a list of 5", "s1 =", "likelihood"),
    (GRID_ROW, "s5 = 5", "s5 is not a list of 5 outcomes", "s5 = 5", "likelihood"),
    (GRID_ROW, "", "'s5' is missing", "[grid]", "add s5"),
    (GRID_ROW, GRID_ROW + '\ns6 = ["refer"]', "unknown key 's6'", "s6", "did you mean 's1'?"),
    (GRID_ROW, GRID_ROW.replace('"refer"', '"catch-all-notice"'), "not allowed here", "s5 =", ""),
    (
        GRID_ROW,
        GRID_ROW.replace('["conditions", "refer"', '["refer", "conditions"'),
        "severity 5, likelihood 2 is less strict than a lesser risk",
        "s5 =",
        "only rise",
    ),
    (GRID_ROW, GRID_ROW.replace('"prohibited"', '"refer"'), "severity 5, likelihood 5 is less strict", "s5 =", "rise"),
    (GRID_ROW, GRID_ROW.replace('"conditions"', '"no-objection"'), "severity 5, likelihood 1 is less", "s5 =", "rise"),
    (
        'lowers = ["R-1", "MS-1"]',
        'lowers = ["R-1", "MS-2"]',
        "no rule or scenario is named 'MS-2'",
        "[[exception]]",
        "'MS-1'",
    ),
    (
        'lowers = ["R-1", "MS-1"]',
        'lowers = ["E-1"]',
        "no rule or scenario is named 'E-1'",
        "[[exception]]",
        "did you mean",
    ),
    ('lowers = ["R-1", "MS-1"]', "lowers = []", "an exception that lowers nothing", "lowers = []", "name the rules"),
    ('lowers = ["R-1", "MS-1"]\n', "", "'lowers' is missing", "[[exception]]", "add lowers"),
    (
        'lowers = ["R-1", "MS-1"]',
        'lowers = ["R-3"]',
        "E-1 lowers R-3 to conditions, but its outcome is none",
        "[[exception]]",
        "",
    ),
    (
        'to = "conditions"',
        'to = "refer"',
        "E-1 lowers R-1 to refer, but its outcome is refer",
        "[[exception]]",
        "stricter",
    ),
    ('to = "conditions"', 'to = "prohibited"', "its outcome is refer", "[[exception]]", "stricter"),
    ('ground = "rescue of life"\n', "", "'ground' is missing", "[[exception]]", "add ground"),
    ('rule = "R-2"', 'rule = "R-22"', "exception or second person is named 'R-22'", "[[example]]@5", "'R-2'"),
    ('rule = "R-2"\n', "", "an example has either rule or case", "[[example]]@5", "name"),
    ('rule = "R-2"', 'rule = "R-2"\ncase = "1"', "an example has either rule or case", "[[example]]@5", "name"),
    (
        '"R-1" = "met"}',
        '"R-9" = "met"}',
        "no rule, scenario, exception or second person is named 'R-9'",
        "[[example]]@-1",
        "did you mean",
    ),
    ('"R-1" = "met"}', '"R-1" = "mett"}', "'mett' is not allowed here", "mett", "did you mean 'met'?"),
    ('outcome = "refer", "R-1"', 'outcome = "referr", "R-1"', "'referr' is not allowed", "referr", "'refer'"),
    (
        'expect = {outcome = "refer", "R-1" = "met"}',
        "expect = {}",
        "a case of which nothing is expected",
        "expect = {}",
        "",
    ),
    ('expect = {outcome = "refer", "R-1" = "met"}', 'expect = "refer"', "expected a table", 'expect = "refer"', ""),
    ('case = "1"', 'case = "1"\nfacts = {}', "a case brings its own facts", "facts = {}@-1", "drop facts"),
    ('case = "1"', "case = 1", "expected a text, found 1", "case = 1", "text"),
    ('expect = "met"', 'expect = "not met"', "'not met' is not allowed here", "not met", "'not_met'"),
    (
        'facts = {"item.capability" = "none"}',
        "facts = []",
        "expected a table of facts, found a list",
        "facts = []",
        "facts =",
    ),
    ('facts = {"item.capability" = "none"}\n', "", "'facts' is missing", "[[example]]@2", "add facts"),
    (
        'facts = {"item.capability" = "none"}',
        'facts = {"item.capablity" = "none"}',
        "unknown fact",
        "capablity",
        f"{FACT!r}",
    ),
    (
        'facts = {"item.capability" = "none"}',
        'facts = {"item.capability" = "non"}',
        "'non' is not a value",
        '"non"',
        "'none'",
    ),
    (
        'facts = {"item.capability" = "none"}',
        'facts = {"item.capability" = ["none"]}',
        "a list is not a value",
        '["none"]',
        "",
    ),
    (
        'facts = {"item.capability" = "none"}',
        'facts = {"user.oversight" = "no"}',
        "'no' is not a value of user.oversight, a flag",
        '"no"',
        "state a flag",
    ),
    (
        'facts = {"item.reason_for" = []}',
        'facts = {"item.reason_for" = "health"}',
        "'health' is not a value",
        '"health"}',
        "list of words",
    ),
    (
        'facts = {"item.reason_for" = []}',
        'facts = {"item.reason_for" = ["helth"]}',
        "'helth' is not a value",
        "helth",
        "'health'",
    ),
    ('facts = {"item.reason_for" = []}', 'facts = {"item.reason_for" = [1]}', "1 is not a value", "[1]", ""),
    (
        "{at_least = 2}}",
        "{at_least = 2, some = []}}",
        "exactly one of unknown, conflict, some, at_least",
        "some = []",
        "keep one",
    ),
    ("{at_least = 2}}", "{}}", "exactly one of unknown", "{}}", "keep one"),
    ("{at_least = 2}}", "{atleast = 2}}", "unknown key 'atleast'", "atleast", "'at_least'"),
    ("{at_least = 2}}", '{at_least = "2"}}', "'2' is not a value", '"2"', "number"),
    ("{at_least = 2}}", '{some = ["2"]}}', "user.incidents_established is not a set of words", "some =", "its value"),
    ('{some = ["rescue"]}', "{at_least = 2}", "item.reason_for is not a count", 'for" = {at_least', "its value"),
    (
        '{some = ["rescue"]}',
        '{some = "rescue"}',
        "'rescue' is not a value of item.reason_for",
        'some = "',
        "list of words",
    ),
    ('{unknown = "absent"}', '{unknown = "lost"}', "'lost' is not allowed here", "lost", "absent, conflicting"),
    ("{conflict = [1, 2]}", "{conflict = [1]}", "a conflict needs two values that differ", "[1]}", "both"),
    ("{conflict = [1, 2]}", "{conflict = [1, 1]}", "a conflict needs two values that differ", "[1, 1]}", "both"),
    ("{conflict = [1, 2]}", "{conflict = 1}", "expected a list, found 1", "conflict = 1}", "brackets"),
    ("{conflict = [1, 2]}", '{conflict = [1, "x"]}', "'x' is not a value", '[1, "x"]', "number"),
    ("[[likelihood]]", '[weakening]\n"R-1" = 5\n[[likelihood]]', "expected a text, found 5", '"R-1" = 5', "text"),
    (
        'name = "sample"',
        'name = "sample"\nremoves = ["R-9"]',
        "nothing named 'R-9' is inherited",
        "removes",
        "none to choose",
    ),
    ('name = "sample"', 'name = "sample"\nextends = "other"', "'other' names no pack", "extends", "name@sha256:"),
    ('name = "sample"', 'name = "sample"\nextends = 5', "expected a text, found 5", "extends", "text"),
    ('name = "sample"', 'name = "sample"\nterm = 1', "expected a list, found 1", "term = 1", "brackets"),
]


def line_said(text: str, piece: str) -> str:
    """``piece``, ``piece@2`` its second line, ``piece@-1`` its last, ``piece@+1`` the line after; empty: no line."""
    if not piece:
        return WHERE
    fragment, _, which = piece.partition("@")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if fragment in line]
    number = lines[0] + 1 if which == "+1" else lines[int(which or 1) - (int(which or 1) > 0)]
    return f"{WHERE}, line {number}"


@pytest.mark.parametrize(("old", "new", "what", "piece", "remedy"), WRONG)
def test_each_wrong_table_is_refused_with_its_line(old: str, new: str, what: str, piece: str, remedy: str) -> None:
    text = altered((old, new))
    found = refusal(text)
    assert what in found.what
    assert found.where == line_said(text, piece)
    assert remedy in found.remedy
    assert found.remedy


def test_a_scenario_without_severity_is_refused() -> None:
    start, end = SAMPLE.index("[[scenario.severity]]"), SAMPLE.index("[[likelihood]]")
    found = refusal(SAMPLE[:start] + SAMPLE[end:])
    assert found.what == "a scenario without severity"
    assert found.where == f"{WHERE}, line {line_of('[[scenario]]')}"


def test_a_pack_without_grid_is_refused() -> None:
    start, end = SAMPLE.index("[grid]"), SAMPLE.index("[[exception]]")
    assert refusal(SAMPLE[:start] + SAMPLE[end:]).what == "'grid' is missing"


def many(key: str, count: int) -> str:
    table = {
        "rule": "[[rule]]\nid = 'X-{0}'\ngroup = 'question'\n",
        "likelihood": "[[likelihood]]\nlevel = 1\n",
    }[key] + "when = {{fact = 'user.oversight'}}\ncites = 'c'\ntext.en = 't'\n"
    return SAMPLE + "".join(table.format(number) for number in range(count))


@pytest.mark.parametrize(("key", "held"), [("rule", 3), ("likelihood", 1)])
def test_the_number_of_tables_is_bounded(key: str, held: int) -> None:
    assert load(many(key, 1000 - held)).name == "sample"
    found = refusal(many(key, 1001 - held))
    assert found.what == f"more than 1000 tables of {key}"
    assert found.where.startswith(f"{WHERE}, line ")


def test_a_pack_too_large_is_refused() -> None:
    assert "larger than" in refusal(SAMPLE + "#" * 1_000_000).what


def test_facts_of_examples_carry_their_line_as_evidence() -> None:
    met = load().rule_examples[0].facts
    assert met["item.capability"] == stated("item.capability", "designed", line_of("facts = "))
    assert met["user.oversight"] == stated("user.oversight", False, line_of("facts = "), "false")


def stated(key: str, value: Value, line: int, text: str = "", complete: bool = True) -> Known:
    source = Source("derived", ref="example", place=f"{WHERE}, line {line}")
    return Known(value, (Evidence(key, text or str(value), source),), complete)


def fact_in(form: str) -> Fact:
    """``item.reason_for`` of an example, in a short form."""
    text = altered(('{"item.reason_for" = []}', '{"item.reason_for" = ' + form + "}"))
    return next(each for each in load(text).rule_examples if each.place == REASON).facts["item.reason_for"]


NO_REASON = 'for" = []'
REASON = f"{WHERE}, line {line_of(NO_REASON) - 2}"


def test_sets_and_conflicts_in_examples() -> None:
    key, line = "item.reason_for", line_of(NO_REASON)
    assert fact_in('{some = ["rescue", "health"]}') == stated(key, ("rescue", "health"), line, "rescue, health", False)
    assert fact_in("[]") == stated(key, (), line, "none")
    assert fact_in("{some = []}") == stated(key, (), line, "none", False)
    both = (*stated(key, ("rescue",), line, "rescue").evidence, *stated(key, (), line, "none").evidence)
    assert fact_in('{conflict = [["rescue"], []]}') == Unknown("conflicting", both)
    assert fact_in('{unknown = "withheld"}') == Unknown("withheld")


def test_a_count_that_may_be_higher() -> None:
    fact = load().rule_examples[4].facts["user.incidents_established"]
    assert fact == stated("user.incidents_established", 2, line_of("at_least = 2}}"), "2", False)


TERMS = """
[[term]]
id = "strong"
when = {fact = "item.capability", at_least = "designed"}
text.en = "it is made for use on people"
[[term]]
id = "strong_and_unseen"
when.all = [{term = "strong"}, {not = {fact = "user.oversight"}}]
text.en = "and nobody looks"
[[rule]]"""


def test_terms_may_use_those_above_them_and_rules_all() -> None:
    pack = load(
        altered(
            ("\n[[rule]]", TERMS),
            ('when = {fact = "user.incidents_established", at_least = 2}', 'when = {term = "strong_and_unseen"}'),
        )
    )
    assert [term.id for term in pack.terms] == ["strong", "strong_and_unseen"]
    assert [check.fact.key for check in checks_of(pack.rules[1].when)] == ["item.capability", "user.oversight"]
    assert pack.text("strong") == "it is made for use on people"


@pytest.mark.parametrize(
    ("old", "new", "what", "piece"),
    [
        (
            '{term = "strong"}',
            '{term = "strong_and_unseen"}',
            "no term 'strong_and_unseen' above this",
            "when.all = [{term",
        ),
        ('{term = "strong"}', '{term = "stron"}', "no term 'stron' above this", "when.all = [{term"),
        (
            'id = "strong_and_unseen"',
            'id = "strong"',
            "the term 'strong' stands already at sample.toml, line",
            'id = "strong"@2',
        ),
        ('id = "strong_and_unseen"', 'id = "R-1"', "'R-1' stands twice", "[[term]]@2"),
        ('text.en = "and nobody looks"\n', "", "'text' is missing", "[[term]]@2"),
    ],
)
def test_a_wrong_term_is_refused(old: str, new: str, what: str, piece: str) -> None:
    text = altered(("\n[[rule]]", TERMS), (old, new))
    found = refusal(text)
    assert what in found.what
    assert found.where == line_said(text, piece)
