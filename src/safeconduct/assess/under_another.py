"""What a recorded case would come to under another policy, and which rules make the difference; pure."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from safeconduct.assess.inputs import Inputs, PolicyUsed
from safeconduct.assess.judge import Assessment, judge
from safeconduct.classify import EntryTests
from safeconduct.policy.catalogue import Catalogue
from safeconduct.policy.outcome import Outcome
from safeconduct.policy.pack import Pack


class Moved(msgspec.Struct, frozen=True):
    """One case under two packs. ``rules`` set the stricter of the two outcomes under one pack and not under the other;
    where there are none, those that set the less strict one. A question counts by its fact."""

    case: str
    old: Outcome
    new: Outcome
    rules: tuple[str, ...] = ()


def under(inputs: Inputs, pack: Pack, tests: Sequence[EntryTests], catalogue: Catalogue) -> Assessment:
    """The recorded facts judged by ``pack``; a trial, never in force. Raises what ``judge`` raises."""
    policy = PolicyUsed(pack.name, pack.sha256, False)
    return judge(msgspec.structs.replace(inputs, policy=policy), pack, tests, catalogue)


def moved(old: Assessment, new: Assessment) -> Moved:
    """The case's outcome before and after, with the rules that changed it; none where it stays."""
    if old.outcome is new.outcome:
        return Moved(new.case, old.outcome, new.outcome)
    before, after = _setting(old), _setting(new)
    stricter = tuple(Outcome).index(new.outcome) < tuple(Outcome).index(old.outcome)
    first, other = (after - before, before - after) if stricter else (before - after, after - before)
    return Moved(new.case, old.outcome, new.outcome, tuple(sorted(first or other)))


def _setting(found: Assessment) -> frozenset[str]:
    """The rules, scenarios and questions whose floor is the outcome of its line, on the lines that set the case's."""
    return frozenset(
        floor.by.partition("@")[0]
        for line in found.lines
        if line.outcome is found.outcome
        for floor in line.floors
        if floor.outcome is line.outcome
    )
