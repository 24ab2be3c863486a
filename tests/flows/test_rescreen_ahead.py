"""Looking for changed entries among all live parties at once, by the kept index, finds whom looking at each finds."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.access import State
from safeconduct.core.errors import Refusal
from safeconduct.flows import rescreen_ahead
from safeconduct.flows.matching import Matchers
from safeconduct.flows.rescreen_ahead import Ahead, look_ahead
from safeconduct.flows.rescreen_looking import Chunk, Result, Task, look
from safeconduct.flows.rescreening import Rescreener
from safeconduct.screen import delta
from safeconduct.store.models import Rescreening, Screening
from tests.flows.newer import LISTED, STRANGER, another, approved, state
from tests.flows.office import NSO, OTHERS, Office, starter

NAMES = ("Ilse Marchetti", "Quenby Thistlewood", "Ким Чен Ын", "محمد علي", "Eric Badege", "🙂 Vold", "Tirvan Okshel")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs and pages of a few parties, all indexed."""
    for name, value in (("FEW", 0), ("RUN", 5)):
        monkeypatch.setattr(delta, name, value)
    monkeypatch.setattr(rescreen_ahead, "AT_ONCE", 4)
    monkeypatch.setattr("safeconduct.flows.rescreening.MOST_PARTIES", 3)


def named(name: str) -> dict[str, Any]:
    return {"name": name, "aliases": [], "country": "Iran"}


def begun(office: Office) -> tuple[Rescreener, Rescreening, Task, list[Chunk]]:
    ours = Rescreener(office.at, Matchers(office.home))
    run = ours._next(ours.everything)
    assert run is not None
    return ours, run, ours._task(run), list(ours._chunks(run))


def ahead_of(office: Office, run: Rescreening, task: Task) -> Ahead:
    matchers = Matchers(office.home)
    found = look_ahead(run, task, lambda: matchers.of(task.lists), office.home / "index", lambda: None)
    assert found is not None
    return found


def seen(office: Office, task: Task, chunks: list[Chunk], ahead: Ahead | None) -> list[Result]:
    matcher, where = Matchers(office.home), office.home / "index"
    return [
        look(
            task, chunk.asked, lambda: matcher.of(task.lists), where,
            ahead.among([number for number, _ in chunk.rows]) if ahead else None,
        )
        for chunk in chunks
    ]  # fmt: skip


@pytest.mark.usefixtures("small")
def test_both_ways_find_the_same_edition_after_edition(office: Office) -> None:
    for number, name in enumerate(NAMES):
        office.worked(another(name, f"B-{number}"))
    editions = (
        [NSO, *OTHERS, LISTED, named("Kim Jong Un")],
        [NSO, *OTHERS[3:], named("Mohammed Ali"), {**LISTED, "aliases": ["Tirvan Okshel"]}],
        [NSO, *OTHERS[3:], STRANGER],
    )
    counts = []
    for number, entities in enumerate(editions):
        office.load_list(*entities, day=f"2026-10-{20 + number}")
        ours, run, task, chunks = begun(office)
        plainly = seen(office, task, chunks, None)
        assert seen(office, task, chunks, ahead_of(office, run, task)) == plainly
        counts.append(sum(one is not None for found in plainly for one in found))
        list(ours.going())
        if number == 0:
            office.worked(another("Someone Later", "B-late"))  # who comes in the last run
    assert all(counts)


@pytest.mark.usefixtures("small")
def test_whoever_came_after_all_were_looked_at_is_screened(office: Office) -> None:
    office.worked(another("Ilse Marchetti", "B-1"))
    waits = office.submit(another("Quenby Thistlewood", "B-2")).case
    office.load_list(NSO, *OTHERS, STRANGER, day="2026-10-20")
    _, run, task, _ = begun(office)
    ahead = ahead_of(office, run, task)
    numbers = list(Screening.objects.filter(case__reference=waits).order_by("pk").values_list("pk", flat=True))
    assert ahead.among(numbers) == frozenset(range(len(numbers)))
    others = Screening.objects.exclude(case__reference=waits).values_list("pk", flat=True)
    assert ahead.among(list(others)) == frozenset()


@pytest.mark.usefixtures("small")
def test_all_are_looked_at_ahead_once_however_often_a_step_is_tried_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = approved(office, starter("2d"))
    office.load_list(NSO, *OTHERS, LISTED, day="2026-10-20")
    ours, record = office.worker.rescreener(), Rescreener._record
    looks: list[int] = []
    refused: list[int] = []

    def counted(*given: Any) -> Ahead | None:
        looks.append(1)
        return look_ahead(*given)

    def busy_once(*given: Any) -> None:
        if not refused:
            refused.append(1)
            raise Refusal("somebody else is writing", "database", "repeat")
        record(*given)

    monkeypatch.setattr("safeconduct.flows.rescreening.look_ahead", counted)
    monkeypatch.setattr(Rescreener, "_record", busy_once)
    list(ours.going())
    assert (len(looks), len(refused), state(case)) == (1, 1, State.REOPENED)


def test_nothing_is_looked_for_ahead_where_entries_are_gone_only(office: Office) -> None:
    office.worked(starter("2d"))
    office.load_list(NSO, *OTHERS[1:], day="2026-10-20")
    _, run, task, _ = begun(office)
    matchers = Matchers(office.home)
    assert task.gone
    assert look_ahead(run, task, lambda: matchers.of(task.lists), office.home / "index", lambda: None) is None
