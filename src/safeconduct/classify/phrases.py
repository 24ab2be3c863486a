"""Tables of phrases, one a language, as data; and the small notation in which they are written.

``phrases/en.toml`` says how a phrase is written. A State adds words, or a language, by changing data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

import msgspec

from safeconduct.core.fact import Value

LANGUAGES = ("en", "fr", "es")
_APART = r"[\W_]{1,4}"


class Suggests(msgspec.Struct, frozen=True):
    """``pattern`` in a clause suggests that ``fact`` is ``value``; of a set, that it has this member."""

    fact: str
    value: Value
    pattern: re.Pattern[str]


class Table(msgspec.Struct, frozen=True):
    """What is read in every language at once: a sheet mixes them, and negations differ in their words alone."""

    suggests: tuple[Suggests, ...]
    openings: tuple[Suggests, ...]
    denies: re.Pattern[str]
    denies_near: re.Pattern[str]
    never_denies: re.Pattern[str]
    needless: re.Pattern[str]
    denies_after: re.Pattern[str]
    perhaps: re.Pattern[str]
    against: re.Pattern[str]


class Raw(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language's table as it is written: ``facts`` by fact and value, ``common`` words of the language.

    ``openings``, written like ``facts``, name what a product is; they are looked for in the first lines alone.
    """

    language: str
    common: list[str]
    denies: list[str]
    denies_near: list[str]
    never_denies: list[str]
    needless: list[str]
    denies_after: list[str]
    perhaps: list[str]
    against: list[str]
    facts: dict[str, dict[str, list[str]]]
    openings: dict[str, dict[str, list[str]]]


@cache
def raw_tables() -> dict[str, Raw]:
    """The tables as they are written, by language."""
    folder = resources.files("safeconduct.classify") / "phrases"
    return {each: msgspec.toml.decode((folder / f"{each}.toml").read_bytes(), type=Raw) for each in LANGUAGES}


@cache
def table() -> Table:
    """Every phrase of every language, compiled."""
    raw = list(raw_tables().values())
    return Table(
        _suggesting(one.facts for one in raw),
        _suggesting(one.openings for one in raw),
        denies=_joined(one.denies for one in raw),
        denies_near=_joined(one.denies_near for one in raw),
        never_denies=_joined(one.never_denies for one in raw),
        needless=_joined(one.needless for one in raw),
        denies_after=_joined(one.denies_after for one in raw),
        perhaps=_joined(one.perhaps for one in raw),
        against=_joined(one.against for one in raw),
    )


def _suggesting(written: Iterable[dict[str, dict[str, list[str]]]]) -> tuple[Suggests, ...]:
    by_value: dict[tuple[str, str], list[str]] = {}
    for facts in written:
        for fact, values in facts.items():
            for word, phrases in values.items():
                by_value.setdefault((fact, word), []).extend(phrases)
    return tuple(
        Suggests(fact, True if word == "yes" else word, any_of(phrases)) for (fact, word), phrases in by_value.items()
    )


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern for phrases in the notation of the tables, over folded text."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_phrase, phrases))})(?!\w)")


def _joined(lists: Iterable[list[str]]) -> re.Pattern[str]:
    return any_of(phrase for phrases in lists for phrase in phrases)


def _phrase(phrase: str) -> str:
    parts, gap = [], ""
    for token in phrase.split():
        if token.startswith("~"):
            gap = rf"(?:\w+{_APART}){{0,{token[1:] or 3}}}?"
            continue
        parts.append(gap + _token(token))
        gap = ""
    return _APART.join(parts)


def _token(token: str) -> str:
    words = (re.escape(word).replace(r"\*", r"\w*").replace(r"\-", r"[\W_]{0,3}") for word in token.split("|"))
    return f"(?:{'|'.join(words)})"
