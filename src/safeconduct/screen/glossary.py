"""Words that names of organisations are made of, and what they mean; unspaced names as such words.

``glossary.tsv`` has words of trade in Chinese, Japanese, Korean and Arabic script, ``world.tsv`` places and things
(made by ``scripts/make_words.py`` from the Unicode CLDR); both are read when the first such name comes. A line is words
in their scripts, then English ones, the usual first; without any, the word is a place that is written as it sounds.
What no word covers is a name, and is read by its sound alone.
"""

from __future__ import annotations

import functools
import itertools
import re
from importlib.resources import files

import msgspec

from safeconduct.screen import fold, han

LONGEST = 12  # characters of a word in the files
MOST = 80  # characters of a name that are parted; the rest stays one word
# What parting costs: few words are better than many, a lone character is seldom a word, a name is one run.
_WORD, _LONE, _SUFFIX, _RUN, _UNKNOWN = 10, 17, 12, 5, 15
_SUFFIXES = frozenset("厂局部省市县区州院所港")
_DIGITS = {char: number for number, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_ORDINAL = re.compile(
    r"第([〇零一二三四五六七八九十百]{1,8})|([一二三四五六七八九十]{1,8})(?=院|所|厂|部$|局)|第(?=\d)"
)
_DESCRIBED = re.compile(r"^.{4,}的(?=.{4,}$)")


class Piece(msgspec.Struct, frozen=True):
    """A word of a name as it is written, simplified; ``english`` are its translations, the usual one first, empty for
    what is read by sound alone. ``known`` where a file has the word."""

    written: str
    english: tuple[str, ...] = ()
    known: bool = False


@functools.lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    found: dict[str, str] = {}
    folder = files("safeconduct.screen")
    for name in ("world.tsv", "glossary.tsv"):
        for line in folder.joinpath(name).read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                written, _, english = line.partition("\t")
                found.update(dict.fromkeys(han.simplified(fold.plain(written)).split(), english))
    return found


def meanings(word: str) -> tuple[str, ...]:
    """The English words for a ``plain`` word of a script that parts its words."""
    return tuple(_words().get(word, "").split())


def pieces(folded: str) -> list[Piece]:
    """The words of a ``plain`` name in the order they are written."""
    text = _ORDINAL.sub(_number, _DESCRIBED.sub("", han.simplified(folded)))
    found: list[Piece] = []
    for word in text.split():
        for run in re.findall(r"[0-9]+|[a-z][a-z0-9]*|[^a-z0-9]+", word):
            found += _parted(run) if fold.by_sound(run) else [Piece(run)]
    return found


def _number(found: re.Match[str]) -> str:
    """``第十四`` as ``14``, parted from what follows."""
    numeral = found[1] or found[2] or ""
    tens, ten, ones = numeral.rpartition("十")
    if "百" in numeral or not numeral:
        return numeral
    number = "".join(str(_DIGITS[char]) for char in ones) if ones else ""
    if ten:
        number = str(10 * (_DIGITS.get(tens, 1) if tens else 1) + int(number or 0))
    return f" {number} "


def _parted(run: str) -> list[Piece]:
    """The cheapest parting of a run of one script into known words and names."""
    text = run[:MOST]
    words = _words()
    # for each place: the cheapest way to it that ends in a known word, and the one that ends inside a name
    ways: list[tuple[_Way, _Way]] = [((0, ()), (_NEVER, ()))]
    for end in range(1, len(text) + 1):
        after_word, inside_name = ways[end - 1]
        name = min(
            (after_word[0] + _RUN + _UNKNOWN, (*after_word[1], end - 1)), (inside_name[0] + _UNKNOWN, inside_name[1])
        )
        word: _Way = (_NEVER, ())
        for start in range(max(0, end - LONGEST), end):
            if text[start:end] in words:
                cost, cuts = min(ways[start])
                word = min(word, (cost + _cost(text, start, end), (*cuts, start)))
        ways.append((word, name))
    cuts = (*min(ways[-1])[1], len(text))
    parts = [text[start:end] for start, end in itertools.pairwise(cuts)]
    found = [Piece(one, tuple(words.get(one, "").split()), one in words) for one in parts]
    return [*found, *([Piece(run[MOST:])] if run[MOST:] else [])]


_Way = tuple[int, tuple[int, ...]]  # what it cost, and where each part began
_NEVER = 1 << 20


def _cost(text: str, start: int, end: int) -> int:
    if end - start > 1:
        return _WORD
    return _SUFFIX if start and text[start] in _SUFFIXES else _LONE
