"""How long ``safeconduct policy try`` takes over many past cases, and whether its memory grows with them.

``python benchmarks/policy_try.py [--json] [--cases N] [--small N] [--seed N]`` makes an installation of its own, judges
some hundred variants of the starter cases (each without a few of its statements, drawn from the seed), and repeats
them as rows of N cases. Then the union-style pack is run over them as the command does: ``--small`` cases and all, by
one process and by two. Memory is the largest resident size of the parent and of its largest child, each run in a
process of its own. Processor time is of parent and children together, and grows less with what else the machine does
than time by the clock. The cases repeat few facts and have one to three lines each: what a State's own cases take
may differ, and nothing is said of how right the pack is.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from importlib.resources import files
from pathlib import Path
from typing import Any

STARTERS = ("1", "1b", "1c", "2a", "2b", "2c", "3", "3a", "4", "5")
VARIANTS = 300
AT_ONCE = 500
POLICY = "policy"


def make(seed: int, cases: int) -> None:
    """Variants judged under the reference policy, and rows that repeat them."""
    import msgspec

    from safeconduct.assess import PolicyUsed, judge
    from safeconduct.core import canonical
    from safeconduct.flows.catalogue import catalogue
    from safeconduct.flows.editions import watchlists
    from safeconduct.flows.gathering import compose, control_tests, pack_of
    from safeconduct.flows.installation import here
    from safeconduct.flows.matching import Matchers
    from safeconduct.flows.packs import in_force
    from safeconduct.intake.read import read_application

    chance, at, force = random.Random(seed), here(), in_force()
    if force is None:
        raise SystemExit("no policy is in force in the installation just made")
    pack, tests = pack_of(force.sha256), [one.tests for one in control_tests()]
    matcher = Matchers(at.home).of(watchlists())
    bases = []
    for name in STARTERS:
        data = (files("safeconduct") / "starter" / "cases" / f"{name}.json").read_bytes()
        file = read_application(data, name)
        bases.append((file, {party.id: matcher.screen(party) for party in file.parties}))
    made = []
    for _ in range(VARIANTS):
        file, seen = chance.choice(bases)
        said = tuple(one for one in file.statements if chance.random() > 0.15)
        inputs = compose("XX-0000-0000000", msgspec.structs.replace(file, statements=said), seen, at.home, at.today())
        inputs = msgspec.structs.replace(inputs, policy=PolicyUsed(pack.name, pack.sha256, True))
        found = judge(inputs, pack, tests, catalogue())
        made.append((canonical.encode(inputs).decode(), canonical.encode(found).decode(), found.outcome.value))
    insert(made, chance, cases, pack.sha256)


def insert(made: list[tuple[str, str, str]], chance: random.Random, cases: int, policy: str) -> None:
    """Rows past the ledger, for this measurement alone."""
    from django.db import transaction
    from django.db.models import QuerySet

    from safeconduct.store.models import Case, Record

    for start in range(0, cases, AT_ONCE):
        rows, records = [], []
        for number in range(start, min(start + AT_ONCE, cases)):
            name = f"XX-0000-{number:07}"
            inputs, found, outcome = chance.choice(made)
            case = Case(
                pk=number + 1, reference=name, state="assessed", organisation="", marking="open", outcome=outcome,
                policy=policy, opened="2026-01-01T00:00:00Z", assessment=2, records=2,
            )  # fmt: skip
            rows.append(case)
            for place, (kind, body) in enumerate((("inputs", inputs), ("assessment", found)), 1):
                text = body.replace("XX-0000-0000000", name)
                records.append(
                    Record(
                        case=case,
                        number=place,
                        kind=kind,
                        body=text,
                        sha256="",
                        author="system",
                        author_role="system",
                        at="2026-01-01T00:00:00Z",
                    )
                )
        with transaction.atomic():
            QuerySet[Case](Case).bulk_create(rows)
            QuerySet[Record](Record).bulk_create(records)


def run(cases: int, processes: int) -> None:
    """One trial in this process, measured."""
    from safeconduct.flows.people import actor_named
    from safeconduct.flows.try_on_cases import try_on_cases

    data = (files("safeconduct") / "starter" / "policy" / "union-style.toml").read_bytes()
    began, before = time.monotonic(), time.process_time()
    found = try_on_cases(actor_named(POLICY), data, processes=processes, newest=cases)
    seconds = time.monotonic() - began
    if found.failed:
        raise SystemExit(f"{len(found.failed)} cases were not judged, so this measures nothing: {found.failed[0][1]}")
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    spent = sum(each.ru_utime + each.ru_stime for each in used) - before
    peak = [each.ru_maxrss // 1024 for each in used]
    print(
        json.dumps(
            {
                "cases": found.cases,
                "processes": processes,
                "seconds": round(seconds, 1),
                "cases_per_second": round(found.cases / seconds, 1),
                "cpu_ms_per_case": round(1000 * spent / found.cases, 2),
                "changing": found.changing,
                "parent_mb": peak[0],
                "largest_child_mb": peak[1] if processes > 1 else 0,
            }
        )
    )


def child(*arguments: str) -> str:
    """This file again, as a process of its own."""
    done = subprocess.run([sys.executable, __file__, *arguments], stdout=subprocess.PIPE, check=True, text=True)
    return done.stdout


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one object, without line breaks")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.step:
        from safeconduct.doors.cli import ready

        ready.prepare()
        what, *numbers = asked.step
        {"make": make, "run": run}[what](*map(int, numbers))
        return
    with tempfile.TemporaryDirectory() as name:
        os.environ.update(SAFECONDUCT_HOME=str(Path(name) / "home"), DJANGO_SETTINGS_MODULE="safeconduct.settings")
        os.environ.pop("SAFECONDUCT_DATABASE", None)
        child("--step", "make", str(asked.seed), str(asked.cases))
        sizes = dict.fromkeys((asked.small, asked.cases))
        plan = [(size, processes) for size in sizes for processes in (1, 2) if processes == 2 or size == asked.small]
        runs: list[dict[str, Any]] = [json.loads(child("--step", "run", str(s), str(p))) for s, p in plan]
    last = runs[-1]
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "load": round(os.getloadavg()[0], 1)}
    by_two = round(100_000 / last["cases_per_second"], 1)
    peer = {"offered": False, "why": "No package that can be installed judges export cases under another policy."}
    print(
        json.dumps(
            {"machine": machine, "runs": runs, "seconds_for_100000_by_two": by_two, "peer": peer},
            indent=None if asked.json else 1,
        )
    )


if __name__ == "__main__":
    main()
