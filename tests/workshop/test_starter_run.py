"""What a newcomer sees: the starter cases come out as argued, and a second run changes nothing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import safeconduct

CASES = Path(safeconduct.__file__).parent / "starter" / "cases"
PLAN = json.loads((CASES / "work.json").read_text(encoding="utf-8"))
_HEAD = re.compile(r"  case +(\S+)  ([A-Z ]+?) +(\w+): ")


def _run(home: Path) -> str:
    environment = {**os.environ, "SAFECONDUCT_HOME": str(home)}
    environment.pop("SAFECONDUCT_DATABASE", None)
    done = subprocess.run(
        [sys.executable, "-m", "safeconduct", "run", "--once"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    home = tmp_path_factory.mktemp("newcomer")
    return _run(home), _run(home)


def _told(report: str) -> dict[str, tuple[str, str]]:
    """Outcome and text of each case in the report."""
    found = {}
    heads = list(_HEAD.finditer(report))
    for head, after in zip(heads, [*heads[1:], None], strict=True):
        found[head[3]] = (head[2], report[head.end() : after.start() if after else len(report)])
    return found


def _expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((CASES / f"{name}.expected.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", [each["case"] for each in PLAN])
def test_each_starter_case_is_printed_with_the_outcome_its_argument_gives(reports: tuple[str, str], name: str) -> None:
    wanted = _expected(name)
    outcome, _ = _told(reports[0])[name]
    assert outcome.lower().replace(" ", "-") == wanted.get("after_clearing", wanted["outcome"])


@pytest.mark.parametrize("name", [each["case"] for each in PLAN if "matches" in _expected(each["case"])])
def test_every_match_of_the_argument_is_printed_with_its_answer(reports: tuple[str, str], name: str) -> None:
    _, text = _told(reports[0])[name]
    matches = [line for line in text.splitlines() if line.strip().startswith("match ")]
    for each in _expected(name)["matches"]:
        sign = f"{each['source']} {each['entry']}" if "entry" in each else each["source"]
        answer = each["answer"].replace("_", " ")
        assert any(each["party"] in line and sign in line and answer in line for line in matches), each
    for never in _expected(name).get("never", []):
        assert not [line for line in matches if never in line]


def test_the_missing_user_stops_an_approval_and_silence_ends_in_refusal(reports: tuple[str, str]) -> None:
    told = _told(reports[0])
    assert "approve refused" in told["3"][1]
    assert "silence until the lawful end: refused" in told["3c"][1]


def test_a_second_run_prints_the_same_cases(reports: tuple[str, str]) -> None:
    assert _told(reports[1]).keys() == _told(reports[0]).keys()
    assert [text.partition("  ledger")[0] for _, text in _told(reports[1]).values()] == [
        text.partition("  ledger")[0] for _, text in _told(reports[0]).values()
    ]
