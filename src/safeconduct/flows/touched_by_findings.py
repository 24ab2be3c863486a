"""Live cases in which a party appears of which a denial or a finding is on record, and which were not told so.

What is said of a party touches every case in which it appears, whatever the policy makes of it. Cases fixed to a day
are never touched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import Max

from safeconduct.access.model import LIVE_STATES
from safeconduct.core import canonical
from safeconduct.core.message import Message
from safeconduct.flows.register_sight import groups
from safeconduct.flows.rescreened import Rescreened
from safeconduct.flows.review_case import ReviewCase
from safeconduct.store.models import Appearance, Merge, PartyFinding, Record

AT_ONCE = 200  # findings whose cases are asked for together


def finding_mark() -> tuple[int, ...]:
    """Changes whenever something is said of a party, two parties turn out to be one, or a case is assessed: no
    assessment reads what is said, so a case lodged later is told too."""
    newest = [model.objects.aggregate(last=Max("id"))["last"] or 0 for model in (PartyFinding, Merge)]
    if not newest[0]:
        return ()
    assessed = Record.objects.filter(kind="assessment").order_by("-pk").values_list("pk", flat=True).first()
    return (*newest, assessed or 0)


def touched_by_findings() -> Iterator[ReviewCase]:
    """What is to be told each of these cases, once for each finding."""
    merged, last = groups(Merge.objects.filter(undone="").values_list("one", "other")), 0
    while rows := list(PartyFinding.objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        entries = {row.pk: merged.get(row.entry_id, (row.entry_id,)) for row in rows}
        yield from _untold(rows, entries)
        last = rows[-1].pk


def _untold(rows: Sequence[PartyFinding], entries: dict[int, tuple[int, ...]]) -> Iterator[ReviewCase]:
    appearing = Appearance.objects.filter(
        entry__in={entry for group in entries.values() for entry in group},
        case__state__in=[state.value for state in LIVE_STATES],
        case__as_of="",
        case__assessment__gt=0,
    )
    cases: dict[int, set[tuple[int, str, int]]] = defaultdict(set)
    for one in appearing.select_related("case").only("entry", "case__reference", "case__assessment"):
        cases[one.entry_id].add((one.case_id, one.case.reference, one.case.assessment))
    notes = Record.objects.filter(kind="rescreening", case__in=appearing.values("case")).values_list("case", "body")
    told = {(case, canonical.decode(body.encode(), Rescreened).cause) for case, body in notes}
    for row in rows:
        cause = f"finding-{row.pk}"
        for number, reference, assessment in sorted(set().union(*(cases[entry] for entry in entries[row.pk]))):
            if (number, cause) not in told:
                yield ReviewCase(case=reference, assessment=assessment, cause=cause, reasons=(_said(row),))


def _said(row: PartyFinding) -> Message:
    what, name = f"decide.touched.{row.kind}", f"F-{row.pk}"
    if row.sealed:
        return Message(f"{what}_sealed", {"finding": name})
    return Message(what, {"finding": name, "said": row.said, "source": row.source, "date": str(row.date)})
