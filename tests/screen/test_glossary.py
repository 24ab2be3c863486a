"""The words that names of organisations are made of: the files, and how an unspaced name is parted."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from safeconduct.screen import fold, glossary, han


def lines(name: str) -> list[str]:
    text = files("safeconduct.screen").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


@pytest.mark.parametrize("name", ["glossary.tsv", "world.tsv"])
def test_every_line_is_words_a_tab_and_english_words(name: str) -> None:
    assert not [line for line in lines(name) if not re.fullmatch(r"[^\t\x00-\x1f]+\t[a-z0-9_ -]*", line)]


def test_no_word_is_on_two_lines_of_the_glossary() -> None:
    folded = [set(han.simplified(fold.plain(line.partition("\t")[0])).split()) for line in lines("glossary.tsv")]
    words = [word for line in folded for word in line]
    assert not {word for word in words if words.count(word) > 1}


def parted(text: str) -> list[str]:
    return [piece.written for piece in glossary.pieces(fold.plain(text))]


@pytest.mark.parametrize(
    ("name", "pieces"),
    [
        ("天津海瑞达机械有限公司", ["天津", "海瑞达", "机械", "有限公司"]),
        ("天津海瑞達機械有限公司", ["天津", "海瑞达", "机械", "有限公司"]),
        ("第十四研究所", ["14", "研究所"]),
        ("二十一厂", ["21", "厂"]),
        ("马丁公司", ["马丁", "公司"]),  # a horse stands in Martin by chance
        ("红猫公司", ["红", "猫", "公司"]),
        ("IHI重工(香港)", ["ihi", "重工", "香港"]),
        ("参与某项活动的马丁公司", ["马丁", "公司"]),  # what is said of a firm is not its name
    ],
)
def test_a_name_is_parted_into_the_fewest_words(name: str, pieces: list[str]) -> None:
    assert parted(name) == pieces


def test_nothing_of_a_long_name_is_lost() -> None:
    name = "海" * 200 + "公司"
    assert "".join(parted(name)) == name


@pytest.mark.parametrize(
    ("form", "simple"), [("鐵", "铁"), ("鉄", "铁"), ("澤", "泽"), ("沢", "泽"), ("研", "研"), ("A", "A")]
)
def test_old_and_japanese_forms_are_one_character(form: str, simple: str) -> None:
    assert han.simplified(form) == simple


def test_a_character_is_read_in_four_languages() -> None:
    assert han.read("铁", "mandarin")[0] == "tie"
    assert han.read("铁", "cantonese") == ("tit",)
    assert han.read("铁", "korean") == ("철",)
    assert "tetsu" in han.read("铁", "japanese")
    assert han.read("x", "mandarin") == ()
