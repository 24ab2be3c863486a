"""How long the ledger takes to grow and to be verified, beside Go's ``golang.org/x/mod/sumdb/tlog``.

``python benchmarks/ledger.py [--json]`` grows trees of 10,000, 100,000 and 1,000,000 entries, appends to
them from the stored frontier (read, seal, take the root, write), signs, and verifies 100,000 entries
with their rows, in the system and with the single-file verifier. With ``go`` installed (extra ``bench``) it
also builds Go's sources, times them, and compares today's vectors with those of ``tests/ledger``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from safeconduct.core import canonical
from safeconduct.ledger import (
    EMPTY,
    Entry,
    Event,
    Frontier,
    Published,
    SeedSigner,
    append_all,
    checkpoint_note,
    public_key,
    root,
    row_digest,
    seal,
    verify,
)
from safeconduct.ledger.bundle import StoredRow, verify_bundle, write_bundle
from safeconduct.ledger.safeconduct_verify import verify as verify_offline

VECTORS = Path(__file__).resolve().parents[1] / "tests" / "ledger" / "go_tlog.json"
SIGNER = SeedSigner("bench.example/ledger", b"b" * 32)
SIZES = (10_000, 100_000, 1_000_000)
APPENDS = 2_000
VERIFIED = 100_000


def seconds(action: Callable[[], object]) -> dict[str, float]:
    """How long ``action`` takes once, by the clock and of one core."""
    wall, core = time.perf_counter(), time.process_time()
    action()
    return {"wall_s": round(time.perf_counter() - wall, 4), "core_s": round(time.process_time() - core, 4)}


def event(number: int) -> Event:
    """An act that writes two rows."""
    rows = (
        row_digest("case", str(number % 5_000), row("case", number)),
        row_digest("act", str(number), row("act", number)),
    )
    return Event(1, "2026-03-05T09:30:00Z", "record_decision", "licensing officer", f"XX-2026-{number:06}", rows)


def row(table: str, number: int) -> dict[str, object]:
    """A row of that table as its act leaves it."""
    return {"table": table, "number": number, "outcome": "refer"}


def salt(number: int) -> bytes:
    """A salt that is the same every time."""
    return hashlib.sha256(b"%d" % number).digest()


def appending(size: int) -> dict[str, Any]:
    """Appends to a tree of ``size``, each from the stored frontier to the stored frontier, in microseconds."""
    begun = time.perf_counter()
    stored = canonical.encode(append_all(EMPTY, (b"%032d" % number for number in range(size))))
    built = time.perf_counter() - begun
    took = []
    for number in range(APPENDS):
        act, pepper, begun = event(number), salt(number), time.perf_counter()
        _, frontier = seal(act, pepper, canonical.decode(stored, Frontier))
        head, stored = root(frontier), canonical.encode(frontier)
        took.append((time.perf_counter() - begun) * 1e6)
    signing = seconds(lambda: checkpoint_note(SIGNER.name, size, head, SIGNER))
    return {
        "entries": size,
        "append_and_root_us": {
            "p50": round(statistics.median(took), 1),
            "p99": round(sorted(took)[APPENDS * 99 // 100], 1),
        },
        "stored_frontier_bytes": len(stored),
        "sign_checkpoint": signing,
        "build_all_s": round(built, 2),
    }


def verifying() -> dict[str, Any]:
    """100,000 entries with two rows each, in the system and from a bundle."""
    entries, frontier, current = [], EMPTY, {}
    for number in range(VERIFIED):
        entry, frontier = seal(event(number), salt(number), frontier)
        entries.append(entry)
        current.update({("case", str(number % 5_000)): row("case", number), ("act", str(number)): row("act", number)})
    note = checkpoint_note(SIGNER.name, VERIFIED, root(frontier), SIGNER)
    keys = (public_key(SIGNER),)
    rows = [(table, key, canonical.digest(value)) for (table, key), value in current.items()]
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / "bundle.zip"
        stored = [StoredRow(table, key, canonical.encode(value)) for (table, key), value in current.items()]
        with bundle.open("wb") as stream:
            exporting = seconds(lambda: write_bundle(stream, keys, [note], entries, stored, []))
        return {
            "entries": VERIFIED,
            "rows": len(rows),
            "in_the_system": seconds(lambda: holds(entries, rows, Published(keys, (note,)))),
            "export": exporting,
            "bundle_mb": round(bundle.stat().st_size / 1e6, 1),
            "bundle_in_the_system": seconds(lambda: sure(verify_bundle(bundle, keys, [note]).holds)),
            "bundle_by_the_single_file": seconds(lambda: sure(verify_offline(bundle, [note], [])["holds"])),
        }


def holds(entries: list[Entry], rows: list[tuple[str, str, str]], published: Published) -> None:
    """Verify, and make sure that nothing was skipped."""
    sure(verify(entries, rows, (), published).holds)


def sure(answer: bool) -> None:
    """A figure for a wrong answer is worth nothing."""
    if not answer:
        raise SystemExit("the ledger made here does not verify")


def peer() -> dict[str, Any]:
    """Go's own log library, built from the sources in the Go installation: its vectors and its times."""
    go = shutil.which("go", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    if go is None:
        return {"name": "Go sumdb/tlog", "installed": False}
    with tempfile.TemporaryDirectory() as folder:
        program = build(go, Path(folder))
        vectors = json.loads(subprocess.check_output([program, "vectors", "130"]))
        times = [json.loads(subprocess.check_output([program, "timing", str(size)])) for size in SIZES]
    kept = json.loads(VECTORS.read_text(encoding="utf-8"))
    return {"name": "Go sumdb/tlog", "version": version(go), "vectors_agree": vectors == kept, "appending": times}


def build(go: str, folder: Path) -> str:
    """Compile tests/ledger/go_tlog against the copy of golang.org/x/mod inside the Go installation, offline."""
    sources = (
        Path(subprocess.check_output([go, "env", "GOROOT"], text=True).strip()) / "src/cmd/vendor/golang.org/x/mod"
    )
    for part in ("note", "tlog"):
        shutil.copytree(sources / "sumdb" / part, folder / "mod/sumdb" / part)
    (folder / "mod/go.mod").write_text("module golang.org/x/mod\n\ngo 1.24\n", encoding="utf-8")
    (folder / "go.mod").write_text(
        "module vectors\n\ngo 1.24\n\nrequire golang.org/x/mod v0.0.0\n\nreplace golang.org/x/mod => ./mod\n",
        encoding="utf-8",
    )
    shutil.copy(VECTORS.parent / "go_tlog" / "main.go", folder)
    environment = {**os.environ, "GOPROXY": "off", "GOFLAGS": "-mod=mod", "GOCACHE": str(folder / "cache")}
    subprocess.run([go, "build", "-o", "vectors", "."], cwd=folder, env=environment, check=True)
    return str(folder / "vectors")


def version(go: str) -> str:
    """What the compiler calls itself."""
    return subprocess.check_output([go, "version"], text=True).strip()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one object, without line breaks")
    asked = parser.parse_args()
    figures = {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "editions": [],
        "appending": [appending(size) for size in SIZES],
        "verifying": verifying(),
        "peer": peer(),
    }
    print(json.dumps(figures, indent=None if asked.json else 1))


if __name__ == "__main__":
    main()
