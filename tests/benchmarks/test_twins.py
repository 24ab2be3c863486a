"""The benchmark of twins, on a few: nothing depends on who or where, and it would show if something did."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import msgspec

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def test_a_few_twins_come_out_the_same_and_not_all_with_one_outcome() -> None:
    run = subprocess.run(
        [sys.executable, BENCHMARKS / "twins.py", "--twins", "25", "--json"], capture_output=True, text=True, check=True
    )
    found = json.loads(run.stdout)
    assert (found["twins"], found["changes"]) == (25, 0)
    assert len(found["outcomes"]) > 1


def test_another_verdict_or_outcome_would_count_as_a_change() -> None:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        import random

        import twins
    finally:
        sys.path.remove(str(BENCHMARKS))
    plain = twins.moved(twins.drawn(random.Random(3)), "QT", "Northern Works")
    found = twins.Judge().judged(plain, "0.6")
    fewer = msgspec.structs.replace(found, findings=found.findings[1:])
    assert twins.told(fewer) != twins.told(found)
    assert twins.told(msgspec.structs.replace(found, questions=())) != twins.told(found) or not found.questions
