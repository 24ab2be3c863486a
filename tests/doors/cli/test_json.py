"""Commands that scripts call answer with one JSON object where they are asked to."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from safeconduct.access import Marking, Role
from safeconduct.core.errors import Refusal
from safeconduct.doors.cli import ready
from safeconduct.doors.cli.main import app
from safeconduct.flows.admit_person import AdmitPerson, admit_person
from safeconduct.flows.people import CONSOLE
from tests.doors.desk import Desk, desk
from tests.flows.office import starter
from tests.people import COUNTERSIGNER, OFFICER, POLICY_LEAD

__all__ = ["desk"]
pytestmark = pytest.mark.one_database


@pytest.fixture
def office(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(ready, "prepare", lambda: None)  # the desk is ready
    return desk


def told(*words: str) -> dict[str, Any]:
    result = CliRunner().invoke(app, [*words, "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


def test_a_policy_is_shown_sentence_by_sentence_under_the_numbers_of_the_printed_one(office: Desk) -> None:
    found = told("policy", "show")
    printed = CliRunner().invoke(app, ["policy", "show"]).stdout
    numbers = [one["number"] for one in found["sentences"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert found["sha256"][:12] in printed
    for one in found["sentences"]:
        assert f"\n{one['number']}. {one['text']}\n" in printed
        assert f"\n{one['section']}\n" in printed


def test_a_language_that_a_pack_does_not_speak_is_refused_with_those_it_does(office: Desk) -> None:
    with pytest.raises(Refusal, match="no text in 'xx'") as refused:
        CliRunner().invoke(app, ["policy", "show", "--lang", "xx"], catch_exceptions=False)
    assert refused.value.remedy == "one of en"


def test_signing_says_who_has_signed_and_whether_it_is_in_force(office: Desk, tmp_path: Path) -> None:
    pack = tmp_path / "pack.toml"
    pack.write_bytes((ready.STARTER / "policy" / "reference.toml").read_bytes() + b"\n# of this office\n")
    first = told("policy", "sign", str(pack), "--as", POLICY_LEAD.id)
    second = told("policy", "sign", str(pack), "--as", COUNTERSIGNER.id)
    assert (first["in_force"], second["in_force"]) == (False, True)
    assert set(second["signed_by"]) == {POLICY_LEAD.id, COUNTERSIGNER.id}


def test_an_ending_says_where_the_case_stands_and_which_questions_it_was_about(office: Desk) -> None:
    office.some_time_ago(400)
    case = office.worked(starter("3b")).case
    found = told("lapse", case, "refuse", "--reasons", "No answer came", "--as", OFFICER.id)
    assert found["case"] == case
    assert found["state"] == "refused"
    assert found["questions"]


def test_an_export_names_its_file_and_a_sign_in_its_link(office: Desk, tmp_path: Path) -> None:
    reader = AdmitPerson(
        name_id="closed.auditor",
        name="Vera Sandoval",
        role=Role.AUDITOR,
        may_read_closed=True,
        cleared_to=Marking.SECRET,
    )
    admit_person(CONSOLE, reader, key=office.key(), at=office.at)
    found = told("ledger", "export", str(tmp_path / "bundle.zip"), "--as", reader.name_id)
    assert zipfile.is_zipfile(found["file"])
    assert found["bytes"] == Path(found["file"]).stat().st_size
    link = told("sign-in", OFFICER.id)
    assert link["name"] == OFFICER.id
    assert "/sign-in/" in link["link"]


def test_an_example_is_an_application_asked_either_way(office: Desk) -> None:
    assert told("example", "3") == starter("3")


@pytest.mark.parametrize(("begins", "remarks"), [("2020-01-01", 1), ("2999-01-01", 0)])
def test_a_pack_that_begins_in_the_past_is_remarked_on(office: Desk, tmp_path: Path, begins: str, remarks: int) -> None:
    whole = (ready.STARTER / "policy" / "reference.toml").read_text(encoding="utf-8")
    later = tmp_path / "later.toml"
    later.write_text(re.sub(r"(?m)^name = .*$", rf'\g<0>\nbegins = "{begins}"', whole, count=1), encoding="utf-8")
    found = told("policy", "check", str(later))
    assert found["problems"] == []
    assert [begins in one for one in found["remarks"]] == [True] * remarks
