"""Two readings that cannot come near one another, told before they are compared in full.

Most candidates share a syllable with the query and no more. Where each side has a word of its own that answers to
nothing on the other, the names are *apart* whatever else answers (``weighing``), so nothing more need be asked. Only
what is certain is said: whoever is not ruled out here is compared, and a test holds both to the same answers.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from safeconduct.screen import across, heard, mandarin, sounding, words
from safeconduct.screen.fold import SOUND
from safeconduct.screen.model import AnalysedName, Mode, Word
from safeconduct.screen.weighing import MOST_WORDS

_TELLING = ("", "trade", "place", "number")  # roles of words that tell
_INITIALS = {"person": (2, 3), "organization": (3, 6)}
Test = Callable[[AnalysedName], bool]


def beyond(query: AnalysedName) -> Test:
    """A test of listed readings of the same kind: whether query and reading both have a word that tells and that
    nothing on the other side can answer to."""
    if len(query.words) > MOST_WORDS:
        return lambda _listed: False
    if not across.needed(query.words):
        return lambda listed: _comparable(listed) and _apart(query, listed)
    texts = [heard.written(word) for word in query.words]
    if query.mode != "person" or not all(map(_native, query.words, texts)):
        return lambda _listed: False
    return _Written(query.words, texts)


def _comparable(listed: AnalysedName) -> bool:
    return len(listed.words) <= MOST_WORDS and not across.needed(listed.words)


def _apart(query: AnalysedName, listed: AnalysedName) -> bool:
    """Of names in Latin letters. Equal words answer to one another first, whatever the others do."""
    left, right = _without_equal(query.words, listed.words)
    if not left or not right or _stand_for_words(left, right, query.mode):
        return False
    return _has_own(left, right, query.mode) and _has_own(right, left, query.mode)


def _without_equal(left: Sequence[Word], right: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    kept = list(right)
    forms = [word.form for word in kept]
    rest = []
    for word in left:
        if word.form in forms:
            place = forms.index(word.form)
            del forms[place], kept[place]
        else:
            rest.append(word)
    return rest, kept


def _has_own(side: Sequence[Word], other: Sequence[Word], mode: Mode) -> bool:
    for word in side:
        if (
            word.role in _TELLING
            and len(word.form) > 1
            and not (mode == "organization" and word.symbols and _shares(word, other))
            and not (len(side) + len(other) > 2 and _may_join(word, side, other))
            and not any(words.finding(word, one, mode) for one in other)
        ):
            return True
    return False


def _shares(word: Word, other: Sequence[Word]) -> bool:
    """Whether an organisation's word has a meaning of the other side's, with which it may stand for a single thing."""
    return any(not set(word.symbols).isdisjoint(one.symbols) for one in other)


def _may_join(word: Word, side: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether the word may be written apart or together with others: letter for letter but for one slip, or in the
    older spelling of a syllable."""
    mine, theirs = _letters(word.form), [_letters(one.form) for one in other]
    if len(side) > 1 and len(other) > 1 and not _strange(mine, functools.reduce(int.__or__, theirs)):
        return True
    if len(side) > 1 and not all(_strange(mine, one) for one in theirs):
        return True
    if len(other) > 1 and sum(not _strange(one, mine) for one in theirs) > 1:
        return True
    return any(mandarin.older(one.form) for one in (*side, *other))


def _strange(mine: int, theirs: int) -> bool:
    """Whether more letters of the one are missing in the other than a slip accounts for."""
    return (mine & ~theirs).bit_count() > 1


@functools.lru_cache(maxsize=1 << 14)
def _letters(form: str) -> int:
    """The letters and digits of a word, one bit each."""
    found = 0
    for char in form:
        found |= 1 << (ord(char) - 48)
    return found


def _stand_for_words(left: Sequence[Word], right: Sequence[Word], mode: str) -> bool:
    """Whether a word may be the first letters of the other side's."""
    least, most = _INITIALS[mode]
    for few, many in ((left, right), (right, left)):
        if len(many) >= least:
            for word in few:
                if least <= len(word.form) <= most and len(word.form) <= len(many) and _begin(word.form, many):
                    return True
    return False


def _begin(form: str, many: Sequence[Word]) -> bool:
    """Whether words begin with these letters, in this order, others between them or not."""
    initials = iter([word.form[0] for word in many])
    return all(letter in initials for letter in form)


def _native(word: Word, text: str) -> bool:
    """Whether it is a short word of a name of its own language, which stands for no foreign one."""
    return 0 < len(text) < 3 and not word.role and heard.is_own(word) and SOUND in word.symbols


class _Written:
    """A person's name in Chinese, Japanese or Korean script beside words of other scripts; they cut no syllable in two.

    The same words come again and again in the candidates of a name, so each is listened to once.
    """

    def __init__(self, written: Sequence[Word], texts: Sequence[str]) -> None:
        self._words = written
        self._units = [sounding.units(text) for text in texts]
        self._every = tuple(dict.fromkeys(unit for units in self._units for unit in units))
        self._symbols = [frozenset(word.symbols) - {SOUND, heard.OWN} for word in written]
        self._means = [any(heard.meanings(word)) for word in written]
        self._other_script = functools.cache(lambda word: SOUND not in word.symbols and not heard.written(word))
        self._answers = functools.cache(self._answers_to)
        self._is_own = functools.cache(self._tells_alone)

    def __call__(self, listed: AnalysedName) -> bool:
        others = listed.words
        return (
            len(others) <= MOST_WORDS
            and all(map(self._other_script, others))
            and any(self._unheard(number, others) for number in range(len(self._words)))
            and any(map(self._is_own, others))
            and not _stand_for_words(self._words, others, "person")
        )

    def _unheard(self, number: int, others: Sequence[Word]) -> bool:
        """Whether a written word, or one of its syllables in the language of the rest, is in none of the others."""
        languages = -1
        for unit in self._units[number]:
            held = 0
            for word in others:
                held |= sounding.within(word.form, unit)
            languages &= held
        return not languages and not any(self._answers(word) >> number & 1 for word in others)

    def _answers_to(self, word: Word) -> int:
        """To which of the written words another one answers, one bit each."""
        return sum(1 << place for place in range(len(self._words)) if self._answer(place, word))

    def _answer(self, place: int, word: Word) -> bool:
        one = self._words[place]
        if one.form in word.form or word.form in one.form:
            return True
        asked = self._means[place] or not self._symbols[place].isdisjoint(word.symbols) or self._holds(place, word)
        return asked and bool(words.finding(one, word, "person"))

    def _holds(self, place: int, word: Word) -> bool:
        languages = -1
        for unit in self._units[place]:
            languages &= sounding.within(word.form, unit)
        return languages != 0

    def _tells_alone(self, word: Word) -> bool:
        """Whether it is a word that tells, and that neither the written words nor their syllables make."""
        tells = word.role in _TELLING and len(word.form) > 1
        return tells and not sounding.made_of(word.form, self._every) and not self._answers(word)
