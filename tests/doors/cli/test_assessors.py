"""``safeconduct assessors`` answers with numbers of cases, and names no official."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from safeconduct.doors.cli import ready
from safeconduct.doors.cli.main import app
from safeconduct.flows.appraise_case import Appraise, appraise_case
from tests.doors.desk import Desk, desk
from tests.flows.office import starter
from tests.flows.test_like_cases import another, decided
from tests.flows.test_two_assessors import own
from tests.people import ADVISER, OFFICER

__all__ = ["desk"]
pytestmark = pytest.mark.one_database


def told(*words: str) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["assessors", *words, "--json", "--as", OFFICER.id], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert OFFICER.name not in result.stdout
    return dict(json.loads(result.stdout))


def test_agreement_and_like_cases_are_told_as_one_object_each(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "prepare", lambda: None)  # the desk is ready
    case = desk.worked(starter("1")).case
    for actor in (ADVISER, OFFICER):
        appraise_case(actor, Appraise(case=case, appraisal=own()), key=desk.key(), at=desk.at)
    found = told("agreement")
    assert (found["outcome"]["cases"], found["outcome"]["share"], found["outcome"]["alpha"]) == (1, "1.000", "")
    assert [month["outcome"]["cases"] for month in found["months"]] == [1]
    decided(desk, starter("2a"), "approve")
    decided(desk, another(), "refuse")
    found = told("like-cases")
    assert found["compared"] == 2
    assert [one["what"] for one in found["pairs"][0]["differing"]] == ["destination"]
