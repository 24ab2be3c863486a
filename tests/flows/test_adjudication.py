"""What people decide about matches: not the same, the same, cannot tell; alone, by two, or at the same moment."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.flows.adjudicating import MatchDecision
from safeconduct.flows.answer_question import Answer, answer_question
from safeconduct.flows.ask_about_match import AskAboutMatch, ask_about_match
from safeconduct.flows.casefile import Cleared
from safeconduct.flows.clear_match import ClearMatch, clear_match
from safeconduct.flows.confirm_clearance import ConfirmClearance, confirm_clearance
from safeconduct.flows.confirm_match import ConfirmMatch, confirm_match
from safeconduct.flows.people import CONSOLE
from safeconduct.flows.reading import assessment, case_page, match_view, screening_record, screenings_of
from safeconduct.flows.record_decision import Decide, record_decision
from safeconduct.flows.replay import replay
from safeconduct.flows.verify_ledger import verify_ledger
from safeconduct.flows.withdraw_decision import WithdrawDecision, withdraw_decision
from safeconduct.store.models import Adjudication, Case, Clearance, Record
from tests.flows.office import NSO, OTHERS, Office, starter
from tests.people import ADVISER, COUNTERSIGNER, EXPORTER, OFFICER

LISTED = {"name": "Eric Badege", "aliases": [], "country": "Democratic Republic of the Congo"}
ALIKE = {"name": "Hope of Lions Laboratory", "aliases": [], "country": "Rwanda", "notes": ""}


def parties(case: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = assessment(OFFICER, case)["parties"]
    return [{**match, "party": one["id"]} for one in found for match in one["matches"]]


def named(match: dict[str, Any], case: str) -> dict[str, Any]:
    """The keys that every order about this match has."""
    return {"case": case, "party": match["party"], "source": match["source"], "entry": match["entry"]}


@pytest.fixture
def listed(office: Office) -> Office:
    """A listed man whose name the laboratory's officer shares."""
    office.load_list(NSO, LISTED, *OTHERS, day="2026-10-10")
    return office


@pytest.fixture
def case(listed: Office) -> str:
    """A case with one match that cannot be told."""
    return listed.worked(starter("2d")).case


@pytest.fixture
def match(case: str) -> dict[str, Any]:
    (only,) = [one for one in parties(case) if one["open"]]
    return named(only, case)


@pytest.fixture
def two_people(listed: Office) -> Office:
    """Under a policy that asks for two people whatever the match."""
    pack = listed_pack('when = {fact = "match.score", at_least = 1}')
    listed.put_in_force(pack)
    return listed


def listed_pack(condition: str) -> bytes:
    """The reference policy with another condition for the second person, and examples that fit it."""
    from tests.flows.office import REFERENCE

    text = REFERENCE.decode()
    text = text.replace('when = {fact = "match.answer", at_least = "likely_same"}', condition)
    text = text.replace('facts = {"match.answer" = "likely_same"}', 'facts = {"match.score" = 9}')
    text = text.replace('facts = {"match.answer" = "cannot_tell"}', 'facts = {"match.score" = 0}')
    assert condition in text
    return text.encode()


def standing(case: str) -> list[str]:
    return [one for found in case_page(OFFICER, case).screenings for one in found.standing if one]


def test_the_same_is_recorded_with_reasons_and_is_a_fact_for_the_assessment(
    listed: Office, case: str, match: dict[str, Any]
) -> None:
    with pytest.raises(Refusal, match="no reasons are given"):
        confirm_match(OFFICER, ConfirmMatch(**match, reasons=" "), key="0", at=listed.at)
    done = confirm_match(OFFICER, ConfirmMatch(**match, reasons="The passport is his"), key="1", at=listed.at)
    body = Record.objects.get(case__reference=case, number=done.record).body
    decided = canonical.decode(body.encode(), MatchDecision)
    assert (decided.answer, decided.reasons, decided.listed) == ("same", "The passport is his", "Eric Badege")
    again = listed.assess(case)
    assert again.outcome == "minded-to-refuse"
    (one,) = [one for one in parties(case) if one["confirmed"]]
    assert not one["open"]
    assert standing(case) == ["confirmed"]
    found = {each["rule"]: each["verdict"] for each in assessment(OFFICER, case)["findings"]}
    assert found["RF-37"] == "met"


