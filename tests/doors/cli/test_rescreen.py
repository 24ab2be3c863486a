"""``safeconduct rescreen``: what it says, in words and as an object."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from safeconduct.core.errors import Refusal, WrongUse
from safeconduct.doors.cli import ready
from safeconduct.doors.cli.main import app
from safeconduct.store.models import Case
from tests.doors.desk import Desk, desk
from tests.flows.newer import LISTED, STRANGER
from tests.flows.office import NSO, OTHERS, starter
from tests.people import ADVISER, OFFICER

__all__ = ["desk"]


@pytest.fixture
def licensed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """One licence; the man who signs bears a name that is not listed yet."""
    monkeypatch.setattr(ready, "prepare", lambda: None)  # the desk is ready
    monkeypatch.setattr("safeconduct.flows.waiting.ensure_worker", lambda: None)
    case = desk.worked(starter("2d")).case
    desk.client(OFFICER).post(f"/cases/{case}/decide/", {"key": "a", "decision": "approve", "reasons": ""})
    return desk


def said(*words: str, actor: str = OFFICER.id) -> str:
    result = CliRunner().invoke(app, ["rescreen", *words, "--as", actor])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def told(*words: str) -> Any:
    return json.loads(said(*words, "--json"))


def test_with_nothing_new_it_says_so(licensed: Desk) -> None:
    assert "nothing to do" in said()
    assert told() == {"rescreenings": [], "looked": 0, "touched": 0, "reopened": 0}


def test_a_newer_list_is_told_with_what_it_touched(licensed: Desk) -> None:
    new = licensed.load_list(NSO, *OTHERS, LISTED, day="2026-10-20").normalised
    words = said("--edition", "bis-el").split()
    assert new[:12] in words
    assert words[words.index("state") + 4 : words.index("state") + 8] == ["3", "1", "1", "done"]
    assert Case.objects.get().state == "reopened"


def test_everybody_again(licensed: Desk) -> None:
    licensed.load_list(NSO, *OTHERS, STRANGER, day="2026-10-20")
    found = told("--all")
    (one,) = found["rescreenings"]
    assert (one["source"], one["state"], one["looked"], one["touched"], one["by"]) == ("", "done", 3, 0, OFFICER.id)
    assert (found["looked"], found["touched"], found["reopened"]) == (3, 0, 0)
    assert told()["rescreenings"] == []


def test_what_does_not_go_together_or_is_not_there_is_refused(licensed: Desk) -> None:
    with pytest.raises(WrongUse, match="do not go together"):
        said("--all", "--edition", "bis-el")
    with pytest.raises(Refusal, match="no such edition"):
        said("--edition", "un-sc")
    with pytest.raises(Refusal, match="that is no address"):
        said("--cluster", "somewhere")
    with pytest.raises(Refusal, match="may not rescreen"):
        said(actor=ADVISER.id)
