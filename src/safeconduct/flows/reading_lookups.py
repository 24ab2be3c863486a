"""Reading screenings outside a case: for whoever asked, and for officers and auditors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from safeconduct.access import Action, Actor, may
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.core.message import Message
from safeconduct.core.party import Party
from safeconduct.flows.editions import read
from safeconduct.flows.wording import words
from safeconduct.flows.work import ask
from safeconduct.screen.model import EditionUsed, rank
from safeconduct.screen.model import Screening as Observed
from safeconduct.sources.model import Edition
from safeconduct.store.models import EditionRow, Screening

NO_SCREENING = "no such screening"
_NAME = re.compile(r"S-([1-9][0-9]{0,17})", re.ASCII)


class Lookup(msgspec.Struct, frozen=True):
    """A screening outside a case. ``state``: waiting, done or failed; ``observed`` is there once it is done,
    ``failure`` where it could not be."""

    id: str
    state: str
    asked: str
    asked_by: str
    party: Party
    editions: tuple[EditionUsed, ...]
    observed: Observed | None
    failure: str


def name_of(screening: int) -> str:
    """What a screening is called: ``S-12``."""
    return f"S-{screening}"


def number_of(name: str) -> int:
    """The row of a screening's name; a ``Refusal`` for what is none."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise _unknown(name)
    return int(found[1])


def lookup(actor: Actor, name: str) -> Lookup:
    """One screening. To somebody who may not read it, it does not exist."""
    row = Screening.objects.filter(pk=number_of(name), case=None).first()
    if row is None or not _may_read(actor, row.asked_by):
        raise _unknown(name)
    return _view(row)


def lookups(actor: Actor, screenings: Sequence[int]) -> tuple[Lookup, ...]:
    """Several, in the order asked for; a ``Refusal`` where one is not there for the actor."""
    rows = {row.pk: row for row in Screening.objects.filter(pk__in=screenings, case=None)}
    for number in screenings:
        if number not in rows or not _may_read(actor, rows[number].asked_by):
            raise _unknown(name_of(number))
    return tuple(_view(rows[number]) for number in screenings)


def own_lookups(actor: Actor, start: int, most: int) -> tuple[Sequence[Lookup], int]:
    """Those the actor asked for, the newest first, from ``start`` on; and how many there are."""
    ask(actor, Action.LOOK_UP, None)
    rows = Screening.objects.filter(asked_by=actor.id, case=None).order_by("-id")
    return tuple(_view(row) for row in rows[start : start + most]), rows.count()


def cited(editions: Sequence[EditionUsed]) -> tuple[Edition, ...]:
    """These editions with publisher and dates, in the same order."""
    rows = EditionRow.objects.filter(normalised__in=[one.normalised for one in editions])
    found = {(row.key, row.normalised): canonical.decode(row.document.encode(), Edition) for row in rows}
    return tuple(found[one.key, one.normalised] for one in editions)


def as_plain(found: Lookup) -> dict[str, Any]:
    """A screening as doors give it out. What was found is absent until it is done: nothing found is not nothing yet."""
    party = {key: value for key, value in msgspec.to_builtins(found.party).items() if key != "id"}
    plain: dict[str, Any] = {
        "id": found.id,
        "state": found.state,
        "asked": found.asked,
        "asked_by": found.asked_by,
        "party": party,
        "editions": [_edition(one) for one in cited(found.editions)],
    }
    if found.failure:
        plain["failure"] = found.failure
    if found.observed is not None:
        plain |= seen(found.observed)
    return plain


def seen(observed: Observed) -> dict[str, Any]:
    """What a matcher saw, in plain values with its reasons in words."""
    return {
        "matcher": observed.matcher,
        "considered": observed.considered,
        **not_looked_for(observed),
        "matches": [
            {**msgspec.to_builtins(match), "rank": rank(match.answer, match.score), "reason": words(match.reason)}
            for match in observed.matches
        ],
    }


def not_looked_for(observed: Observed) -> dict[str, Any]:
    """Names that nobody can read, and those that tell too little; the latter is absent where it was not looked at."""
    plain: dict[str, Any] = {"unread": list(observed.unread)}
    return plain | {"tells_too_little": too_little(observed)} if observed.names_weighed else plain


def too_little(observed: Observed) -> list[dict[str, str]]:
    """Names under which hardly anybody could be found, each with why: a key, and in words."""
    return [
        {"name": one.name, "why": one.why, "reason": words(Message(f"screen.too_little.{one.why}"))}
        for one in observed.tells_too_little
    ]


def _edition(edition: Edition) -> dict[str, Any]:
    return {
        "source": edition.key,
        "publisher": edition.publisher,
        "published": edition.published,
        "obtained": edition.obtained,
        "sha256": edition.normalised,
        "fictional": edition.fictional,
    }


def _may_read(actor: Actor, asked_by: str) -> bool:
    if asked_by.startswith("R-"):  # of a party that an officer noted in the register: its page shows it to whom it may
        return False
    if may(actor, Action.READ_LOOKUPS).allowed:
        return True
    return actor.id == asked_by and may(actor, Action.LOOK_UP).allowed


def _view(row: Screening) -> Lookup:
    return Lookup(
        id=name_of(row.pk),
        state=row.state,
        asked=row.asked,
        asked_by=row.asked_by,
        party=canonical.decode(row.party.encode(), Party),
        editions=read(row.editions),
        observed=canonical.decode(row.body.encode(), Observed) if row.body else None,
        failure=row.failure,
    )


def _unknown(name: str) -> Refusal:
    return Refusal(NO_SCREENING, name[:60], "check its id, such as S-12")
