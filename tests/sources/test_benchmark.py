"""The benchmark reads every real file within its limits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_everything_is_read_in_time_and_memory_with_no_unexplained_row(shared_data: Path) -> None:
    program = ROOT / "benchmarks" / "sources.py"
    done = subprocess.run([sys.executable, str(program), "--json"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["unexplained"] == 0
    assert found["seconds"] <= found["limits"]["seconds"] == 60
    assert found["peak_mb"] <= found["limits"]["peak_mb"] == 1000
    assert len(found["editions"]) == 23
    assert len({each["sha256"] for each in found["editions"]}) == 23
