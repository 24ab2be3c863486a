"""``safeconduct parties``: the register on the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from safeconduct.core.errors import Refusal
from safeconduct.doors.cli import ready
from safeconduct.doors.cli.main import app
from tests.doors.desk import Desk, desk
from tests.flows.register import HOUSE, PLANT, Register, entry
from tests.people import ADVISER, EXPORTER, OFFICER

__all__ = ["desk"]


@pytest.fixture
def register(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Register:
    monkeypatch.setattr(ready, "prepare", lambda: None)  # the desk is ready
    return Register(desk)


def said(*words: str, actor: str = OFFICER.id) -> str:
    result = CliRunner().invoke(app, ["parties", *words, "--as", actor])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def told(*words: str, actor: str = OFFICER.id) -> Any:
    return json.loads(said(*words, "--json", actor=actor))


def test_the_list_and_a_party_say_the_same_in_words_and_as_an_object(register: Register) -> None:
    case = register.case_with(PLANT, HOUSE)
    name = entry(case)
    assert "Larkholm Instruments" in said("list", "larkholm")
    found = told("list", "larkholm")
    assert (found["count"], [one["id"] for one in found["parties"]]) == (1, [name])
    assert len(told("list", "--most", "2")["parties"]) == 2
    shown = told("show", name)
    assert (shown["id"], shown["party"]["name"]) == (name, "Larkholm Instruments")
    assert [one["case"] for one in shown["appearances"]] == [case]
    assert [one["verdict"] for one in shown["findings"]] == ["cannot_tell", "cannot_tell"]
    assert f"in {case} as X1" in said("show", name)


def test_merging_and_taking_apart(register: Register) -> None:
    one, other = entry(register.case_with(PLANT)), entry(register.case_with({**PLANT, "territory": "SE"}))
    assert told("merge", other, one, "--reason", "one extract") == {"party": one}
    assert told("show", other)["entries"] == [one, other]
    assert told("unmerge", one, other, "--reason", "two after all") == {"one": one, "other": other}
    with pytest.raises(Refusal, match="not merged with each other"):
        said("unmerge", one, other, "--reason", "again")


def test_an_appearance_gets_an_entry_of_its_own(register: Register) -> None:
    first, second = register.case_with(PLANT), register.case_with(PLANT)
    fresh = told("separate", entry(first), second, "X1", "--reason", "another plant")["party"]
    assert fresh == entry(second) != entry(first)


def test_a_tie_is_stated_reckoned_and_ended(register: Register) -> None:
    case = register.case_with(PLANT, HOUSE)
    name = entry(case)
    stated = told("tie", name, "owner", "--holder", entry(case, "X2"), "--share", "25-50", "--reason", "extract 7")
    told(
        "tie", name, "director", "--name", "Ilse Marten", "--kind", "person", "--born", "1970", "--reason", "extract 7"
    )
    shown = told("show", name)
    assert {(tie["what"], tie["other"], tie["low"], tie["high"]) for tie in shown["ties"]} == {
        ("owner", "Osprey Trading House", "25", "50"),
        ("director", "Ilse Marten", "", ""),
    }
    assert "held by Osprey Trading House, owner 25 to 50 %" in said("show", name)
    ended = told("end-tie", stated["tie"], "--reason", "sold", "--last-day", "2026-01-31")
    assert ended == {"tie": stated["tie"], "held": name}
    assert "does not count today" in said("show", name)


def test_what_a_person_may_not_do_is_refused(register: Register) -> None:
    name = entry(register.case_with(PLANT))
    with pytest.raises(Refusal, match="may not read_register"):
        said("list", actor=EXPORTER.id)
    with pytest.raises(Refusal, match="may not keep_register"):
        said("tie", name, "owner", "--name", "Cellar", "--reason", "x", actor=ADVISER.id)
    with pytest.raises(Refusal, match="names no entry"):
        said("tie", name, "owner", "--listed", "ofac-sdn", "--reason", "x")
    with pytest.raises(Refusal, match="no reason"):
        said("merge", name, "R-99", "--reason", " ")
