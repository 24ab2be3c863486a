"""What a complete application says: one small rule for each thing, on the case or on each line.

A rule answers with evidence where the thing is stated and with the key of what is missing where
it is not. ``party.…`` and ``line.…`` are keys of fields, all others are keys of facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, Known, Unknown
from safeconduct.core.finding import Gap
from safeconduct.core.item import Item
from safeconduct.core.party import Role
from safeconduct.intake.model import CaseFile

Facts = Mapping[str, Fact]
WITHOUT_SHEET = ("service", "training")  # forms of supply that a description can describe


class Answer(NamedTuple):
    """One thing about one subject: the evidence for it, or the gap."""

    subject: str
    evidence: tuple[Evidence, ...] = ()
    gap: Gap | None = None


Ask = Callable[[CaseFile, Callable[[str], Facts]], Iterator[Answer]]


def party_with(*roles: Role) -> Ask:
    """A named party in one of ``roles``; the gap carries the first of them."""

    def ask(case: CaseFile, _: Callable[[str], Facts]) -> Iterator[Answer]:
        found = [(number, party) for number, party in enumerate(case.parties, 1) if set(party.roles) & set(roles)]
        key = f"party.{roles[0]}"
        evidence = tuple(_in_application(case, key, party.name, f"parties [{number}]") for number, party in found)
        yield Answer("case", evidence) if evidence else Answer("case", gap=Gap(key, "absent"))

    return ask


def seat_of(*roles: Role) -> Ask:
    """The territory of each named party in one of ``roles``."""

    def ask(case: CaseFile, _: Callable[[str], Facts]) -> Iterator[Answer]:
        for number, party in enumerate(case.parties, 1):
            if set(party.roles) & set(roles):
                yield _field(case, f"party:{party.id}", "party.territory", party.territory, f"parties [{number}]")

    return ask


def fact(key: str) -> Ask:
    """A fact of the case, or of each line where it is one of a line."""

    def ask(case: CaseFile, facts: Callable[[str], Facts]) -> Iterator[Answer]:
        of_line = key.startswith("item.")
        for subject in [f"line:{item.line}" for item in case.lines] if of_line else ["case"]:
            found = facts(subject).get(key, Unknown("absent"))
            known = isinstance(found, Known)
            yield Answer(subject, found.evidence) if known else Answer(subject, gap=_gap(key, found, subject))

    return ask


def field(name: str) -> Ask:
    """A field of each line that may not stay blank."""

    def ask(case: CaseFile, _: Callable[[str], Facts]) -> Iterator[Answer]:
        for number, item in enumerate(case.lines, 1):
            yield _field(case, f"line:{item.line}", f"line.{name}", getattr(item, name), f"lines [{number}] → {name}")

    return ask


def any_line(case: CaseFile, _: Callable[[str], Facts]) -> Iterator[Answer]:
    """At least one line of goods."""
    names = ", ".join(item.name for item in case.lines)
    yield _field(case, "case", "line", names, "lines")


def value_with_currency(case: CaseFile, _: Callable[[str], Facts]) -> Iterator[Answer]:
    """A value of each line, with its currency."""
    for number, item in enumerate(case.lines, 1):
        stated = f"{item.value} {item.currency}" if item.value and item.currency else ""
        yield _field(case, f"line:{item.line}", "line.value", stated, f"lines [{number}] → value")


def datasheet(case: CaseFile, facts: Callable[[str], Facts]) -> Iterator[Answer]:
    """A datasheet of each line; a description is enough for a service or a training."""
    for number, item in enumerate(case.lines, 1):
        subject = f"line:{item.line}"
        yield _field(case, subject, "line.datasheet", _described(item, facts(subject)), f"lines [{number}]")


def declared(case: CaseFile, _: Callable[[str], Facts]) -> Iterator[Answer]:
    """The control entries that the applicant believes to apply to each line."""
    for number, item in enumerate(case.lines, 1):
        entries = ", ".join(f"{each.list} {each.code}" for each in item.declared)
        yield _field(case, f"line:{item.line}", "line.declared", entries, f"lines [{number}] → declared")


def _described(item: Item, facts: Facts) -> str:
    if item.datasheet and any(line.strip() for line in item.datasheet.lines):
        return item.datasheet.title or item.name
    form = facts.get("item.function")
    return item.description if isinstance(form, Known) and form.value in WITHOUT_SHEET else ""


def _gap(key: str, found: Fact, subject: str) -> Gap:
    return Gap(key, found.why if isinstance(found, Unknown) else "absent", subject)


def _field(case: CaseFile, subject: str, key: str, value: str, place: str) -> Answer:
    if not value.strip():
        return Answer(subject, gap=Gap(key, "absent", subject))
    return Answer(subject, (_in_application(case, key, value, place, subject),))


def _in_application(case: CaseFile, key: str, value: str, place: str, subject: str = "case") -> Evidence:
    source = Source("application", ref=case.reference, date=case.submitted, place=place)
    return Evidence(key, value, source, subject)
