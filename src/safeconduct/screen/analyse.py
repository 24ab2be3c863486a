"""Names as words with roles: the one place that loads the name library.

rigour's first analysis of a person takes about 6 s and 430 MB in a process, later ones 20 µs;
so a worker calls ``warm`` once and is then forked, and a listed name is analysed once, when its
edition is indexed. Everything that comes out is plain and needs no library to be compared.
"""

from __future__ import annotations

import functools
import importlib.metadata
import operator
import re
from collections.abc import Sequence
from typing import Any, Literal

from safeconduct.screen import abjad, eastern, fold, glossary, heard, persons
from safeconduct.screen.model import AnalysedName, Mode, Role, Word

_ROLE_OF = {"ORGCLS": "legal", "SYMBOL": "trade", "DOMAIN": "trade", "LOC": "place", "NUM": "number"}
# Words that say no more than a legal form does.
_GENERIC = frozenset(f"SYMBOL:{one}" for one in ("CO", "CORP", "GRP", "HOLDING", "CONCERN", "ENTERPRISE"))
_STRONGEST = ("legal", "number", "place", "trade")
# Legal forms beyond the library's own, and what stands before a ship's name.
_FORMS_TOO = fold.word_set("fzc sal eood ead pvt pty kk ab ohg sti sae bsc wll jv plt dac ulc sca ca lmtd lmytd lymtd")
_SHIP = fold.word_set("mv mt")
_ROMAN = re.compile(r"(?=[ivx]{2,})x{0,3}(?:ix|iv|v?i{0,3})$")
_ENDINGS = ("limited", "gmbh", "incorporated", "corporation", "company", "llc", "ltd")
_CLOSED = re.compile(rf"(\w{{4,}})(?:{'|'.join(_ENDINGS)})$")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|\.)?$")
_NUMERO = frozenset({"no", "nr", "num", "number", "nomer", "numero", "n"})
_TAG: dict[str, Literal["", "g", "f"]] = {"GIVEN": "g", "FAMILY": "f"}
_NAMES = frozenset({"NAME", "NICK"})
_KEPT = _NAMES | _ROLE_OF.keys()
_form = operator.attrgetter("form")
_PARENTHESIS = re.compile(r"\(([^()]*)\)")


@functools.lru_cache(maxsize=1)
def _library() -> Any:
    from rigour import names

    return names


def warm() -> None:
    """Load the library's data now (about 6 s, 430 MB), so that the first party does not wait for it."""
    for mode in ("person", "organization"):
        analyse("Warm Up 1 Ltd", mode)


@functools.lru_cache(maxsize=1)
def versions() -> str:
    """The libraries that reading a name depends on, as ``rigour/2.6.1 icu/78.3 …``."""
    icu = fold.icu()
    found = {name: importlib.metadata.version(name) for name in ("rigour", "rapidfuzz", "numpy")}
    found["icu"], found["unicode"] = icu.ICU_VERSION, icu.UNICODE_VERSION
    return " ".join(f"{name}/{version}" for name, version in sorted(found.items()))


def analyse(
    text: str, mode: Mode, quality: str = "primary", given: str = "", family: str = ""
) -> tuple[AnalysedName, ...]:
    """Every reading of a name as words with roles; empty where the name has no letter.

    ``given`` and ``family`` are the publisher's own division of the name, where it has one.
    """
    found = []
    for reading in _readings(_without_asides(text), mode):
        words = _words(reading.text[: fold.MAX_LETTERS], mode, fold.plain(given), fold.plain(family))
        if reading.marks:
            words = _still_generic([_marked(word, reading.marks.get(word.form, ())) for word in words])
        if words:
            found.append(AnalysedName(text, mode, words, quality))
    return tuple(found) if len(found) < 2 else tuple(dict.fromkeys(found))


def _readings(text: str, mode: Mode) -> list[eastern.Reading]:
    if text.isascii():
        return [eastern.Reading(one, {}) for one in fold.readings(text)]
    if fold.by_sound(text) and fold.readings(text):
        return eastern.read(text, mode)
    readings = fold.readings(text)
    more = [] if mode != "person" else eastern.read_cyrillic(fold.plain(text))
    return [
        *more,
        *(eastern.Reading(abjad.parted(one) if mode == "organization" else abjad.apart(one), {}) for one in readings),
    ]


def _marked(word: Word, symbols: tuple[str, ...]) -> Word:
    return Word(word.form, word.role, (*word.symbols, *symbols), word.tag)


def _still_generic(words: Sequence[Word]) -> tuple[Word, ...]:
    """Unspaced names state their legal form: where two words of trade or more stand before it, it is none of them."""
    own = sum(word.role == "" and not _GENERIC & set(word.symbols) for word in words)
    if own < 2:
        return tuple(words)
    return tuple(Word(w.form, "generic", w.symbols) if not w.role and _GENERIC & set(w.symbols) else w for w in words)


def _without_asides(text: str) -> str:
    """A short form or another script's spelling in brackets is no part of the name; a place or branch is."""
    if "(" not in text:
        return text
    outside = " ".join(_PARENTHESIS.sub(" ", text).split())

    def kept(found: re.Match[str]) -> str:
        inside = found[1]
        letters = iter(fold.roman(outside).replace(" ", ""))
        short = inside.isupper() and len(inside) < 9 and all(char in letters for char in fold.roman(inside))
        other_script = not fold.plain(inside).isascii() and fold.plain(outside).isascii()
        return " " if short or other_script or "original script" in inside else f" {inside} "

    return _PARENTHESIS.sub(kept, text) if outside and fold.readings(outside) else text


