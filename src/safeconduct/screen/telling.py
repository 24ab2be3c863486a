"""Names that tell too little to be looked for: that nobody is found under one says nothing.

It follows from ``rules.name_alerts``. Of a person, a longer listed name alerts only where two words answer, and
initials never count; of an organisation, words that weigh no more than one of place or number answer to nothing but
themselves. Such a name still alerts on a listed party called just that.
"""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.core.party import PartyKind
from safeconduct.screen import abjad, analyse, building, heard, persons, words
from safeconduct.screen.model import AnalysedName, Mode, TooLittle, Word

TELLING = "1"
LEAST = 5  # of an organisation: more than one word of place or number weighs (``words.rarity_of``)
_BESIDE = "Zorvantek"  # beside a word of its own, what a name is made of is not taken for its own words
_CHARACTER = 4  # most that one Chinese character tells, whatever it means
_SHIPS = ("vessel", "aircraft")
_TELLING = ("", "trade", "place", "number")
_EMPTY = ("legal", "particle", "generic")


def too_little(kind: PartyKind, readings: Sequence[AnalysedName], rarity: words.Rarity) -> tuple[TooLittle, ...]:
    """Every name with why it tells too little, where no name of the party tells enough; else nothing.

    ``readings`` are those of all names, as a person's and as an organisation's. Where nobody says what the party is,
    it must be possible to look for it as either.
    """
    weigh = _letters if kind in _SHIPS else rarity  # however common its word, the name of a ship is whole
    by_name: dict[str, dict[Mode, list[str]]] = {}
    for one in readings:
        found = by_name.setdefault(one.text, {})
        if one.mode in building.modes(kind):
            found.setdefault(one.mode, []).append(_why(one, weigh))
    silent = [mode for mode in building.modes(kind) if not any("" in one.get(mode, ()) for one in by_name.values())]
    said = ((name, {mode: found[mode][0] for mode in silent if mode in found}) for name, found in by_name.items())
    return tuple(TooLittle(name, _gravest(why, kind)) for name, why in said if why)


def _letters(word: Word) -> int:
    return 2 * len(word.form)


def _why(reading: AnalysedName, rarity: words.Rarity) -> str:
    return _of_person(reading) if reading.mode == "person" else _of_organisation(reading, rarity)


def _gravest(why: dict[Mode, str], kind: PartyKind) -> str:
    if "nothing_tells" in why.values():
        return "nothing_tells"
    if kind == "unknown" and "organization" not in why:
        return "kind_not_stated"
    return why.get("organization") or why["person"]


def _of_person(reading: AnalysedName) -> str:
    telling = [word for word in reading.words if word.role in ("", "patronymic") and not persons.is_style(word.form)]
    if sum(len(word.form) > 1 or bool(abjad.written(word)) for word in telling) > 1:
        return ""
    return "one_name" if telling and not _is_empty(reading.text) else "nothing_tells"


def _of_organisation(reading: AnalysedName, rarity: words.Rarity) -> str:
    own = (word for word in reading.words if not word.role and not word.symbols and len(word.form) > 4)
    if any(rarity(word) >= LEAST for word in own):
        return ""  # most names: no need to read it again
    beside = _beside(reading.text)
    if sum(_weight(word, rarity) for word in beside if word.role in _TELLING) >= LEAST:
        return ""
    return "nothing_tells" if all(word.role in _EMPTY for word in beside) else "common_words"


def _is_empty(text: str) -> bool:
    """Whether an organisation's name would be made of legal forms and general words alone."""
    return all(word.role in _EMPTY for word in _beside(text))


def _beside(text: str) -> tuple[Word, ...]:
    """The words of an organisation's name as they are beside a word of its own."""
    first, *_ = analyse.analyse(f"{_BESIDE} {text}", "organization")
    return tuple(word for word in first.words if word.form != _BESIDE.casefold())


def _weight(word: Word, rarity: words.Rarity) -> int:
    written = heard.written(word)
    return min(rarity(word), _CHARACTER * len(written)) if written else rarity(word)
