"""Judge a recorded screening again from its parts, or look again too: the same bytes, or the reason why not."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from safeconduct.access import Actor
from safeconduct.core import canonical
from safeconduct.core.errors import NeedsRelease, Refusal
from safeconduct.core.party import Party
from safeconduct.flows.casefile import ScreeningRecord
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.matching import Matchers
from safeconduct.flows.reading_lookups import number_of
from safeconduct.flows.reading_screening import screening_record
from safeconduct.screen import matcher_edition
from safeconduct.screen.judging import judge_again
from safeconduct.screen.model import Screening as Observed
from safeconduct.store.models import Record, Screening


class ScreeningReplayed(msgspec.Struct, frozen=True):
    """``bytes`` are those of the new observation or judgement; ``same`` says whether they are the recorded ones."""

    screening: str
    same: bool
    bytes: bytes


class _Recorded(NamedTuple):
    name: str
    body: bytes
    party: Party
    observed: Observed
    in_case: bool

    def beside(self, again: Observed) -> ScreeningReplayed:
        document = ScreeningRecord(self.party, again) if self.in_case else again
        data = canonical.encode(document)
        return ScreeningReplayed(self.name, data == self.body, data)


def judge_screening_again(actor: Actor, name: str) -> ScreeningReplayed:
    """Answer, reason, score and order of every match, from the recorded parts alone.

    Raises ``NeedsRelease`` where this release has other rules than the record's.
    """
    recorded = _recorded(actor, name)
    return recorded.beside(judge_again(recorded.observed, name))


def observe_screening_again(actor: Actor, name: str, *, at: Installation | None = None) -> ScreeningReplayed:
    """Compare the party with the recorded editions again, whatever has been loaded since.

    Raises ``NeedsRelease`` where this release has another matcher than the one recorded: it names that one.
    """
    recorded, at = _recorded(actor, name), at or here()
    if recorded.observed.matcher != matcher_edition():
        what = f"observed by another matcher: {recorded.observed.matcher}"
        raise NeedsRelease(what, name, "use the release that has it")
    return recorded.beside(Matchers(at.home).of(recorded.observed.editions).screen(recorded.party))


def _recorded(actor: Actor, name: str) -> _Recorded:
    screening_record(actor, name)  # whoever may not read it does not come further
    row = Screening.objects.get(pk=number_of(name))
    if row.case is None:
        if not row.body:
            raise Refusal("nothing was observed yet", name, "wait until it is done")
        party, body = canonical.decode(row.party.encode(), Party), row.body.encode()
        return _Recorded(name, body, party, canonical.decode(body, Observed), in_case=False)
    document = Record.objects.filter(case=row.case, number=row.record, kind="screening").first()
    if document is None:
        raise Refusal("nothing was observed yet", name, "wait until it is done")
    found = canonical.decode(document.body.encode(), ScreeningRecord)
    return _Recorded(name, document.body.encode(), found.party, found.screening, in_case=True)
