"""Past exports find blunders: harm that passes, or help that is refused. They prove no accuracy."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = ("label", "supplier", "known_harm", "aftermath", "reference_outcome", "control_entry_today", "note")


def _run(*arguments: str) -> Any:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def figures(shared_data: Path) -> Any:
    return _run("benchmarks/past_exports.py", str(shared_data / "cases" / "past_exports.json"), "--json")


def test_no_past_misuse_passes_from_stated_facts_or_with_answers(figures: Any) -> None:
    for tables in (figures, figures["from_stated_facts_alone"]):
        assert not {"no-objection", "conditions"} & set(tables["misuse"])


def test_most_benign_exports_pass_once_their_decisive_answers_are_there(figures: Any) -> None:
    assert figures["benign"].get("no-objection", 0) + figures["benign"].get("conditions", 0) >= 7
    assert not {"prohibited", "minded-to-refuse"} & set(figures["benign"])


def test_a_benign_export_passes_once_every_question_is_answered_and_most_misuse_does_not(figures: Any) -> None:
    careful = figures["with_the_rest_answered_carefully"]
    assert careful["benign"] == {"no-objection": 10}
    strict = sum(careful["misuse"].get(each, 0) for each in ("prohibited", "minded-to-refuse", "refer"))
    assert strict >= 0.8 * sum(careful["misuse"].values())


def test_each_row_names_the_decisive_questions_to_which_the_file_has_no_answer(figures: Any) -> None:
    held = [row for row in figures["cases"] if row["answered"] == "need-information"]
    assert held
    assert all(row["unanswered"] for row in held)


def test_what_a_coder_sees_tells_nothing_of_what_followed(shared_data: Path) -> None:
    file = shared_data / "cases" / "past_exports.json"
    shown = _run("benchmarks/blind.py", str(file))
    assert not set(LEFT_OUT) & {key for case in shown for key in case}
    text = json.dumps(shown)
    cases = json.loads(file.read_text(encoding="utf-8"))["cases"]
    told = [case["known_harm"] for case in cases if case["known_harm"]] + [f'"{case["id"]}"' for case in cases]
    assert not [words for words in told if words in text]
    assert [case["id"] for case in shown] == sorted(case["id"] for case in shown)
