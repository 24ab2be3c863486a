"""A newer edition beside many live parties: seconds from loading it until what it touches is reopened.

``python benchmarks/rescreening.py [--json] [--parties N] [--entities N] [--changed N] [--hits N] [--cluster ADDRESS]``
makes an installation in a folder of its own (SQLite; PostgreSQL where ``SAFECONDUCT_DATABASE`` names a database that
may be filled) with the starter pack, one list of all real entries and made ones (``make_entities.consolidated``), and
so many live parties (``portfolio.register``), three to a case, every other case a licence. Then newer editions of the
list come, each with ``--changed`` new entries: first one that touches nobody, then one with ``--hits`` names of live
parties.

* ``load``: reading and keeping the newer edition; ``index``: making it ready to be searched, once for each edition;
* ``rescreen``: looking at everybody, reopening and assessing what is touched, recording that the others were looked at.

The cases are written straight into the tables, since it would take long to submit and decide thousands: the ledger
knows nothing of them, and nothing here depends on it. Seconds are by the clock, with processor time beside them.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from make_entities import consolidated
from portfolio import Clock, register
from watchlists import data_folder, editions

from safeconduct.core import canonical
from safeconduct.core.party import Party
from safeconduct.sources.model import Listed, ListedName

KEY, IN_A_CASE = "bench", 3


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one object")
    parser.add_argument("--parties", type=int, default=5_000)
    parser.add_argument("--entities", type=int, default=30_000)
    parser.add_argument("--changed", type=int, default=50)
    parser.add_argument("--hits", type=int, default=25)
    parser.add_argument("--cluster", default="", help="look by the workers of this dask scheduler")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SAFECONDUCT_HOME"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "safeconduct.settings"
        figures = measured(Path(folder), arguments)
    print(json.dumps(figures) if arguments.json else "\n".join(f"{key:<14}{value}" for key, value in figures.items()))
    return 0


def measured(folder: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """Every figure, in the order in which things happen."""
    from safeconduct.doors.cli.ready import prepare

    prepare()
    from safeconduct.flows.editions import watchlists
    from safeconduct.flows.installation import here
    from safeconduct.flows.worker import Worker

    at, parties = here(), list(register(arguments.parties))
    entities = list(consolidated(editions(data_folder()), arguments.entities))
    load(folder, entities, "2026-10-01")
    worker = Worker(at)
    worker.prepare()
    fill(parties, worker)
    figures: dict[str, Any] = {"parties": len(parties), "entities": len(entities)}
    strangers = [named(f"N{number}", f"Qwvxz{number} Zxqwv{number}") for number in range(arguments.changed)]
    step = max(1, len(parties) // max(1, arguments.hits) - 3) | 1  # odd, so that licences and open cases are among them
    wanted = [named(f"H{number}", one.name, one.kind) for number, one in enumerate(parties[::step])][: arguments.hits]
    for name, more in (("nobody", strangers), ("touched", [*wanted, *strangers[len(wanted) :]])):
        clock = Clock()
        load(folder, [*entities, *more], f"2026-10-{10 + len(figures)}")
        figures[f"{name} load"] = clock.read()
        clock = Clock()
        worker._matchers.of(watchlists())
        figures[f"{name} index"] = clock.read()
        clock = Clock()
        rescreen(worker, arguments.cluster)
        figures[f"{name} rescreen"] = clock.read() | found()
    return figures


def named(entry: str, name: str, kind: Any = "person") -> Listed:
    """An entry with a name and nothing else."""
    return Listed(entry, kind, (ListedName(name),), "made")


def load(folder: Path, entities: Iterable[Listed], day: str) -> None:
    """An edition of our own form, loaded as a person does."""
    from safeconduct.flows.load_edition import load_edition, orders_for
    from safeconduct.flows.people import CONSOLE

    head = {
        "about": "made", "key": KEY, "kind": "watchlist", "licence": "made", "obtained": day, "publisher": "nobody",
        "type": "starter",
    }  # fmt: skip
    lines = [canonical.encode(head), *sorted(canonical.encode(one) for one in entities)]
    path = folder / f"{day}.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n")
    (order,) = orders_for([path], published=day)
    load_edition(CONSOLE, order, key=order.content_key())


def fill(parties: list[Party], worker: Any) -> None:
    """Live parties in cases, each screened on the lists in use."""
    from django.db import transaction

    from safeconduct.flows.editions import watchlists
    from safeconduct.store.permit import permitted

    matcher = worker._matchers.of(watchlists())
    cases = [parties[start : start + IN_A_CASE] for start in range(0, len(parties), IN_A_CASE)]
    for start in range(0, len(cases), 100):
        with transaction.atomic(), permitted():
            for number, some in enumerate(cases[start : start + 100], start + 1):
                one_case(number, some, matcher)


def one_case(number: int, parties: list[Party], matcher: Any) -> None:
    """A case with its submission and screenings; every other one holds a licence."""
    from safeconduct.core.errors import Refusal
    from safeconduct.doors.cli.ready import STARTER
    from safeconduct.flows.casefile import ScreeningRecord, Submission
    from safeconduct.flows.editions import watchlists, written
    from safeconduct.intake.read import read_application
    from safeconduct.screen import fingerprint, matcher_edition
    from safeconduct.store.models import Case, Record, Screening

    application = (STARTER / "cases" / "2d.json").read_bytes()
    file = read_application(application, "made")
    parties = [
        Party(f"P{place}", one.name, one.kind, born=one.born, territory=one.territory)
        for place, one in enumerate(parties)
    ]
    file = type(file)(**{**{name: getattr(file, name) for name in file.__struct_fields__}, "parties": tuple(parties)})
    state = "approved" if number % 2 else "assessed"
    case = Case(
        reference=f"ZZ-{number:06}", state=state, organisation="made", marking="open", opened="2026-10-01T00:00:00Z"
    )
    case.closed = "2026-10-02T00:00:00Z" if number % 2 else ""
    case.save()
    documents: list[tuple[str, object]] = [("submission", Submission(file, "made", "0" * 64))]
    for place, party in enumerate(parties, 2):
        try:
            seen = matcher.screen(party)
        except Refusal:
            continue
        documents.append(("screening", ScreeningRecord(party, seen)))
        Screening.objects.create(
            case=case, party_id=party.id, party=canonical.encode(party).decode(), fingerprint=fingerprint(party),
            editions=written(watchlists()), state="done", asked="2026-10-01T00:00:00Z", record=place,
            matcher=matcher_edition(),
        )  # fmt: skip
    for place, (kind, document) in enumerate(documents, 1):
        body = canonical.encode(document)
        Record.objects.create(
            case=case, number=place, kind=kind, body=body.decode(), sha256=canonical.sha256(body), author="made",
            author_role="system", at="2026-10-01T00:00:00Z",
        )  # fmt: skip
    case.records = len(documents)
    case.save()


def rescreen(worker: Any, cluster: str) -> None:
    """By the worker, as it does when a list was loaded; or by hand on a cluster."""
    if not cluster:
        worker.rescreen()
        return
    from safeconduct.flows.people import actor_named
    from safeconduct.flows.rescreen_by_hand import rescreen as by_hand

    for _ in by_hand(actor_named("officer"), cluster=cluster):
        pass
    worker.work_off()


def found() -> dict[str, Any]:
    """What the newest rescreening says of itself."""
    from safeconduct.store.models import Rescreening

    run = Rescreening.objects.order_by("id").last()
    assert run is not None
    return {"looked": run.looked, "touched": run.touched, "reopened": run.reopened, "done": bool(run.finished)}


if __name__ == "__main__":
    raise SystemExit(main())
