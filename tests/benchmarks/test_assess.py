"""The figures for one answer are those of real commands, and say what they rest on."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def program() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_of_assess", ROOT / "benchmarks" / "assess.py")
    assert spec
    assert spec.loader
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.mark.parametrize(
    ("count", "p50", "p95"), [(1, 1, 1), (2, 1.5, 2), (10, 5.5, 10), (20, 10.5, 19), (21, 11, 20), (100, 50.5, 95)]
)
def test_the_95th_of_a_hundred_is_not_the_worst(program: ModuleType, count: int, p50: float, p95: float) -> None:
    found = program.figures([float(each) for each in range(count, 0, -1)])
    assert found == {"p50": p50, "p95": p95, "worst": count}


@pytest.mark.long
def test_it_runs_on_the_starter_lists_alone_and_says_so(tmp_path: Path) -> None:
    command = [sys.executable, "benchmarks/assess.py", "--json", "--cases", "10", "--data", str(tmp_path / "none")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    (line,) = done.stdout.splitlines()
    found = json.loads(line)
    assert not found["everything_loaded"]
    assert found["warm_cases"] == 10
    assert 0 < found["judging_cpu_seconds"]["p50"] < found["warm_command_cpu_seconds"]["p50"]
    assert found["warm_wall_seconds"]["p50"] <= found["warm_wall_seconds"]["p95"] <= found["warm_wall_seconds"]["worst"]
    assert {"source", "published", "sha256"} == set(found["editions"][0])
    assert found["peer"]["offered"] is False
    assert found["machine"]["cores"]
