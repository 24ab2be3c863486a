"""Chinese and Korean names in Cyrillic letters, syllable by syllable.

Chinese by the system of Palladius, built from its rule: what each initial and each final of pinyin becomes. Korean by
that of Kontsevich, and as names were written before it (``Чен`` for ``Чон``, ``Ир`` for ``Иль``). Both were drawn up
from general knowledge of the systems; unsure are the older Korean spellings and what Koreans of Central Asia write,
of whom only ``Цой`` is here.
"""

from __future__ import annotations

import functools
import itertools
import re

from safeconduct.screen import mandarin

_LONGEST = 24  # letters of a word that is read
_INITIALS = {"zh": "чж", "ch": "ч", "sh": "ш", "b": "б", "p": "п", "m": "м", "f": "ф", "d": "д", "t": "т", "n": "н",
             "l": "л", "g": "г", "k": "к", "h": "х", "j": "цз", "q": "ц", "x": "с", "r": "ж", "z": "цз", "c": "ц",
             "s": "с"}  # fmt: skip
_FINALS = {"a": "а", "ai": "ай", "an": "ань", "ang": "ан", "ao": "ао", "e": "э", "ei": "эй", "en": "энь", "eng": "эн",
           "er": "эр", "i": "и", "ia": "я", "ian": "янь", "iang": "ян", "iao": "яо", "ie": "е", "in": "инь",
           "ing": "ин", "iong": "юн", "iu": "ю", "ong": "ун", "o": "о", "ou": "оу", "u": "у", "ua": "уа", "uai": "уай",
           "uan": "уань", "uang": "уан", "ue": "юэ", "ui": "уй", "un": "унь", "uo": "о"}  # fmt: skip
_AFTER_SOFT = {"u": "юй", "uan": "юань", "un": "юнь"}  # after j, q, x
_AFTER_HISSING = frozenset({"zh", "ch", "sh", "r", "z", "c", "s"})  # whose i is written ы after z, c, s
_WHOLE = {"yi": "и", "yin": "инь", "ying": "ин", "ya": "я", "yan": "янь", "yang": "ян", "yao": "яо", "ye": "е",
          "yo": "йо", "yong": "юн", "you": "ю", "yu": "юй", "yuan": "юань", "yue": "юэ", "yun": "юнь", "wa": "ва",
          "wai": "вай", "wan": "вань", "wang": "ван", "wei": "вэй", "wen": "вэнь", "weng": "вэн", "wo": "во",
          "wu": "у", "gui": "гуй", "hui": "хуэй", "zi": "цзы", "ci": "цы", "si": "сы", "bo": "бо"}  # fmt: skip
_ALSO = {"хуй": "hui", "хой": "hui", "люй": "lu", "нюй": "nu", "цзюй": "ju"}

_K_INITIALS = {"": ("",), "кх": ("k", "kh"), "тх": ("t", "th"), "пх": ("p", "ph"), "чх": ("ch", "c"), "дж": ("j", "ch"),
               "кк": ("kk", "gg", "k"), "тт": ("tt", "dd", "t"), "пп": ("pp", "bb", "p"), "сс": ("ss", "s", "sh"),
               "чж": ("j", "ch"), "чч": ("jj", "tch", "ch"), "к": ("k", "g"), "г": ("g", "k"), "н": ("n", "r", ""),
               "т": ("t", "d"),
               "д": ("d", "t"), "р": ("r", "l"), "л": ("r", "l", ""), "м": ("m",), "п": ("p", "b"), "б": ("b", "p"),
               "с": ("s", "sh"), "ш": ("s", "sh"), "ч": ("j", "ch", "c"), "х": ("h",)}  # fmt: skip
_K_VOWELS = {"а": ("a", "ah"), "я": ("ya", "ia"), "э": ("ae", "ai", "e", "ay"), "о": ("o", "eo", "u", "oh"),
             "е": ("o", "eo", "u", "yeo", "yo", "you", "e", "ye"), "ё": ("yo", "yeo", "you", "yu"),
             "у": ("u", "oo", "woo"), "ю": ("yu", "yoo", "you"), "ы": ("u", "eu", "e", "o"), "ый": ("ui", "eui", "i"),
             "и": ("i", "ee", "yi", "y"), "ва": ("wa", "oa"), "во": ("wo", "weo"), "вэ": ("wae", "oe"),
             "ве": ("oe", "oi", "we"), "ви": ("wi", "wee", "ui"), "уй": ("ui", "wi"), "йе": ("ye",)}  # fmt: skip
