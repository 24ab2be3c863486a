"""Who signs in, who signs the policy, and what a pack on trial may not do."""

from __future__ import annotations

import datetime as dt
import sys

import pytest

from safeconduct.access import Role
from safeconduct.core.canonical import sha256
from safeconduct.core.errors import Refusal
from safeconduct.flows.admit_person import AdmitPerson, admit_person
from safeconduct.flows.assess_case import Assess, SetByHand, assess_case
from safeconduct.flows.packs import in_force, to_come
from safeconduct.flows.people import CONSOLE, SYSTEM, actor_named, actor_of, everybody
from safeconduct.flows.reading import assessment, policy_in_force
from safeconduct.flows.sign_in import issue_link, redeem
from safeconduct.flows.sign_pack import SignPack, sign_pack
from safeconduct.flows.try_pack import TryPack, try_pack
from safeconduct.store.models import Case, Question, SignInLink
from tests.flows.office import REFERENCE, Office, starter
from tests.people import ADVISER, COUNTERSIGNER, EVERYBODY, OFFICER, POLICY_LEAD


def test_people_are_who_they_were_admitted_as(office: Office) -> None:
    assert set(everybody()) == set(EVERYBODY)
    assert actor_named(OFFICER.id) == OFFICER
    with pytest.raises(Refusal, match="nobody of this name"):
        actor_named("somebody.else")


@pytest.mark.parametrize(
    "change",
    [
        {"name_id": "A B"}, {"name_id": "system"}, {"name_id": "console"}, {"name": " "}, {"name": "a\u202eb"},
        {"role": Role.SYSTEM}, {"role": Role.EXPORTER, "organisation": ""}, {"name_id": ""}, {"name": "x" * 121},
    ],
)  # fmt: skip
def test_a_person_who_cannot_be_is_not_admitted(office: Office, change: dict[str, object]) -> None:
    good = {"name_id": "new.person", "name": "New Person", "role": Role.OFFICER}
    with pytest.raises(Refusal):
        admit_person(CONSOLE, AdmitPerson(**{**good, **change}), key="a", at=office.at)  # type: ignore[arg-type]


def test_a_link_signs_its_person_in_once(office: Office) -> None:
    secret = issue_link(CONSOLE, OFFICER.id)
    assert actor_of(redeem(secret)) == OFFICER
    for useless in (secret, secret[:-1], "", "\udcff", "x" * 10_000):
        with pytest.raises(Refusal, match="does not work"):
            redeem(useless)


def test_a_link_is_kept_as_a_hash_and_dies_in_time(office: Office) -> None:
    secret = issue_link(CONSOLE, OFFICER.id)
    assert secret not in str(SignInLink.objects.values())
    expired = issue_link(CONSOLE, OFFICER.id, lasts=dt.timedelta(seconds=-1))
    with pytest.raises(Refusal, match="does not work"):
        redeem(expired)
    issue_link(CONSOLE, OFFICER.id)
    assert SignInLink.objects.count() == 2


def test_a_link_of_a_person_who_left_does_not_work(office: Office) -> None:
    from django.contrib.auth.models import User

    secret = issue_link(CONSOLE, OFFICER.id)
    User.objects.filter(username=OFFICER.id).update(is_active=False)
    with pytest.raises(Refusal, match="does not work"):
        redeem(secret)
    with pytest.raises(Refusal, match="nobody"):
        actor_named(OFFICER.id)


def test_only_the_console_issues_links(office: Office) -> None:
    with pytest.raises(Refusal, match="may not admit_person"):
        issue_link(OFFICER, POLICY_LEAD.id)
    with pytest.raises(Refusal, match="nobody"):
        issue_link(CONSOLE, "somebody.else")


def sign(office: Office, actor, pack: bytes = REFERENCE):
    return sign_pack(actor, SignPack(pack=pack, name="pack.toml"), key=office.key(), at=office.at)


def test_two_different_people_put_the_same_bytes_in_force(empty_office: Office) -> None:
    empty_office.admit_everybody()
    assert not sign(empty_office, POLICY_LEAD).in_force
    assert not sign(empty_office, POLICY_LEAD).in_force
    assert policy_in_force() is None
    assert not sign(empty_office, COUNTERSIGNER, REFERENCE + b"\n").in_force
    done = sign(empty_office, COUNTERSIGNER)
    assert (done.in_force, done.signed_by) == (True, (POLICY_LEAD.id, COUNTERSIGNER.id))
    force = policy_in_force()
    assert force is not None
    assert force.sha256 == sha256(REFERENCE)
    with pytest.raises(Refusal, match="may not sign_pack"):
        sign(empty_office, OFFICER)


def test_without_a_policy_nothing_is_judged(empty_office: Office) -> None:
    empty_office.admit_everybody()
    case = empty_office.submit(starter("2c")).case
    with pytest.raises(Refusal, match="no policy is in force"):
        empty_office.assess(case)


def test_a_misspelt_pack_is_refused_with_its_line(office: Office) -> None:
    wrong = REFERENCE.replace(b'fact = "user.named"', b'fact = "user.nmaed"', 1)
    assert wrong != REFERENCE
    with pytest.raises(Refusal, match=r"pack\.toml.*line \d+"):
        sign(office, POLICY_LEAD, wrong)


