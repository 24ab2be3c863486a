"""Words beside one another that are one word in another script: ``شهيد خيل`` and ``Shahidkhel``, ``金正恩`` and
``Kim Jong Un``."""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.screen import abjad, heard
from safeconduct.screen.fold import SOUND
from safeconduct.screen.model import Word
from safeconduct.screen.weighing import Pair

Joined = tuple[tuple[Word, ...], tuple[Word, ...], str]


def needed(words: Sequence[Word]) -> bool:
    """Whether any of the words was read from another script."""
    return any(word.symbols and (SOUND in word.symbols or abjad.written(word)) for word in words)


def join(many: Sequence[Word], few: Sequence[Word]) -> Joined | None:
    """Neighbours of the one side that together sound like a word of the other side, written in another script."""
    mine, theirs = [_written(word) for word in many], [(_written(word), word) for word in few]
    latin, written = [word for text, word in theirs if not text], [one for one in theirs if one[0]]
    if not (latin and any(mine)) and not (written and not all(mine)):
        return None
    for size in (2, 3, 4):
        for start in range(len(many) - size + 1):
            run, texts = tuple(many[start : start + size]), mine[start : start + size]
            if found := _together(run, texts, latin) if any(texts) else _apart(run, written):
                other, finding = found
                return run, (other,), finding
    return None


def _written(word: Word) -> str:
    return (heard.written(word) or abjad.written(word)) if word.symbols else ""


def _together(run: tuple[Word, ...], texts: Sequence[str], latin: Sequence[Word]) -> tuple[Word, str] | None:
    """The first Latin word that the written words together answer to."""
    if not latin:
        return None
    whole = _whole(run, texts)
    own, long, script = any(map(heard.is_own, run)), max(map(len, texts)) > 2, abjad.is_abjad(whole)
    for other in latin:
        if finding := _finding(whole, other.form, script, (own or heard.is_own(other)) and not long):
            return other, finding
    return None


def _apart(run: tuple[Word, ...], written: Sequence[tuple[str, Word]]) -> tuple[Word, str] | None:
    """The first written word that the Latin words together answer to."""
    latin = "".join([word.form for word in run])
    own = any(map(heard.is_own, run))
    for text, other in written:
        if finding := _finding(text, latin, abjad.is_abjad(text), own or heard.is_own(other)):
            return other, finding
    return None


def _finding(written: str, latin: str, arabic: bool, own: bool) -> str:
    """What they are to one another; a name of its own language, and a short word with a meaning among others, is no
    sound of a foreign one."""
    if arabic:
        return "spelling" if abjad.answers(written, latin) else ""
    if len(latin) < len(written):
        return ""  # no character is less than a letter
    found = heard.answers(written, latin)
    return "" if found == "foreign" and own else heard.FINDING[found]


def _whole(run: Sequence[Word], texts: Sequence[str]) -> str:
    """The words as one in their own script; what stands between them there is in it too (``ال``, a ``3``)."""
    if any(abjad.is_abjad(text) for text in texts):
        return "".join(text or abjad.usual(word.form) for text, word in zip(texts, run, strict=True))
    return "".join(text or word.form for text, word in zip(texts, run, strict=True))


def in_one_language(pairs: list[Pair], left: list[Word], right: list[Word]) -> list[Pair]:
    """The pairs of a person's name that one language explains; the words of the others are left over.

    ``红龙`` is *Hong Long* or *Hong Ryong*, and no one is called *Hong* by a Chinese sound and *Ryong* by a Korean one.
    """
    spoken = [_languages(pair) for pair in pairs]
    told = [set(one) for one in spoken if one is not None]
    if not told or set.intersection(*told):
        return pairs
    best = max(heard.LANGUAGES, key=lambda language: sum(language in one for one in told))
    kept = []
    for pair, languages in zip(pairs, spoken, strict=True):
        if languages is None or best in languages:
            kept.append(pair)
        else:
            left += pair.query
            right += pair.listed
    return kept


def _languages(pair: Pair) -> tuple[heard.Heard, ...] | None:
    """In which languages the words of a pair sound alike; ``None`` where both are written in one script."""
    mine, theirs = ("".join(heard.written(word) for word in side) for side in (pair.query, pair.listed))
    if bool(mine) == bool(theirs):
        return None
    return heard.languages(mine or theirs, "".join(word.form for word in (pair.listed if mine else pair.query)))
