"""Two names beside one another: words that answer, words left out, words that differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.screen import abjad, analyse, fold, mandarin, name_parts, names, words
from safeconduct.screen.model import AnalysedName, Mode, Word
from tests.screen.listed import company, matcher, party


def rarity(word: Word) -> int:
    return words.rarity_of(lambda _: 0, 0)(word)


def reading(text: str, mode: Mode = "person") -> AnalysedName:
    return analyse.analyse(text, mode)[0]


def level(one: str, other: str, mode: Mode = "person") -> str:
    there = names.compare(reading(one, mode), reading(other, mode), rarity)
    back = names.compare(reading(other, mode), reading(one, mode), rarity)
    assert (there.level, there.points) == (back.level, back.points)
    return there.level


def parts(one: str, other: str, mode: Mode = "person") -> dict[str, str]:
    left, right = reading(one, mode), reading(other, mode)
    return {part.part: part.finding for part in name_parts.parts(left, right, names.compare(left, right, rarity))}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zorab Vishtu", "VISHTU, Zorab"),
        ("Zórab Vishtú", "zorab  vishtu"),
        ("Abd al-Rahman Vishtu", "Abdurrahman Vishtu"),
        ("Abdul Rahman Vishtu", "Vishtu Abdelrahman"),
        ("Burhan ud-Din Zarkhel", "Burhanuddin Zarkhel"),
        ("Seif Allah Zarkhel", "Saifullah Zarkhel"),
        ("Mohammad Zarkhel", "Muhammed Zarkhel"),
        ("Hajji Mullah Tor Zarkhel", "Tor Zarkhel"),
        ("Pak Chol-min", "Pak Cholmin"),
        ("Zorab Petrovich Vishtu", "Zorab Vishtu"),
        ("VISHTU, Zorab Petrovitch", "Zorab Vishtu"),
        ("Zorab Igorewitsch Vishtu", "Zorab Vishtu"),
        ("Zorab Ilyich Vishtu", "Zorab Vishtu"),
        ("Владимир Вишту", "Vladimir Vishtu"),
        ("Wang Tse-tung", "Wang Zedong"),
        ("HSI Chin-hsiang", "Xi Jinxiang"),
        ("Zоrаb Vishtu", "Zorab Vishtu"),  # Cyrillic о and а
        ("王小明", "Wang Xiaoming"),
        ("دلاور خان", "Dilawar Khan"),
        ("عبد الرحمن التكريتي", "Abd al-Rahman al-Tikriti"),
    ],
)
def test_writings_of_one_name_are_the_same(one: str, other: str) -> None:
    assert level(one, other) == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zorab Vishtu", "Zorab Vishtru"), ("Tirvan Okshel", "Tirvam Okshel"), ("Kelmendar Vishtu", "Kelmnedar Vishtu")],
)
def test_a_slip_of_the_pen_is_near(one: str, other: str) -> None:
    assert level(one, other) == "near"


@pytest.mark.parametrize(("one", "other"), [("Zorab Vishtu", "Zorab Kelmendar Vishtu"), ("Z. Vishtu", "Zorab Vishtu")])
def test_a_name_left_out_or_shortened_is_partial(one: str, other: str) -> None:
    assert level(one, other) == "partial"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Friedrich Lindenberg", "Lars Friedrich Lindemann"),
        ("Hasan Vishtu", "Husam Vishtu"),
        ("Zorab Ivanovich Vishtu", "Zorab Petrovich Vishtu"),
        ("Abdul Ghafar Zarkhel Hamid", "Abdul Ghafar Zarkhel Ghani"),
        ("Vishtu", "Okshel"),
        ("Al", "El"),
    ],
)
def test_names_with_words_of_their_own_are_apart(one: str, other: str) -> None:
    assert level(one, other) == "apart"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hasan Vishtu", "Husayn Vishtu"),
        ("Xi Vishtu", "Shi Vishtu"),
        ("Maria Vishtu", "Mario Vishtu"),
        ("Asif Vishtu", "Arif Vishtu"),
        ("Zorab Vishtu", "Zorab Vishmo"),
    ],
)
def test_a_word_that_looks_alike_and_may_be_another_is_no_slip(one: str, other: str) -> None:
    assert level(one, other) == "alike"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Vantrex Group", "Vantrex Group Ltd.", "same"),
        ("Vantrex GmbH", "VANTREX LLC", "same"),
        ("Vantrex Corporation", "The Vantrex Company", "same"),
        ("Silver Lagoon Kovantrex Group", "Vantrex Group", "apart"),
        ("Vantrex Systems", "Vantrex Industries", "apart"),
        ("Vantrex Bank", "Vantrex", "partial"),
        ("Vantrex Plant No. 5", "Vantrex Plant 5", "same"),
        ("Vantrex Plant No. 5", "Vantrex Plant 6", "apart"),
        ("First Vantrex Bank", "1st Vantrex Bank", "same"),
        ("Ministry of Kovant Defence (MKD)", "Ministry of Kovant Defence", "same"),
        ("Vantrex (Australia)", "Vantrex", "partial"),
        ("ООО Вантрекс", "Vantreks LLC", "same"),
    ],
)
def test_organisations(one: str, other: str, expected: str) -> None:
    assert level(one, other, "organization") == expected


def test_omission_and_contradiction_are_different_parts() -> None:
    assert parts("Zorab Ivanovich Vishtu", "Zorab Vishtu")["patronymic"] == "omitted"
    assert parts("Zorab Ivanovich Vishtu", "Zorab Petrovich Vishtu")["patronymic"] == "different"
    assert parts("Zorab Kelmendar Vishtu", "Zorab Vishtu")["extra_names"] == "omitted"
    assert parts("Vantrex Plant 5", "Vantrex Plant 6", "organization")["number"] == "different"
    assert parts("Vantrex", "Vantrex Bank", "organization")["trade_word"] == "omitted"
    assert parts("Vantrex GmbH", "Vantrex Ltd", "organization")["legal_form"] == "same"
    assert parts("Vishtu Zorab", "Zorab Vishtu")["name_order"] == "different"


def test_a_publishers_own_division_names_the_parts() -> None:
    (listed,) = analyse.analyse("Zorab Vishtu", "person", given="Zorab", family="Vishtu")
    query = reading("Vishtru Zorab")
    found = {p.part: p.finding for p in name_parts.parts(query, listed, names.compare(query, listed, rarity))}
    assert found["given_name"] == "same"
    assert found["family_name"] == "one_letter_apart"


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    common = words.rarity_of(lambda _: 500, 1000)
    assert rarity(Word("okshel")) > common(Word("okshel"))
    assert rarity(Word("okshel")) > rarity(Word("okshel", "", ("NAME:Q1",)))


@pytest.mark.parametrize(
    ("written", "latin", "expected"),
    [
        ("دلاور", "dilawar", True),
        ("دلاور", "delavar", True),
        ("حسن", "hasan", True),
        ("حسن", "husayn", False),
        ("حسين", "hussein", True),
        ("قذافی", "gaddafi", True),
        ("قذافی", "kasab", False),
        ("محمد", "mohammed", True),
        ("محمد", "mahmad", True),
        ("ا" * 39, "a" * 40, True),
        ("ا" * 50, "a" * 40, False),
    ],
)
def test_arabic_words_answer_to_what_they_may_be_read_as(written: str, latin: str, expected: bool) -> None:
    assert abjad.answers(fold.plain(written), latin) is expected


@pytest.mark.parametrize(
    ("run", "other", "expected"),
    [
        (["hsi"], "xi", True),
        (["tse", "tung"], "zedong", True),
        (["chung"], "zhong", True),
        (["chung"], "chong", True),
        (["li"], "ri", False),
        (["ping"], "bing", False),
        (["hsi"], "hsi", False),
        (["tse"] * 5, "zezezezeze", False),
        ([], "", False),
    ],
)
def test_the_older_spelling_of_chinese_answers_to_pinyin(run: list[str], other: str, expected: bool) -> None:
    assert mandarin.same(run, other) is expected


@pytest.mark.parametrize(
    ("one", "other", "finding"),
    [
        ("Karsova Unified Defence Authority", "KUDA", "acronym"),
        ("Drogheim Institute 711th", "Drogheim Institute 714th", "different"),
        ("Vantrex Fund XII", "Vantrex Fund 12", "same"),
        ("Vantrex Fund XII", "Vantrex Fund", "omitted"),
        ("Vantrex II France", "Vantrex France", "omitted"),
    ],
)
def test_first_letters_and_numbers_of_organisations(one: str, other: str, finding: str) -> None:
    found = parts(one, other, "organization")
    assert found["distinctive_word" if finding == "acronym" else "number"] == finding


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vantrexlimited", "Vantrex Ltd"),
        ("MV Orvela", "Orvela"),
        ("Vantrex FZC", "Vantrex"),
        ("VantrexGmbH", "Vantrex"),
    ],
)
def test_legal_forms_and_what_stands_before_a_ship_are_no_words_of_their_own(one: str, other: str) -> None:
    assert level(one, other, "organization") == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [("ABC Company", "NABC Company"), ("BWI Vantrex", "BAI Vantrex"), ("Vantrex Plant No. 5", "Vantrex Plant No. 6")],
)
def test_each_letter_of_a_short_word_and_each_number_of_a_firm_tells(one: str, other: str) -> None:
    assert level(one, other, "organization") == "apart"


@pytest.mark.parametrize(
    ("one", "other"),
    [("bibi", "binyamin"), ("vova", "wladimir"), ("dmitriy", "dima"), ("pepe", "josé"), ("joe", "joseph")],
)
def test_short_forms_answer_to_every_spelling_of_the_full_name(one: str, other: str) -> None:
    assert parts(f"{one} Vishtu", f"{other} Vishtu")["name_word"] == "nickname"
    assert words.finding(Word("vova"), Word("sergei"), "person") == ""


def test_first_letters_written_together_answer_to_the_names() -> None:
    assert parts("ZK Vishtu", "Zorab Kelmendar Vishtu")["name_word"] == "initial"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("abdulhamid", "abdulghani", ""),
        ("abdulkarim", "abdulrahim", "two_letters_apart"),
        ("abdullah", "badullah", "one_letter_apart"),
        ("zarkuddin", "zorkuddin", "one_letter_apart"),
        ("711th", "714th", ""),
        ("vishtu", "vishtru", "one_letter_apart"),
        ("vishtu", "vishto", "spelling"),
        ("vishtu", "vashta", "sounds_alike"),
        ("vishtu", "vaspta", ""),
        ("vishtu", "vishmo", "two_letters_apart"),
        ("arif", "drif", "resembling"),
        ("ox", "ex", ""),
    ],
)
def test_likeness_by_letters(one: str, other: str, expected: str) -> None:
    assert words.finding(Word(one), Word(other), "person") == expected
    assert words.finding(Word(other), Word(one), "person") == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("张伟", "张薇", "alike"), ("王晓明", "王曉明", "same"), ("张伟", "Zhang Wei", "same"), ("張偉", "张伟", "same")],
)
def test_chinese_names_that_sound_the_same_are_told_apart_by_their_characters(
    one: str, other: str, expected: str
) -> None:
    assert level(one, other) == expected


def test_a_style_that_stands_for_a_given_name_is_one() -> None:
    assert level("Bashar al-Vishtu", "Hafez al-Vishtu") == "apart"
    assert level("Hafez Bashar al-Vishtu", "Bashar al-Vishtu") == "same"


def test_a_mark_made_of_what_look_like_legal_forms_is_found(tmp_path: Path) -> None:
    found = matcher(tmp_path, company("A1", "EP-LDA", kind="aircraft"), company("A2", "EP-LDC", kind="aircraft"))
    assert [match.entry for match in found.screen(party("EP-LDA", kind="aircraft")).matches] == ["A1"]
    assert not found.screen(party("Ltd", kind="company")).matches
