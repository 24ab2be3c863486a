"""Time, memory and rows when every real list, control list and indicator table is read.

``python benchmarks/sources.py [--json]`` reads what is under SAFECONDUCT_DATA (else the shared data
beside the checkout) in this one process, edition by edition. Limits: 60 s, 1 GB, no unexplained row.
Exit status 1 where one is passed; where no data is there it says so and measures nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
import time
from pathlib import Path
from typing import Any

from safeconduct.core.errors import Refusal
from safeconduct.sources.editions import Group, gather, read_group

FOLDERS = ("watchlists", "controllists", "indicators")
LIMITS = {"seconds": 60, "peak_mb": 1000, "unexplained": 0}
OBTAINED = "2026-07-31"


def data_folder() -> Path:
    """``SAFECONDUCT_DATA``, else ``shared/data`` beside the checkout."""
    return Path(os.environ.get("SAFECONDUCT_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")


def measured(group: Group) -> dict[str, Any]:
    """One edition read: what it is, how many rows it gave, and in what time."""
    begun = time.perf_counter()
    reading = read_group(group, obtained=OBTAINED)
    seconds = time.perf_counter() - begun
    edition = reading.edition
    return {
        "source": edition.key,
        "publisher": edition.publisher,
        "published": edition.published,
        "obtained": edition.obtained,
        "sha256": edition.normalised,
        "bytes": sum(file.size for file in group.files.values()),
        "records": edition.count,
        "skipped": edition.skipped,
        "unexplained": sum(not row.explained for row in reading.skipped),
        "unresolved_places": sum(reading.unresolved().values()),
        "seconds": round(seconds, 3),
    }


def measure(folder: Path) -> dict[str, Any]:
    """All editions under ``folder``, and their totals."""
    files = [path for name in FOLDERS for path in sorted((folder / name).iterdir())]
    begun = time.perf_counter()
    editions = [measured(group) for group in gather(files)]
    seconds = time.perf_counter() - begun
    records = sum(each["records"] for each in editions)
    return {
        "seconds": round(seconds, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "records": records,
        "rows_per_second": round(records / seconds),
        "unexplained": sum(each["unexplained"] for each in editions),
        "limits": LIMITS,
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "editions": editions,
    }


def main() -> int:
    """Print the figures; 1 where a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one object instead of a table")
    arguments = parser.parse_args()
    folder = data_folder()
    if not (folder / "watchlists").is_dir():
        print(f"no shared data at {folder}: set SAFECONDUCT_DATA", file=sys.stderr)
        return 0
    try:
        found = measure(folder)
    except Refusal as refusal:
        print(f"{refusal} ({refusal.remedy})", file=sys.stderr)
        return 1
    if arguments.json:
        print(json.dumps(found))
    else:
        for each in found["editions"]:
            print(
                f"{each['source']:24} {each['records']:7} records {each['skipped']:5} skipped {each['seconds']:7.2f} s"
            )
        print("{records} records in {seconds} s, {peak_mb} MB, {unexplained} unexplained".format(**found))
    return 0 if all(found[name] <= limit for name, limit in LIMITS.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
