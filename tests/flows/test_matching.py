"""A source's index is made from the one before it, whichever process made that."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from safeconduct.core import canonical
from safeconduct.flows import forked, matching
from safeconduct.flows.matching import Matchers
from safeconduct.screen import analyse, building
from safeconduct.screen.model import EditionUsed
from safeconduct.store import blobs
from tests.screen.listed import LISTED, answers, company, party, records


def test_a_new_edition_takes_over_the_names_of_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = records(*LISTED), records(*LISTED, company("N1", "Brand New Ltd"))
    for data in (old, new):
        blobs.keep(tmp_path, data)
    Matchers(tmp_path).of((EditionUsed("made", canonical.sha256(old)),))
    seen: list[str] = []
    usual = analyse.analyse

    def counted(text: str, *rest: object) -> object:
        seen.append(text)
        return usual(text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(analyse, "analyse", counted)
    matcher = Matchers(tmp_path).of((EditionUsed("made", canonical.sha256(new)),))
    assert set(seen) == {"Brand New Ltd"}
    assert answers(matcher.screen(party("Brand New", kind="company")).matches) == {"N1": "cannot_tell"}


def test_a_note_that_names_no_index_is_no_hindrance(tmp_path: Path) -> None:
    data = records(*LISTED)
    blobs.keep(tmp_path, data)
    (tmp_path / "index").mkdir()
    note = tmp_path / "index" / f"{canonical.sha256(b'made')[:16]}.last"
    note.write_text("../../elsewhere")
    used = (EditionUsed("made", canonical.sha256(data)),)
    assert Matchers(tmp_path).of(used).editions == used
    assert note.read_text() == canonical.sha256(data)


def test_a_large_list_whose_processes_are_killed_is_indexed_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, parent, usual = records(*LISTED), os.getpid(), building._parsed
    blobs.keep(tmp_path, data)
    used = (EditionUsed("made", canonical.sha256(data)),)
    helped: list[int] = []

    def parsed(number: int, line: bytes) -> object:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        helped.append(number)
        return usual(number, line)

    monkeypatch.setattr(matching, "LARGE", 1)
    monkeypatch.setattr(forked, "cores", lambda: 2)
    monkeypatch.setattr(building, "_parsed", parsed)
    assert Matchers(tmp_path).of(used).editions == used
    assert helped == list(range(1, len(LISTED) + 1))