def test_a_pack_on_trial_moves_no_case(office: Office) -> None:
    case = office.worked(starter("3")).case
    before = Case.objects.values().get()
    questions = list(Question.objects.order_by("id").values())
    pack = REFERENCE + b"\n# on trial\n"
    kept = try_pack(POLICY_LEAD, TryPack(pack=pack), key="t", at=office.at)
    done = assess_case(OFFICER, Assess(case=case, policy=kept.sha256), key="u", at=office.at)
    assert done.outcome == "need-information"
    assert assessment(OFFICER, done.assessment)["policy"] == {
        "name": kept.name, "sha256": kept.sha256, "in_force": False,
    }  # fmt: skip
    after = Case.objects.values().get()
    assert {**after, "records": 0} == {**before, "records": 0}
    assert list(Question.objects.order_by("id").values()) == questions
    with pytest.raises(Refusal, match="no such policy pack"):
        assess_case(OFFICER, Assess(case=case, policy="0" * 64), key="v", at=office.at)


def test_a_newer_policy_makes_an_assessment_old(office: Office) -> None:
    case = office.worked(starter("2c")).case
    office.put_in_force(REFERENCE + b"\n# second edition\n")
    from safeconduct.flows.record_decision import Decide, record_decision

    with pytest.raises(Refusal, match="no assessment of the case as it stands now"):
        record_decision(OFFICER, Decide(case=case, decision="approve"), key="a", at=office.at)
    office.assess(case)
    record_decision(OFFICER, Decide(case=case, decision="approve"), key="b", at=office.at)


def test_assessing_again_what_has_not_changed_keeps_one_record(office: Office) -> None:
    first = office.worked(starter("2c"))
    again = office.assess(first.case, ADVISER)
    assert again.assessment == first.assessment


def test_a_person_sets_a_likelihood_by_hand_with_a_reason(office: Office) -> None:
    case = office.worked(starter("1")).case
    by_hand = SetByHand(scenario="MS-01", what="likelihood", level=5, reason="Two more sources were arrested last week")
    done = assess_case(ADVISER, Assess(case=case, by_hand=(by_hand,)), key="a", at=office.at)
    assert done.outcome == "minded-to-refuse"
    assert office.assess(case).outcome == "minded-to-refuse"
    shown = assessment(OFFICER, case)["lines"][0]["scenarios"][0]["overrides"]
    assert [(one["by"], one["level"]) for one in shown] == [(ADVISER.id, 5)]
    for bad, who in (
        (SetByHand("MS-01", "severity", 0, "x"), ADVISER),
        (SetByHand("MS-01", "severity", 3, "  "), ADVISER),
        (SetByHand("MS-01", "severity", 3, "x"), SYSTEM),
        (SetByHand("MS-99", "severity", 3, "x"), ADVISER),
    ):
        with pytest.raises(Refusal, match="set by hand"):
            assess_case(who, Assess(case=case, by_hand=(bad,)), key=office.key(), at=office.at)


def test_a_pack_signed_today_begins_on_the_day_it_names(office: Office) -> None:
    """Cases judged before keep the pack they were judged by; one that begins meanwhile makes their assessment old."""
    case = office.worked(starter("2c")).case
    before = Case.objects.get().policy
    later = office.put_in_force(b'begins = "2026-11-10"\n' + REFERENCE)
    assert not sign(office, POLICY_LEAD, b'begins = "2026-11-10"\n' + REFERENCE).in_force
    assert [one.sha256 for one in to_come(office.at.today())] == [later]
    office.assess(case)
    assert Case.objects.get().policy == before
    office.days_pass(8)
    force = in_force(office.at.today())
    assert force is not None
    assert force.sha256 == later
    assert Case.objects.get().policy == before
    office.assess(case)
    assert Case.objects.get().policy == later


def test_a_pack_signed_later_that_begins_earlier_gives_way_when_its_day_has_come(office: Office) -> None:
    later = office.put_in_force(b'begins = "2026-11-10"\n' + REFERENCE)
    office.days_pass(1)
    sooner = office.put_in_force(REFERENCE + b"\n# for a week\n")
    found = [in_force(office.at.today() + dt.timedelta(days=days)) for days in (0, 6, 7)]
    assert [one.sha256 for one in found if one] == [sooner, sooner, later]


@pytest.mark.parametrize("day", ["2026-13-01", "1.12.2026", "2026-12-1", ""])
def test_a_day_that_is_none_is_refused_with_its_line(office: Office, day: str) -> None:
    with pytest.raises(Refusal, match=r"line 1"):
        sign(office, POLICY_LEAD, f'begins = "{day}"\n'.encode() + REFERENCE)


def test_a_pack_that_is_signed_while_a_case_is_judged_judges_it_wholly(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.worked(starter("2c")).case
    assessing = sys.modules[assess_case.verb.__module__]
    second, judging, judged_by = REFERENCE + b"\n# second\n", assessing.judge, []

    def interrupted(inputs, pack, *rest):
        judged_by.append(pack.sha256)
        if len(judged_by) == 1:
            office.put_in_force(second)
        return judging(inputs, pack, *rest)

    monkeypatch.setattr(assessing, "judge", interrupted)
    done = office.assess(case)
    assert judged_by == [sha256(REFERENCE), sha256(second)]
    assert assessment(OFFICER, done.assessment)["policy"]["sha256"] == sha256(second)
    assert Case.objects.get().policy == sha256(second)
