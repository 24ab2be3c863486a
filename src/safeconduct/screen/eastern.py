"""Names in Chinese, Japanese and Korean script as words in Latin letters, each marked with what else it may be.

A name of an organisation is parted into words; those that the glossary knows become English, the rest is read by sound.
A person's name is read by sound, an unspaced one parted wherever the family name may end. The marks that a word carries
(how it was written, its further translations) are what ``heard`` compares by.
"""

from __future__ import annotations

import msgspec

from safeconduct.core.script import script
from safeconduct.screen import cyrillic, fold, glossary, heard
from safeconduct.screen.model import Mode

_DOUBLE_SURNAMES = fold.word_set("""
    欧阳 司马 上官 诸葛 司徒 东方 独孤 南宫 夏侯 尉迟 皇甫 慕容 令狐 남궁 황보 제갈 선우 독고
""")
_BETWEEN_FOREIGN_NAMES = "·・‧•･ー"  # dots, and the mark of long vowels that only foreign words have


class Reading(msgspec.Struct, frozen=True):
    """A name in Latin letters, and the marks of its words: by the word, symbols."""

    text: str
    marks: dict[str, tuple[str, ...]]


def read(text: str, mode: Mode) -> list[Reading]:
    """The readings of a name that ``fold.by_sound`` says is written in one of these scripts."""
    folded = fold.plain(text)
    if mode == "organization":
        return [_reading(glossary.pieces(folded), ())]
    foreign = any(mark in text for mark in _BETWEEN_FOREIGN_NAMES)
    return [_reading(pieces, () if foreign else (heard.OWN,)) for pieces in _person(folded)]


def read_cyrillic(folded: str) -> list[Reading]:
    """A person's name in Cyrillic letters as Chinese or Korean, where every word of it may be."""
    words = folded.replace("-", " ").split()
    if not cyrillic.is_eastern(tuple(words)):
        return []
    marks: dict[str, tuple[str, ...]] = {}
    for word in words:
        marks[heard.usual(word)] = (heard.MARK + word, fold.SOUND, heard.OWN)
    return [Reading(" ".join(marks), marks)] if len(marks) == len(words) else []


def _reading(pieces: list[glossary.Piece], more: tuple[str, ...]) -> Reading:
    words: list[str] = []
    marks: dict[str, tuple[str, ...]] = {}
    for piece in pieces:
        for word, symbols in _words(piece):
            words.append(word)
            if symbols:
                marks[word] = tuple(dict.fromkeys((*marks.get(word, ()), *symbols, *more)))
    return Reading(" ".join(words), marks)


def _words(piece: glossary.Piece) -> list[tuple[str, tuple[str, ...]]]:
    """The Latin words of a piece with their symbols; the last of several carries what may stand for them all."""
    if not fold.by_sound(piece.written):
        return [(word, ()) for word in fold.roman(piece.written).split()]
    as_written = (heard.MARK + piece.written,)
    if not piece.english:
        sound = fold.roman(piece.written).replace(" ", "")
        return [(sound, (*as_written, fold.SOUND))] if sound else []
    usual = piece.english[0].split("_")
    meanings = tuple(heard.MEANING + word for one in piece.english[1:] for word in one.split("_"))
    each = [(word, (heard.MEANING + word, fold.SOUND, *meanings)) for word in usual]
    return [*each[:-1], (usual[-1], (*as_written, *each[-1][1]))]


def _person(folded: str) -> list[list[glossary.Piece]]:
    """The words of a person's name; an unspaced one parted where a family name may end, the likeliest first."""
    words = heard.simplified(folded).split()
    ways = [words]
    if len(words) == 1 and 2 <= len(words[0]) <= 5 and all(script(char) in ("CJK", "HANGUL") for char in words[0]):
        name = words[0]
        family = 2 if len(name) > 2 and name[:2] in _DOUBLE_SURNAMES else 1
        ends = dict.fromkeys((family, *(size for size in (2, 3) if size < len(name) and len(name) > 2)))
        ways = [[name[:end], name[end:]] for end in ends]
    return [[glossary.Piece(word) for word in way] for way in ways]
