"""A pack's file changed by a form: what was meant is what stands there, and the rest of the file is as it was."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.flows.catalogue import catalogue
from safeconduct.policy import rows as module
from safeconduct.policy.rows import (
    Row,
    Rows,
    condition_read,
    condition_text,
    facts_in_words,
    facts_read,
    rows_of,
    verdicts_in_words,
    verdicts_read,
)
from safeconduct.policy.writing import drop_tables, put_examples, put_in, put_table, put_top

PACKS = sorted(Path("src/safeconduct/starter/policy").glob("*.toml"))
FACTS = [fact for fact in catalogue() if fact.kind != "incident"]
FILE = """# Whose policy this is.
language = 1
name = "ours"

# Why R-1 stands here.
[[rule]]
id = "R-1"
when.all = [
  {fact = "user.named"},  # said by counsel
  {fact = "user.oversight"},
]
cites = "old"  # to be looked up
text.en = "One."
text.fr = "Un."

# Why MS-1 stands here.
[[scenario]]
id = "MS-1"
text.en = "It happens."
[[scenario.severity]]
level = 3
text.en = "Bad."
# The worst.
[[scenario.severity]]
level = 5
text.en = "Worst."
"""
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=30)


@st.composite
def checks(draw: st.DrawFn) -> Row:
    fact = draw(st.sampled_from(FACTS))
    holds = draw(st.booleans())
    if draw(st.booleans()):
        return Row(fact.key, "known", (draw(st.sampled_from(["yes", "no"])),), holds)
    match fact.kind:
        case "flag":
            return Row(fact.key, "in", (draw(st.sampled_from(["yes", "no"])),), holds)
        case "words":
            form = draw(st.sampled_from(["has_any", "has_all"]))
            words = fact.words or ("one", "two")
            values = draw(st.lists(st.sampled_from(words), min_size=1, max_size=4, unique=True))
            return Row(fact.key, form, tuple(values), holds)
        case "number":
            return Row(
                fact.key, draw(st.sampled_from(["at_least", "at_most"])), (str(draw(st.integers(0, 999))),), holds
            )
    form = draw(st.sampled_from(["in", "at_least"])) if fact.kind == "level" else "in"
    value = draw(st.sampled_from(fact.words or ("0.5",)))
    return Row(fact.key, "at_most" if fact.kind == "decimal" else form, (value,), holds)


@given(st.sampled_from(["all", "any"]), st.lists(checks(), min_size=1, max_size=6), texts, texts)
def test_a_rule_is_the_same_after_form_file_and_form(
    joint: module.Joint, found: list[Row], says: str, cites: str
) -> None:
    rows = Rows(joint if len(found) > 1 else "all", tuple(found))
    rule = {"id": "R-1", "when": module.raw_of(rows, catalogue()), "cites": cites, "text": {"en": says, "fr": says}}
    text = put_table(FILE, "rule", "R-1", rule)
    (read,) = tomllib.loads(text)["rule"]
    assert read == rule
    assert rows_of(read["when"]) == rows
    assert put_table(text, "rule", "R-1", rule) == text


@pytest.mark.parametrize("pack", PACKS, ids=lambda path: path.stem)
def test_every_condition_and_example_that_is_shipped_comes_back(pack: Path) -> None:
    document = tomllib.loads(pack.read_text())
    kinds = ("rule", "scenario", "term", "likelihood", "lowers", "exception", "second_person")
    for table in (table for kind in kinds for table in document.get(kind, [])):
        raw = table["when"]
        rows = rows_of(raw)
        if rows is None:
            assert condition_read(condition_text(raw)) == raw
        else:
            again = rows_of(module.raw_of(rows, catalogue()))
            assert again is not None
            assert again.rows == rows.rows
    for example in document["example"]:
        if facts := example.get("facts"):
            assert facts_read(facts_in_words(facts, catalogue()), catalogue()) == facts
        if example.get("case"):
            assert verdicts_read(verdicts_in_words(example["expect"])) == example["expect"]


def test_comments_and_what_is_not_changed_stay_to_the_letter() -> None:
    (rule,) = tomllib.loads(FILE)["rule"]
    assert put_table(FILE, "rule", "R-1", rule) == FILE
    changed = put_table(FILE, "rule", "R-1", {**rule, "cites": "new"})
    assert changed == FILE.replace('cites = "old"  # to be looked up', 'cites = "new"')


def test_steps_of_severity_are_replaced_and_the_next_table_is_untouched() -> None:
    (scenario,) = tomllib.loads(FILE)["scenario"]
    wanted = {**scenario, "severity": scenario["severity"][1:]}
    changed = put_table(FILE + '\n[grid]\ns1 = ["refer"]\n', "scenario", "MS-1", wanted)
    read = tomllib.loads(changed)
    assert read["scenario"] == [wanted]
    assert read["grid"] == {"s1": ["refer"]}
    assert "# The worst." in changed


def test_a_table_is_taken_away_and_others_keep_their_comments() -> None:
    changed = drop_tables(FILE, "rule", "R-1")
    assert "rule" not in tomllib.loads(changed)
    assert "# Why MS-1 stands here.\n[[scenario]]" in changed


def test_tables_without_name_are_counted_and_others_of_the_kind_stay_to_the_letter() -> None:
    anchor = '\n# Why {0}.\n[[likelihood]]\nlevel = {0}  # as agreed\ncites = "x"\n'
    text = FILE + anchor.format(2) + anchor.format(3)
    assert put_table(text, "likelihood", 2, {"level": 4, "cites": "x"}) == text.replace("= 3  # as agreed", "= 4")
    added = put_table(text, "likelihood", 0, {"level": 5, "cites": "y"})
    assert [each["level"] for each in tomllib.loads(added)["likelihood"]] == [2, 3, 5]
    assert [each["level"] for each in tomllib.loads(drop_tables(text, "likelihood", 1))["likelihood"]] == [3]
    assert drop_tables(text, "likelihood", 3) == text


def test_a_whole_case_is_counted_among_cases_only() -> None:
    rule = {"rule": "R-1", "facts": {}, "expect": "cannot_tell"}
    text = put_table(put_examples(FILE, "R-1", [rule]), "case", 0, {"case": "1", "expect": {"outcome": "refer"}})
    changed = put_table(text, "case", 1, {"case": "1", "expect": {"R-1": "met"}})
    assert tomllib.loads(changed)["example"] == [rule, {"case": "1", "expect": {"R-1": "met"}}]
    assert tomllib.loads(drop_tables(changed, "case", 1))["example"] == [rule]


def test_examples_that_stand_already_are_left() -> None:
    one = {"rule": "R-1", "facts": {"user.named": True}, "expect": "met"}
    other = {"rule": "R-1", "facts": {}, "expect": "cannot_tell"}
    text = put_examples(FILE, "R-1", [one])
    assert put_examples(text, "R-1", [one]) == text
    assert tomllib.loads(put_examples(text, "R-1", [other]))["example"] == [other]


def test_keys_of_the_top_and_of_a_table_are_set_and_taken_away() -> None:
    text = put_in(put_top(FILE, "removes", ["R-9"]), "weakening", "R-9", "Act, section 5")
    read = tomllib.loads(text)
    assert (read["removes"], read["weakening"]) == (["R-9"], {"R-9": "Act, section 5"})
    again = tomllib.loads(put_in(put_top(text, "removes", None), "weakening", "R-9", None))
    assert "removes" not in again
    assert again["weakening"] == {}


def test_a_line_that_states_no_fact_is_named() -> None:
    with pytest.raises(ValueError, match="the police"):
        facts_read("user.named: yes\nthe police", catalogue())
