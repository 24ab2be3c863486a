"""A policy, newer figures, a denial or a finding opens again the cases it touches, with the reason, and no others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import pytest

from safeconduct.access import State
from safeconduct.assess.under_another import under
from safeconduct.core.canonical import sha256
from safeconduct.core.errors import Refusal
from safeconduct.flows import judged_before, touched_cases
from safeconduct.flows import worker as worker_module
from safeconduct.flows.gathering import pack_of
from safeconduct.flows.load_edition import load_edition, orders_for
from safeconduct.flows.people import CONSOLE
from safeconduct.flows.reading import queue
from safeconduct.flows.state_finding import StateFinding, state_finding
from safeconduct.flows.verify_ledger import verify_ledger
from safeconduct.flows.wording import words
from safeconduct.flows.worker import Worker
from safeconduct.policy import Pack
from safeconduct.store.models import Case, Record
from tests.flows.newer import another, decide, notes, state
from tests.flows.office import REFERENCE, Office, starter
from tests.flows.register import PLANT, Register, application, entry
from tests.people import EXPORTER, OFFICER, POLICY_LEAD

RULE = """language = 1
name = "ours"
title.en = "Ours"
extends = "reference@sha256:{base}"
[[rule]]
id = "XX-1"
group = "red_flag"
when = {{fact = "case.kind", is = "{kind}"}}
then = "{then}"
cites = "the test"
text.en = "This kind is looked at twice."
"""
EXAMPLES = """
[[example]]
rule = "XX-1"
facts = {{"case.kind" = "{kind}"}}
expect = "met"
[[example]]
rule = "XX-1"
facts = {{"case.kind" = "global_licence"}}
expect = "not_met"
[[example]]
rule = "XX-1"
facts = {{}}
expect = "cannot_tell"
[[example]]
rule = "XX-1"
facts = {{"case.kind" = {{conflict = ["service", "individual_licence"]}}}}
expect = "cannot_tell"
"""


def stricter(kind: str, then: str = "refer") -> bytes:
    return (RULE + EXAMPLES).format(base=sha256(REFERENCE), kind=kind, then=then).encode()


def licence(office: Office, case: str) -> str:
    found = office.worked(starter(case)).case
    assert decide(office, found, "approve") == State.APPROVED
    return found


def about(office: Office, party: str, *, sealed: bool = False, kind: Literal["denial", "finding"] = "denial") -> str:
    order = StateFinding(
        party=party, kind=kind, said="A State refused it routers", source="note of 3 October", date="2026-10-03",
        sealed=sealed,
    )  # fmt: skip
    return state_finding(OFFICER, order, key=office.key(), at=office.at).finding


def test_a_stricter_policy_reopens_the_licence_it_touches_and_no_other(office: Office) -> None:
    touched, other = licence(office, "2a"), licence(office, "2c")
    office.worker.review_held()
    office.put_in_force(stricter("individual_licence"))
    office.worker.review_held()
    assert (state(touched), state(other)) == (State.REOPENED, State.APPROVED)
    assert notes(other) == []
    (said,) = notes(touched)
    assert said.licence
    assert "it was no-objection" in " ".join(map(words, said.reasons))
    assert "XX-1 is met: This kind is looked at twice." in map(words, said.reasons)
    row = Case.objects.get(reference=touched)
    assert (row.assessed_inputs, row.outcome) == (row.inputs, "refer")
    assert verify_ledger(CONSOLE, at=office.at).problems == ()


def test_a_licence_kept_under_the_new_policy_is_not_reopened_by_it_again(office: Office) -> None:
    case = licence(office, "2a")
    office.put_in_force(stricter("individual_licence", "conditions"))
    office.worker.review_held()
    assert state(case) == State.REOPENED
    assert decide(office, case, "approve") == State.APPROVED
    Worker(office.at).review_held()
    assert (state(case), len(notes(case))) == (State.APPROVED, 1)


def test_a_policy_that_begins_later_touches_nothing_before_its_day(office: Office) -> None:
    case = licence(office, "2a")
    office.put_in_force(b'begins = "2026-11-10"\n' + stricter("individual_licence"))
    office.worker.review_held()
    assert state(case) == State.APPROVED
    office.days_pass(8)
    office.worker.review_held()
    assert state(case) == State.REOPENED


def test_a_pending_case_that_the_policy_touches_is_assessed_anew(office: Office) -> None:
    touched, other = office.worked(starter("2a")).case, office.worked(starter("2c")).case
    office.put_in_force(stricter("individual_licence"))
    office.worker.review_held()
    assert (Case.objects.get(reference=touched).outcome, notes(touched)[0].licence) == ("refer", False)
    assert notes(other) == []


def test_killed_in_the_middle_the_rest_is_done_by_whoever_comes_next_and_nothing_twice(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [licence(office, "2a") if not number else _like(office, number) for number in range(4)]
    office.put_in_force(stricter("individual_licence"))
    review: Callable[..., object] = getattr(worker_module, "review_case")  # noqa: B009  # it exports no such name
    done: list[object] = []

    def dies(*given: object, **named: object) -> object:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(given)
        return review(*given, **named)

    monkeypatch.setattr(worker_module, "review_case", dies)
    with pytest.raises(KeyboardInterrupt):
        office.worker.review_held()
    assert sorted(state(case) for case in cases) == [State.APPROVED] * 2 + [State.REOPENED] * 2
    monkeypatch.setattr(worker_module, "review_case", review)
    for _ in range(2):
        Worker(office.at).review_held()
    assert [state(case) for case in cases] == [State.REOPENED] * 4
    assert [len(notes(case)) for case in cases] == [1] * 4


def _like(office: Office, number: int) -> str:
    found = office.worked({**starter("2a"), "reference": f"like-{number}"}).case
    assert decide(office, found, "approve") == State.APPROVED
    return found


def test_a_denial_reopens_the_licence_in_which_the_party_appears_and_no_other(office: Office) -> None:
    register = Register(office)
    touched = office.worked(application(PLANT), organisation=EXPORTER.organisation).case
    other = office.worked(another("Ines Vallgren", "another")).case
    for case in (touched, other):
        assert decide(office, case, "approve") == State.APPROVED
    assert register.office is office
    name = about(office, entry(touched))
    office.worker.review_held()
    assert (state(touched), state(other)) == (State.REOPENED, State.APPROVED)
    (said,) = notes(touched)
    assert tuple(map(words, said.reasons)) == (
        f"Another State's denial about a party is on record ({name}): A State refused it routers "
        "(note of 3 October, 2026-10-03)",
    )
    assert "refused it routers" in str(queue(OFFICER))
    assert "refused it routers" not in str(queue(EXPORTER))
    records = Record.objects.count()
    for _ in range(2):
        Worker(office.at).review_held()
    assert Record.objects.count() == records


def test_what_is_said_of_a_party_lets_no_case_be_judged_that_a_policy_might_move(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.worked(application(PLANT)).case
    office.worker.review_held()
    looks: list[str] = []

    def noting(*given: Any) -> Any:
        looks.append("judged")
        return touched_cases.touched_cases(*given)

    monkeypatch.setattr(worker_module, "touched_cases", noting)
    about(office, entry(case))
    office.worker.review_held()
    assert (len(notes(case)), looks) == (1, [])
    office.put_in_force(stricter("individual_licence"))
    office.worker.review_held()
    assert looks == ["judged"]


def test_each_finding_about_a_party_is_told_once_in_every_case_in_which_it_appears(office: Office) -> None:
    cases = [office.worked({**application(PLANT), "reference": f"with-{number}"}).case for number in range(3)]
    names = [about(office, entry(cases[0]), kind=kind) for kind in ("denial", "finding")]
    office.worker.review_held()
    Worker(office.at).review_held()
    for case in cases:
        assert [one.cause for one in notes(case)] == [f"finding-{name.removeprefix('F-')}" for name in names]


def test_what_was_said_of_a_party_is_told_in_a_case_lodged_since(office: Office) -> None:
    first = office.worked({**application(PLANT), "reference": "first"}).case
    name = about(office, entry(first))
    office.worker.review_held()
    later = office.worked({**application(PLANT), "reference": "later"}).case
    assert notes(later) == []
    for _ in range(2):
        office.worker.review_held()
        assert [one.cause for one in notes(later)] == [f"finding-{name.removeprefix('F-')}"]
    assert len(notes(first)) == 1


def test_only_the_cases_that_a_policy_may_move_are_judged(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    touched, other = office.worked(starter("2a")).case, office.worked(starter("2c")).case
    office.worker.review_held()
    judged: list[str] = []

    def noting(inputs: Any, *given: Any) -> Any:
        judged.append(inputs.case)
        return under(inputs, *given)

    monkeypatch.setattr(touched_cases, "under", noting)
    office.put_in_force(stricter("individual_licence"))
    office.worker.review_held()
    assert (judged, notes(other)) == ([touched], [])


def test_where_the_earlier_policy_cannot_be_read_any_more_every_case_is_judged(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    touched, other = office.worked(starter("2a")).case, office.worked(starter("2c")).case
    office.worker.review_held()
    now = office.put_in_force(stricter("individual_licence"))

    def of(sha256: str) -> Pack:
        if sha256 != now:
            raise Refusal("language 0 is not read any more", "policy pack")
        return pack_of(sha256)

    monkeypatch.setattr(judged_before, "pack_of", of)
    office.worker.review_held()
    assert (len(notes(touched)), notes(other)) == (1, [])


def test_a_finding_from_a_sealed_source_is_told_without_its_words(office: Office) -> None:
    case = office.worked(application(PLANT)).case
    name = about(office, entry(case), sealed=True, kind="finding")
    office.worker.review_held()
    (said,) = notes(case)
    assert name in words(said.reasons[0])
    assert "routers" not in str(said)


def test_a_finding_without_source_or_by_somebody_else_is_refused(office: Office) -> None:
    case = office.worked(application(PLANT)).case
    good = StateFinding(party=entry(case), kind="finding", said="x", source="y", date="2026")
    for wrong in ({"source": " "}, {"said": ""}, {"date": "soon"}, {"party": "R-99999"}):
        order = StateFinding(**{**{key: getattr(good, key) for key in good.__struct_fields__}, **wrong})
        with pytest.raises(Refusal):
            state_finding(OFFICER, order, key=office.key(), at=office.at)
    with pytest.raises(Refusal, match="may not"):
        state_finding(POLICY_LEAD, good, key=office.key(), at=office.at)


def _at(place: str, number: int) -> dict[str, object]:
    """The starter case 1 with every party of its own in this State."""
    found = starter("1")
    parties = [{**one, "territory": place} for one in found["parties"]]
    return {**found, "parties": parties, "reference": f"at-{place}-{number}"}


def test_newer_figures_open_the_cases_whose_destination_they_speak_of_and_no_other(office: Office) -> None:
    touched, other = office.worked(_at("HU", 1)).case, office.worked(_at("MX", 2)).case
    office.worker.review_held()
    path = office.home / "vdem.csv"
    path.write_text("country_name,country_text_id,year,v2x_libdem\nHungary,HUN,2024,0.12\nMexico,MEX,2024,0.8\n")
    (order,) = orders_for([path], published="2026-03-01", obtained="2026-10-05", at=office.at)
    load_edition(CONSOLE, order, key=office.key(), at=office.at)
    office.worker.review_held()
    (said,) = notes(touched)
    assert said.cause == "indicators"
    assert any(words(reason).startswith("QO-08 is met") for reason in said.reasons)
    assert notes(other) == []
    row = Case.objects.get(reference=touched)
    assert row.assessed_inputs == row.inputs
    Worker(office.at).review_held()
    assert len(notes(touched)) == 1
