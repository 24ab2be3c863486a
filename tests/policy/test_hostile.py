"""Whatever the bytes, a pack is read or refused with a reason; nothing else happens, and soon."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from safeconduct.core.errors import Refusal
from safeconduct.policy import Pack, load_pack
from tests.facts_doc import documented_catalogue
from tests.policy.sample import SAMPLE, altered

VALUES = re.compile(r'(?<=[=\[,] )("[^"\n]*"|\d+|true|false|\[\]|\{\})|(?<=\[)"[^"\n]*"')
SPOTS = [found.span() for found in VALUES.finditer(SAMPLE)]
LITERALS = ["1", "1.0", "1.5", "nan", "-inf", "true", '"x"', '""', "[]", "[[]]", "[{}]", "{}", "{a = 1}", "{fact = 1}"]
LITERALS += ["2026-05-01", "07:32:00", "-1", "9" * 30, "0x" + "f" * 5000, '["none", {}]', '"none"', '["R-1", ["R-1"]]']
PIECES = [
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    '"""',
    "\\",
    "#",
    "\n",
    ",",
    "=",
    ".",
    " ",
    "\x00",
    "\u202e",
    "\ud7ff",
    "[[rule]]\n",
]


def read(data: bytes) -> Pack | None:
    try:
        return load_pack(data, "f.toml", documented_catalogue(), lambda _: SAMPLE.encode())
    except Refusal as caught:
        refusal = caught
    assert refusal.what
    assert refusal.where.startswith("f.toml")
    assert refusal.remedy
    return None


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(SPOTS), st.sampled_from(LITERALS)), min_size=1, max_size=3))
@example([(SPOTS[0], "1.0")])
@example([(SPOTS[0], "0x" + "f" * 5000)])
def test_any_value_in_the_place_of_another(changes: list[tuple[tuple[int, int], str]]) -> None:
    text = SAMPLE
    for (start, end), literal in sorted(changes, reverse=True):
        text = text[:start] + literal + text[end:]
    read(text.encode())


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, len(SAMPLE)), st.integers(0, 40), st.sampled_from(PIECES)), max_size=3))
def test_any_slip_of_the_pen(slips: list[tuple[int, int, str]]) -> None:
    text = SAMPLE
    for at, gone, piece in slips:
        text = text[:at] + piece + text[at + gone :]
    read(text.encode())


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    assert read(data) is None


@pytest.mark.parametrize("length", range(0, len(SAMPLE.encode()), 97))
def test_a_truncated_pack(length: int) -> None:
    pack = read(SAMPLE.encode()[:length])
    assert pack is None or length > SAMPLE.index("[[example]]")


HUGE = [
    "x = '" + "a" * 900_000 + "'",
    "[[rule]]\n" * 100_000,
    "[[example]]\n" * 83_000,
    "".join(f"k{number} = 1\n" for number in range(90_000)),
    "name = " + "[" * 900_000,
    "name = " + "{a = " * 180_000,
    ".".join("a" * 450_000) + " = 1",
    'name = """' + '"' * 900_000,
    'name = "' + "\\" * 900_000,
    "a = [" + "1, " * 300_000 + "]",
    "a = 0x" + "f" * 900_000,
    altered(('facts = {"item.reason_for" = []}', "facts = {" + ", ".join(f'"x{n}" = 1' for n in range(60_000)) + "}")),
    altered(('has_any = ["rescue", "health"]', "has_any = [" + '"rescue", ' * 90_000 + "]")),
]


@pytest.mark.parametrize("text", HUGE, ids=range(len(HUGE)))
def test_a_pack_made_to_be_slow_is_refused_within_seconds(text: str) -> None:
    started = time.monotonic()
    assert read(text.encode()) is None
    assert time.monotonic() - started < 10
