"""What an exporter can do and see on his pages."""

from __future__ import annotations

from http import HTTPStatus

from django.test import Client
from django.urls import reverse

from safeconduct.access import Actor
from safeconduct.flows.answer_question import Answer, answer_question
from safeconduct.flows.lapse_question import Lapse, lapse_question
from safeconduct.flows.people import SYSTEM
from safeconduct.flows.reading import case_page, record
from safeconduct.flows.record_decision import Decide, record_decision
from safeconduct.store.models import Case, Record
from tests.doors.desk import Desk, words_of
from tests.flows.office import starter
from tests.people import EXPORTER, OFFICER

SEALED = ("embassy in Port Karsova", "press-freedom organisation", "One source was dismissed", "Call records of two")


def fill_in(client: Client) -> None:
    """An application as its author writes it."""
    for name, given, sent in (
        ("kind", {}, {"kind": "individual_licence", "reference": "NV-2026-200"}),
        ("company", {}, {"name": "Norvik Systems", "territory": "XX", "address": "2 Quay"}),
        ("end-user", {}, {"name": "Karsova Unitel", "kind": "company", "territory": "QR"}),
        ("new-party", {}, {"name": "Ilvana Torrek", "role": "signatory", "kind": "person", "born": "1979-04-11"}),
        (
            "new-line",
            {},
            {"name": "Norvik RX-40", "quantity": "4", "value": "12000", "currency": "EUR"},
        ),
        (
            "sheet",
            {"number": 1},
            {"title": "RX-40 sheet", "date": "2026-06", "lines": "A router\nwith a probe"},
        ),
        ("line-fact", {"number": 1, "slug": "item-kind"}, {"value": "network_equipment"}),
        ("fact", {"slug": "use-stated"}, {"value": "Replace routers at three sites"}),
        ("fact", {"slug": "use-sharing"}, {"value": ["none"]}),
    ):
        answer = client.post(reverse(f"portal:{name}", kwargs=given), sent)
        assert answer.status_code == HTTPStatus.FOUND, (name, words_of(answer.content.decode()))


def test_an_application_is_written_checked_and_submitted(desk: Desk) -> None:
    client = desk.client(EXPORTER)
    fill_in(client)
    tasks = words_of(client.get(reverse("portal:tasks")).content.decode())
    assert "6 of 6 parts are filled in" in tasks
    check = words_of(client.get(reverse("portal:check")).content.decode())
    for text in (
        "NV-2026-200",
        "Karsova Unitel",
        "born 11 April 1979",
        "4 pieces, 12 000 EUR",
        "RX-40 sheet (2 lines)",
    ):
        assert text in check.replace("\u00a0", " "), text
    sent = {"key": "k", "true": "on"}
    done = client.post(reverse("portal:check"), sent, follow=True)
    assert "Your application has been submitted" in done.content.decode()
    case = Case.objects.get()
    assert (case.applicant_reference, case.organisation) == ("NV-2026-200", "Norvik Systems")
    assert client.session.get("draft") is None
    assert "has been submitted" not in client.get(done.request["PATH_INFO"]).content.decode()


def test_pressing_submit_twice_opens_one_case(desk: Desk) -> None:
    client = desk.client(EXPORTER)
    fill_in(client)
    draft = client.session["draft"]
    for _ in range(2):
        session = client.session
        session["draft"] = draft
        session.save()
        client.post(reverse("portal:check"), {"key": "once", "true": "on"})
    assert Case.objects.count() == 1


def test_an_application_about_nothing_is_not_taken_and_not_lost(desk: Desk) -> None:
    client = desk.client(EXPORTER)
    client.post(reverse("portal:kind"), {"kind": "service", "reference": "NV-1"})
    answer = client.post(reverse("portal:check"), {"key": "k", "true": "on"})
    assert "Name your company" in answer.content.decode()
    assert "Add at least one line of goods" in answer.content.decode()
    assert client.session["draft"]["reference"] == "NV-1"
    assert not Case.objects.exists()


def test_what_intake_refuses_is_said_and_nothing_is_lost(desk: Desk) -> None:
    client = desk.client(EXPORTER)
    fill_in(client)
    client.post(reverse("portal:company"), {"name": "Norvik \u202e smetsyS"})
    answer = client.post(reverse("portal:check"), {"key": "k", "true": "on"})
    assert "U+202E is not allowed in text" in answer.content.decode()
    assert client.session["draft"]["reference"] == "NV-2026-200"
    assert not Case.objects.exists()


def test_submitting_needs_the_declaration(desk: Desk) -> None:
    client = desk.client(EXPORTER)
    fill_in(client)
    answer = client.post(reverse("portal:check"), {"key": "k"})
    assert "true and complete as far as you know" in answer.content.decode()
    assert not Case.objects.exists()


