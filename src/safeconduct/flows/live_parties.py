"""The parties that matter: those of cases still to be decided, and of licences that live.

A case fixed to a day is not among them: it looks at the lists of that day, and can never be approved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Max, Min, QuerySet

from safeconduct.access.model import LIVE_STATES
from safeconduct.core import canonical
from safeconduct.flows.casefile import ScreeningRecord
from safeconduct.flows.editions import watchlists
from safeconduct.flows.rescreening_chain import ALL, Chain, Step, hashes
from safeconduct.screen.model import Screening as Observed
from safeconduct.store.models import Record, Rescreening, Screening


def live_rows(*states: Screening.State) -> QuerySet[Screening]:
    """Screenings in these states (none given: done) of live cases, in order."""
    cases = [state.value for state in LIVE_STATES]
    rows: QuerySet[Screening] = Screening.objects.filter(
        state__in=states or (Screening.State.DONE,), case__state__in=cases, case__as_of=""
    )
    return rows.order_by("id")


def due(matcher: str) -> tuple[Step, ...]:
    """The steps that bring every live party to the lists in use and to this matcher; none where all are there.

    A matcher that was followed by another one since does not take over again: two releases at work side by side would
    look at everybody in turn for ever.
    """
    chain, wanted = Chain(), {one.key: one.normalised for one in watchlists()}
    if not wanted:
        return ()
    rows = live_rows(Screening.State.DONE, Screening.State.WAITING).order_by()
    groups = list(rows.values("editions", "matcher", "state").annotate(first=Min("id"), last=Max("id")))
    done = [one for one in groups if one["state"] == Screening.State.DONE]
    stopped = list(Rescreening.objects.exclude(failure="").values_list("mark", flat=True))
    if not _succeeded(matcher) and any(not chain.looked_by(matcher, one["last"], one["matcher"]) for one in done):
        return (Step(ALL),)
    found: set[Step] = set()
    for one in groups:
        for number in (one["first"], one["last"], *(mark for mark in stopped if one["first"] < mark < one["last"])):
            stands = chain.lists(one["editions"], number, wanted)
            steps = (Step(source, stands.get(source, ""), wanted.get(source, "")) for source in {*stands, *wanted})
            found.update(step for step in steps if step.before != step.after)
    return tuple(sorted(found))


def _succeeded(matcher: str) -> bool:
    whole = Rescreening.objects.filter(source=ALL)
    mine = whole.filter(matcher=matcher).order_by("id").last()
    return mine is not None and whole.filter(pk__gt=mine.pk).exclude(matcher=matcher).exists()


def concerned(run: Rescreening, rows: Iterable[Screening], chain: Chain) -> list[Screening]:
    """Those of the rows that the rescreening has to look at: they stand at the edition it starts from."""
    done = [row for row in rows if row.state == Screening.State.DONE]
    if run.source == ALL:
        return done
    made = {row.editions: hashes(row.editions).get(run.source, "") for row in done}
    return [row for row in done if chain.stands(run.source, made[row.editions], row.pk) == run.before]


def recorded(rows: Sequence[Screening]) -> list[Observed]:
    """What each of these screenings found, in their order."""
    found = Record.objects.filter(
        case__in={row.case_id for row in rows}, number__in={row.record for row in rows}, kind="screening"
    )
    bodies = {(case, number): body for case, number, body in found.values_list("case_id", "number", "body")}
    return [canonical.decode(bodies[row.case_id or 0, row.record].encode(), ScreeningRecord).screening for row in rows]