def test_a_case_with_a_party_found_on_a_list_is_approved_by_a_countersigner_alone(
    listed: Office, case: str, match: dict[str, Any]
) -> None:
    confirm_match(OFFICER, ConfirmMatch(**match, reasons="He says so himself"), key="1", at=listed.at)
    listed.assess(case)
    with pytest.raises(Refusal, match="approval needs a countersigner"):
        record_decision(OFFICER, Decide(case=case, decision="approve", reasons="It saves lives"), key="2", at=listed.at)
    order = Decide(case=case, decision="approve", reasons="It saves lives, and the listing does not bind us")
    assert record_decision(COUNTERSIGNER, order, key="3", at=listed.at).state == "approved"


def test_a_person_may_know_better_than_different(listed: Office) -> None:
    listed.load_list(NSO, {**LISTED, "country": "Norway"}, *OTHERS, day="2026-10-12")
    case = listed.worked(starter("2d")).case
    shown = parties(case)
    assert shown
    confirm_match(OFFICER, ConfirmMatch(**named(shown[0], case), reasons="It is he"), key="1", at=listed.at)
    listed.assess(case)
    assert parties(case)[0]["confirmed"]


@pytest.mark.parametrize("second", [OFFICER, COUNTERSIGNER])
def test_whoever_decides_second_is_told_who_decided_what(
    listed: Office, case: str, match: dict[str, Any], second: Any
) -> None:
    clear_match(OFFICER, ClearMatch(**match, grounds="Another year of birth"), key="1", at=listed.at)
    acts: tuple[tuple[Any, Any], ...] = (
        (clear_match, ClearMatch(**match, grounds="I think so too")),
        (confirm_match, ConfirmMatch(**match, reasons="No, it is he")),
        (ask_about_match, AskAboutMatch(**match, asked="birth_date")),
    )
    told = "Ada Verhoeven decided on 2026-11-02 at 09:00 UTC that they are not the same: "
    for act, order in acts:
        with pytest.raises(Refusal, match=told):
            act(second, order, key=listed.key(), at=listed.at)
    assert Adjudication.objects.count() == Clearance.objects.count() == 1


def test_what_was_shown_and_has_changed_since_is_not_decided_on(
    listed: Office, case: str, match: dict[str, Any]
) -> None:
    for stale in ({"party_facts": "0" * 64}, {"entry_facts": "0" * 64}):
        with pytest.raises(Refusal, match="has changed since it was shown"):
            clear_match(OFFICER, ClearMatch(**match, **stale, grounds="x"), key=listed.key(), at=listed.at)
    assert not Adjudication.objects.exists()


def test_where_the_policy_asks_for_two_the_match_stays_an_alert_until_another_person_confirms(
    two_people: Office,
) -> None:
    case = two_people.worked(starter("2d")).case
    (only,) = [one for one in parties(case) if one["open"]]
    match = named(only, case)
    done = clear_match(OFFICER, ClearMatch(**match, grounds="Another man"), key="1", at=two_people.at)
    assert done.second_person == ("SP-01",)
    assert not Clearance.objects.exists()
    assert standing(case) == ["proposed"]
    assert two_people.assess(case).outcome != "no-objection"
    with pytest.raises(Refusal, match="alerts are not cleared"):
        record_decision(OFFICER, Decide(case=case, decision="approve"), key="2", at=two_people.at)
    with pytest.raises(Refusal, match="cannot be the second person"):
        confirm_clearance(OFFICER, ConfirmClearance(**match, confirm=True), key="3", at=two_people.at)
    with pytest.raises(Refusal, match="may not clear_match"):
        confirm_clearance(ADVISER, ConfirmClearance(**match, confirm=True), key="4", at=two_people.at)
    confirm_clearance(COUNTERSIGNER, ConfirmClearance(**match, confirm=True), key="5", at=two_people.at)
    assert standing(case) == ["cleared"]
    assert two_people.assess(case).outcome == "no-objection"
    row = Adjudication.objects.get()
    assert (row.author, row.second, row.state) == (OFFICER.id, COUNTERSIGNER.id, "standing")


