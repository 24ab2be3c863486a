"""Names of people: titles and particles apart, Arabic compounds as one word, fathers' names marked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from safeconduct.screen import abjad, fold
from safeconduct.screen.model import Role, Word

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
_NAMES_TOO = fold.word_set("""
    bin ben ibn de di do du le la van ten den an hafez hafiz sayed sayyid sayyed syed imam agha king prince
""")
_ABD = re.compile(r"^(abd|abed|abid)$|^abd[aeou]?[lrnsztd]{1,2}$")
_ARTICLES = fold.word_set("al el ul ur us ud an ar as ash at ad az l")
# Bare -ich and -ovic end Serbian family names; of fathers' names in -ich only these are common.
_PATRONYMIC = re.compile(
    r"\w{3,}(?:[oe][vw](?:[iy]t?ch|itsch)|[oe][vw]na|ivna|ichna|oglu|ogly|kyzy|qizi|uulu)$"
    r"|^(?:ily|ili|ilyi|kuzmi|nikiti|fomi|luki|savvi)t?ch$"
)
_FATHERLY = ("ch", "na", "lu", "ly", "zy", "zi")  # how all of these end: seen sooner than the whole of them
_FAITH = fold.word_set("din deen eddin eddine uddin aldin aldeen")
_GOD = fold.word_set("allah ullah illah alla ulla lh lah")
_COMPOUNDED = ("din", "deen", "dine", "lah", "la", "lh")  # a word that ends otherwise, or begins with ab, is no part
_JOINED_ABD = re.compile(r"abd[aeou]?(?:l|r(?=r)|s(?=s)|n(?=n)|z(?=z)|t(?=t)|d(?=d))(\w{3,})$")
_JOINED_GOD = re.compile(r"(\w{3,}?)[aeui]?l{1,2}ah?$")
_JOINED_FAITH = re.compile(r"(\w{3,}?)[uea]?l?d?(?:deen|dine|din)$")


def role(form: str) -> Role:
    """What a word is before its neighbours are seen."""
    if form in TITLES:
        return "title"
    if form in PARTICLES:
        return "particle"
    return "number" if form.isdigit() else ""


def is_style(form: str) -> bool:
    """Whether a word is a title or particle and nowhere a name."""
    return form in TITLES | PARTICLES and form not in _NAMES_TOO


def divided(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of one name with compounds joined and every role set."""
    return _lifted(_patronymic(_compounds(words)))


def _compounds(words: Sequence[Word]) -> list[Word]:
    """Arabic names that are one name in several words: servant-of, father-of, so-and-so of the faith.

    ``Abd al-Rahman``, ``Abdul Rahman`` and ``Abdurrahman`` become one word, ``Abu Bakr`` and ``Abubakr`` too.
    """
    if not any(word.form.startswith("ab") or word.form.endswith(_COMPOUNDED) for word in words):
        return list(words)
    out: list[Word] = []
    place = 0
    while place < len(words):
        word, rest = words[place], words[place + 1 : place + 3]
        first = "abdul" if _ABD.match(word.form) else "abu" if word.form in ("abu", "abou", "abo") else ""
        if first and rest:
            step = 2 if rest[0].form in _ARTICLES and len(rest) == 2 else 1
            out.append(_bound(first, rest[step - 1], word))
            place += step + 1
        elif word.form in _FAITH and out:
            _close(out, "uddin", "دين", word)
            place += 1
        elif word.form in _GOD and out and out[-1].role != "title":
            _close(out, "ullah", "الله", word)
            place += 1
        else:
            out.append(_one_word(word))
            place += 1
    return out


def _close(out: list[Word], ending: str, written: str, word: Word) -> None:
    """Joins an ending (``of the faith``, ``of God``) to the word before it, over the article between them."""
    if len(out) == 1 and out[0].role == "particle" and word.form in _GOD:
        out[0] = Word("allah", "", _mark("ال", abjad.written(word)), word.tag)
        return
    if out[-1].role == "particle" and len(out) > 1:
        out.pop()
    before = out.pop()
    out.append(Word(before.form + ending, "", _mark(abjad.written(before), written), word.tag))


def _bound(first: str, second: Word, word: Word) -> Word:
    whole = first + _bare(second.form)
    return Word(whole, "", _mark({"abdul": "عبدال", "abu": "ابو"}[first], abjad.written(second)), word.tag)


def _mark(first: str, second: str) -> tuple[str, ...]:
    return (abjad.MARK + first + second,) if first and second else ()


def _one_word(word: Word) -> Word:
    if found := _JOINED_ABD.match(word.form):
        return Word("abdul" + _bare(found[1]), word.role, word.symbols, word.tag)
    found = _JOINED_GOD.match(word.form)
    if found and len(word.form) > 7:
        return Word(found[1] + "ullah", word.role, word.symbols, word.tag)
    found = _JOINED_FAITH.match(word.form)
    if found and len(word.form) > 6:
        return Word(found[1] + "uddin", word.role, word.symbols, word.tag)
    return word


def _bare(form: str) -> str:
    if form in _GOD:
        return "lah"
    return form[2:] if form.startswith("al") and len(form) > 5 else form


def _patronymic(words: list[Word]) -> list[Word]:
    """Marks the father's name (``Ivanovich``, ``Ali oglu``) among three words or more: the middle, else the last."""
    if len(words) < 3 or not any(word.form.endswith(_FATHERLY) for word in words):
        return words
    found = [place for place, word in enumerate(words) if word.role == "" and _PATRONYMIC.match(word.form)]
    if not found:
        return words
    place = next((one for one in found if 0 < one < len(words) - 1), found[-1])
    word = words[place]
    if place and word.tag != "f":
        words[place] = Word(word.form, "patronymic", word.symbols, word.tag)
    return words


def _lifted(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words; where fewer than two are names, titles or particles count as such.

    ``Bin Mai`` is a name, for what is a particle in one language is a name in another; so is ``Al Hafiz``.
    """
    own = sum(word.role == "" for word in words)
    if own > 1 or (own and len(words) == 1):
        return tuple(words)
    if own:
        return tuple(Word(w.form, "", w.symbols, w.tag) if w.form in _NAMES_TOO else w for w in words)
    return tuple(Word(w.form, "", w.symbols, w.tag) if w.role in ("title", "particle") else w for w in words)