_K_FINALS = {"": ("",), "н": ("ng", "n"), "нъ": ("ng",), "нг": ("ng",), "к": ("k", "g"), "т": ("t", "d", "s"),
             "ль": ("l",), "л": ("l", "r"), "р": ("l", "r"), "м": ("m",), "п": ("p", "b")}  # fmt: skip
_K_WHOLE = {"цой": ("choe", "choi", "choy"), "пак": ("pak", "park", "bak")}


def _either(options: dict[str, tuple[str, ...]]) -> str:
    return "|".join(sorted(options, key=len, reverse=True))


_KOREAN = re.compile(f"({_either(_K_INITIALS)})({_either(_K_VOWELS)})({_either(_K_FINALS)})")


@functools.lru_cache(maxsize=1)
def _chinese() -> dict[str, tuple[str, ...]]:
    """Each syllable of Palladius, and those of pinyin that it may stand for."""
    found: dict[str, list[str]] = {}
    for syllable in mandarin.syllables():
        for spelt in _palladius(syllable):
            found.setdefault(spelt, []).append(syllable)
    for spelt, syllable in _ALSO.items():
        found.setdefault(spelt, []).append(syllable)
    return {spelt: tuple(dict.fromkeys(several)) for spelt, several in found.items()}


def _palladius(syllable: str) -> tuple[str, ...]:
    if syllable in _WHOLE:
        return (_WHOLE[syllable],)
    initial = next((one for one in ("zh", "ch", "sh") if syllable.startswith(one)), syllable[:1])
    if initial not in _INITIALS:
        return (_FINALS[syllable],) if syllable in _FINALS else ()
    final = syllable[len(initial) :]
    if initial in ("j", "q", "x"):
        return (_INITIALS[initial] + _AFTER_SOFT.get(final, _FINALS[final]),)
    if initial in _AFTER_HISSING and final == "i":
        return (_INITIALS[initial] + "и",)
    return (_INITIALS[initial] + _FINALS[final],)


def is_cyrillic(text: str) -> bool:
    """Whether a written word is in Cyrillic letters."""
    return "а" <= text[:1] <= "я" or text[:1] == "ё"


def is_eastern(words: tuple[str, ...]) -> bool:
    """Whether all words may be one person's Chinese name, or all one Korean's."""
    if not 2 <= len(words) <= 4 or not all(map(is_cyrillic, words)):
        return False
    return any(all(read(word) for word in words) for read in (_as_chinese, _as_korean))


def parted(word: str) -> tuple[str, ...]:
    """The syllables of a word; the word itself where it is of neither language."""
    return _as_chinese(word) or _as_korean(word) or (word,)


@functools.lru_cache(maxsize=4096)
def _as_chinese(word: str) -> tuple[str, ...]:
    """The fewest syllables of Palladius that make the word, at most three."""
    ways: dict[int, tuple[str, ...]] = {0: ()}
    known = _chinese()
    for end in range(1, min(len(word), _LONGEST) + 1):
        for start in range(max(0, end - 6), end):
            if start in ways and word[start:end] in known:
                way = (*ways[start], word[start:end])
                if len(way) < len(ways.get(end, (*way, ""))):
                    ways[end] = way
    return found if len(found := ways.get(len(word), ())) < 4 else ()


@functools.lru_cache(maxsize=4096)
def _as_korean(word: str) -> tuple[str, ...]:
    """The Korean syllables of a word, at most two."""
    if word in _K_WHOLE:
        return (word,)
    for cut in (len(word), *range(1, min(len(word), 12))):
        parts = tuple(part for part in (word[:cut], word[cut:]) if part)
        if all(_KOREAN.fullmatch(part) for part in parts):
            return parts
    return ()


@functools.lru_cache(maxsize=4096)
def pinyin(syllable: str) -> tuple[str, ...]:
    """The syllable in pinyin."""
    return _chinese().get(syllable, ())


@functools.lru_cache(maxsize=4096)
def korean(syllable: str) -> tuple[str, ...]:
    """The syllable as Korean names are romanised."""
    if syllable in _K_WHOLE:
        return _K_WHOLE[syllable]
    found = _KOREAN.fullmatch(syllable)
    if not found:
        return ()
    parts = (_K_INITIALS[found[1]], _K_VOWELS[found[2]], _K_FINALS[found[3]])
    return tuple(dict.fromkeys("".join(one) for one in itertools.product(*parts)))
