"""What an application lacks is asked for, each thing once, and is decisive only where the policy says so."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.assess import Question
from safeconduct.core.finding import Verdict
from safeconduct.intake import missing
from safeconduct.intake.catalogue import CATALOGUE
from tests.assess.bench import application, case_file, judged, open_questions, without
from tests.assess.namesake import namesake_without_seat

CASES = ["1", "1b", "1c", "2a", "2b", "2c", "3", "3a", "3b", "4", "5"]


def asked(plain: dict[str, Any]) -> dict[str, Question]:
    found = judged(plain).questions
    assert len({each.id for each in found}) == len(found)
    return {each.id: each for each in found}


def blank(name: str, **fields: Any) -> dict[str, Any]:
    """A starter case whose first line has other values."""
    plain = application(name)
    plain["lines"][0].update(fields)
    return plain


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("quantity", "", "IN-12"),
        ("unit", "", "IN-13"),
        ("value", "", "IN-14"),
        ("declared", [], "IN-16"),
    ],
)
def test_a_blank_field_of_a_line_is_one_question_that_blocks_nothing(field: str, value: Any, rule: str) -> None:
    before = judged(application("2a"))
    question = asked(blank("2a", **{field: value}))[f"line.{field}@line:1"]
    assert (question.decisive, question.to, question.why) == (False, "exporter", (rule,))
    assert (question.subject, question.text.key) == ("line:1", f"intake.missing.line.{field}")
    assert question.text.params == {"subject": "line 1"}
    assert judged(blank("2a", **{field: value})).outcome == before.outcome


def test_a_seat_left_out_is_asked_of_the_party_by_name() -> None:
    plain = application("2a")
    party = next(each for each in plain["parties"] if "end_user" in each["roles"])
    del party["territory"]
    question = asked(plain)[f"party.territory@{party['id']}"]
    assert question.text.params == {"subject": party["name"]}
    assert not question.decisive


def test_who_signs_and_who_receives_is_asked_for_the_case() -> None:
    plain = application("2a")
    for party in plain["parties"]:
        party["roles"] = [role for role in party["roles"] if role not in ("signatory", "consignee")]
    found = asked(plain)
    assert {found[name].subject for name in ("party.signatory", "party.consignee")} == {"case"}


@pytest.mark.parametrize("name", CASES)
def test_every_gap_is_asked_and_none_more_decisive_than_the_policy_says(name: str) -> None:
    plain = application(name)
    found = asked(plain)
    for gap in missing(case_file(plain)):
        identity = gap.fact if gap.subject == "case" else f"{gap.fact}@{gap.subject.removeprefix('party:')}"
        assert any(rule.startswith("IN-") for rule in found[identity].why), identity
        if gap.fact.startswith("line.") or gap.fact == "party.signatory":
            assert not found[identity].decisive


def test_what_policy_and_completeness_both_ask_is_one_question_in_the_words_of_the_policy() -> None:
    found = asked(application("3"))
    for name, rule in {"party.end_user": "IN-02", "user.kind": "IN-06", "use.stated": "IN-07"}.items():
        assert {rule, "decisive"} <= set(found[name].why)
        assert found[name].decisive
        assert found[name].text.key == "policy.text"
    kind = asked(without(application("2a"), "item.kind"))["item.kind@line:1"]
    assert {"IN-17", "decisive"} <= set(kind.why)


def test_a_fact_the_policy_has_no_words_for_is_asked_in_those_of_completeness() -> None:
    question = asked(without(application("2a"), "item.function"))["item.function@line:1"]
    assert question.text.key == "intake.missing.item.function"
    assert "IN-18" in question.why


def test_each_line_is_asked_for_what_it_lacks_itself() -> None:
    plain = blank("2a", quantity="")
    plain["lines"].append({**application("2a")["lines"][0], "line": 2, "unit": ""})
    plain["statements"] += [
        {**each, "subject": "line:2"} for each in plain["statements"] if each.get("subject") == "line:1"
    ]
    about = {name for name in asked(plain) if name.startswith("line.")} - {
        "line.declared@line:1",
        "line.declared@line:2",
    }
    assert {"line.quantity@line:1", "line.unit@line:2"} <= about
    assert not {"line.unit@line:1", "line.quantity@line:2"} & about


@pytest.mark.parametrize("name", CASES)
def test_the_findings_say_of_each_thing_whether_and_where_it_is_stated(name: str) -> None:
    found = [each for each in judged(application(name)).findings if each.rule.startswith("IN-")]
    rules = {rule.id: rule.cites for rule in CATALOGUE}
    assert {each.rule for each in found} <= set(rules)
    assert all(each.citation == rules[each.rule] for each in found)
    assert {each.verdict for each in found} <= {Verdict.MET, Verdict.CANNOT_TELL}
    assert len(found) >= 10


def test_a_seat_that_would_settle_a_match_is_asked_once_and_stays_decisive() -> None:
    plain, screened, party = namesake_without_seat()
    found = judged(plain, screened=screened)
    question = next(each for each in found.questions if each.id == f"party.territory@{party}")
    assert question.decisive
    assert {"IN-04", "screening"} <= set(question.why)
    assert question.text.key == "question.party.territory"
    assert question.id in open_questions(found)
