"""What holds of the code of this room: no flow calls a flow, and no page loads the matcher."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import safeconduct

SOURCE = Path(safeconduct.__file__).parent
FLOWS = sorted((SOURCE / "flows").glob("*.py"))
WORKERS = {"fetching", "rescreening", "worker"}  # do one act after another, like a door


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def verbs(path: Path) -> set[str]:
    """Names of the flows that a module defines."""
    return {
        node.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef)
        for one in node.decorator_list
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == "flow"
    }


EVERY_VERB = {verb for path in FLOWS for verb in verbs(path)}


def test_every_verb_has_a_file_of_its_name() -> None:
    assert all(verbs(path) <= {path.stem} for path in FLOWS)
    assert {
        "submit_application", "assess_case", "answer_question", "lapse_question", "clear_match", "record_decision",
    } <= EVERY_VERB  # fmt: skip


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_a_flow_never_calls_a_flow(path: Path) -> None:
    if path.stem in WORKERS:
        return
    imported = {alias.name for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert not imported & EVERY_VERB


def test_no_page_loads_the_matcher() -> None:
    heavy = {"matching", "screen_batch", "try_cases", "replay", "worker"}
    doors = [path for name in ("api", "casework", "portal", "page") for path in (SOURCE / "doors" / name).rglob("*.py")]
    assert doors
    for path in doors:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert not (node.module.startswith("safeconduct.flows.") and node.module.split(".")[2] in heavy), path
                assert node.module != "safeconduct.screen.matcher", path
