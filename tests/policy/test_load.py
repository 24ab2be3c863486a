"""Loading a pack: what it holds, and the line and word that a refusal names."""

from __future__ import annotations

import hashlib

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.core.fact import Known, Unknown
from safeconduct.core.finding import Verdict
from safeconduct.policy import Outcome, is_decisive
from tests.policy.sample import SAMPLE, WHERE, altered, line_of, load


def refusal(text: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        load(text)
    return caught.value


def test_a_pack_holds_what_its_tables_say() -> None:
    pack = load()
    assert [rule.id for rule in pack.rules] == ["R-1", "R-2", "R-3"]
    assert [rule.then for rule in pack.rules] == [Outcome.REFER, Outcome.MINDED_TO_REFUSE, None]
    assert [rule.unknown for rule in pack.rules] == ["ask", "show", "show"]
    assert pack.rules[0].asks == ("user.legal_basis",)
    assert pack.grid.cell(1, 1) == "no-objection"
    assert pack.grid.cell(4, 3) == "refer"
    assert pack.grid.cell(5, 5) == "prohibited"
    assert [anchor.level for anchor in pack.scenarios[0].severity] == [3, 5]
    assert pack.likelihoods[0].level == 3
    assert pack.exceptions[0].lowers == ("R-1", "MS-1")
    assert pack.case_examples[0].verdicts == {"R-1": Verdict.MET}
    assert pack.case_examples[0].outcome is Outcome.REFER
    assert pack.ancestry == ()


@pytest.mark.parametrize(("severity", "likelihood"), [(0, 1), (1, 0), (6, 1), (1, 6), (0, 6)])
def test_there_is_no_cell_beside_the_grid(severity: int, likelihood: int) -> None:
    with pytest.raises(ValueError, match="steps are 1 to 5"):
        load().grid.cell(severity, likelihood)


def test_every_table_knows_its_file_and_line() -> None:
    pack = load()
    assert pack.rules[1].place == f"{WHERE}, line {line_of('R-2') - 1}"
    assert pack.exceptions[0].place == f"{WHERE}, line {line_of('[[exception]]')}"


def test_the_hash_that_people_sign_is_of_the_bytes_and_the_meaning_outlives_layout() -> None:
    pack, spaced = load(), load("# a comment\n" + SAMPLE.replace("days = 20", "days    =   20"))
    assert pack.sha256 == hashlib.sha256(SAMPLE.encode()).hexdigest()
    assert spaced.sha256 != pack.sha256
    assert spaced.meaning == pack.meaning
    assert load(altered(("days = 20", "days = 21"))).meaning != pack.meaning


def test_both_dresses_of_a_condition_mean_the_same() -> None:
    dressed = altered(("when.any = [", "when = {any = ["), ('"incidental"}]', '"incidental"}]}'))
    assert load(dressed).meaning == load().meaning


def test_a_text_comes_in_the_language_asked_for_else_in_english() -> None:
    pack = load()
    assert pack.text("R-1", "fr") == pack.text("R-1", "fr-CA") == "Personne ne contrôle."
    assert pack.text("R-1", "ar") == pack.text("R-1")
    assert pack.text("R-1").startswith("The goods can be turned on people")
    assert pack.text("title", "fr") == "Un exemple"
    assert pack.text("MS-1/2") == "What was read cannot be unread."
    with pytest.raises(KeyError):
        pack.text("R-9")


def test_a_question_is_decisive_where_its_condition_holds_and_where_that_cannot_be_told() -> None:
    pack = load()
    question = pack.question("user.legal_basis")
    assert question is not None
    assert is_decisive(question, {"item.capability": Known("designed", ())})
    assert is_decisive(question, {"item.capability": Unknown("absent")})
    assert not is_decisive(question, {"item.capability": Known("incidental", ())})
    always = pack.question("user.oversight")
    assert always is not None
    assert is_decisive(always, {})
    assert pack.question("user.remedy") is None


@pytest.mark.parametrize(
    ("old", "new", "what", "remedy"),
    [
        ('"user.oversight", is', '"user.oversigt", is', "unknown fact 'user.oversigt'", "'user.oversight'"),
        (
            'at_least = "designed"},\n',
            'at_least = "desinged"},\n',
            "'desinged' is not a value of item.capability",
            "'designed'",
        ),
        ("at_least = 2}\nthen", "at_lest = 2}\nthen", "unknown key 'at_lest'", "'at_least'"),
        ("level = 3\ntext", "level = 3.0\ntext", "3.0 is not a whole number from 1 to 5", "number"),
        ('"prohibited"]', '"prohibted"]', "'prohibted' is not allowed here", "did you mean 'prohibited'?"),
        ('group = "code_test"', 'group = "code-test"', "'code-test' is not allowed here", "did you mean 'code_test'?"),
        ('unknown = "ask"', 'unkown = "ask"', "unknown key 'unkown'", "'unknown'"),
    ],
)
def test_a_wrong_word_is_refused_with_its_line_and_the_nearest_right_one(
    old: str, new: str, what: str, remedy: str
) -> None:
    text = altered((old, new))
    found = refusal(text)
    assert what in found.what
    assert remedy in found.remedy
    assert found.where == f"{WHERE}, line {line_of(new.splitlines()[0], text)}"
