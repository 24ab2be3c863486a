"""What the authority's pages show, and what their forms do."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from safeconduct.access import Actor
from safeconduct.flows.reading import case_page
from safeconduct.store.models import Case, Record
from tests.doors.desk import Desk, words_of
from tests.flows.office import Application, starter
from tests.people import ADVISER, COUNTERSIGNER, OFFICER, OPEN_ADVISER, POLICY_LEAD

EMBASSY = "embassy in Port Karsova"
NGO = "press-freedom organisation"
TABS = ("overview", "goods", "parties", "assessment", "questions", "record")


def at(name: str, case: str, **more: str) -> str:
    return reverse(f"casework:{name}", kwargs={"reference": case, **more})


def read(client: Client, name: str, case: str) -> str:
    answer = client.get(at(name, case))
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


def with_namesake(day: str = "") -> Application:
    """Starter case 5: parties called Dilawar Khan and NSO Group."""
    application = starter("5")
    if day:
        next(party for party in application["parties"] if party["name"] == "Dilawar Khan")["born"] = day
    return application


def test_the_reason_for_the_outcome_stands_before_anything_else(desk: Desk) -> None:
    case = desk.worked(starter("1")).case
    html = words_of(read(desk.client(OFFICER), "overview", case))
    assert html.index("Refer: a human-rights adviser") < html.index("Amount") < html.index("Stated use")
    assert "Norvik Systems" in html
    assert "Karsova (fictional)" in html


def test_a_party_whose_name_tells_too_little_is_not_shown_as_clean(desk: Desk) -> None:
    application = starter("1")
    application["parties"] = [{**party, "aliases": []} for party in application["parties"]]
    application["parties"][0] |= {"name": "Mr Ashdown", "kind": "person"}
    case = desk.worked(application).case
    html = words_of(read(desk.client(OFFICER), "parties", case))
    assert "It cannot be told whether this party is listed." in html
    said = html.split("It cannot be told whether this party is listed.")[1][:200]
    assert "It is one name of a person" in said
    assert "No listed name resembles it." not in said


def test_what_a_sealed_source_says_is_seen_by_those_who_may_and_by_nobody_else(desk: Desk) -> None:
    case = desk.worked(starter("1")).case
    seen = "".join(read(desk.client(OFFICER), name, case) for name in TABS)
    assert EMBASSY in seen
    assert "Contains closed text" in seen
    for other in (OPEN_ADVISER, POLICY_LEAD):
        html = "".join(read(desk.client(other), name, case) for name in TABS)
        assert EMBASSY not in html
        assert NGO not in html
        assert "Contains closed text" not in html


def test_an_entry_shows_the_lines_of_the_sheet_that_it_rests_on(desk: Desk) -> None:
    case = desk.worked(starter("1")).case
    html = read(desk.client(OFFICER), "goods", case)
    assert html.count("sc-datasheet__cited") == 6
    assert "5A001.j" in html
    assert "Claimed in vain" in html


def test_a_match_is_cleared_by_two_with_grounds_and_the_case_assessed_anew(desk: Desk) -> None:
    case = desk.worked(with_namesake()).case
    client = desk.client(OFFICER)
    party = next(row["id"] for row in with_namesake()["parties"] if row["name"] == "NSO Group")
    parties = read(client, "parties", case)
    assert "Likely the same" in parties
    entry = Case.objects.get().screenings.get(party_id=party)
    link = next(part for part in parties.split('"') if f"/parties/{party}/" in part)
    page = client.get(link)
    assert "They are not the same" in page.content.decode()
    said = {"key": "a", "act": "clear", "ground": "document", "grounds": " "}
    refused = client.post(link, said)
    assert "Say what shows that they are not the same" in refused.content.decode()
    done = client.post(link, said | {"grounds": "Another company, register extract of 2 November 2026"})
    assert done.status_code == HTTPStatus.FOUND
    assert Record.objects.filter(kind="clearance").count() == 1
    assert "Second person" in read(client, "parties", case)
    second = desk.client(COUNTERSIGNER).post(link, {"key": "b", "act": "second", "confirm": "yes"})
    assert second.status_code == HTTPStatus.FOUND
    assert Record.objects.filter(kind="assessment").count() >= 2
    assert "Cleared" in read(client, "parties", case)
    assert entry.state == "done"


def test_pressing_a_button_twice_has_one_effect(desk: Desk) -> None:
    case = desk.worked(starter("2a")).case
    client = desk.client(OFFICER)
    sent = {"key": "once", "decision": "approve", "reasons": ""}
    assert [client.post(at("decide", case), sent).status_code for _ in range(2)] == [HTTPStatus.FOUND] * 2
    assert Record.objects.filter(kind="decision").count() == 1
    assert "Approved" in read(client, "overview", case)


def test_what_stands_in_the_way_of_an_approval_is_said_before_and_after(desk: Desk) -> None:
    case = desk.worked(starter("3")).case
    client = desk.client(COUNTERSIGNER)
    before = words_of(read(client, "decide", case))
    assert "An approval is not possible yet" in before
    assert "closed: the applicant reads only the text below. Reasons that the applicant may read (optional)" in before
    answer = client.post(at("decide", case), {"key": "k", "decision": "approve", "reasons": "All is well"})
    assert answer.status_code == HTTPStatus.OK
    said = words_of(answer.content.decode())
    assert "There is a problem" in said
    assert "What stands in its way is named below" in said
    assert "questions are open" in said
    assert "user.kind" not in said
    assert Case.objects.get().state == "awaiting_information"


@pytest.mark.parametrize("sent", [{"decision": "refuse"}, {"decision": "", "reasons": "x"}, {"decision": "perhaps"}])
def test_a_decision_that_is_not_whole_is_not_taken(desk: Desk, sent: dict[str, str]) -> None:
    case = desk.worked(starter("2a")).case
    answer = desk.client(OFFICER).post(at("decide", case), {"key": "k", **sent})
    assert "There is a problem" in answer.content.decode()
    assert Record.objects.filter(kind="decision").count() == 0


def test_an_answer_is_recorded_with_its_document_and_closes_the_question(desk: Desk) -> None:
    case = desk.worked(starter("3")).case
    client = desk.client(ADVISER)
    page = at("answer", case, question="user.kind")
    sent = {"key": "k", "value": "health", "kind": "letter", "ref": "", "date": "2026-11-01"}
    refused = words_of(client.post(page, sent).content.decode())
    assert "Name the document that the answer rests on" in refused
    done = client.post(page, sent | {"ref": "letter of 1 November"})
    assert (done.status_code, done["Location"]) == (HTTPStatus.FOUND, at("questions", case))
    row = Case.objects.get().questions.get(name="user.kind")
    assert row.state != "open"
    assert "letter of 1 November" in Record.objects.filter(kind="answer").get().body


def test_a_question_that_is_overdue_can_be_accepted_as_unknown_with_reasons(desk: Desk) -> None:
    today = desk.worked(starter("3")).case
    desk.some_time_ago(60)
    case = desk.worked(starter("3")).case
    client = desk.client(OFFICER)
    assert "Let it lapse" not in read(client, "questions", today)
    html = read(client, "questions", case)
    assert "Was due" in html
    assert "Let it lapse" in html
    page = at("lapse", case, question="user.kind")
    assert "Give the reasons" in client.post(page, {"key": "k", "ending": "accept"}).content.decode()
    done = client.post(page, {"key": "k", "ending": "accept", "reasons": "Nobody can say; the use is bounded"})
    assert done.status_code == HTTPStatus.FOUND
    assert Case.objects.get(reference=case).questions.get(name="user.kind").state == "accepted"


def test_the_queue_shows_25_cases_at_a_time_and_keeps_its_shelf(desk: Desk) -> None:
    for _ in range(27):
        desk.submit(starter("2a"))
    client = desk.client(OFFICER)
    first = client.get(reverse("casework:queue") + "?shelf=open").content.decode()
    assert first.count('<th role="rowheader"') == 25
    assert "Page 1 of 2, 27 in all" in first
    assert "shelf=open&amp;page=2" in first
    second = client.get(reverse("casework:queue") + "?shelf=open&page=2").content.decode()
    assert second.count('<th role="rowheader"') == 2
    for odd in ("0", "-3", "99", "x", "1" * 400):
        answer = client.get(reverse("casework:queue"), {"page": odd, "shelf": odd})
        assert answer.status_code == HTTPStatus.OK


def test_an_empty_queue_says_what_to_do_first(desk: Desk) -> None:
    html = desk.client(OFFICER).get(reverse("casework:queue")).content.decode()
    assert "An application appears on this page as soon as" in html


def test_a_case_that_is_still_screened_says_so(desk: Desk) -> None:
    case = desk.submit(starter("2a")).case
    client = desk.client(OFFICER)
    assert "Screening is under way" in read(client, "overview", case)
    assert "Not assessed yet" in read(client, "assessment", case)
    assert "Not screened yet" in read(client, "parties", case)


def test_every_act_is_in_the_record_newest_first(desk: Desk) -> None:
    case = desk.worked(starter("2a")).case
    html = words_of(read(desk.client(OFFICER), "record", case))
    assert html.index("Assessed") < html.index("Party screened") < html.index("Application submitted")


@pytest.mark.parametrize(
    "path",
    ["parties/P9/bis-el/x", "parties/P1/none/x", "questions/user.kind/", "questions/no.such/", "lapse/user.kind/"],
)
def test_what_is_not_in_the_case_is_not_there(desk: Desk, path: str) -> None:
    case = desk.worked(starter("2a")).case
    assert desk.client(OFFICER).get(f"/cases/{case}/{path}").status_code == HTTPStatus.NOT_FOUND


def test_markup_in_an_application_stays_text(desk: Desk) -> None:
    application = starter("2a")
    application["lines"][0]["name"] = "<b onclick=x>Router</b>"
    application["parties"][0]["name"] = "Norvik <script>alert(1)</script>"
    case = desk.worked(application).case
    client = desk.client(OFFICER)
    for name in TABS:
        html = read(client, name, case)
        assert "<script" not in html
        assert "<b onclick" not in html


def test_who_submitted_under_another_companys_name_is_seen_on_every_tab(desk: Desk) -> None:
    own = desk.worked(starter("1"), organisation="norvik  SYSTEMS").case
    other = desk.worked(starter("1"), organisation="Halden Optics").case
    client = desk.client(OFFICER)
    for name in TABS:
        assert "Submitted by Halden Optics, not by" in words_of(read(client, name, other)), name
        assert "not by the exporter" not in words_of(read(client, name, own)), name


def test_what_stands_in_the_way_is_said_in_words_not_in_ids(desk: Desk) -> None:
    third, fifth = (desk.worked(case).case for case in (starter("3"), with_namesake()))
    client = desk.client(OFFICER)
    for name in ("overview", "decide"):
        said = words_of(read(client, name, third))
        assert "decisive questions are open: " in said.replace("Decisive", "decisive")
        assert "What kind of body is the end-user?" in said
        assert "user.kind" not in said
        assert "need-information" not in said
        alerts = words_of(read(client, name, fifth)).partition("lerts are not cleared: ")[2]
        assert "NSO Group and NSO Group, listed by US Bureau of Industry and Security" in alerts[:300]


def test_reasons_that_a_refusal_needs_are_not_called_optional(desk: Desk) -> None:
    case = desk.worked(starter("2a")).case
    said = words_of(read(desk.client(OFFICER), "decide", case))
    assert "Needed for a refusal, and for an approval that the outcome does not suggest" in said
    assert "(optional)" not in said[: said.index("Reasons that the applicant may read")]


def test_the_record_says_who_by_name_and_what_each_document_is_about(desk: Desk) -> None:
    case = desk.worked(with_namesake()).case
    said = words_of(read(desk.client(OFFICER), "record", case))
    assert "Ada Verhoeven" in said
    assert OFFICER.id not in said
    assert "the system" in said
    assert said.count("Dilawar Khan") == 1
    assert desk.client(OFFICER).get(at("document", case, number="9999")).status_code == HTTPStatus.NOT_FOUND


def test_a_document_of_the_record_is_read_without_closed_text_by_who_may_not(desk: Desk) -> None:
    case = desk.worked(starter("1")).case
    numbers = [one.number for one in case_page(OFFICER, case).record]

    def all_of(actor: Actor) -> str:
        client = desk.client(actor)
        pages = [client.get(at("document", case, number=str(number))) for number in numbers]
        assert {page.status_code for page in pages} == {HTTPStatus.OK}
        return "".join(page.content.decode() for page in pages)

    assert EMBASSY in all_of(OFFICER)
    html = all_of(OPEN_ADVISER)
    assert EMBASSY not in html
    assert NGO not in html
    assert "Karsova Unitel" in html


def test_each_reason_on_the_overview_has_its_first_sources_with_place_and_date(desk: Desk) -> None:
    case = desk.worked(starter("1")).case
    html = read(desk.client(OFFICER), "overview", case)
    assert html.index("sc-evidence__source") < html.index("Stated use")
    assert "sc-evidence__place" in html
    assert "Caught by" in html
    assert "What would change the outcome" not in html
    open_html = read(desk.client(OPEN_ADVISER), "overview", case)
    assert EMBASSY not in open_html
    assert NGO not in open_html


def test_a_case_that_passes_says_on_its_overview_what_would_change_it(desk: Desk) -> None:
    case = desk.worked(starter("2b")).case
    found = case_page(OFFICER, case).assessment
    assert found is not None
    said = words_of(read(desk.client(OFFICER), "overview", case))
    assert found["outcome"] in ("no-objection", "conditions", "not-controlled")
    assert "What would change the outcome" in said
    assert "reed from 5A004.b" in said
    change = said.partition("What would change the outcome")[2].partition("Goods")[0]
    assert "forensic examination" in change
    assert not re.search(r"item\.|_|need-information", change)