def test_a_second_person_declines_with_reasons_and_the_match_is_open_again(two_people: Office) -> None:
    case = two_people.worked(starter("2d")).case
    (only,) = [one for one in parties(case) if one["open"]]
    match = named(only, case)
    clear_match(OFFICER, ClearMatch(**match, grounds="Another man"), key="1", at=two_people.at)
    with pytest.raises(Refusal, match="no reasons are given"):
        confirm_clearance(COUNTERSIGNER, ConfirmClearance(**match, confirm=False), key="2", at=two_people.at)
    order = ConfirmClearance(**match, confirm=False, reasons="The file says nothing of the kind")
    confirm_clearance(COUNTERSIGNER, order, key="3", at=two_people.at)
    assert standing(case) == ["open"]
    with pytest.raises(Refusal, match="nobody has proposed"):
        confirm_clearance(COUNTERSIGNER, ConfirmClearance(**match, confirm=True), key="4", at=two_people.at)


def test_one_person_clears_alone_what_the_policy_lets_one_clear(
    case: str, listed: Office, match: dict[str, Any]
) -> None:
    done = clear_match(OFFICER, ClearMatch(**match, grounds="Another man", ground="birth_date"), key="1", at=listed.at)
    assert done.second_person == ()
    kept = canonical.decode(Record.objects.get(case__reference=case, number=done.record).body.encode(), Cleared)
    assert (kept.ground, kept.second_person) == ("birth_date", ())


def test_a_condition_that_cannot_be_told_asks_for_two(listed: Office, case: str, match: dict[str, Any]) -> None:
    text = listed_pack('when.all = [{fact = "match.score", at_least = 1}, {fact = "user.persecutes"}]').decode()
    text = text.replace('facts = {"match.score" = 9}', 'facts = {"match.score" = 9, "user.persecutes" = true}')
    listed.put_in_force(text.encode())
    listed.assess(case)
    done = clear_match(OFFICER, ClearMatch(**match, grounds="Another man"), key="1", at=listed.at)
    assert done.second_person == ("SP-01",)


@pytest.mark.parametrize("who", [OFFICER, COUNTERSIGNER])
def test_a_decision_is_withdrawn_with_reasons_and_the_match_is_open_in_every_case(
    listed: Office, case: str, match: dict[str, Any], who: Any
) -> None:
    clear_match(OFFICER, ClearMatch(**match, grounds="Another man"), key="1", at=listed.at)
    other = listed.worked({**starter("2d"), "reference": "another"}).case
    assert (standing(case), standing(other)) == (["cleared"], ["cleared"])
    listed.assess(case)
    withdraw_decision(who, WithdrawDecision(**{**match, "case": other}, reasons="Wrong file"), key="2", at=listed.at)
    assert (standing(case), standing(other)) == (["open"], ["open"])
    row = Case.objects.get(reference=case)
    assert row.inputs != row.assessed_inputs, "the first case has to be assessed again"
    assert listed.assess(case).outcome != "no-objection"
    clear_match(OFFICER, ClearMatch(**match, grounds="Now with the right file"), key="3", at=listed.at)
    assert standing(other) == ["cleared"]


def test_the_same_is_remembered_in_every_case_and_can_be_withdrawn(
    listed: Office, case: str, match: dict[str, Any]
) -> None:
    confirm_match(OFFICER, ConfirmMatch(**match, reasons="It is he"), key="1", at=listed.at)
    other = listed.worked({**starter("2d"), "reference": "another"})
    assert other.outcome == "minded-to-refuse"
    with pytest.raises(Refusal, match="decided on 2026-11-02 at 09:00 UTC that they are the same: It is he"):
        clear_match(OFFICER, ClearMatch(**match, grounds="No"), key="2", at=listed.at)
    withdraw_decision(OFFICER, WithdrawDecision(**match, reasons="It is his brother"), key="3", at=listed.at)
    assert standing(case) == standing(other.case) == ["open"]


