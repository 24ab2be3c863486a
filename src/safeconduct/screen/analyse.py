"""Names as words with roles: the one place that loads the name library.

rigour's first analysis of a person takes about 6 s and 430 MB in a process, later ones 20 µs;
so a worker calls ``warm`` once and is then forked, and a listed name is analysed once, when its
edition is indexed. Everything that comes out is plain and needs no library to be compared.
"""

from __future__ import annotations

import functools
import importlib.metadata
import re
from collections.abc import Sequence
from typing import Any

from safeconduct.screen import fold
from safeconduct.screen.model import AnalysedName, Mode, Role, Word

# Styles and honorifics that lists and applications put in or leave out freely, beyond the library's own.
TITLES = fold.word_set("""
    mullah mulla mollah maulawi mawlawi maulvi maulana mawlana molvi haji hajji haj hajj alhaj alhaji hafiz hafez
    qari qazi sheikh shaikh shaykh sheik cheikh sayyid sayed sayyed seyed seyyed syed ustad ustaz ustadh agha akhund
    mufti imam ayatollah hojatoleslam general gen colonel col major maj captain capt lieutenant lt brigadier
    commander dr doctor prof professor eng engineer mr mrs ms miss sir dame lord lady prince princess king
    jr sr ii iii iv
""")
PARTICLES = fold.word_set("""
    al el ul ur us ud an ar as ash at ad az bin ibn ben bint binti b ould oulad wa walad wald de del della da das
    dos do di du la le les los las van von der den ten ter of the and y e i zu zur af av
""")
SOUND = "SOUND"  # the symbol of a word read from a script of sounds: its letters are exact, no slips of the pen
_NAMES_TOO = fold.word_set("bin ben ibn de di do du le la van ten den an")
_ABD = re.compile(r"^(abd|abed|abid)$|^abd[aeou]?[lrnsztd]{1,2}$")
_ARTICLES = fold.word_set("al el ul ur us ud an ar as ash at ad az l")
_ROLE_OF = {"ORGCLS": "legal", "SYMBOL": "generic", "DOMAIN": "trade", "LOC": "place", "NUM": "number"}
_STRONGEST = ("legal", "number", "place", "trade", "generic")
_KEPT = frozenset({"NAME", "NICK", *_ROLE_OF})
# A short form or another script's spelling in brackets is no part of the name; a place or branch is.
_PARENTHESIS = re.compile(r"\((?:[A-Z0-9&.\-]{2,8}|[^()]*(?:original script|[^\x00-\u024f]{2})[^()]*)\)")


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
    outside = " ".join(_PARENTHESIS.sub(" ", text).split())
    found = []
    for reading in fold.readings(outside if fold.readings(outside) else text):
        words = _words(reading[: fold.MAX_LETTERS], mode, fold.plain(given), fold.plain(family))
        if fold.by_sound(text):
            words = tuple(Word(word.form, word.role, (*word.symbols, SOUND), word.tag) for word in words)
        if words:
            found.append(AnalysedName(text, mode, words, quality))
    return tuple(dict.fromkeys(found))


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
    names = sorted(found, key=lambda name: name.form)
    if not names:
        return tuple(Word(form) for form in fold.roman(reading).split())
    return _person(names[0]) if person else _organisation(names[0])


def _symbols(name: Any) -> dict[int, list[str]]:
    """Symbols of each part by its index; one that covers several parts goes to each of them."""
    found: dict[int, list[str]] = {}
    for span in name.spans:
        if span.symbol.category.value in _KEPT:
            for part in span.parts:
                found.setdefault(part.index, []).append(f"{span.symbol.category.value}:{span.symbol.id}")
    return found


def _forms(part: Any) -> list[str]:
    comparable = str(part.comparable)
    return [comparable] if comparable.isascii() and comparable.isalnum() else fold.roman(comparable).split()


