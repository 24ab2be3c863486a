"""Tables of phrases, one a language, as data: ``phrases/en.toml`` says how a phrase is written.

A State adds words, classes of words, or a language, by changing data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from safeconduct.classify.phrase_notation import Classes, Phrase
from safeconduct.classify.phrase_search import Searcher
from safeconduct.core.errors import Refusal
from safeconduct.core.fact import Value
from safeconduct.policy import Place
from safeconduct.policy.table import read_toml

LANGUAGES = ("en", "fr", "es")
OF_LANGUAGE = (
    "denies", "denies_near", "never_denies", "needless", "denies_after", "cell_denies", "perhaps", "against", "deeds",
    "keeping",
)  # fmt: skip


class Suggests(msgspec.Struct, frozen=True):
    """A phrase that suggests that ``fact`` is ``value``; of a set, that it has this member.

    ``within`` names the kinds of goods in whose sheets alone it does; none: in any. ``how`` the phrase means it:
    what is *denied* alone is too wide to state the fact, but whoever denies it denies the fact (no jamming, no
    selective jamming); what states the *contrary* denies it without any denying word (*the user is informed*).
    """

    fact: str
    value: Value
    within: tuple[str, ...] = ()
    how: Literal["states", "denied", "contrary"] = "states"


class Measures(msgspec.Struct, frozen=True):
    """A phrase that says what the quantity beside it is of."""

    fact: str


class Otherwise(msgspec.Struct, frozen=True):
    """Words within which a phrase does not mean ``of``: a fact, or ``fact=value``."""

    of: str


class Denial(msgspec.Struct, frozen=True):
    """Words of one of the lists ``OF_LANGUAGE``: what denies, offers or opposes."""

    name: str


class Table(msgspec.Struct, frozen=True):
    """What is read in a clause of some languages.

    ``beside`` has by kind of goods the facts that their sheets do not state: what a phone holds is no traffic of a
    network.
    """

    phrases: Searcher[Suggests | Measures | Otherwise | Denial]
    openings: Searcher[Suggests]
    beside: dict[str, frozenset[str]]


class Raw(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language's table as it is written: ``facts`` by fact and value, ``common`` words of the language.

    ``openings``, written like ``facts``, name what a product is; they are looked for in the first lines alone.
    ``denied``, written alike, are wider words that only deny, ``contrary`` those that deny without a denial.
    ``within`` has facts by kinds of goods (*jammer mobile_interception*), for sheets of these kinds; ``beside`` the
    facts that are none of such a sheet. ``measures`` are by fact alone, ``unless`` by fact or by ``fact=value``.
    ``words`` are the classes that ``@name`` stands for.
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
    deeds: list[str]
    facts: dict[str, dict[str, list[str]]]
    openings: dict[str, dict[str, list[str]]]
    cell_denies: list[str] = []
    keeping: list[str] = []
    denied: dict[str, dict[str, list[str]]] = {}
    contrary: dict[str, dict[str, list[str]]] = {}
    within: dict[str, dict[str, dict[str, list[str]]]] = {}
    beside: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    unless: dict[str, list[str]] = {}
    measures: dict[str, list[str]] = {}


def read_table(data: bytes, where: str) -> tuple[Raw, Place]:
    """A table as it is written, and the place of its top; a ``Refusal`` where it is none."""
    document, place = read_toml(data, where)
    try:
        return msgspec.convert(document, Raw), place
    except msgspec.ValidationError as error:
        raise Refusal(str(error), where, "write the table as phrases/en.toml is written") from error


@cache
def _tables() -> dict[str, tuple[Raw, Place]]:
    folder = resources.files("safeconduct.classify") / "phrases"
    return {each: read_table((folder / f"{each}.toml").read_bytes(), f"phrases/{each}.toml") for each in LANGUAGES}


@cache
def raw_tables() -> dict[str, Raw]:
    """The tables as they are written, by language."""
    return {language: raw for language, (raw, _) in _tables().items()}


@cache
def table(languages: tuple[str, ...] = LANGUAGES) -> Table:
    """Every phrase of ``languages``, which stand in the order of ``LANGUAGES``."""
    return compiled(_tables()[each] for each in languages)


def compiled(tables: Iterable[tuple[Raw, Place]]) -> Table:
    """The phrases of ``tables`` ready for search; a ``Refusal`` names the line of one that cannot be read."""
    classed = [_Classed(raw, place, Classes(raw.words, place.at("words"))) for raw, place in tables]
    return Table(
        phrases=Searcher(each for one in classed for each in one.phrases()),
        openings=Searcher(each for one in classed for each in one.openings()),
        beside={kind: frozenset(facts) for one in classed for kind, facts in one.raw.beside.items()},
    )


class _Classed(msgspec.Struct, frozen=True):
    """A table with its classes of words, and where it stands."""

    raw: Raw
    place: Place
    words: Classes

    def suggesting(
        self,
        facts: Mapping[str, Mapping[str, list[str]]],
        at: Place,
        within: tuple[str, ...] = (),
        how: Literal["states", "denied", "contrary"] = "states",
    ) -> Iterator[tuple[Suggests, Phrase]]:
        for fact, values in facts.items():
            for word, phrases in values.items():
                suggests = Suggests(fact, True if word == "yes" else word, within, how)
                for each in self._phrases(phrases, at.at(fact, word)):
                    yield suggests, each

    def openings(self) -> Iterator[tuple[Suggests, Phrase]]:
        return self.suggesting(self.raw.openings, self.place.at("openings"))

    def phrases(self) -> Iterator[tuple[Suggests | Measures | Otherwise | Denial, Phrase]]:
        yield from self.denials()
        yield from self.suggesting(self.raw.facts, self.place.at("facts"))
        yield from self.suggesting(self.raw.denied, self.place.at("denied"), how="denied")
        yield from self.suggesting(self.raw.contrary, self.place.at("contrary"), how="contrary")
        for kinds, facts in self.raw.within.items():
            yield from self.suggesting(facts, self.place.at("within", kinds), tuple(kinds.split()))
        for fact, written in self.raw.measures.items():
            for each in self._phrases(written, self.place.at("measures", fact)):
                yield Measures(fact), each
        for of, written in self.raw.unless.items():
            for each in self._phrases(written, self.place.at("unless", of)):
                yield Otherwise(of), each

    def denials(self) -> Iterator[tuple[Denial, Phrase]]:
        for name in OF_LANGUAGE:
            for each in self._phrases(getattr(self.raw, name), self.place.at(name)):
                yield Denial(name), each

    def _phrases(self, written: list[str], place: Place) -> Iterator[Phrase]:
        for number, phrase in enumerate(written):
            yield from self.words.phrases(phrase, place.at(number))
