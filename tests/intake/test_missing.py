import json
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from safeconduct.core.finding import Gap, Verdict
from safeconduct.intake import TEXTS, CaseFile, completeness, missing, read_application
from safeconduct.intake.catalogue import CATALOGUE
from tests.intake.application import case_with, plain, stated

COMPLETE = [
    stated("user.kind", "municipality"),
    stated("use.stated", "Count visitors in the reading room"),
    stated("use.purpose", "other"),
    stated("use.place", "own_premises"),
    stated("use.people", "public"),
    stated("item.kind", "environment_sensor", subject="line:1"),
    stated("item.function", "equipment", subject="line:1"),
]
PARTIES = [
    {"id": "P1", "name": "Fjordlys Instruments", "roles": ["exporter"], "territory": "XX"},
    {"id": "P2", "name": "City Library of Karsova", "roles": ["consignee", "end_user"], "territory": "QR"},
    {"id": "P3", "name": "Mira Solent", "roles": ["signatory"], "territory": "QR"},
]
LINE = plain()["lines"][0] | {"declared": [{"list": "us-ccl", "code": "4A994"}]}


def case(statements: Any = COMPLETE, **changes: Any) -> CaseFile:
    return case_with(*statements, **{"parties": PARTIES, "lines": [LINE]} | changes)


def keys(value: CaseFile) -> set[str]:
    return {gap.fact for gap in missing(value)}


def starter(name: str) -> CaseFile:
    file = resources.files("safeconduct.starter").joinpath(f"cases/{name}.json")
    return read_application(file.read_bytes(), name)


def test_a_complete_application_lacks_nothing_and_each_rule_cites_where_it_is_stated() -> None:
    assert missing(case()) == ()
    assert all(finding.evidence[0].source for finding in completeness(case()))
    assert {finding.rule for finding in completeness(case())} == {rule.id for rule in CATALOGUE}


@pytest.mark.parametrize("without", range(len(COMPLETE)))
def test_each_fact_left_out_is_one_gap(without: int) -> None:
    kept = [each for number, each in enumerate(COMPLETE) if number != without]
    left_out = COMPLETE[without]
    assert missing(case(kept)) == (Gap(left_out["fact"], "absent", left_out.get("subject", "case")),)


@pytest.mark.parametrize(
    ("field", "blank", "key"),
    [
        ("quantity", "", "line.quantity"),
        ("unit", " ", "line.unit"),
        ("value", "", "line.value"),
        ("currency", "", "line.value"),
        ("declared", [], "line.declared"),
        ("datasheet", None, "line.datasheet"),
        ("datasheet", {"title": "HC-2", "lines": [" "]}, "line.datasheet"),
    ],
)
def test_each_blank_field_of_a_line_is_one_gap(field: str, blank: Any, key: str) -> None:
    assert missing(case(lines=[LINE | {field: blank}])) == (Gap(key, "absent", "line:1"),)


@pytest.mark.parametrize(
    ("role", "key"),
    [
        ("exporter", "party.exporter"), ("end_user", "party.end_user"), ("consignee", "party.consignee"),
        ("signatory", "party.signatory"),
    ],
)  # fmt: skip
def test_a_role_nobody_has_is_one_gap(role: str, key: str) -> None:
    parties = [party | {"roles": [each for each in party["roles"] if each != role]} for party in PARTIES]
    assert missing(case(parties=parties)) == (Gap(key, "absent"),)


def test_a_seat_that_is_not_stated_names_the_party() -> None:
    parties = [PARTIES[0], PARTIES[1] | {"territory": ""}, PARTIES[2]]
    assert missing(case(parties=parties)) == (Gap("party.territory", "absent", "party:P2"),)


def test_two_lines_are_asked_apart() -> None:
    lines = [LINE | {"quantity": ""}, LINE | {"line": 2, "quantity": ""}]
    more = [each | {"subject": "line:2"} for each in COMPLETE if "subject" in each]
    gaps = missing(case([*COMPLETE, *more], lines=lines))
    assert gaps == (Gap("line.quantity", "absent", "line:1"), Gap("line.quantity", "absent", "line:2"))


def test_what_two_statements_contradict_is_asked_as_conflicting() -> None:
    other = stated("use.purpose", "marketing", by="officer"), stated("use.purpose", "research", by="adviser")
    assert missing(case([*COMPLETE, *other])) == (Gap("use.purpose", "conflicting"),)


def test_a_description_is_enough_for_a_training_and_not_for_equipment() -> None:
    described = LINE | {"datasheet": None, "description": "A course in safe storage"}
    training = [each | {"value": "training"} if each["fact"] == "item.function" else each for each in COMPLETE]
    assert keys(case(training, lines=[described])) == set()
    assert keys(case(lines=[described])) == {"line.datasheet"}


def test_an_application_without_lines_asks_for_them() -> None:
    unfinished = structs.replace(case([]), lines=())  # a draft: the reader refuses such a file
    assert "line" in keys(unfinished)


def test_an_enquiry_about_an_entry_needs_no_end_user() -> None:
    enquiry = case([each for each in COMPLETE if "subject" in each], kind="classification_enquiry", parties=PARTIES[:1])
    assert missing(enquiry) == ()


def test_whether_a_licence_is_needed_depends_on_the_end_user_but_not_on_the_value() -> None:
    asked = case(kind="licence_needed", parties=PARTIES[:1], lines=[LINE | {"value": "", "declared": []}])
    assert keys(asked) == {"party.end_user", "party.consignee"}


def test_meridian_trade_without_end_user_is_asked_at_least_five_things() -> None:
    gaps = missing(starter("3"))
    expected = json.loads(
        resources.files("safeconduct.starter").joinpath("cases/3.expected.json").read_text(encoding="utf-8")
    )
    assert len(gaps) >= expected["questions_at_least"]
    assert set(expected["asks"]) <= {gap.fact for gap in gaps}


def test_the_hospitals_answers_leave_only_formalities() -> None:
    assert keys(starter("3a")) <= {"party.signatory", "line.declared"}


@given(st.sets(st.integers(0, len(COMPLETE) - 1)), st.sets(st.sampled_from(["quantity", "unit", "value", "declared"])))
def test_every_missing_thing_is_exactly_one_gap(left_out: set[int], blank: set[str]) -> None:
    kept = [each for number, each in enumerate(COMPLETE) if number not in left_out]
    empty = {field: [] if field == "declared" else "" for field in blank}
    gaps = missing(case(kept, lines=[LINE | empty]))
    assert len(gaps) == len(set(gaps)) == len(left_out) + len(blank)
    assert {finding.verdict for finding in completeness(case(kept))} <= {Verdict.MET, Verdict.CANNOT_TELL}


def test_the_rules_have_one_id_each_and_a_source() -> None:
    assert len({rule.id for rule in CATALOGUE}) == len(CATALOGUE)
    assert all(rule.cites for rule in CATALOGUE)


def test_every_reason_has_words_and_no_words_are_left_over() -> None:
    parties = [{"id": "P1", "name": "X", "roles": ["consignee"]}]
    draft = structs.replace(case([]), lines=(), parties=())
    bare = case([], lines=[{"line": 1, "name": "HC-2"}], parties=parties), draft, case()
    findings = [finding for each in bare for finding in completeness(each)]
    assert {finding.reason.key for finding in findings} == set(TEXTS)
    assert all("{" not in TEXTS[finding.reason.key].format(**finding.reason.params) for finding in findings)
