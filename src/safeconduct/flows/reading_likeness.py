"""Like cases decided unlike: on the same facts in all that the policy's rules read, one was approved, one refused."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from django.db.models import Count, Max

from safeconduct.access import Actor, Role
from safeconduct.assess import Inputs
from safeconduct.core.fact import Known
from safeconduct.core.territory import display_name
from safeconduct.flows.catalogue import catalogue
from safeconduct.flows.closed import open_file
from safeconduct.flows.likeness import inputs_of
from safeconduct.flows.reading_documents import reads_closed
from safeconduct.intake import facts_of
from safeconduct.intake.model import CaseFile
from safeconduct.store.models import Case, Decided
from safeconduct.store.visible import granted

MOST = 50  # pairs shown: those decided last
TEXTS = ("text", "incident")


class Side(msgspec.Struct, frozen=True):
    """One of two cases: what was decided, on which outcome, when. Never by whom."""

    case: str
    title: str
    decision: str
    outcome: str
    day: str


class Unlike(msgspec.Struct, frozen=True):
    """What is not the same in two like cases: ``what`` is a fact's key, or *destination*, *policy*, *day*; ``line`` is
    0 for what is of the whole case. ``""`` where one of them has none."""

    what: str
    line: int
    one: str
    other: str


class Pair(msgspec.Struct, frozen=True):
    """Two like cases decided unlike, with whatever differs beside what the rules read."""

    one: Side
    other: Side
    differing: tuple[Unlike, ...]


class LikenessReport(msgspec.Struct, frozen=True):
    """``compared`` decisions were looked at, over the cases the reader may read; ``cut``: there are more pairs."""

    compared: int
    pairs: tuple[Pair, ...]
    cut: bool


def likeness_report(actor: Actor) -> LikenessReport:
    """Pairs of like cases decided unlike, those decided last first; of each set of like cases the newest two."""
    rows = Decided.objects.filter(granted(actor, through="case__"))
    if actor.role is Role.EXPORTER:
        rows = rows.none()
    unlike = rows.values("facts").annotate(ways=Count("decision", distinct=True), last=Max("at")).filter(ways__gt=1)
    found = list(unlike.order_by("-last", "facts")[: MOST + 1])
    pairs = []
    for group in found[:MOST]:
        of_facts = rows.filter(facts=group["facts"]).select_related("case").order_by("-at", "-pk")
        one, other = (of_facts.filter(decision=way).first() for way in ("approve", "refuse"))
        if one is not None and other is not None:
            pairs.append(Pair(_side(one), _side(other), tuple(_differing(actor, one, other))))
    return LikenessReport(rows.count(), tuple(pairs), len(found) > MOST)


def _side(row: Decided) -> Side:
    return Side(row.case.reference, row.case.title, row.decision, row.outcome, row.at[:10])


def _differing(actor: Actor, one: Decided, other: Decided) -> Iterator[Unlike]:
    first, second = inputs_of(one.case), inputs_of(other.case)
    if one.policy != other.policy:
        yield Unlike("policy", 0, one.policy[:12], other.policy[:12])
    if first is None or second is None:
        return
    if first.destination != second.destination:
        yield Unlike("destination", 0, _place(first.destination), _place(second.destination))
    mine, theirs = (_told(_seen(actor, row.case, found)) for row, found in ((one, first), (other, second)))
    for line, key in sorted({*mine, *theirs}):
        if mine.get((line, key)) != theirs.get((line, key)):
            yield Unlike(key, line, mine.get((line, key), ""), theirs.get((line, key), ""))


def _place(key: str) -> str:
    return display_name(key) if key else ""


def _seen(actor: Actor, case: Case, inputs: Inputs) -> CaseFile:
    return inputs.case_file if reads_closed(actor, case) else open_file(inputs.case_file)


def _told(file: CaseFile) -> dict[tuple[int, str], str]:
    """Every fact that is known, by line and key, as text."""
    told = {}
    for item in file.lines:
        for key, fact in facts_of(file, f"line:{item.line}").items():
            kind = catalogue().get(key)
            if isinstance(fact, Known) and kind is not None:
                line = item.line if kind.subject == "line" else 0
                told[line, key] = _text(fact.value)
        told[item.line, "quantity"] = f"{item.quantity} {item.unit}".strip()
    return told


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(sorted(map(str, value))) if isinstance(value, tuple) else str(value)