def _person(name: Any) -> tuple[Word, ...]:
    whole = {part.index for span in name.spans if len(span.parts) > 1 for part in span.parts}
    symbols = _symbols(name)
    words: list[Word] = []
    for part in name.parts:
        tag = {"GIVEN": "g", "FAMILY": "f"}.get(part.tag.value, "")
        known = [] if part.index in whole else symbols.get(part.index, [])
        kept = tuple(sorted({one for one in known if one.startswith(("NAME", "NICK"))}))
        words += [Word(form, _person_role(form), kept, tag) for form in _forms(part)]  # type: ignore[arg-type]  # a str of the two
    return _plain_if_bare(_compounds(words))


def _person_role(form: str) -> Role:
    if form in TITLES:
        return "title"
    if form in PARTICLES:
        return "particle"
    return "number" if form.isdigit() else ""


def _compounds(words: Sequence[Word]) -> list[Word]:
    """Arabic names that are one name in several words: servant-of, father-of, so-and-so of the faith.

    ``Abd al-Rahman``, ``Abdul Rahman`` and ``Abdurrahman`` become one word, ``Abu Bakr`` and ``Abubakr`` too.
    """
    out: list[Word] = []
    place = 0
    while place < len(words):
        word, rest = words[place], words[place + 1 : place + 3]
        if _ABD.match(word.form) and rest:
            step = 2 if rest[0].form in _ARTICLES and len(rest) == 2 else 1
            out.append(Word("abdul" + _bare(rest[step - 1].form), "", (), word.tag))
            place += step + 1
        elif word.form in ("abu", "abou", "abo") and rest:
            step = 2 if rest[0].form in _ARTICLES and len(rest) == 2 else 1
            out.append(Word("abu" + _bare(rest[step - 1].form), "", (), word.tag))
            place += step + 1
        elif word.form in ("din", "deen", "eddin", "eddine", "uddin", "aldin", "aldeen") and out:
            if out[-1].role == "particle" and len(out) > 1:
                out.pop()
            out[-1] = Word(out[-1].form + "uddin", "", (), word.tag)
            place += 1
        else:
            out.append(_one_word(word))
            place += 1
    return out


def _one_word(word: Word) -> Word:
    found = re.match(r"^abd[aeou]?(?:l|r(?=r)|s(?=s)|n(?=n)|z(?=z)|t(?=t)|d(?=d))(\w{3,})$", word.form)
    if found:
        return Word("abdul" + _bare(found[1]), word.role, word.symbols, word.tag)
    found = re.match(r"^(\w{3,}?)(?:u|e|a)?l?d?(?:deen|dine|din)$", word.form)
    if found and len(word.form) > 6:
        return Word(found[1] + "uddin", word.role, word.symbols, word.tag)
    return word


def _bare(form: str) -> str:
    return form[2:] if form.startswith("al") and len(form) > 5 else form


def _organisation(name: Any) -> tuple[Word, ...]:
    symbols = _symbols(name)
    words: list[Word] = []
    for part in name.parts:
        kept = tuple(sorted(set(symbols.get(part.index, []))))
        role = _organisation_role(part, kept)
        words += [Word(form, role, kept) for form in _forms(part)]
    return _plain_if_bare(words)


def _organisation_role(part: Any, symbols: Sequence[str]) -> Role:
    if part.tag.value == "LEGAL":
        return "legal"
    roles = {_ROLE_OF.get(symbol.partition(":")[0]) for symbol in symbols}
    for role in _STRONGEST:
        if role in roles:
            return role  # type: ignore[return-value]  # every value of _ROLE_OF is a Role
    if part.tag.value == "NUM" or str(part.comparable).isdigit():
        return "number"
    return "particle" if part.tag.value == "STOP" else ""


def _plain_if_bare(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words; where none of them is a word of its own (``Al Hafiz``, ``The Bank``) all count as such."""
    own = sum(word.role == "" for word in words)
    if own > 1 or (own and len(words) == 1):
        return tuple(words)
    if own:  # ``Bin Mai``: what is a particle in one language is a name in another
        return tuple(Word(w.form, "", w.symbols, w.tag) if w.form in _NAMES_TOO else w for w in words)
    wordy = ("generic", "trade", "place")
    lifted = wordy if any(word.role in wordy for word in words) else ("title", "particle")
    return tuple(Word(w.form, "", w.symbols, w.tag) if w.role in lifted else w for w in words)
