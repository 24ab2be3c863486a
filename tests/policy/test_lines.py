"""Lines of a TOML text, against texts whose lines are known and the parser of the standard library."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core.errors import Refusal
from safeconduct.policy.lines import MAX_DEPTH, Path, find_lines
from tests.policy.sample import SAMPLE

TEXT = '''\
# a comment with [brackets] and "quotes"
plain = 1
"quoted key" = "a # is no comment" # this is
a.b . "c" = true

[table]
list = [ # first
    1,
    "two ] } ,", 'th"ree',
    [4,
     5],
    {x = 1, y.z = [6]},
]
text = """
over [
lines \\""" here
"""
literal = \'\'\'
also ' this ''
\'\'\'
after = 2026-05-01 07:32:00
[[many]]
name = ''
[[many.inner]]
k = 1
[[many.inner]]
k = 2
[many.inner.deep]
k = 3
[[many]]
name = """"quoted\\""""
[[many.inner]]
k = 4
[far.down.below]
k = 5
'''
LINES: dict[Path, int] = {
    ("plain",): 2,
    ("quoted key",): 3,
    ("a", "b", "c"): 4,
    ("table",): 6,
    ("table", "list"): 7,
    ("table", "list", 0): 8,
    ("table", "list", 1): 9,
    ("table", "list", 2): 9,
    ("table", "list", 3, 0): 10,
    ("table", "list", 3, 1): 11,
    ("table", "list", 4): 12,
    ("table", "list", 4, "x"): 12,
    ("table", "list", 4, "y", "z", 0): 12,
    ("table", "text"): 14,
    ("table", "literal"): 18,
    ("table", "after"): 21,
    ("many", 0): 22,
    ("many", 0, "name"): 23,
    ("many", 0, "inner", 0): 24,
    ("many", 0, "inner", 1, "k"): 27,
    ("many", 0, "inner", 1, "deep", "k"): 29,
    ("many", 1): 30,
    ("many", 1, "name"): 31,
    ("many", 1, "inner", 0, "k"): 33,
    ("far",): 34,
    ("far", "down"): 34,
    ("far", "down", "below", "k"): 35,
}


@pytest.mark.parametrize(("path", "line"), LINES.items())
def test_each_value_is_found_on_its_line(path: Path, line: int) -> None:
    assert find_lines(TEXT, "f")[path] == line


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every key and member of a parsed document."""
    if path and not (isinstance(value, list) and value and isinstance(value[0], dict)):
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from paths(inner, (*path, number))


def test_nothing_in_the_texts_is_without_a_line() -> None:
    for text in (TEXT, SAMPLE):
        assert set(paths(tomllib.loads(text))) <= set(find_lines(text, "f"))


PIECES = ["[", "]", "{", "}", '"', "'", '"""', "'''", "\\", "#", "\n", ",", "=", ".", " ", "a", "1", "[[x]]\n", "é"]


@settings(max_examples=400)
@given(st.data())
def test_whatever_the_parser_accepts_is_read_to_its_end(data: st.DataObject) -> None:
    """A text with a few slips: where it is still TOML, the scan has not lost its way."""
    text = data.draw(st.sampled_from([TEXT, SAMPLE[:1200], 'a = [{b = "c"}]\n[d]\n', 'x."y.z" = [[1], [2, [3]]]\n']))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.sampled_from(PIECES)) + text[at + data.draw(st.integers(0, 3)) :]
    lines = find_lines(text, "f")
    try:
        document = tomllib.loads(text)
    except ValueError:
        return
    found = [path for path in paths(document) if not any("\\" in str(key) for key in path)]
    assert set(found) <= set(lines)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 100_000,
        "x = " + "{a=" * 100_000,
        "x = " + "[{a=" * 50_000 + "1",
        ".".join("a" * 100_000) + " = 1",
        "[" + ".".join("a" * 100_000) + "]",
    ],
)
def test_deep_nesting_is_refused_before_it_is_parsed(text: str) -> None:
    started = time.monotonic()
    with pytest.raises(Refusal, match="nested deeper than 32") as caught:
        find_lines(text, "f.toml")
    assert caught.value.where.startswith("f.toml, line ")
    assert time.monotonic() - started < 2


def test_the_depth_allowed_is_exact() -> None:
    find_lines("x = " + "[" * MAX_DEPTH + "]" * MAX_DEPTH, "f")
    find_lines(".".join(["a"] * MAX_DEPTH) + " = 1", "f")
    with pytest.raises(Refusal):
        find_lines("x = " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "f")
    with pytest.raises(Refusal):
        find_lines(".".join(["a"] * (MAX_DEPTH + 1)) + " = 1", "f")


@pytest.mark.parametrize(
    "text", ["=", "[", "[[a]", "x", "x =", 'x = "', "x = [1", "x = {a", "x = [1 2]", '"', "x = '''"]
)
def test_what_is_no_toml_is_left_to_the_parser(text: str) -> None:
    assert isinstance(find_lines(text, "f"), dict)
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(text)