def test_what_would_settle_it_is_asked_of_the_exporter_without_a_word_of_the_list(
    listed: Office, match: dict[str, Any]
) -> None:
    application = {**starter("2d"), "reference": "by its exporter"}
    case = listed.worked(application, OFFICER, organisation=EXPORTER.organisation).case
    ask_about_match(OFFICER, AskAboutMatch(**{**match, "case": case}, asked="identifier"), key="1", at=listed.at)
    listed.assess(case)
    asked = {one.id: one for one in case_page(EXPORTER, case).questions}
    question = asked[f"party.identifier@{match['party']}"]
    assert question.state == "open"
    for one in asked.values():
        told = repr(one)
        assert match["entry"] not in told
        assert match["source"] not in told
    answer = Answer(case=case, question=question.id, value=[{"kind": "passport", "value": "X1"}])
    answer_question(EXPORTER, answer, key="2", at=listed.at)
    listed.worker.work_off()
    listed.assess(case)
    assert {one.id: one.state for one in case_page(OFFICER, case).questions}[question.id] == "answered"


def test_what_is_asked_within_the_authority_is_not_shown_to_the_exporter(listed: Office, match: dict[str, Any]) -> None:
    application = {**starter("2d"), "reference": "by its exporter"}
    case = listed.worked(application, OFFICER, organisation=EXPORTER.organisation).case
    order = AskAboutMatch(**{**match, "case": case}, asked="sex", to="authority")
    ask_about_match(OFFICER, order, key="1", at=listed.at)
    listed.assess(case)
    name = f"party.sex@{match['party']}"
    assert name in {one.id for one in case_page(OFFICER, case).questions}
    assert name not in {one.id for one in case_page(EXPORTER, case).questions}


def test_what_was_asked_to_settle_a_match_falls_away_with_it(listed: Office, case: str, match: dict[str, Any]) -> None:
    ask_about_match(OFFICER, AskAboutMatch(**match, asked="sex"), key="1", at=listed.at)
    listed.assess(case)
    name = f"party.sex@{match['party']}"
    assert {one.id: one.state for one in case_page(OFFICER, case).questions}[name] == "open"
    clear_match(OFFICER, ClearMatch(**match, grounds="Another man"), key="2", at=listed.at)
    assert listed.assess(case).outcome == "no-objection"
    assert {one.id: one.state for one in case_page(OFFICER, case).questions}[name] == "moot"


@pytest.mark.parametrize("asked", ["name", "kind", "passport", ""])
def test_only_facts_that_an_answer_fills_in_can_be_asked_for(listed: Office, match: dict[str, Any], asked: str) -> None:
    with pytest.raises(Refusal, match="cannot be asked for"):
        ask_about_match(OFFICER, AskAboutMatch(**match, asked=asked), key="1", at=listed.at)


def test_what_is_stated_already_is_not_asked_for(listed: Office, case: str, match: dict[str, Any]) -> None:
    answer = Answer(case=case, question=f"party.sex@{match['party']}", value="male")
    answer_question(OFFICER, answer, key="1", at=listed.at)
    listed.worker.work_off()
    with pytest.raises(Refusal, match="stated already"):
        ask_about_match(OFFICER, AskAboutMatch(**match, asked="sex"), key="2", at=listed.at)


def test_an_assessment_after_each_decision_is_judged_again_to_the_same_bytes(
    listed: Office, case: str, match: dict[str, Any]
) -> None:
    ask_about_match(OFFICER, AskAboutMatch(**match, asked="sex"), key="1", at=listed.at)
    names = [listed.assess(case).assessment]
    confirm_match(OFFICER, ConfirmMatch(**match, reasons="It is he"), key="2", at=listed.at)
    names.append(listed.assess(case).assessment)
    withdraw_decision(OFFICER, WithdrawDecision(**match, reasons="It is not"), key="3", at=listed.at)
    clear_match(OFFICER, ClearMatch(**match, grounds="His brother"), key="4", at=listed.at)
    names.append(listed.assess(case).assessment)
    assert len(set(names)) == 3
    assert all(replay(OFFICER, name, at=listed.at).same for name in names)
    assert verify_ledger(CONSOLE, at=listed.at).problems == ()


