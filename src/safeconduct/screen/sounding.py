"""Whether a Latin word holds the sound of a syllable of another script: asked of every candidate, so answered fast."""

from __future__ import annotations

import functools

from safeconduct.screen import heard, syllables

Unit = tuple[str, str]  # a syllable as ``syllables.parted`` gives it
_LANGUAGES: tuple[syllables.Heard, ...] = ("mandarin", "korean", "japanese", "cantonese")
_LONGEST = 8  # letters of the longest spelling of a syllable


@functools.lru_cache(maxsize=4096)
def units(text: str) -> tuple[Unit, ...]:
    """The syllables of a written word."""
    return tuple(syllables.parted(text))


@functools.lru_cache(maxsize=1 << 13)
def within(latin: str, unit: Unit) -> int:
    """In which languages, one bit each, the syllable sounds somewhere in the word."""
    found = 0
    for place, spelt in enumerate(_spelt(unit)):
        if not spelt.isdisjoint(_pieces(_as_written(latin, place))):
            found |= 1 << place
    return found


def made_of(latin: str, sought: tuple[Unit, ...]) -> bool:
    """Whether the word is, in one language, nothing but some of these syllables."""
    held = [(unit, mask) for unit in sought if (mask := within(latin, unit))]
    return bool(held) and any(
        _ends(_as_written(latin, place), [_spelt(unit)[place] for unit, mask in held if mask >> place & 1])
        for place in range(len(_LANGUAGES))
    )


def _as_written(latin: str, place: int) -> str:
    return heard.long_vowels(latin) if _LANGUAGES[place] == "japanese" else latin


@functools.lru_cache(maxsize=512)
def _pieces(latin: str) -> frozenset[str]:
    sizes = range(1, min(len(latin), _LONGEST) + 1)
    return frozenset(latin[at : at + size] for size in sizes for at in range(len(latin) - size + 1))


@functools.lru_cache(maxsize=4096)
def _spelt(unit: Unit) -> tuple[frozenset[str], ...]:
    """The spellings of a syllable in each language, wherever in a word it stands."""
    kana, char = unit
    if char.isascii() and char:
        return (frozenset((char,)),) * len(_LANGUAGES)
    return tuple(
        frozenset(one for first in (True, False) for one in syllables.spelt(kana, char, language, first))
        for language in _LANGUAGES
    )


def _ends(latin: str, spelt: list[frozenset[str]]) -> bool:
    reached = {0}
    for at in range(len(latin) if spelt else 0):
        if at in reached:
            for size in range(1, _LONGEST + 1):
                if any(latin[at : at + size] in one for one in spelt):
                    reached.add(at + size)
    return len(latin) in reached
