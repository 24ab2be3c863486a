"""How far the register reaches into cases: what an assessment reads of it, and which cases a change of it concerns."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from safeconduct.access import Actor, Marking, Role
from safeconduct.access.model import OPEN_STATES
from safeconduct.assess.ownership import Around
from safeconduct.flows.editions import watchlists
from safeconduct.flows.register_sight import Sight, groups
from safeconduct.flows.register_web import Weaver
from safeconduct.store.models import Appearance, Case, Merge, Tie

MOST_STEPS = 12


def around(case: Case, home: Path) -> Around | None:
    """The parties around those of the case, as its readers may see them; None where none of its is registered.

    Ties from sealed sources are left out: an assessment is read by those who may not know of them.
    """
    rows = dict(Appearance.objects.filter(case=case).values_list("party_id", "entry"))
    if not rows:
        return None
    weaver = Weaver(Sight(reader_of(case)), home, watchlists(case.as_of))
    web = weaver.web(*sorted(rows.values()))
    entries = tuple((party, f"R-{weaver.sight.head(entry)}") for party, entry in sorted(rows.items()))
    return Around(entries, tuple(web.parties[name] for name in sorted(web.parties)), web.holdings)


def reader_of(case: Case) -> Actor:
    """Somebody who may read just what every reader of this case may."""
    teams = (case.compartment,) if case.compartment else ()
    return Actor("system", "a reader of the case", Role.OFFICER, cleared_to=Marking(case.marking), teams=teams)


def concern_cases(entries: Iterable[int], tied: Tie | None = None) -> int:
    """Let every open case that a change of these entries (or of this tie) may concern be assessed anew; how many.

    Only cases whose readers see what changed: to others nothing did.
    """
    changed = set(entries)
    held = below(changed)
    states = [state.value for state in OPEN_STATES]
    cases = Case.objects.filter(appearances__entry__in=held, state__in=states).distinct().order_by("pk")
    seeing: dict[tuple[str, str], bool] = {}
    count = 0
    for case in cases:
        kind = (case.marking, case.compartment)
        if kind not in seeing:
            seeing[kind] = _sees(Sight(reader_of(case)), changed, tied)
        if seeing[kind]:
            case.inputs += 1
            case.save()
            count += 1
    return count


def _sees(sight: Sight, changed: set[int], tied: Tie | None) -> bool:
    if tied is not None and tied.pk not in {one.pk for one in sight.ties([tied.held_id])}:
        return False
    return changed <= sight.seen(changed)


def below(entries: set[int]) -> set[int]:
    """These entries, those merged with them, and whatever they hold, through any number of others up to a bound."""
    merged = groups(Merge.objects.filter(undone="").values_list("one", "other"))
    found: set[int] = set()
    edge = set(entries)
    for _ in range(MOST_STEPS):
        edge = {each for entry in edge for each in merged.get(entry, (entry,))} - found
        if not edge:
            break
        found |= edge
        edge = set(Tie.objects.filter(holder__in=edge).values_list("held", flat=True))
    return found