def test_what_is_left_open_is_named_and_may_stay_so(desk: Desk) -> None:
    client = desk.client(EXPORTER)
    fill_in(client)
    client.post(reverse("portal:end-user"), {})
    check = words_of(client.get(reverse("portal:check")).content.decode())
    assert "answers are left open" in check
    client.post(reverse("portal:check"), {"key": "k", "true": "on"})
    assert Case.objects.count() == 1


def test_a_party_or_line_can_be_changed_and_taken_out(desk: Desk) -> None:
    client = desk.client(EXPORTER)
    fill_in(client)
    party = reverse("portal:party", kwargs={"number": "P3"})
    assert 'value="Ilvana Torrek"' in client.get(party).content.decode()
    client.post(party, {"remove": "1"})
    assert client.get(party).status_code == HTTPStatus.NOT_FOUND
    line = reverse("portal:line", kwargs={"number": 1})
    client.post(line, {"name": "Norvik RX-41", "quantity": "5"})
    assert client.session["draft"]["lines"][0]["datasheet"]["title"] == "RX-40 sheet"
    client.post(line, {"remove": "1"})
    assert client.session["draft"]["lines"] == []
    assert [item["fact"] for item in client.session["draft"]["statements"]] == ["use.stated", "use.sharing"]


def test_an_exporter_cannot_reach_his_own_company_as_one_of_the_others(desk: Desk) -> None:
    client = desk.client(EXPORTER)
    fill_in(client)
    for own in ("P1", "P2"):
        assert client.get(reverse("portal:party", kwargs={"number": own})).status_code == HTTPStatus.NOT_FOUND


def test_nothing_of_a_sealed_source_reaches_the_exporter(desk: Desk) -> None:
    """The case of starter example 1, whose incident and access rest on sealed reports."""
    case = desk.submit(starter("1"), OFFICER, organisation=EXPORTER.organisation).case
    desk.worker.work_off()
    desk.assess(case, SYSTEM)
    client = desk.client(EXPORTER)
    pages = [reverse("portal:start"), reverse("portal:application", kwargs={"reference": case})]
    for question in Case.objects.get().questions.all():
        pages.append(reverse("portal:answer", kwargs={"reference": case, "question": question.name}))
    html = "".join(client.get(page).content.decode() for page in pages)
    assert case in html
    html = html.replace('class="sc-evidence"', "")  # how a question's date is set; what is looked for is the word
    for text in (*SEALED, "sc-outcome--stops", "human-rights adviser", "scenario", "Likely the same", "evidence"):
        assert text.lower() not in html.lower(), text


def test_an_answer_reaches_the_authority_and_the_case_is_assessed_with_it(desk: Desk) -> None:
    case = desk.submit(starter("3"), OFFICER, organisation=EXPORTER.organisation).case
    desk.worker.work_off()
    desk.assess(case)
    client = desk.client(EXPORTER)
    start = words_of(client.get(reverse("portal:start")).content.decode())
    assert "questions to you" in start
    page = reverse("portal:answer", kwargs={"reference": case, "question": "user.kind"})
    assert "Give an answer" in client.post(page, {"key": "k"}).content.decode()
    assert client.post(page, {"key": "k", "value": "health"}).status_code == HTTPStatus.FOUND
    assert Record.objects.filter(kind="answer").get().author == EXPORTER.id
    assert Case.objects.get().inputs == Case.objects.get().assessed_inputs
    assert Case.objects.get().questions.get(name="user.kind").state == "answered"


def test_an_answer_stands_also_when_the_case_cannot_be_assessed(desk: Desk) -> None:
    case = desk.submit(starter("3"), OFFICER, organisation=EXPORTER.organisation).case
    desk.worker.work_off()
    desk.assess(case)
    named = reverse("portal:answer", kwargs={"reference": case, "question": "party.end_user"})
    answer = desk.client(EXPORTER).post(named, {"key": "k", "value": "Saint Orla Hospital"})
    assert answer.status_code == HTTPStatus.FOUND
    assert Record.objects.filter(kind="answer").count() == 1
    assert Case.objects.get().screenings.filter(state="waiting").count() == 1


def test_a_question_to_the_authority_is_not_the_exporters_to_see(desk: Desk) -> None:
    case = desk.submit(starter("3"), OFFICER, organisation=EXPORTER.organisation).case
    desk.worker.work_off()
    desk.assess(case)
    theirs = Case.objects.get().questions.filter(to="authority").first()
    assert theirs is not None
    page = reverse("portal:answer", kwargs={"reference": case, "question": theirs.name})
    assert desk.client(EXPORTER).get(page).status_code == HTTPStatus.NOT_FOUND


