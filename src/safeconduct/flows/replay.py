"""Judge a recorded assessment again, or look again too: the same bytes, or the reason why not."""

from __future__ import annotations

import msgspec

from safeconduct.access import Actor
from safeconduct.assess import Assessment, Inputs, Screened, judge
from safeconduct.assess.judge import JUDGING
from safeconduct.core import canonical
from safeconduct.core.errors import NeedsRelease
from safeconduct.flows.catalogue import catalogue
from safeconduct.flows.gathering import control_tests, pack_of, tests_of
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.matching import Matchers
from safeconduct.flows.reading_documents import case_of, recorded_assessment
from safeconduct.screen import matcher_edition
from safeconduct.store import blobs
from safeconduct.store.models import Record


class Replayed(msgspec.Struct, frozen=True):
    """``bytes`` are those of the new judgement; ``same`` says whether they are the recorded ones."""

    assessment: str
    same: bool
    bytes: bytes


class _Recorded(msgspec.Struct, frozen=True):
    name: str
    body: bytes
    inputs: Inputs


def replay(actor: Actor, name: str, *, at: Installation | None = None) -> Replayed:
    """Judge the recorded inputs again. ``name`` is an assessment's id, or a case's reference for the newest.

    Raises ``NeedsRelease`` where this release judges by other rules of reckoning than the record's.
    """
    recorded = _recorded(actor, name)
    return _judged(recorded, recorded.inputs, at or here())


def observe_again(actor: Actor, name: str, *, at: Installation | None = None) -> Replayed:
    """Screen every party again with the recorded editions, then judge.

    Raises ``NeedsRelease`` where this release has another matcher than the one recorded: it names that one.
    """
    at, recorded = at or here(), _recorded(actor, name)
    used = {one.screening.matcher for one in recorded.inputs.screened}
    if used - {matcher_edition()}:
        raise NeedsRelease(
            f"observed by another matcher: {', '.join(sorted(used))}", recorded.name, "use the release that has it"
        )
    parties, matchers = {party.id: party for party in recorded.inputs.case_file.parties}, Matchers(at.home)
    seen = tuple(
        Screened(one.party, matchers.of(one.screening.editions).screen(parties[one.party]))
        for one in recorded.inputs.screened
    )
    return _judged(recorded, msgspec.structs.replace(recorded.inputs, screened=seen), at)


def _recorded(actor: Actor, name: str) -> _Recorded:
    reference, _, number = name.partition("/")
    case = case_of(actor, reference)
    row = recorded_assessment(case, number)
    inputs = Record.objects.get(case=case, number=row.number - 1, kind="inputs")
    return _Recorded(
        f"{case.reference}/{row.number}", row.body.encode(), canonical.decode(inputs.body.encode(), Inputs)
    )


def _judged(recorded: _Recorded, inputs: Inputs, at: Installation) -> Replayed:
    before = canonical.decode(recorded.body, Assessment)
    if before.judging != JUDGING:
        raise NeedsRelease(
            f"judged by reckoning {before.judging}, and this is {JUDGING}", recorded.name, "use the release that has it"
        )
    shipped = {one.tests.sha256: one.tests for one in control_tests()}
    tests = [shipped.get(sha256) or tests_of(blobs.read(at.home, sha256), sha256[:12]).tests for sha256 in inputs.tests]
    again = canonical.encode(judge(inputs, pack_of(inputs.policy.sha256), tests, catalogue()))
    return Replayed(recorded.name, again == recorded.body, again)
