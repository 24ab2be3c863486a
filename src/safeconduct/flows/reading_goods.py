"""What a line's page reads besides the assessment: its ratings, like goods rated before, and what changed since."""

from __future__ import annotations

import datetime as dt

import msgspec

from safeconduct.access import Action, Actor, may
from safeconduct.classify import classify_line
from safeconduct.core import canonical
from safeconduct.core.item import Item
from safeconduct.flows.editions import active
from safeconduct.flows.gathering import control_tests
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.list_places import texts_said
from safeconduct.flows.precedents import Precedent, Rated, precedents
from safeconduct.flows.reading_documents import case_of
from safeconduct.flows.time_machine import Plain, compared, held_of, line_since, lists_since
from safeconduct.intake import facts_of
from safeconduct.intake.model import CaseFile
from safeconduct.store.models import Person, Record
from safeconduct.store.visible import case_facts


class RatingSeen(msgspec.Struct, frozen=True):
    """A rating of this line, newest first; ``by`` is the person's name."""

    record: int
    day: str
    by: str
    said: Rated


class GoodsSeen(msgspec.Struct, frozen=True):
    """One line. ``since`` and ``lists`` as in ``classify``, from ``day`` on; ``texts`` are what the lists of that day
    say of each entry (list and code). ``may_rate``: the reader may rate it."""

    day: str
    ratings: tuple[RatingSeen, ...]
    precedents: tuple[Precedent, ...]
    since: tuple[Plain, ...]
    lists: tuple[Plain, ...]
    texts: dict[tuple[str, str], Plain]
    may_rate: bool


def goods_seen(
    actor: Actor, reference: str, file: CaseFile, item: Item, day: str = "", at: Installation | None = None
) -> GoodsSeen:
    """``file`` is the case file as its reader may see it; ``day`` (ISO) that of the assessment, empty for today."""
    case, at = case_of(actor, reference), at or here()
    today = at.today()
    then = dt.date.fromisoformat(day[:10]) if day else today
    people = dict(Person.objects.values_list("name_id", "name"))
    tests, facts = [one.tests for one in control_tests()], facts_of(file, f"line:{item.line}")
    loaded = active("control_list")
    keys = tuple(one.list for one in tests)
    every = tuple(dict.fromkeys((*keys, *(one.key for one in loaded))))
    every_seen = compared(loaded, every, then.isoformat(), today.isoformat(), at.home)
    seen = {name: every_seen[name] for name in keys}
    before, after = (classify_line(item, facts, tests, each) for each in (then, today))
    since = line_since(before, after, tests, seen)
    found = tuple(
        msgspec.structs.replace(one, by=people.get(one.by, one.by)) for one in precedents(actor, file, item, case)
    )
    return GoodsSeen(
        day=then.isoformat(),
        ratings=tuple(
            RatingSeen(row.number, row.at[:10], people.get(row.author, row.author), said)
            for row in Record.objects.filter(case=case, kind="rating").order_by("-number")
            if (said := canonical.decode(row.body.encode(), Rated)).line == item.line
        ),
        precedents=found,
        since=tuple(since),
        lists=tuple(lists_since(seen, tests, then)),
        texts=texts_said([(one.list, one.code) for one in before.entries], held_of(every_seen)),
        may_rate=may(actor, Action.ASSESS, case_facts(case)).allowed,
    )
