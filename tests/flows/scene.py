"""``python -m tests.flows.scene STEP …``: one step in an installation of a test's own, as a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django
from django.db.models import F


def prepare() -> None:
    """Tables, people, a policy in force, and one list."""
    from django.core.management import call_command

    from safeconduct.flows.installation import here
    from tests.flows.office import NSO, OTHERS, Office

    call_command("migrate", verbosity=0)
    office = Office(here().home)
    office.at = here()
    office.admit_everybody()
    office.put_in_force()
    office.load_list(NSO, *OTHERS)


def submit(case: str, count: str, mark: str) -> None:
    """Submit a starter case so many times; the references, one a line."""
    from safeconduct.core import canonical
    from safeconduct.flows.submit_application import Submit, submit_application
    from tests.flows.office import starter
    from tests.people import OFFICER

    for number in range(int(count)):
        application = canonical.encode({**starter(case), "reference": f"{mark}-{number}"})
        order = Submit(application=application)
        print(submit_application(OFFICER, order, key=f"{mark}-{number}").case, flush=True)


def wait(seconds: str) -> None:
    """Wait until nothing waits; how long it took, as JSON."""
    from safeconduct.store.models import Screening

    began = time.monotonic()
    while Screening.objects.filter(state="waiting").exists():
        assert time.monotonic() - began < float(seconds), "the screening did not end"
        time.sleep(0.01)
    print(json.dumps({"seconds": time.monotonic() - began}))


def assess(reference: str) -> None:
    """Assess a case and replay the assessment: its id, and the bytes of the new judgement."""
    import uuid

    from safeconduct.core.canonical import sha256
    from safeconduct.flows.assess_case import Assess, assess_case
    from safeconduct.flows.replay import replay
    from tests.people import OFFICER

    done = assess_case(OFFICER, Assess(case=reference), key=uuid.uuid4().hex)
    assert not done.waiting
    again = replay(OFFICER, done.assessment)
    print(json.dumps({"id": done.assessment, "same": again.same, "sha256": sha256(again.bytes)}))


def replayed(name: str) -> None:
    """Judge again: the bytes' hash."""
    from safeconduct.core.canonical import sha256
    from safeconduct.flows.replay import replay
    from tests.people import OFFICER

    again = replay(OFFICER, name)
    print(json.dumps({"id": again.assessment, "same": again.same, "sha256": sha256(again.bytes)}))


def load_another() -> None:
    """A newer list and a newer policy."""
    from safeconduct.flows.installation import here
    from tests.flows.office import NSO, OTHERS, REFERENCE, Office

    office = Office(Path(tempfile.mkdtemp(dir=here().home)))
    office.at = here()
    office._keys = 1000
    office.load_list(NSO, *OTHERS, {"name": "Borealis Karsova", "aliases": [], "country": "Iran"}, day="2026-10-30")
    office.put_in_force(REFERENCE + b"\n# a newer version\n")


def touch() -> None:
    """A newer list, with the man who bears the name of the officer in the starter case 2d."""
    from safeconduct.flows.installation import here
    from tests.flows.newer import LISTED
    from tests.flows.office import NSO, OTHERS, Office

    office = Office(Path(tempfile.mkdtemp(dir=here().home)))
    office.at = here()
    office._keys = 2000
    office.load_list(NSO, *OTHERS, LISTED, day="2026-10-30")


def rescreen(dies_after: str = "") -> None:
    """Rescreen what is due by hand; with a number, be killed once that many cases were reopened."""
    from safeconduct.flows import rescreening
    from safeconduct.flows.reopen_case import reopen_case
    from safeconduct.flows.rescreen_by_hand import rescreen as go
    from tests.people import OFFICER

    left, reopen = int(dies_after or -1), reopen_case

    def reopen_or_die(*given: object, **named: object) -> object:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return reopen(*given, **named)  # type: ignore[arg-type]

    vars(rescreening).update(reopen_case=reopen_or_die, MOST_PARTIES=10)
    seen = {one.number: one for one in go(OFFICER)}
    print(json.dumps([[one.looked, one.touched, one.state] for one in seen.values()]))


def rescreened() -> None:
    """How often each case was reopened, what rescreenings there are, and who stands where, as JSON."""
    from collections import Counter

    from safeconduct.store.models import Case, Record, Rescreening, Screening

    live = Screening.objects.filter(state="done").values_list("case_id", "party_id")
    found = {
        "reopened": sorted(Counter(Record.objects.filter(kind="rescreening").values_list("case", flat=True)).values()),
        "twice": [row for row, times in Counter(live).items() if times > 1],
        "runs": list(Rescreening.objects.order_by("id").values_list("looked", "touched", "finished")),
        "alerts": sorted(Case.objects.values_list("alerts", flat=True)),
        "older": Case.objects.exclude(assessed_inputs=F("inputs")).count(),
    }
    print(json.dumps(found))


def keep_worker() -> None:
    """Keep a worker, as a server does, until told to end."""
    from safeconduct.doors.cli.running import screening_worker

    with contextlib.suppress(KeyboardInterrupt), screening_worker():
        signal.pause()


def count() -> None:
    """What there is, and whether the record holds, as JSON."""
    from safeconduct.flows.people import CONSOLE
    from safeconduct.flows.verify_ledger import verify_ledger
    from safeconduct.store.models import Case, LedgerEntry, Record, Screening

    report = verify_ledger(CONSOLE)
    indexes = list(LedgerEntry.objects.order_by("index").values_list("index", flat=True))
    found = {
        "cases": sorted(Case.objects.values_list("reference", flat=True)),
        "screenings": Screening.objects.count(),
        "done": Screening.objects.filter(state="done").count(),
        "screening_records": Record.objects.filter(kind="screening").count(),
        "problems": [str(one) for one in report.problems],
        "unbroken": indexes == list(range(len(indexes))),
        "assessed": Case.objects.exclude(assessment=0).count(),
    }
    print(json.dumps(found))


def fetches() -> None:
    """Each attempt to fetch a source and what came of it, as JSON."""
    from safeconduct.store.models import Fetch

    print(json.dumps([f"{row.source} {row.outcome}" for row in Fetch.objects.order_by("id")]))


STEPS: dict[str, Callable[..., None]] = {
    one.__name__: one
    for one in (
        prepare,
        submit,
        wait,
        assess,
        replayed,
        load_another,
        touch,
        rescreen,
        rescreened,
        keep_worker,
        count,
        fetches,
    )
}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeconduct.settings")
    django.setup()
    STEPS[sys.argv[1]](*sys.argv[2:])