def test_of_a_case_that_one_may_not_read_it_is_told_that_it_was_decided_and_nothing_else(
    listed: Office, case: str, match: dict[str, Any]
) -> None:
    clear_match(OFFICER, ClearMatch(**match, grounds="A secret register"), key="1", at=listed.at)
    other = listed.worked({**starter("2d"), "reference": "another"}).case
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_case SET compartment = 'north' WHERE reference = %s", [case])
    of = {**match, "case": other}
    view = match_view(OFFICER, other, match["party"], match["source"], match["entry"], at=listed.at)
    assert view is not None
    (told,) = view.history
    assert (told.answer, told.at, view.standing) == ("not_same", "2026-11-02T09:00:00Z", "cleared")
    assert (told.author, told.author_id, told.case, told.record, told.reasons, told.ground) == ("", "", "", 0, "", "")
    with pytest.raises(Refusal, match="in a case that is not yours to read, that they are not the same") as caught:
        clear_match(OFFICER, ClearMatch(**of, grounds="x"), key="2", at=listed.at)
    assert "register" not in str(caught.value)
    with pytest.raises(Refusal, match="not yours to read"):
        withdraw_decision(OFFICER, WithdrawDecision(**of, reasons="x"), key="3", at=listed.at)
    (found,) = [
        screening_record(OFFICER, name, export=True) for name in screenings_of(OFFICER, other).values()
        if screening_record(OFFICER, name)["party"]["id"] == match["party"]
    ]  # fmt: skip
    (shown,) = found["matches"]
    assert shown["decisions"] == [{"answer": "not_same", "state": "standing", "at": "2026-11-02T09:00:00Z"}]


def test_a_decision_on_other_facts_in_a_hidden_case_is_told_without_them(
    listed: Office, case: str, match: dict[str, Any]
) -> None:
    clear_match(OFFICER, ClearMatch(**match, grounds="A secret register"), key="1", at=listed.at)
    other = listed.worked({**starter("2d"), "reference": "another"}).case
    listed.load_list(NSO, {**LISTED, "aliases": ["Colonel Eric"]}, *OTHERS, day="2026-10-20")
    listed.assess(other)
    listed.worker.work_off()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_case SET compartment = 'north' WHERE reference = %s", [case])
    view = match_view(OFFICER, other, match["party"], match["source"], match["entry"], at=listed.at)
    assert view is not None
    assert view.standing == "open"
    assert view.reopened is not None
    assert (view.reopened.decided.reasons, view.reopened.changes) == ("", ())


def test_what_is_proposed_in_one_case_is_confirmed_once_from_any_that_asks_the_same(two_people: Office) -> None:
    case, other = (two_people.worked({**starter("2d"), "reference": name}).case for name in ("one", "another"))
    (only,) = [one for one in parties(case) if one["open"]]
    match, of = named(only, case), named(only, other)
    clear_match(OFFICER, ClearMatch(**match, grounds="Another man"), key="1", at=two_people.at)
    assert standing(other) == ["proposed"]
    with pytest.raises(Refusal, match=r"proposed on .* Another man"):
        clear_match(COUNTERSIGNER, ClearMatch(**of, grounds="I think so too"), key="2", at=two_people.at)
    with pytest.raises(Refusal, match="cannot be the second person"):
        confirm_clearance(OFFICER, ConfirmClearance(**of, confirm=True), key="3", at=two_people.at)
    confirm_clearance(COUNTERSIGNER, ConfirmClearance(**of, confirm=True), key="4", at=two_people.at)
    assert standing(case) == standing(other) == ["cleared"]
    assert Adjudication.objects.count() == 1


def test_what_is_proposed_in_a_case_that_one_may_not_read_does_not_bind(two_people: Office) -> None:
    case, other = (two_people.worked({**starter("2d"), "reference": name}).case for name in ("one", "another"))
    (only,) = [one for one in parties(case) if one["open"]]
    clear_match(OFFICER, ClearMatch(**named(only, case), grounds="A secret register"), key="1", at=two_people.at)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_case SET compartment = 'north' WHERE reference = %s", [case])
    assert standing(other) == ["open"]
    of = named(only, other)
    with pytest.raises(Refusal, match="nobody has proposed"):
        confirm_clearance(COUNTERSIGNER, ConfirmClearance(**of, confirm=True), key="2", at=two_people.at)
    clear_match(OFFICER, ClearMatch(**of, grounds="His file says so"), key="3", at=two_people.at)
    assert standing(other) == ["proposed"]
