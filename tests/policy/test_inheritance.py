"""Packs that extend others: what is joined, what is refused, and what counts as weaker."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.policy import Outcome, Pack, load_pack
from safeconduct.policy.inheritance import reference
from safeconduct.policy.weakening import weakenings
from tests.facts_doc import documented_catalogue
from tests.policy.sample import SAMPLE, altered, line_of, load

HEAD = 'language = 1\nname = "national"\ntitle.en = "National"\n'
RULE = """[[rule]]
id = "N-1"
group = "safeguard"
when = {fact = "item.access_revocable", is = false}
then = "conditions"
cites = "law"
text.en = "No leverage."
"""
STRICTER_R2 = """[[rule]]
id = "R-2"
group = "code_test"
when = {fact = "user.incidents_established", at_least = 2}
then = "prohibited"
cites = "law"
text.en = "Never."
"""
QUESTION = """[[question]]
fact = "user.legal_basis"
decisive = true
days = 30
cites = "law"
text.en = "Which law?"
"""
GRID = SAMPLE[SAMPLE.index("[grid]") : SAMPLE.index("[[exception]]")]


def pin(text: str, name: str = "sample") -> str:
    return f"{name}@sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def shelf(*packs: str) -> Callable[[str], bytes]:
    """Packs as their reference finds them."""
    held = {hashlib.sha256(text.encode()).hexdigest(): text.encode() for text in packs}
    return lambda reference: held[reference.partition("sha256:")[2]]


def heir(body: str, base: str = SAMPLE, head: str = HEAD) -> Pack:
    """A pack that extends the sample."""
    text = f'{head}extends = "{pin(base)}"\n{body}'
    return load_pack(text.encode(), "national.toml", documented_catalogue(), shelf(base))


def refusal(body: str, base: str = SAMPLE) -> Refusal:
    with pytest.raises(Refusal) as caught:
        heir(body, base)
    return caught.value


def test_what_a_pack_does_not_state_it_inherits() -> None:
    base, pack = load(), heir("")
    assert pack.ancestry == (pin(SAMPLE),) == (reference(base),)
    for part in ("rules", "questions", "scenarios", "likelihoods", "lowers", "grid", "exceptions", "rule_examples"):
        mine, theirs = getattr(pack, part), getattr(base, part)
        assert len(mine) == len(theirs) if isinstance(mine, tuple) else mine == theirs
    assert pack.text("title") == "National"
    assert pack.text("title", "fr") == "National"
    assert pack.text("threshold") == "an unacceptable risk"
    assert pack.case_examples == ()
    assert pack.rules[0].place == "sample, line 7"
    assert pack.sha256 != base.sha256
    assert pack.meaning != base.meaning


def test_a_rule_of_the_same_id_takes_the_place_and_others_are_added() -> None:
    pack = heir(RULE + STRICTER_R2)
    assert [rule.id for rule in pack.rules] == ["R-1", "R-2", "R-3", "N-1"]
    assert pack.rules[1].then is Outcome.PROHIBITED
    assert pack.text("R-2") == "Never."
    assert [each.rule for each in pack.rule_examples].count("R-2") == 0, "examples of what is replaced fall away"
    assert [each.rule for each in pack.rule_examples].count("R-1") == 4


def test_questions_grid_and_threshold_are_replaced() -> None:
    stricter = GRID.replace('s2 = ["no-objection", "no-objection"', 's2 = ["no-objection", "conditions"')
    pack = heir(QUESTION + stricter, head=HEAD + 'threshold.en = "clear risk"\n')
    question = pack.question("user.legal_basis")
    assert question is not None
    assert (question.days, question.decisive) == (30, True)
    assert pack.grid.cell(2, 2) is Outcome.CONDITIONS
    assert pack.text("threshold") == "clear risk"


def test_grandparents_are_joined_in_turn_and_anchors_keep_their_names() -> None:
    anchor = '[[likelihood]]\nlevel = 4\nwhen = {fact = "user.persecutes"}\ncites = "law"\ntext.en = "They do."\n'
    middle = f'{HEAD}extends = "{pin(SAMPLE)}"\n{RULE}{anchor}'
    text = f'{HEAD.replace("national", "local")}extends = "{pin(middle, "national")}"\n{anchor}'
    pack = load_pack(text.encode(), "local.toml", documented_catalogue(), shelf(SAMPLE, middle))
    assert pack.ancestry == (pin(middle, "national"), pin(SAMPLE))
    assert [rule.id for rule in pack.rules] == ["R-1", "R-2", "R-3", "N-1"]
    assert [each.id for each in pack.likelihoods] == [
        "sample/likelihood-1",
        "national/likelihood-1",
        "local/likelihood-1",
    ]
    assert pack.text("national/likelihood-1") == "They do."


def test_terms_are_inherited_and_cannot_change_their_meaning() -> None:
    term = '[[term]]\nid = "t"\nwhen = {fact = "user.remedy"}\ntext.en = "there is redress"\n'
    base = altered(("[[rule]]", term + "[[rule]]"))
    pack = heir(RULE.replace('{fact = "item.access_revocable", is = false}', '{not = {term = "t"}}'), base)
    assert [each.id for each in pack.terms] == ["t"]
    assert pack.rules[-1].id == "N-1"
    found = refusal(term, base)
    assert found.what.startswith("the term 't' stands already at sample, line ")
    assert refusal(RULE.replace("N-1", "t"), base).what.startswith("'t' stands twice")


@pytest.mark.parametrize("form", ["sample", "sample@sha256:12", "sample@sha1:" + "0" * 64, "@sha256:" + "0" * 64])
def test_a_pack_is_extended_by_name_and_hash_only(form: str) -> None:
    with pytest.raises(Refusal, match="names no pack") as caught:
        load_pack(f'{HEAD}extends = "{form}"'.encode(), "n.toml", documented_catalogue(), shelf(SAMPLE))
    assert caught.value.where == "n.toml, line 4"


def test_other_bytes_than_were_named_are_refused() -> None:
    text = f'{HEAD}extends = "{pin(SAMPLE)}"\n'.encode()
    with pytest.raises(Refusal, match="the pack sample at hand has another sha256"):
        load_pack(text, "n.toml", documented_catalogue(), lambda _: SAMPLE.encode() + b"\n")
    with pytest.raises(Refusal, match="the pack sample is not at hand"):
        load_pack(text, "n.toml", documented_catalogue())
    other = f'{HEAD}extends = "{pin(SAMPLE, "simple")}"\n'.encode()
    with pytest.raises(Refusal, match="the pack of this sha256 is named sample"):
        load_pack(other, "n.toml", documented_catalogue(), shelf(SAMPLE))


def test_a_fault_in_the_pack_extended_names_that_pack() -> None:
    base = altered(("at_least = 2}\nthen", "at_lest = 2}\nthen"))
    assert refusal("", base).where == f"sample, line {line_of('at_lest', base)}"


def test_a_pack_cannot_extend_itself() -> None:
    older = f'{HEAD}extends = "{pin(SAMPLE)}"\n'
    text = f'{HEAD}extends = "{pin(older, "national")}"\n'
    with pytest.raises(Refusal, match="the pack national extends itself") as caught:
        load_pack(text.encode(), "n.toml", documented_catalogue(), shelf(SAMPLE, older))
    assert caught.value.where == "national, line 2"


def test_the_chain_is_bounded() -> None:
    chain, name = [SAMPLE], "sample"
    for number in range(9):
        chain.append(f'{HEAD.replace("national", f"n{number}")}extends = "{pin(chain[-1], name)}"\n')
        name = f"n{number}"
    eighth = load_pack(chain[8].encode(), "n.toml", documented_catalogue(), shelf(*chain))
    assert len(eighth.ancestry) == 8
    with pytest.raises(Refusal, match="more than 8 packs extend each other"):
        load_pack(chain[9].encode(), "n.toml", documented_catalogue(), shelf(*chain))


def test_removing() -> None:
    body = 'removes = ["R-3", "E-1", "sample/lowers-1"]\n[weakening]\n"R-3" = "not our law"\n'
    pack = heir(body)
    assert [rule.id for rule in pack.rules] == ["R-1", "R-2"]
    assert (pack.exceptions, pack.lowers) == ((), ())
    assert "R-3" not in pack.texts
    assert {each.rule for each in pack.rule_examples} == {"R-1", "R-2", "MS-1"}
    assert pack.grounds == {"R-3": "not our law"}


@pytest.mark.parametrize(
    ("body", "what", "line"),
    [
        ('removes = ["R-9"]\n', "nothing named 'R-9' is inherited", 5),
        (f'removes = ["R-2"]\n{STRICTER_R2}', "'R-2' is both removed and stated", 5),
        ('[weakening]\n"R-9" = "because"\n', "no table is named 'R-9'", 6),
        ('removes = ["user.legal_basis"]\n[weakening]\n"user.legal_basis" = "x"\n', "R-1 asks for user.legal_basis", 7),
        ('removes = ["R-1"]\n[weakening]\n"R-1" = "x"\n', "no rule or scenario is named 'R-1'", None),
        (RULE.replace("N-1", "MS-1"), "'MS-1' stands twice", None),
    ],
)
def test_names_that_lead_nowhere_are_refused(body: str, what: str, line: int | None) -> None:
    found = refusal(body)
    assert what in found.what
    if line:
        assert found.where.endswith(f"line {line}")
        assert found.where.startswith("national.toml" if line < 7 else "sample")


WEAKER_RULE = STRICTER_R2.replace("prohibited", "conditions")
LOWERS = '[[lowers]]\nwhen = {fact = "item.audit_log"}\ncites = "law"\ntext.en = "It logs."\n'
SCENARIO = SAMPLE[SAMPLE.index("[[scenario]]") : SAMPLE.index("[[likelihood]]")].replace("level = 3", "level = 2")
EXCEPTION = SAMPLE[SAMPLE.index("[[exception]]") : SAMPLE.index("[[example]]")]


@pytest.mark.parametrize(
    ("body", "name", "grounded"),
    [
        (WEAKER_RULE, "R-2", WEAKER_RULE + 'ground = "Act 5"\n'),
        (WEAKER_RULE, "R-2", WEAKER_RULE + '[weakening]\n"R-2" = "Act 5"\n'),
        (
            QUESTION.replace("true", "false"),
            "user.legal_basis",
            QUESTION.replace("true", "false") + 'ground = "Act 5"\n',
        ),
        (
            QUESTION.replace("true", "false"),
            "user.legal_basis",
            QUESTION.replace("true", "false") + '[weakening]\n"user.legal_basis" = "Act 5"\n',
        ),
        (SCENARIO, "MS-1", SCENARIO + '[weakening]\n"MS-1" = "Act 5"\n'),
        (SCENARIO, "MS-1", SCENARIO.replace("right =", 'ground = "Act 5"\nright =')),
        (LOWERS, "national/lowers-1", LOWERS + 'ground = "Act 5"\n'),
        (
            GRID.replace('"prohibited"]', '"minded-to-refuse"]'),
            "grid",
            GRID.replace('"prohibited"]', '"minded-to-refuse"]') + '[weakening]\ngrid = "Act 5"\n',
        ),
        ('removes = ["R-3"]\n', "R-3", 'removes = ["R-3"]\n[weakening]\n"R-3" = "Act 5"\n'),
        (
            'removes = ["sample/likelihood-1"]\n',
            "sample/likelihood-1",
            'removes = ["sample/likelihood-1"]\n[weakening]\n"sample/likelihood-1" = "Act 5"\n',
        ),
    ],
)
def test_a_weakening_needs_a_ground(body: str, name: str, grounded: str) -> None:
    found = refusal(body)
    assert found.what.startswith(f"{name} is weaker than in sample: ")
    assert found.where.startswith("national.toml, line ")
    assert "ground" in found.remedy
    pack = heir(grounded)
    assert {each.ground for each in weakenings(load(), pack)} == {"Act 5"}


def test_an_exception_brings_its_own_ground() -> None:
    pack = heir(EXCEPTION.replace("E-1", "E-2"))
    assert [each.id for each in pack.exceptions] == ["E-1", "E-2"]


def test_the_refusal_of_a_weaker_table_names_its_line() -> None:
    assert refusal(RULE + WEAKER_RULE).where == f"national.toml, line {5 + RULE.count(chr(10))}"
    assert refusal('removes = ["R-3"]\n').where == "national.toml, line 5"
    assert refusal(GRID.replace('"prohibited"]', '"minded-to-refuse"]')).where == "national.toml, line 5"