def test_a_refusal_for_silence_names_what_was_not_answered_and_asks_no_more(desk: Desk) -> None:
    desk.some_time_ago(60)
    case = desk.submit(starter("3"), OFFICER, organisation=EXPORTER.organisation).case
    desk.worker.work_off()
    desk.assess(case)
    client = desk.client(EXPORTER)
    page = reverse("portal:application", kwargs={"reference": case})
    answer = reverse("portal:answer", kwargs={"reference": case, "question": "user.kind"})
    assert answer in client.get(page).content.decode()
    lapse_question(OFFICER, Lapse(case=case, ending="refuse", question="user.kind", reasons="Inner note"), key="l")
    html = client.get(page).content.decode()
    asked = next(one.words for one in case_page(OFFICER, case).questions if one.id == "user.kind")
    said = words_of(html)
    assert said.index("Insufficient information") < said.index(asked) < said.index("Questions to you")
    assert "Closed: not answered in time" in html
    for gone in ("/answer/", answer, "Was due", "Inner note"):
        assert gone not in html
    assert client.get(answer).status_code == HTTPStatus.NOT_FOUND
    assert "questions to you" not in client.get(reverse("portal:start")).content.decode()
    seen = desk.client(OFFICER).get(reverse("casework:overview", kwargs={"reference": case})).content.decode()
    assert "Inner note" in seen
    assert "What comes next" not in seen
    assert "Insufficient information" in seen
    assert OFFICER.name in seen
    assert OFFICER.id not in seen.partition("Decision</h3>")[2]
    asked_of = reverse("casework:questions", kwargs={"reference": case})
    assert "Closed without an answer" in desk.client(OFFICER).get(asked_of).content.decode()


def test_a_question_that_was_not_due_when_the_case_was_decided_is_not_called_late(desk: Desk) -> None:
    case = desk.submit(starter("3"), OFFICER, organisation=EXPORTER.organisation).case
    desk.worker.work_off()
    desk.assess(case)
    record_decision(OFFICER, Decide(case=case, decision="refuse", reasons="Inner note"), key="d")
    html = desk.client(EXPORTER).get(reverse("portal:application", kwargs={"reference": case})).content.decode()
    assert "Closed: the case was decided without an answer" in html
    for gone in ("not answered in time", "/questions/", "Inner note"):
        assert gone not in html
    assert "Refused, " in html


def test_what_the_authority_found_out_about_a_party_is_not_shown_to_the_exporter(desk: Desk) -> None:
    case = desk.worked(starter("2d"), organisation=EXPORTER.organisation).case
    party = next(one for one in starter("2d")["parties"] if one["name"] == "Eric Badege")["id"]

    def says(actor: Actor, fact: str, value: str) -> int:
        order = Answer(case=case, question=f"party.{fact}@{party}", value=value)
        return answer_question(actor, order, key=desk.key(), at=desk.at).record

    says(OFFICER, "birth_date", "1971-05-02")
    own = says(EXPORTER, "birth_place", "Goma")
    says(OFFICER, "territory", "RW")
    page = words_of(
        desk.client(EXPORTER).get(reverse("portal:application", kwargs={"reference": case})).content.decode()
    )
    assert "Eric Badege" in page
    for found in ("1971", "Rwanda", "RW"):
        assert found not in page
        assert found not in str(record(EXPORTER, case, own))
    stated = {one.id: one for one in case_page(EXPORTER, case).case_file.parties}[party]
    assert (stated.birth_place, stated.born, stated.territory) == ("Goma", "", "")
    ours = {one.id: one for one in case_page(OFFICER, case).case_file.parties}[party]
    assert (ours.birth_place, ours.born, ours.territory) == ("Goma", "1971-05-02", "RW")


def test_an_end_user_whom_the_authority_named_is_not_shown_to_the_exporter(desk: Desk) -> None:
    application = starter("3")
    parties = [one for one in application["parties"] if "end_user" not in one["roles"]]
    case = desk.worked({**application, "parties": parties}, organisation=EXPORTER.organisation).case
    named = {"name": "Bureau Nine", "kind": "public_body", "territory": "QR"}
    order = Answer(case=case, question="party.end_user", value=named)
    answer_question(OFFICER, order, key=desk.key(), at=desk.at)
    assert "Bureau Nine" in {one.name for one in case_page(OFFICER, case).case_file.parties}
    page = desk.client(EXPORTER).get(reverse("portal:application", kwargs={"reference": case})).content.decode()
    assert "Bureau Nine" not in page
