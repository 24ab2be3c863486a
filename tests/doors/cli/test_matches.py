"""``safeconduct match`` and ``safeconduct screening`` on the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from safeconduct.core.canonical import sha256
from safeconduct.core.errors import NeedsRelease, Refusal, WrongUse
from safeconduct.doors.cli import ready
from safeconduct.doors.cli.main import app
from safeconduct.store.models import Screening
from tests.doors.desk import NAMESAKE, Desk, desk
from tests.flows.office import NSO, OTHERS, starter
from tests.flows.test_adjudication import LISTED, listed_pack
from tests.people import ADVISER, COUNTERSIGNER, EXPORTER, OFFICER

__all__ = ["desk"]
pytestmark = pytest.mark.one_database


@pytest.fixture
def listed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(ready, "prepare", lambda: None)  # the desk is ready
    desk.load_list(NSO, NAMESAKE, LISTED, *OTHERS, day="2026-10-10")
    desk.worked(starter("2d"))
    return desk


def run(*words: str, actor: str = OFFICER.id) -> Result:
    result = CliRunner().invoke(app, [*words, "--as", actor])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result


def waiting() -> dict[str, Any]:
    (match,) = json.loads(run("match", "list", "--json").stdout)["matches"]
    return dict(match)


def which(match: dict[str, Any]) -> list[str]:
    return [match["case"], match["party"], match["source"], match["entry"]]


def name_of(match: dict[str, Any]) -> str:
    return f"S-{Screening.objects.get(party_id=match['party'], case__reference=match['case']).pk}"


def test_a_match_is_found_the_same_and_that_is_withdrawn(listed: Desk) -> None:
    match = waiting()
    assert "Eric Badege" in run("match", "list").stdout
    found = run("match", "same", *which(match), "--reasons", "It is he").stdout
    assert "found to be the same" in found
    assert "MINDED TO REFUSE" in found
    assert json.loads(run("match", "list", "--json").stdout)["matches"] == []
    run("match", "withdraw", *which(match), "--reasons", "It is not")
    assert waiting() == match


def test_a_fact_is_asked_for(listed: Desk) -> None:
    match = waiting()
    found = json.loads(run("match", "ask", *which(match), "identifier", "--to", "authority", "--json").stdout)
    (question,) = [one for one in found["questions"] if one["id"] == f"party.identifier@{match['party']}"]
    assert question["to"] == "authority"
    assert match["entry"] not in question["text"]


def test_two_people_clear_what_takes_two(listed: Desk) -> None:
    listed.put_in_force(listed_pack('when = {fact = "match.score", at_least = 1}'))
    match = waiting()
    cleared = run("clear", *which(match), "--grounds", "Another man", "--ground", "document")
    assert "it takes two people (SP-01)" in cleared.stderr
    assert waiting()["standing"] == "proposed"
    with pytest.raises(Refusal, match="cannot be the second person"):
        run("match", "second", *which(match), "confirm")
    assert "cleared" in run("match", "second", *which(match), "confirm", actor=COUNTERSIGNER.id).stdout


def test_the_record_is_read_in_words(listed: Desk) -> None:
    match = waiting()
    run("clear", *which(match), "--grounds", "Another man")
    said = run("screening", "show", name_of(match), actor=ADVISER.id).stdout
    for words in (
        "Eric Badege",
        "2026-10-10",
        "cannot tell, cleared",
        "Ada Verhoeven: not same, standing. Another man",
    ):
        assert words in said


def test_the_record_is_taken_away_as_json_csv_and_pdf(listed: Desk, tmp_path: Path) -> None:
    name = name_of(waiting())
    data = run("screening", "show", name, "--json").stdout_bytes
    found = json.loads(data)
    assert found["screening"] == name
    out = tmp_path / "record.json"
    said = run("screening", "show", name, "--json", "--out", str(out)).stdout
    assert out.read_bytes() == data
    assert sha256(data) in said
    rows = list(csv.DictReader(io.StringIO(run("screening", "show", name, "--csv").stdout)))
    assert rows[0]["screening"] == name
    run("screening", "show", name, "--pdf", "--out", str(tmp_path / "record.pdf"))
    assert (tmp_path / "record.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("kind", ["--json", "--csv", "--pdf"])
def test_whoever_may_not_export_takes_nothing_away(listed: Desk, kind: str) -> None:
    name = name_of(waiting())
    with pytest.raises(Refusal, match="may not export_record"):
        run("screening", "show", name, kind, actor=ADVISER.id)
    with pytest.raises(Refusal, match="no such screening"):
        run("screening", "show", name, kind, actor=EXPORTER.id)


@pytest.mark.parametrize("words", [("--json", "--csv"), ("--out", "x"), ("--csv", "--pdf", "--out", "x")])
def test_wrong_use_is_told(listed: Desk, words: tuple[str, ...]) -> None:
    with pytest.raises(WrongUse):
        run("screening", "show", "S-1", *words)


def test_a_file_that_cannot_be_written_is_told(listed: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="directory") as caught:
        run("screening", "show", name_of(waiting()), "--json", "--out", str(tmp_path))
    assert caught.value.remedy


def test_replay_gives_the_same_bytes_and_says_so(listed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    name = name_of(waiting())
    assert "the same bytes" in run("screening", "replay", name).stdout
    assert "the same bytes" in run("screening", "replay", name, "--observe").stdout
    first, second = (run("screening", "replay", name, "--json").stdout_bytes for _ in range(2))
    assert first == second
    assert json.loads(first)["screening"]["matches"]
    monkeypatch.setattr("safeconduct.flows.replay_screening.matcher_edition", lambda: "another")
    with pytest.raises(NeedsRelease) as caught:
        run("screening", "replay", name, "--observe")
    assert caught.value.status == 3