def _words(reading: str, mode: Mode, given: str, family: str) -> tuple[Word, ...]:
    library = _library()
    person = mode == "person"
    if person and reading.count(",") == 1:
        reading = " ".join(part.strip() for part in reversed(reading.split(",")))
    tags = {}
    if person and family:
        tags = {library.NamePartTag.GIVEN: [given] if given else [], library.NamePartTag.FAMILY: [family]}
    kind = library.NameTypeTag.PER if person else library.NameTypeTag.ORG
    found = library.analyze_names(kind, [reading], tags, consolidate=False, phonetics=False)
    name = min(found, key=_form, default=None)
    if name is None:
        return tuple(Word(form) for form in fold.roman(reading).split())
    return _person(name) if person else _organisation(name)


def _symbols(name: Any) -> dict[int, set[str]]:
    """Symbols of each part by its index; one that covers several parts goes to each of them."""
    found: dict[int, set[str]] = {}
    for span in name.spans:
        symbol = span.symbol
        if (category := symbol.category.value) in _KEPT:
            for part in span.parts:
                found.setdefault(part.index, set()).add(f"{category}:{symbol.id}")
    return found


def _own_names(name: Any) -> dict[int, set[str]]:
    """The names that each part of a person's is taken for, by its index; none where several parts are one."""
    found: dict[int, set[str]] = {}
    whole: set[int] = set()
    for span in name.spans:
        parts, symbol = span.parts, span.symbol
        if len(parts) > 1:
            whole.update(part.index for part in parts)
        elif (category := symbol.category.value) in _NAMES:
            found.setdefault(parts[0].index, set()).add(f"{category}:{symbol.id}")
    return {index: names for index, names in found.items() if index not in whole} if whole else found


def _forms(part: Any) -> list[tuple[str, tuple[str, ...]]]:
    """The part's Latin words, each with the mark that says from what it was read."""
    comparable = str(part.comparable)
    if comparable.isascii() and comparable.isalnum():
        return [(comparable, ())]
    if abjad.is_abjad(part.form):
        return [abjad.latin(part.form)]
    return [(form, ()) for form in fold.roman(comparable).split()]


def _person(name: Any) -> tuple[Word, ...]:
    names = _own_names(name)
    words: list[Word] = []
    for part in name.parts:
        tag = _TAG.get(part.tag.value, "")
        kept = tuple(sorted(names.get(part.index, ())))
        words += [Word(form, "" if mark else persons.role(form), kept + mark, tag) for form, mark in _forms(part)]
    return persons.divided(words)


def _organisation(name: Any) -> tuple[Word, ...]:
    symbols = _symbols(name)
    words: list[Word] = []
    for part in name.parts:
        kept = tuple(sorted(symbols.get(part.index, ())))
        role = _organisation_role(part, kept)
        for form, mark in _forms(part):
            meanings = tuple(heard.MEANING + one for one in glossary.meanings(part.form)) if mark else ()
            role = "particle" if form in abjad.BETWEEN and abjad.is_abjad(part.form) and not mark else role
            words.append(_organisation_word(form, role, kept, (*mark, *meanings), follows=bool(words)))
    return _lifted(words)


def _organisation_word(form: str, role: Role, kept: tuple[str, ...], mark: tuple[str, ...], follows: bool) -> Word:
    """A word of an organisation; a legal form written with the word before it goes (``Vantrexlimited``)."""
    bare = _CLOSED.sub(r"\1", form) if not role and form.endswith(_ENDINGS) else form
    return _number(bare, kept, follows) or Word(bare, _role_too(bare, role, follows), kept + mark)


def _number(form: str, symbols: Sequence[str], follows: bool) -> Word | None:
    """A number, also as the 711th or in Roman letters, which the library may take for a legal form or a name."""
    if form in _NUMERO:
        return Word(form, "particle") if any(symbol.startswith("NUM") for symbol in symbols) else None
    if follows and _ROMAN.match(form):
        return Word(form, "number", (f"NUM:{_roman_value(form)}",))
    return Word(form, "number", (f"NUM:{int(form.rstrip('sndrth'))}",)) if _ORDINAL.match(form) else None


def _roman_value(form: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[char] for char in form]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _role_too(form: str, role: Role, follows: bool) -> Role:
    """The library's role, but for legal forms that it does not know and the letters before a ship's name."""
    if role:
        return role
    return "legal" if follows and form in _FORMS_TOO else "generic" if not follows and form in _SHIP else ""


def _organisation_role(part: Any, symbols: Sequence[str]) -> Role:
    if part.tag.value in ("LEGAL", "STOP"):
        return "legal" if part.tag.value == "LEGAL" else "particle"
    roles = {_ROLE_OF.get(symbol.partition(":")[0]) for symbol in symbols}
    if symbols and not _GENERIC.isdisjoint(symbols) and not roles & {"number", "place"}:
        return "generic"
    for role in _STRONGEST if roles else ():
        if role in roles:
            return role  # type: ignore[return-value]  # every value of _ROLE_OF is a Role
    if part.tag.value == "NUM" or str(part.comparable).isdigit():
        return "number"
    return ""


def _lifted(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words; where none is a word of its own (``Bank of China``), those of trade and place count as such."""
    if any(word.role == "" for word in words):
        return tuple(words)
    wordy = ("generic", "trade", "place")
    lifted = wordy if any(word.role in wordy for word in words) else ("particle",)
    if len(words) > 1 and all(word.role == "legal" for word in words):
        lifted = ("legal",)  # an aircraft's mark, ``EP-LDA``
    return tuple(Word(w.form, "", w.symbols, w.tag) if w.role in lifted else w for w in words)
