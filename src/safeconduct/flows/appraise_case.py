"""Record one's own assessment of a case, apart from whoever else assesses it."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action
from safeconduct.assess.appraisal import Appraisal, faults
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.flows.casefile import case_file
from safeconduct.flows.gathering import pack_of
from safeconduct.flows.order import CaseOrder
from safeconduct.flows.packs import in_force
from safeconduct.flows.second_assessment import Appraisals, Signed, basis_of, signed
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import Appraisal as Row


class Appraise(CaseOrder, frozen=True, kw_only=True):
    """``basis`` is that of the page on which it was written (empty: whatever stands)."""

    appraisal: Appraisal
    basis: str = ""


class Appraised(msgspec.Struct, frozen=True):
    """``record`` is the number of the record that holds both, 0 while the other one is not in."""

    case: str
    record: int


@flow(Action.APPRAISE)
def appraise_case(work: Work, order: Appraise) -> Appraised:
    """Keep it shut until another person has recorded his; both then become one record of the case."""
    canonical.refuse_unsafe_text(msgspec.to_builtins(order.appraisal), order.case)
    _refuse_unfit(order)
    case, basis = work.case, basis_of(work.case)
    if order.basis not in ("", basis):
        raise Refusal("the case or the policy has changed since you looked", order.case, "look again, then record it")
    before = signed(case, basis)
    if any(author == work.actor.id for author, _ in before):
        raise Refusal("you have recorded your assessment of this case", order.case, "the other assessor has not")
    if len(before) > 1:
        raise Refusal("both assessments are in", order.case, "see them side by side")
    sealed = work.actor.may_read_closed and any(one.source.sealed for one in case_file(case).statements)
    own = Signed(work.actor.id, work.now, order.appraisal, sealed)
    Row.objects.create(case=case, basis=basis, body=canonical.encode(own).decode(), author=work.actor.id, at=work.now)
    number = 0
    if before:
        number = work.record("appraisals", Appraisals(basis, (before[0][1], own))).number
        case.save()
    return Appraised(order.case, number)


def _refuse_unfit(order: Appraise) -> None:
    force = in_force()
    if force is None:
        raise Refusal("no policy is in force", order.case, "two people sign a pack: `safeconduct policy sign`")
    pack = pack_of(force.sha256)
    flags = frozenset(rule.id for rule in pack.rules if rule.group == "red_flag")
    if found := faults(order.appraisal, frozenset(each.id for each in pack.scenarios), flags):
        raise Refusal("; ".join(found), order.case, "state what is named, then repeat")
