"""Listed parties by the words of their names: all of them, in any order, accents and case apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.core.canonical import encode
from safeconduct.sources import by_word
from safeconduct.sources.model import Listed, ListedName

NAMES = [
    ("Anna Petrova",),
    ("Petrova Trading House", "Торговый дом"),
    ("Ánna-Maria PETROVA", "Masha"),
    ("House of Anna",),
]


@pytest.fixture
def found(tmp_path: Path) -> object:
    parties = [
        Listed(str(number), "unknown", tuple(map(ListedName, names)), "line") for number, names in enumerate(NAMES)
    ]
    data, table = tmp_path / "data", tmp_path / "words.npy"
    data.write_bytes(b"\n".join(map(encode, parties)) + b"\n")
    by_word.build(data.read_bytes(), table)

    def look(text: str, most: int = 10) -> tuple[list[str], int]:
        listed, count = by_word.find(table, data, text, most)
        return [one.entry for one in listed], count

    return look


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("petrova", "012"),
        ("PÉTROVA anna", "02"),
        ("anna-petrova", "02"),
        ("house", "13"),
        ("дом ТОРГОВЫЙ", "1"),
        ("petrova masha", "2"),  # words of two names of one party
        ("petr", ""),
        ("petrova nobody", ""),
        ("", ""),
        ("…", ""),
        ("\ud800", ""),
    ],
)
def test_all_words_of_the_text_are_among_those_of_the_names(found, text: str, entries: str) -> None:
    assert found(text) == (list(entries), len(entries))


def test_so_many_are_read_and_all_are_counted(found) -> None:
    assert found("petrova", 1) == (["0"], 3)


def test_an_edition_without_parties_has_no_words(tmp_path: Path) -> None:
    by_word.build(b"", tmp_path / "words.npy")
    (tmp_path / "data").write_bytes(b"")
    assert by_word.find(tmp_path / "words.npy", tmp_path / "data", "anna", 5) == ([], 0)
