"""An index made from an older edition's is the index made afresh, byte for byte; one that was touched is not opened."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core.errors import Refusal
from safeconduct.core.party import Identifier
from safeconduct.screen import analyse, build_index, index
from safeconduct.screen.index import Index
from safeconduct.sources.model import Listed, ListedName
from tests.screen.listed import LISTED, SPYWARE, ZORAB, company, nationality, person, records

WORDS = ["zorab", "vishtu", "Kelmendar", "okshel", "OOO", "Ltd", "No", "12", "محمد", "ali", "Ö", "bin"]
NAME = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
KIND = st.sampled_from(["primary", "alias", "weak_alias", "former"])
NAMES = st.lists(st.builds(ListedName, NAME, KIND), min_size=1, max_size=3).map(tuple)
NUMBER = st.builds(Identifier, st.sampled_from(["imo", "passport", "other"]), st.sampled_from(["9074729", "AB 123456"]))


@st.composite
def entries(draw: st.DrawFn) -> Listed:
    return Listed(
        entry=draw(st.sampled_from("ABCDEF")),
        kind=draw(st.sampled_from(["person", "company", "vessel", "unknown"])),
        names=draw(NAMES),
        place=draw(st.sampled_from(["row 1", "row 2"])),
        born=draw(st.sampled_from([(), ("1971",)])),
        identifiers=tuple(draw(st.lists(NUMBER, max_size=2))),
    )


EDITION = st.lists(entries(), max_size=8)


def files(place: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in place.iterdir()}


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@settings(max_examples=30)
@given(EDITION, EDITION, st.lists(st.integers(0, 7), max_size=6))
def test_an_index_made_from_an_older_one_is_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, old: list[Listed], new: list[Listed], kept: list[int]
) -> None:
    first, second = tmp_path_factory.mktemp("delta"), tmp_path_factory.mktemp("fresh")
    before = records(*old)
    after = records(*(old[place] for place in kept if place < len(old)), *new)
    build_index(before, first)
    made = build_index(after, first, digest(before))
    assert files(made) == files(build_index(after, second))


def test_only_changed_names_are_analysed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = records(*LISTED)
    build_index(before, tmp_path)
    seen: list[str] = []
    usual = analyse.analyse

    def counted(text: str, *rest: object) -> object:
        seen.append(text)
        return usual(text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(analyse, "analyse", counted)
    other_facts = msgspec.structs.replace(ZORAB, born=("1999",), place="row 9", territories=(nationality("QP"),))
    after = records(other_facts, *LISTED[1:], company("N1", "Brand New Ltd"))
    made = Index(build_index(after, tmp_path, digest(before)))
    assert set(seen) == {"Brand New Ltd"}
    assert made.entry(0).born == ("1999",)


@pytest.mark.parametrize("before", ["", "0" * 64, "../../etc"])
def test_an_older_index_that_is_not_there_is_done_without(tmp_path: Path, before: str) -> None:
    assert Index(build_index(records(*LISTED), tmp_path, before)).parties == len(LISTED)


def test_a_damaged_older_index_is_done_without(tmp_path: Path) -> None:
    before, after = records(*LISTED), records(*LISTED[1:])
    place = build_index(before, tmp_path / "a")
    (place / "names.bin").write_bytes(b"other")
    made = build_index(after, tmp_path / "a", digest(before))
    assert files(made) == files(build_index(after, tmp_path / "b"))


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)


def emptied(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("spoil", [cut, flip, emptied, Path.unlink])
@pytest.mark.parametrize("name", sorted([*index.FILES, "seal.json"]))
def test_an_index_that_is_not_what_was_written_is_refused(
    tmp_path: Path, name: str, spoil: Callable[[Path], None]
) -> None:
    place = build_index(records(ZORAB, SPYWARE), tmp_path)
    spoil(place / name)
    with pytest.raises(Refusal, match="cannot be read") as refused:
        Index(place)
    assert refused.value.where == str(place)
    assert refused.value.remedy == "delete it; it is built again"


def test_an_index_of_other_libraries_under_this_name_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = build_index(records(ZORAB), tmp_path)
    monkeypatch.setattr(analyse, "versions", lambda: "rigour/0.0.1")
    with pytest.raises(Refusal, match="rigour/2"):
        Index(place)


def test_an_index_of_another_edition_under_this_name_is_refused(tmp_path: Path) -> None:
    place, other = (build_index(records(one), tmp_path) for one in (ZORAB, SPYWARE))
    shutil.rmtree(other)
    place.rename(other)
    with pytest.raises(Refusal, match="another edition"):
        Index(other)


@pytest.mark.parametrize(
    "name",
    ["", "a", "7", "\u0301\u0302", "🙂", "ал", "x" * 10_000, "a " * 5_000, "\u202e" * 400, "ـ" * 400, "(((" * 99],
)
def test_names_nobody_would_write_are_indexed_and_taken_over(tmp_path: Path, name: str) -> None:
    odd = [person("O1", name, ListedName("Zorab Vishtu", "alias")), company("O2", name, kind="unknown")]
    before, after = records(*odd), records(*odd, ZORAB)
    build_index(before, tmp_path / "a")
    made = build_index(after, tmp_path / "a", digest(before))
    assert files(made) == files(build_index(after, tmp_path / "b"))
    assert Index(made).parties == 3
