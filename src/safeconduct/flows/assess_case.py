"""Assess a case: judge what is recorded, keep inputs and findings, ask what is missing.

Judging happens before the transaction; should the case change meanwhile, it is judged anew.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from safeconduct.access import Action, Actor, Role
from safeconduct.assess import Assessment, Inputs, Override, judge
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.decide import Act
from safeconduct.flows.asking import keep_questions
from safeconduct.flows.casefile import case_file
from safeconduct.flows.catalogue import catalogue
from safeconduct.flows.clock import run_clock, stop_clock
from safeconduct.flows.gathering import Gathered, gather
from safeconduct.flows.installation import Installation
from safeconduct.flows.order import CaseOrder
from safeconduct.flows.packs import in_force, kept
from safeconduct.flows.requesting import request, unscreened, waiting
from safeconduct.flows.situation import move
from safeconduct.flows.work import Stale, Work, flow
from safeconduct.policy import Pack
from safeconduct.store import blobs
from safeconduct.store.models import Case, Record
from safeconduct.store.models import Pack as PackRow


class SetByHand(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person sets a scenario's severity or likelihood, 1 to 5, with a reason. It stays until set anew."""

    scenario: str
    what: Literal["severity", "likelihood"]
    level: int
    reason: str


class Assess(CaseOrder, frozen=True, kw_only=True):
    """``policy`` is the hash of a kept pack; empty means the one in force. Under any other pack it is a
    trial: kept, but the case does not move and nothing is asked."""

    policy: str = ""
    by_hand: tuple[SetByHand, ...] = ()


class Assessed(msgspec.Struct, frozen=True):
    """``waiting`` above 0: nothing was judged, that many screenings are not done yet; wait, then assess again.

    ``assessment`` names the record, as ``XX-2026-0001/7``; ``questions`` are open ones, decisive first.
    """

    case: str
    state: str
    outcome: str
    assessment: str
    waiting: int
    questions: tuple[str, ...] = ()


class _Judged(NamedTuple):
    """What was judged, and on which state of the case. ``found`` is None where parties wait for screening."""

    seen: int
    policy: PackRow
    trial: bool
    gathered: Gathered | None = None
    found: Assessment | None = None


def _judge(actor: Actor, order: Assess, at: Installation) -> _Judged:
    case = Case.objects.get(reference=order.case)
    force = in_force(at.today())
    if force is None and not order.policy:
        raise Refusal("no policy is in force", order.case, "two people sign a pack: `safeconduct policy sign`")
    policy = kept(order.policy) if order.policy else force
    if policy is None:
        raise LookupError("a pack was named or is in force")
    trial = force is None or policy.pk != force.pk
    if unscreened(case, case_file(case).parties) or waiting(case):
        return _Judged(case.inputs, policy, trial)
    overrides = (*_overrides_before(case), *_overrides(actor, order, at))
    gathered = gather(case, policy, at.home, at.today(), overrides)
    _refuse_unknown(order, gathered.pack)
    found = judge(gathered.inputs, gathered.pack, [one.tests for one in gathered.tests], catalogue())
    for one in gathered.tests:
        blobs.keep(at.home, one.data)
    return _Judged(case.inputs, policy, trial, gathered, found)


def _overrides(actor: Actor, order: Assess, at: Installation) -> tuple[Override, ...]:
    canonical.refuse_unsafe_text([one.reason for one in order.by_hand], order.case)
    for one in order.by_hand:
        if actor.role is Role.SYSTEM or not one.reason.strip() or not 1 <= one.level <= 5:
            raise Refusal("set by hand without person, reason or a step from 1 to 5", order.case, "give all three")
    return tuple(Override(one.scenario, one.what, one.level, actor.id, one.reason, at.now()) for one in order.by_hand)


def _refuse_unknown(order: Assess, pack: Pack) -> None:
    known = [each.id for each in pack.scenarios]
    for one in order.by_hand:
        if one.scenario not in known:
            raise Refusal(f"set by hand for no scenario of the policy: {one.scenario}", order.case, ", ".join(known))


def _overrides_before(case: Case) -> tuple[Override, ...]:
    """What persons had set by hand up to the newest assessment."""
    inputs = _inputs_before(case)
    return inputs.overrides if inputs else ()


def _inputs_before(case: Case) -> Inputs | None:
    record = Record.objects.filter(case=case, number=case.assessment - 1, kind="inputs").first()
    return canonical.decode(record.body.encode(), Inputs) if record else None


@flow(Action.ASSESS, _judge)
def assess_case(work: Work, _order: Assess, judged: _Judged) -> Assessed:
    """Keep what was judged, if it still fits; without every screening done, ask for those instead."""
    case = work.case
    missing = unscreened(case, case_file(case).parties)
    if missing:
        request(work, missing)
    if count := waiting(case):
        return _result(case, count)
    force = in_force(work.today)
    if judged.found is None or judged.gathered is None or case.inputs != judged.seen:
        raise Stale
    if not judged.trial and (force is None or force.pk != judged.policy.pk):
        raise Stale
    number = _keep(work, judged.gathered, judged.found)
    if judged.trial:
        case.save()
        return Assessed(case.reference, case.state, judged.found.outcome.value, f"{case.reference}/{number}", 0)
    case.assessment, case.assessed_inputs = number, case.inputs
    case.outcome, case.policy = judged.found.outcome.value, judged.policy.sha256
    case.alerts = len(judged.found.open_matches)
    _ask(work, judged.found)
    case.save()
    return _result(case, 0, tuple(one.id for one in judged.found.questions if not one.accepted))


def _keep(work: Work, gathered: Gathered, found: Assessment) -> int:
    """The number of the record that holds the assessment; the same inputs are not kept twice in a row."""
    case = work.case
    before = Record.objects.filter(case=case, number=case.assessment).first()
    if before is not None and before.sha256 == canonical.digest(found):
        return before.number
    for one in gathered.tests:
        work.commit_blob(one.tests.sha256, len(one.data))
    work.record("inputs", gathered.inputs)
    return work.record("assessment", found).number


def _ask(work: Work, found: Assessment) -> None:
    keep_questions(work, found)
    blocking = any(one.decisive and not one.accepted for one in found.questions)
    if blocking:
        move(work, Act.ASK, day=work.case.as_of)
        stop_clock(work)
    else:
        move(work, Act.CONCLUDE, day=work.case.as_of)
        run_clock(work)


def _result(case: Case, count: int, questions: tuple[str, ...] = ()) -> Assessed:
    name = f"{case.reference}/{case.assessment}" if case.assessment and not count else ""
    return Assessed(case.reference, case.state, case.outcome if not count else "", name, count, questions)
