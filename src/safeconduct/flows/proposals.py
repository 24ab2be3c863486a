"""What the datasheets of a case propose, and what became of it."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from safeconduct.access import Actor
from safeconduct.classify import Proposal, language_of, proposals_of
from safeconduct.core import canonical
from safeconduct.core.item import Datasheet, Item
from safeconduct.flows.casefile import Answered, Judged
from safeconduct.flows.reading_documents import case_of
from safeconduct.store.models import Person, Record

MOST = 300
"""Proposals of one line that are shown and may be judged, the first in its datasheet."""


class ProposalView(msgspec.Struct, frozen=True):
    """One proposal; ``verdict`` is empty until somebody judged it, else the newest, with who, when and why."""

    key: str
    proposal: Proposal
    verdict: str = ""
    by: str = ""
    at: str = ""
    why: str = ""


def proposed(item: Item) -> tuple[Proposal, ...]:
    """The proposals of the line's datasheet, at most ``MOST``."""
    return _of_sheet(item.datasheet) if item.datasheet else ()


@lru_cache(64)
def _of_sheet(sheet: Datasheet) -> tuple[Proposal, ...]:
    return proposals_of(sheet)[:MOST]


def key_of(one: Proposal) -> str:
    """What names a proposal in addresses and in the record; it changes with its words and their place."""
    return canonical.digest(one)[:16]


def language(item: Item) -> str:
    """The language of the line's datasheet, ``none`` where there is no text."""
    return language_of(item.datasheet.lines) if item.datasheet else "none"


def proposals_in(actor: Actor, reference: str, items: tuple[Item, ...]) -> dict[int, tuple[ProposalView, ...]]:
    """By line: every proposal with the newest verdict on it."""
    case = case_of(actor, reference)
    rows = Record.objects.filter(case=case, kind="answer", body__contains='"judged":').order_by("number")
    people = dict(Person.objects.values_list("name_id", "name"))
    newest: dict[tuple[str, str], tuple[Record, Judged]] = {}
    for row in rows:
        answer = canonical.decode(row.body.encode(), Answered)
        if answer.judged:
            newest[(answer.question.rpartition("@")[2], answer.judged.key)] = (row, answer.judged)
    return {
        item.line: tuple(_view(one, newest.get((f"line:{item.line}", key_of(one))), people) for one in proposed(item))
        for item in items
    }


def _view(one: Proposal, judged: tuple[Record, Judged] | None, people: dict[str, str]) -> ProposalView:
    if judged is None:
        return ProposalView(key_of(one), one)
    row, told = judged
    return ProposalView(key_of(one), one, told.verdict, people.get(row.author, row.author), row.at, told.why)
