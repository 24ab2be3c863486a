"""Territories: keys of our own, found from codes and from publishers' spellings."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core import territory


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Democratic Republic of the Congo", "CD"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Congo, Dem. Rep.", "CD"),
        ("Congo", "CG"),
        ("Korea, North", "KP"),
        ("Democratic People's Republic of Korea", "KP"),
        ("Democratic People’s Republic of Korea", "KP"),
        ("Korea, Rep.", "KR"),
        ("Russian Federation", "RU"),
        ("RUSSIAN FEDERATION", "RU"),
        ("Iran (Islamic Republic of)", "IR"),
        ("West Bank", "PS"),
        ("West Bank and Gaza", "PS"),
        ("State of Palestine", "PS"),
        ("The Gambia", "GM"),
        ("Gambia, The", "GM"),
        ("Cote d Ivoire", "CI"),
        ("Côte d'Ivoire", "CI"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Burma", "MM"),
        ("Bosnia & Herzegovina", "BA"),
        ("Kosovo", "XK"),
        ("Virgin Islands, British", "VG"),
        ("former Soviet Union", "SU"),
        ("Karsova", "QR"),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_a_name_in_any_known_spelling_gives_the_key(text: str, key: str) -> None:
    assert territory.from_name(text) == key


@pytest.mark.parametrize(
    ("code", "key"),
    [("de", "DE"), ("DEU", "DE"), ("XKX", "XK"), ("KSV", "XK"), ("ZAR", "CD"), ("ROM", "RO"), ("SUHH", "SU"),
     ("DDR", "DD"), ("ua-cri", "UA-43"), ("PSG", "PS-GZ"), ("QQQ", ""), ("ZZ", ""), ("", "")],
)  # fmt: skip
def test_a_code_of_iso_or_of_a_publisher_gives_the_key(code: str, key: str) -> None:
    assert territory.from_code(code) == key


def test_a_two_letter_word_in_a_name_column_is_no_code() -> None:
    assert territory.from_name("na") == ""
    assert territory.find("NA") == "NA"


def test_a_part_keeps_its_own_key_only_where_asked_for() -> None:
    assert territory.part_from_name("Palestine/Gaza") == "PS-GZ"
    assert territory.whole("PS-GZ") == "PS"
    assert territory.whole("DE") == "DE"
    assert territory.find("Crimea") == "UA"


def test_fictional_places_say_so_wherever_they_show() -> None:
    names = {key: territory.display_name(key) for key in ("QR", "QS", "QT", "QU", "QV", "XX")}
    assert names == {
        "QR": "Karsova (fictional)", "QS": "Ostrel (fictional)", "QT": "Tarn (fictional)",
        "QU": "Ulvar (fictional)", "QV": "Velmar (fictional)", "XX": "Sundmark (fictional)",
    }  # fmt: skip
    assert all(territory.is_fictional(key) for key in names)


@pytest.mark.parametrize("key", ["AA", "QM", "QZ", "XA", "XZ", "ZZ", "XL"])
def test_the_user_assigned_range_is_never_a_real_place(key: str) -> None:
    assert territory.is_fictional(key)
    assert "(fictional)" in territory.display_name(key)


@pytest.mark.parametrize("key", ["XK", "QA", "DE", "PS-WB", "SU"])
def test_real_places_are_not_fictional(key: str) -> None:
    assert not territory.is_fictional(key)
    assert territory.get(key) is not None


def test_no_spelling_and_no_code_stands_for_two_territories() -> None:
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    for row in territory.table().values():
        for name in (row.name, *row.spellings):
            assert names.setdefault(territory.fold(name), row.key) == row.key, name
        for code in filter(None, (row.key, row.alpha3, *row.codes)):
            assert codes.setdefault(code, row.key) == row.key, code


def test_every_whole_is_a_territory_and_no_part_has_parts() -> None:
    for row in territory.table().values():
        if row.within:
            assert not territory.table()[row.within].within


def test_the_249_codes_of_iso_3166_1_are_there() -> None:
    real = [row for row in territory.table().values() if len(row.key) == 2 and not row.former and not row.fictional]
    assert len(real) == 249 + 1  # and Kosovo


@given(st.text(max_size=60))
def test_lookups_never_fail_and_give_known_keys_only(text: str) -> None:
    for lookup in (territory.from_name, territory.from_code, territory.find, territory.part_from_name):
        assert lookup(text) in {"", *territory.table()}


def test_looking_up_loads_no_name_library() -> None:
    """The command line must answer within a second; the name library alone takes longer."""
    code = "import sys; from safeconduct.core.territory import find; find('Kosovo'); print('rigour' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
