"""An adviser's argument and a question in one press, on the assessment's page."""

from __future__ import annotations

import re
from http import HTTPStatus

from django.urls import reverse

from safeconduct.flows.reading import case_page
from safeconduct.store.models import Question, Record
from tests.doors.desk import Desk, words_of
from tests.flows.office import starter
from tests.people import ADVISER, OFFICER, OPEN_ADVISER

CLOSED = "The embassy heard it from a clerk."


def page(desk: Desk, case: str, who: object = OFFICER) -> str:
    answer = desk.client(who).get(reverse("casework:assessment", kwargs={"reference": case}))  # type: ignore[arg-type]
    assert answer.status_code == HTTPStatus.OK
    return str(answer.content.decode())


def test_a_question_is_asked_in_one_press_and_stays_until_it_is_known(desk: Desk) -> None:
    case = desk.worked(starter("2b")).case
    html = page(desk, case)
    form = re.search(r'action="[^"]+/ask/".*?</form>', html, re.DOTALL)
    assert form
    sent = dict(re.findall(r'name="(key|fact|subject)" value="([^"]*)"', form[0]))
    address = reverse("casework:ask", kwargs={"reference": case})
    for client in (desk.client(OFFICER), desk.client(OFFICER)):
        assert client.post(address, sent).status_code == HTTPStatus.FOUND
    assert desk.client(OFFICER).post(address, {**sent, "key": "another"}).status_code == HTTPStatus.FOUND
    asked = Question.objects.get(case__reference=case, fact=sent["fact"])
    assert asked.state == Question.State.OPEN
    assert Record.objects.filter(case__reference=case, kind="question").count() == 1
    desk.assess(case)
    asked.refresh_from_db()
    assert asked.state == Question.State.OPEN
    assert desk.client(OFFICER, enforce_csrf_checks=True).post(address, sent).status_code == HTTPStatus.FORBIDDEN


def test_an_adviser_argues_a_scenario_of_the_library_and_all_read_it_but_its_closed_reason(desk: Desk) -> None:
    case = desk.worked(starter("2b")).case
    address = reverse("casework:argue", kwargs={"reference": case})
    client = desk.client(ADVISER)
    start = client.get(address).content.decode()
    assert 'href="?picked=forensics-search"' in start
    assert 'Who is at risk <span class="sc-quiet">(needed where a misuse is plausible)' in start
    assert 'Reasons for the export <span class="sc-quiet">(optional)' in start
    empty = client.get(address + "?picked=forensics-search").content.decode()
    assert "Telephones are read out at stops" in re.findall(r"<textarea.*?</textarea>", empty, re.DOTALL)[0]
    assert "a real possibility, shown by facts of this case" in empty
    sent = {
        "key": "k", "subject": "line:1", "plausible": "yes", "picked": "forensics-search", "right": "privacy",
        "at_risk": "people stopped", "actor": "violation", "how": "Telephones are read out at stops.",
        "scale_low": "3", "scale_high": "4", "scope_low": "1", "scope_high": "2", "irremediability_low": "2",
        "irremediability_high": "4", "likelihood_low": "2", "likelihood_high": "3", "confidence": "moderate",
        "why": "Stops are on record.", "closed": CLOSED, "legality": "The Police Act allows it.",
        "reasons_for": "Murders are solved with it.",
    }  # fmt: skip
    assert client.post(address, sent).status_code == HTTPStatus.FOUND
    html = words_of(page(desk, case))
    for text in (
        "Telephones are read out at stops.",
        "The Police Act allows it.",
        "Murders are solved with it.",
        CLOSED,
    ):
        assert text in html
    assert case_page(OFFICER, case).identity.outcome == "refer"
    assert "Contains closed text" in html
    assert CLOSED not in page(desk, case, OPEN_ADVISER)
    assert "Contains closed text" not in page(desk, case, OPEN_ADVISER)
    assert desk.client(OFFICER).get(address).status_code == HTTPStatus.FORBIDDEN


def test_a_plausible_misuse_that_is_not_weighed_is_not_taken_for_the_mildest(desk: Desk) -> None:
    case = desk.worked(starter("2b")).case
    address = reverse("casework:argue", kwargs={"reference": case})
    sent = {
        "key": "k", "subject": "line:1", "plausible": "yes", "right": "privacy", "at_risk": "people stopped",
        "actor": "violation", "how": "Telephones are read out.", "confidence": "moderate", "why": "It is on record.",
    }  # fmt: skip
    answer = desk.client(ADVISER).post(address, sent)
    assert answer.status_code == HTTPStatus.OK
    assert "Choose a step: Scale: what is shown" in words_of(answer.content.decode())
    answer = desk.client(ADVISER).post(address, {**sent, "how": " ", "scale_low": "4", "scale_high": "3"})
    told = words_of(answer.content.decode())
    assert "Say who could do what to whom" in told
    assert "What cannot be ruled out is at least what is shown" in told
    assert not Record.objects.filter(case__reference=case, kind="scenario").exists()
