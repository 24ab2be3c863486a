"""Looking at many parties again: pure, and the same bytes on whatever machine it is done.

Nothing here touches the database, so that it can be done by a process that has none (``cluster``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.screen import matcher_edition
from safeconduct.screen.delta import touched
from safeconduct.screen.matcher import MOST_SHOWN, Matcher
from safeconduct.screen.model import EditionUsed, Screening, TooLittle

MOST_CHANGED = 5_000  # entries; to index more by themselves takes longer than to look at the whole lists


class Task(msgspec.Struct, frozen=True):
    """What is the same for every party. ``lists`` are the editions to look at; ``whole``: everybody on all of them.
    Otherwise ``source`` has new or other entries ``records`` (normalised JSON Lines), and those called ``gone`` are
    no more, or say something else."""

    lists: tuple[EditionUsed, ...]
    matcher: str
    whole: bool
    source: str = ""
    records: bytes = b""
    gone: frozenset[str] = frozenset()


class Asked(msgspec.Struct, frozen=True):
    """A party as it is, and what was found when it was last looked at."""

    party: Party
    before: Screening


class Seen(msgspec.Struct, frozen=True):
    """What is found now; ``failure`` says why nothing can be."""

    observed: Screening | None = None
    failure: str = ""


class Chunk(NamedTuple):
    """Parties to look at, and the numbers of their screenings; all up to ``upto`` from ``after`` on are passed."""

    after: int
    upto: int
    rows: tuple[tuple[int, str], ...]
    asked: tuple[Asked, ...]


Result = list[Seen | None]
Over = Callable[[Task, Iterable[Chunk]], Iterator[tuple[Chunk, Result]]]


def look(
    task: Task,
    asked: Sequence[Asked],
    matcher: Callable[[], Matcher],
    where: Path,
    ahead: Collection[int] | None = None,
) -> Result:
    """For each party what is found now, or None where that is what was found before.

    Changed entries are searched alone first; whoever they, or entries that are gone, are about is looked at on the
    whole lists, and that counts. ``where`` may hold a small index while this runs. ``ahead`` are the places of those
    whom the changed entries are about, where that is known already.
    """
    if task.matcher != matcher_edition():
        raise Refusal(f"this process has another matcher: {matcher_edition()}", "rescreening", f"use {task.matcher}")
    suspects = range(len(asked)) if task.whole else sorted(_suspects(task, asked, matcher, where, ahead))
    found: Result = [None] * len(asked)
    for place in suspects:
        seen = _seen(asked[place].party, matcher())
        if seen.observed is None or differs(asked[place].before, seen.observed):
            found[place] = seen
    return found


def _suspects(
    task: Task,
    asked: Sequence[Asked],
    matcher: Callable[[], Matcher],
    where: Path,
    ahead: Collection[int] | None,
) -> set[int]:
    if task.records.count(b"\n") > MOST_CHANGED:
        return set(range(len(asked)))
    found = {place for place, one in enumerate(asked) if _named(task, one.before)}
    if ahead is not None:
        found.update(ahead)
    elif task.records:
        parties = (one.party for one in asked)
        found.update(place for place, _ in touched(task.records, parties, where, matcher(), task.source))
    return found


def _named(task: Task, before: Screening) -> bool:
    """Whether what was found names an entry that is gone; a list of matches that was cut may have."""
    cut = len(before.matches) >= MOST_SHOWN
    return cut or any(match.source == task.source and match.entry in task.gone for match in before.matches)


def _seen(party: Party, matcher: Matcher) -> Seen:
    try:
        return Seen(matcher.screen(party))
    except Refusal as refusal:
        return Seen(failure=str(refusal))


def differs(before: Screening, now: Screening) -> bool:
    """Whether another entry is found, or another answer, or an entry with other facts; how it ranks does not count."""
    return _said(before) != _said(now)


def _said(screening: Screening) -> tuple[frozenset[tuple[str, str, str, str]], tuple[str, ...], tuple[TooLittle, ...]]:
    said = frozenset((one.source, one.entry, one.answer, one.facts) for one in screening.matches)
    return said, screening.unread, screening.tells_too_little
