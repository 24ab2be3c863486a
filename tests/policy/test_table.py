"""Bytes from outside, and the places that errors name."""

from __future__ import annotations

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.policy.table import MAX_BYTES, MAX_MEMBERS, MAX_TEXT, Place, Table, read_toml

KEYS = ("a", "b", "text")


def table(text: str, keys: tuple[str, ...] = KEYS) -> Table:
    return Table(*read_toml(text.encode(), "f.toml"), keys)


def test_plain_values_come_with_their_lines() -> None:
    document, place = read_toml(b'\xef\xbb\xbfa = "x"\r\n\r\nb = [1,\r\n2]\r\n', "f.toml")
    assert document == {"a": "x", "b": [1, 2]}
    assert str(place) == "f.toml"
    assert str(place.at("a")) == "f.toml, line 1"
    assert str(place.at("b", 1)) == "f.toml, line 4"
    assert str(place.at("b", 7)) == "f.toml, line 3", "a thing without a line is where its table is"
    assert str(place.at("c")) == "f.toml → c"


@pytest.mark.parametrize(
    ("data", "what", "where"),
    [
        (b"a = ", "not TOML: Invalid value", "f.toml"),
        (b"\na = 1\nb = ]", "not TOML: Invalid value", "f.toml, line 3, column 5"),
        (b"a = 1\na = 2", "not TOML: Cannot overwrite a value", "f.toml"),
        (b"a = " + b"9" * 5000, "not TOML: Exceeds the limit", "f.toml"),
        (b"a = '\xff'", "not UTF-8 at byte 5", "f.toml"),
        (b"\xff\xfea\x00", "not UTF-8 at byte 0", "f.toml"),
        ("a = '\u202e'".encode(), "U+202E", "f.toml → a"),
        (b'b = ["\\u0000"]', "U+0000", "f.toml → b [1]"),
        ('"\u2066" = 1'.encode(), "U+2066", "f.toml"),
        (b"#" * (MAX_BYTES + 1), "larger than 1000000 bytes", "f.toml"),
        (b"a = " + b"[" * 50_000, "nested deeper than 32", "f.toml, line 1"),
    ],
)
def test_hostile_bytes_are_refused_with_their_place(data: bytes, what: str, where: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_toml(data, "f.toml")
    assert what in caught.value.what
    assert caught.value.where.startswith(where)
    assert caught.value.remedy


def test_the_size_allowed_is_exact() -> None:
    assert read_toml(b"#" * MAX_BYTES, "f")[0] == {}


def test_a_key_nobody_asked_for_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refusal) as caught:
        table("a = 1\ntxet = 2")
    assert caught.value.as_object() == {
        "what": "unknown key 'txet'", "where": "f.toml, line 2", "remedy": "did you mean 'text'?",
    }  # fmt: skip


def test_many_words_are_not_all_listed() -> None:
    place = Place("f")
    for count, expected in ((30, ", ".join(["xxxxxx"] * 30)), (31, "see the documentation for the words allowed")):
        with pytest.raises(Refusal) as caught:
            place.refuse_word("what", "qq", ["xxxxxx"] * count)
        assert caught.value.remedy == expected


def test_texts() -> None:
    assert table('a = "x"').text("a") == "x"
    assert table("").text("a", "default") == "default"
    assert table("").text("a", "") == ""
    assert len(table(f'a = "{"x" * MAX_TEXT}"').text("a")) == MAX_TEXT
    for text, what in [
        ("", "'a' is missing"),
        ("a = 1", "expected a text, found 1"),
        ("a = true", "found true"),
        ("a = false", "found false"),
        ('a = " "', "found an empty text"),
        (f'a = "{"x" * (MAX_TEXT + 1)}"', "more than 4000 characters"),
        ("a = 2026-05-01", "found 2026-05-01"),
    ]:
        with pytest.raises(Refusal) as caught:
            table(text).text("a")
        assert what in caught.value.what
        assert caught.value.where.startswith("f.toml")
    with pytest.raises(Refusal, match="expected a text"):
        table("a = 1").text("a", "default")


def test_words_of_a_choice() -> None:
    assert table('a = "x"').word("a", ["x", "y"]) == "x"
    assert table("").word("a", ["x", "y"], "y") == "y"
    for text in ('a = "z"', "a = 1", "a = []", "a = true", ""):
        with pytest.raises(Refusal):
            table(text).word("a", ["x", "y"])
    with pytest.raises(Refusal, match="'z' is not allowed here"):
        table('a = "z"').word("a", ["x", "y"], "y")


def test_whole_numbers() -> None:
    assert table("a = 1").whole("a", 1, 5) == 1
    assert table("a = 5").whole("a", 1, 5) == 5
    for text in ("a = 0", "a = 6", "a = true", "a = 1.0", 'a = "1"', ""):
        with pytest.raises(Refusal, match=r"not a whole number from 1 to 5|'a' is missing"):
            table(text).whole("a", 1, 5)


def test_lists_of_words() -> None:
    assert table('a = ["x", "y"]').words("a") == ("x", "y")
    assert table("").words("a") == ()
    for text, what in [('a = "x"', "expected a list"), ('a = ["x", "x"]', "'x' stands twice"), ("a = [1]", "a text")]:
        with pytest.raises(Refusal, match=what):
            table(text).words("a")
    with pytest.raises(Refusal, match="more than 10000 members"):
        table(f"a = [{'1,' * (MAX_MEMBERS + 1)}]").each("a")
    assert len(table(f"a = [{'1,' * MAX_MEMBERS}]").each("a")) == MAX_MEMBERS


def test_tables_in_a_list() -> None:
    first, second = table("[[a]]\nb = 1\n[[a]]\nb = 2").tables("a", ("b",))
    assert (first.raw, str(first.place)) == ({"b": 1}, "f.toml, line 1")
    assert (second.raw, str(second.at("b"))) == ({"b": 2}, "f.toml, line 4")
    assert "b" in first
    assert "c" not in first
    with pytest.raises(Refusal, match="unknown key 'b'"):
        table("[[a]]\nb = 1").tables("a", ("c",))
    with pytest.raises(Refusal, match="expected a table, found 1"):
        table("a = [1]").tables("a", ("c",))


def test_texts_by_language() -> None:
    assert table('text.fr = "un"\ntext.en = "one"').languages("text") == {"en": "one", "fr": "un"}
    assert list(table('text.fr = "un"\ntext.en = "one"').languages("text")) == ["en", "fr"]
    assert table('text = {en = "a", sr-Latn = "b", zh-Hant-TW = "c"}').languages("text")["sr-Latn"] == "b"
    for text, what in [
        ("", "'text' is missing"),
        ('text = "one"', "expected a text by language, found 'one'"),
        ('text.fr = "un"', r"text\.en is missing"),
        ('text.en = "x"\ntext.english = "x"', "'english' is not a language tag"),
        ('text.en = "x"\ntext.FR = "x"', "'FR' is not a language tag"),
        ('text.en = ""', "an empty text"),
        ('text.en = "x"\ntext.fr = 1', "found 1"),
    ]:
        with pytest.raises(Refusal, match=what):
            table(text).languages("text")
