"""What is written into a draft is what would be submitted."""

from __future__ import annotations

from safeconduct.doors.portal import draft as drafts
from safeconduct.doors.portal.asked import BY_SLUG, GOODS, USE
from safeconduct.intake import read_application
from safeconduct.intake.facts import BY_KEY
from safeconduct.intake.limits import LINES, PARTIES

TODAY = "2026-10-05"


def filled() -> drafts.Draft:
    draft = drafts.empty() | {"reference": "NV-1", "kind": "individual_licence"}
    drafts.put_party(draft, {"name": "Norvik Systems", "roles": ["applicant", "exporter"]}, None)
    drafts.put_party(draft, {"name": "Karsova Unitel", "roles": ["end_user"], "territory": "QR"}, None)
    drafts.put_party(draft, {"name": "Ilvana Torrek", "roles": ["signatory"], "part_of": "P2"}, None)
    drafts.put_line(draft, {"name": "NetScope", "quantity": "40"}, None)
    drafts.put_line(draft, {"name": "Spare parts"}, None)
    return draft


def test_a_filled_draft_is_an_application_that_intake_takes() -> None:
    draft = filled()
    drafts.state(draft, BY_KEY["use.sharing"], ("police",), TODAY)
    drafts.state(draft, BY_KEY["item.kind"], "network_equipment", TODAY, 2)
    case = read_application(drafts.as_application(draft, TODAY), "portal", speakers=frozenset({"exporter"}))
    assert [party.id for party in case.parties] == ["P1", "P2", "P3"]
    assert case.submitted == TODAY
    assert {(item.fact, item.subject, item.by) for item in case.statements} == {
        ("use.sharing", "case", "exporter"),
        ("item.kind", "line:2", "exporter"),
    }


def test_the_parts_of_a_draft_are_found_again() -> None:
    draft = filled()
    assert drafts.company(draft)["name"] == "Norvik Systems"
    assert drafts.end_user(draft)["name"] == "Karsova Unitel"
    assert [party["name"] for party in drafts.others(draft)] == ["Ilvana Torrek"]
    assert drafts.company(drafts.empty()) == {}
    assert drafts.end_user(drafts.empty()) == {}


def test_a_changed_party_keeps_its_place() -> None:
    draft = filled()
    drafts.put_party(draft, {"id": "P2", "name": "Karsova Telecom", "roles": ["end_user"]}, drafts.end_user(draft))
    assert [party["name"] for party in draft["parties"]] == ["Norvik Systems", "Karsova Telecom", "Ilvana Torrek"]


def test_nothing_points_at_a_party_that_is_gone() -> None:
    draft = filled()
    drafts.drop_party(draft, drafts.end_user(draft))
    assert [party.get("part_of") for party in draft["parties"]] == [None, None]
    drafts.put_party(draft, {"name": "Police", "roles": ["end_user"]}, None)
    assert [party["id"] for party in draft["parties"]] == ["P1", "P3", "P2"]


def test_what_is_stated_last_holds_and_can_be_taken_back() -> None:
    draft = filled()
    fact = BY_KEY["user.oversight"]
    drafts.state(draft, fact, False, TODAY)
    drafts.state(draft, fact, True, TODAY)
    assert drafts.statement(draft, "user.oversight") is True
    assert len(draft["statements"]) == 1
    drafts.state(draft, fact, None, TODAY)
    assert drafts.statement(draft, "user.oversight") is None


def test_a_statement_goes_with_its_line_when_a_line_before_it_is_dropped() -> None:
    draft = filled()
    drafts.state(draft, BY_KEY["item.kind"], "jammer", TODAY, 1)
    drafts.state(draft, BY_KEY["item.kind"], "training", TODAY, 2)
    drafts.drop_line(draft, 1)
    assert [line["line"] for line in draft["lines"]] == [1]
    assert drafts.statement(draft, "item.kind", 1) == "training"
    assert len(draft["statements"]) == 1


def test_a_changed_line_keeps_its_product_sheet() -> None:
    draft = filled()
    line = drafts.line(draft, 1)
    assert line is not None
    line["datasheet"] = {"title": "Sheet", "lines": ["one"]}
    assert drafts.put_line(draft, {"name": "NetScope 2"}, line) == 1
    assert line == {"name": "NetScope 2", "line": 1, "datasheet": {"title": "Sheet", "lines": ["one"]}}


def test_a_draft_does_not_grow_beyond_what_intake_takes() -> None:
    draft = drafts.empty()
    for _ in range(PARTIES):
        assert drafts.put_party(draft, {"name": "x", "roles": []}, None)
    assert not drafts.put_party(draft, {"name": "x", "roles": []}, None)
    for _ in range(LINES):
        assert drafts.put_line(draft, {"name": "x"}, None)
    assert drafts.put_line(draft, {"name": "x"}, None) == 0


def test_an_exporter_is_asked_only_what_he_may_state() -> None:
    for asked in (*USE, *GOODS):
        assert "exporter" in asked.fact.may_state, asked.slug
    assert all(asked.fact.subject == "line" for asked in GOODS)
    assert all(asked.fact.subject == "case" for asked in USE)
    assert len(BY_SLUG) == len(USE) + len(GOODS)
