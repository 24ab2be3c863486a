"""How long an application waits for its answer, at the command line, with every list that there is.

``python benchmarks/assess.py [--json] [--cases N] [--data FOLDER]`` makes an installation of its own, loads the
watchlists, control lists and indicators under SAFECONDUCT_DATA (else the shared data beside the checkout), and runs
``safeconduct assess FILE --json`` as anybody would. *Cold*: no worker runs, no index is built. *Warm*: the worker runs,
each case is a new one of the starter cases. Wall time is what a person waits, and grows with whatever else the machine
does; processor time is the command's own. *Judging* is the pure part alone, on recorded inputs.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

CASES = ("1", "2a", "2b", "2c", "3", "4", "5")
KINDS = ("watchlists", "controllists", "indicators")
PROGRAM = [sys.executable, "-m", "safeconduct"]
JUDGED = 20
PEER = {
    "offered": False,
    "why": "Nothing that can be installed takes an export application to a reasoned outcome. Parts have peers: see "
    "screening.py for name matching and ledger.py for the log.",
}


def data_folder() -> Path:
    """``SAFECONDUCT_DATA``, else ``shared/data`` beside the checkout."""
    return Path(os.environ.get("SAFECONDUCT_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")


def run(*arguments: str) -> tuple[float, float, str]:
    """One command: wall seconds, processor seconds of its own, and what it printed."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run([*PROGRAM, *arguments], stdout=subprocess.PIPE, check=True, text=True)
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def fresh(number: int, folder: Path) -> str:
    """A file with a starter case that was never seen."""
    name = CASES[number % len(CASES)]
    variant = ["--variant", name[1:]] if name[1:] else []
    application = json.loads(run("example", name[0], *variant)[2])
    path = folder / f"{number}.json"
    path.write_text(json.dumps({**application, "reference": f"B-{uuid.uuid4().hex[:12]}"}), encoding="utf-8")
    return str(path)


def figures(values: list[float]) -> dict[str, float]:
    """Seconds: the middle, the 95th of a hundred, the worst."""
    ordered = sorted(values)
    last = ordered[math.ceil(0.95 * len(ordered)) - 1]
    middle = statistics.median(ordered)
    return {"p50": round(middle, 4), "p95": round(last, 4), "worst": round(ordered[-1], 4)}


def judging(assessment_id: str) -> dict[str, float]:
    """Processor seconds of judging one recorded case again."""
    from safeconduct.doors.cli.ready import start_django

    start_django()
    from safeconduct.flows.people import actor_named
    from safeconduct.flows.replay import replay

    actor, spent = actor_named("officer"), []
    for _ in range(JUDGED):
        began = time.process_time()
        if not replay(actor, assessment_id).same:
            raise SystemExit("judging again does not give the same bytes: a figure for that is worth nothing")
        spent.append(time.process_time() - began)
    return figures(spent[1:])  # the first reads pack and tests


def pure() -> dict[str, Any]:
    """Processor seconds of judging each starter case from its facts, and of what would change it; no database."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from safeconduct.assess import judge
    from tests.assess.bench import CATALOGUE, application, case_file, changes_of_line, entry_tests, inputs_of, reference

    judged, changed = [], {}
    for name in ("1", "1b", "2a", "2b", "2c", "3", "3a", "4"):
        file = case_file(application(name))
        judge(inputs := inputs_of(file), reference(), entry_tests(), CATALOGUE)
        for _ in range(JUDGED):
            began = time.process_time()
            judge(inputs, reference(), entry_tests(), CATALOGUE)
            judged.append(time.process_time() - began)
        began = time.process_time()
        found = changes_of_line(file)
        spent = round(time.process_time() - began, 3)
        sizes = [sum(len(one.facts) == size for one in found.sets) for size in (1, 2, 3)]
        changed[name] = {"seconds": spent, "sets_of_1_2_3": sizes, "searched_to": found.searched_to}
    return {"judging_cpu_seconds": figures(judged), "what_would_change": changed}


def measured(folder: Path, data: Path, cases: int) -> dict[str, Any]:
    """Load, assess one cold and ``cases`` warm."""
    files = [str(path) for kind in KINDS for path in sorted((data / kind).iterdir())] if data.is_dir() else []
    run("sources", "list")  # makes the installation
    loading = run("sources", "load", *files)[0] if files else 0.0
    cold, _, _ = run("assess", fresh(0, folder), "--json")
    waits, spent, found = [], [], {}
    for number in range(1, cases + 1):
        path = fresh(number, folder)
        wall, cpu, out = run("assess", path, "--json")
        waits.append(wall)
        spent.append(cpu)
        found = json.loads(out)
    return {
        "loading_wall_seconds": round(loading, 2),
        "cold_wall_seconds": round(cold, 2),
        "warm_cases": cases,
        "warm_wall_seconds": figures(waits),
        "warm_command_cpu_seconds": figures(spent),
        "judging_cpu_seconds": judging(found["assessment_id"]),
        "editions": [{key: each[key] for key in ("source", "published", "sha256")} for each in found["editions"]],
        "everything_loaded": bool(files),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one object, without line breaks")
    parser.add_argument("--cases", type=int, default=21, help="warm cases, at least 10")
    parser.add_argument("--data", type=Path, default=data_folder())
    parser.add_argument("--pure", action="store_true", help="only judging and what would change it, without a database")
    asked = parser.parse_args()
    if asked.pure:
        print(json.dumps(pure(), indent=None if asked.json else 1))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ.update(SAFECONDUCT_HOME=str(folder / "home"), DJANGO_SETTINGS_MODULE="safeconduct.settings")
        os.environ.pop("SAFECONDUCT_DATABASE", None)
        busy = os.getloadavg()[0]
        try:
            seen = measured(folder, asked.data, max(10, asked.cases))
        finally:
            run("worker", "--end")
            time.sleep(1)
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "load_before": round(busy, 1)}
    print(json.dumps({"machine": machine, **seen, "peer": PEER}, indent=None if asked.json else 1))


if __name__ == "__main__":
    main()
