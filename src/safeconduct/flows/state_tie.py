"""State what ties a party of the register to another, or to an entry of a list, with the document that shows it."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action, Actor
from safeconduct.core import canonical
from safeconduct.core.canonical import refuse_unsafe_text
from safeconduct.core.dates import parse_partial
from safeconduct.core.errors import Refusal
from safeconduct.core.evidence import Source
from safeconduct.core.party import Party
from safeconduct.flows.editions import watchlists, written
from safeconduct.flows.installation import Installation
from safeconduct.flows.listed_entries import listed_entry
from safeconduct.flows.noted import ask_for
from safeconduct.flows.order import Order
from safeconduct.flows.register_orders import TIES
from safeconduct.flows.register_reach import concern_cases
from safeconduct.flows.register_sight import Sight
from safeconduct.flows.registering import index
from safeconduct.flows.work import NO_CASE, Work, flow
from safeconduct.intake.check_parties import check_party
from safeconduct.screen.holdings import share
from safeconduct.store.models import Case, RegisterEntry, Tie
from safeconduct.store.visible import visible

UNKNOWN = ("", "unknown")


class ListedHolder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of a list in use: the source's key and the publisher's id; its name is taken from the list."""

    source: str
    entry: str
    name: str = ""


class StateTie(Order, frozen=True, kw_only=True):
    """``holder`` owns, directs or is the parent of ``held``; family, associate and link have no direction.

    The holder is an entry of the register (``R-7``), a ``listed`` one, or a ``new`` party that is in no application.
    ``share``, for an owner, is per cent: ``51``, ``25-50``, ``more than 25``, ``unknown``. ``all_owners`` has no
    holder: it says that every owner is stated. ``begins`` and ``ends`` are the first and the last day, as far as known.
    ``case`` keeps the tie to those who may read that case; a sealed source needs one.
    """

    held: str
    what: str
    source: Source
    holder: str = ""
    listed: ListedHolder | None = None
    new: Party | None = None
    share: str = ""
    begins: str = ""
    ends: str = ""
    case: str = ""


class TieStated(msgspec.Struct, frozen=True):
    """The tie's id, and that of its holder in the register (empty for one on a list)."""

    tie: str
    holder: str


def _looked_up(_actor: Actor, order: StateTie, at: Installation) -> ListedHolder:
    """The listed holder with the name that the list in use has for it; a ``Refusal`` for one that is on none."""
    named = order.listed
    if named is None:
        return ListedHolder("", "")
    if len(named.source) > 60 or len(named.entry) > 120:
        raise Refusal("no list has an entry of such a name", order.held[:60], "look it up: safeconduct screen NAME")
    edition = next((one for one in watchlists() if one.key == named.source), None)
    record = listed_entry(at.home, edition.normalised, named.entry) if edition else None
    if record is None:
        where = f"{named.source} {named.entry}"[:160]
        raise Refusal("no such entry on a list in use", where, "look it up: safeconduct screen NAME")
    return ListedHolder(named.source, named.entry, record.names[0].text)


@flow(Action.KEEP_REGISTER, _looked_up)
def state_tie(work: Work, order: StateTie, listed: ListedHolder) -> TieStated:
    """Keep the statement beside all others; what follows from it is reckoned whenever it is looked at."""
    where = f"{order.held[:60]}, {order.what[:20]}"
    refuse_unsafe_text(msgspec.json.decode(msgspec.json.encode(order)), where)
    low, high = _checked(order, where)
    sight = Sight(work.actor)
    held, case = sight.named(order.held), _case(work, order, where)
    holder = _holder(work, sight, order, held, case)
    if holder is not None and holder.pk in sight.group(held.pk):
        raise Refusal("a party is not tied to itself", where, "name another party")
    tie = Tie.objects.create(
        what=order.what,
        holder=holder,
        holder_source=listed.source,
        holder_entry=listed.entry,
        holder_name=listed.name[:400],
        held=held,
        low=low,
        high=high,
        begins=order.begins,
        ends=order.ends,
        source=canonical.encode(order.source).decode(),
        case=case,
        sealed=order.source.sealed,
        stated_by=work.actor.id,
        at=work.now,
    )
    concern_cases([held.pk], tie)
    return TieStated(f"T-{tie.pk}", str(holder) if holder else "")


def _checked(order: StateTie, where: str) -> tuple[str, str]:
    """The share as bounds; a ``Refusal`` for an order that says nothing, or two things."""
    if order.what not in TIES:
        raise Refusal("no such tie", where, f"one of {', '.join(TIES)}")
    named = sum((bool(order.holder), order.listed is not None, order.new is not None))
    if named != (0 if order.what == "all_owners" else 1):
        raise Refusal(
            "one holder is needed, and none for all_owners", where, "name an entry, a listed one or a new party"
        )
    if not (order.source.kind.strip() and order.source.ref.strip()):
        raise Refusal("no document shows it", where, "name the kind of source and the document")
    days = [parse_partial(day, where) for day in (order.begins, order.ends) if day]
    if len(days) == 2 and days[1].last < days[0].first:
        raise Refusal("it ends before it begins", where, "correct the days")
    return _bounds(order, where)


def _bounds(order: StateTie, where: str) -> tuple[str, str]:
    plain = order.share.strip().casefold()
    if plain in UNKNOWN:
        return "0", "100"
    if order.what != "owner":
        raise Refusal("only an owner has a share", where, "leave the share out")
    low, high = share(order.share)
    if (low, high) == ("0", "100") and plain not in ("0-100", "0 - 100"):
        raise Refusal(f"{order.share[:40]!r} is no share", where, "per cent: 51, 25-50, more than 25, or unknown")
    return low, high


def _case(work: Work, order: StateTie, where: str) -> Case | None:
    if not order.case:
        if order.source.sealed:
            raise Refusal("a sealed source belongs to a case", where, "name the case whose closed text it is")
        return None
    action = Action.READ_CLOSED if order.source.sealed else Action.READ
    found: Case | None = visible(work.actor, action).filter(reference=order.case).first()
    if found is None:
        raise Refusal(NO_CASE, order.case[:60], "check the reference")
    return found


def _holder(work: Work, sight: Sight, order: StateTie, held: RegisterEntry, case: Case | None) -> RegisterEntry | None:
    if order.holder:
        return sight.named(order.holder)
    if order.new is None:
        return None
    party = order.new
    check_party(party, "new party")
    entry = RegisterEntry.objects.create(
        opened=work.now,
        opened_by=work.actor.id,
        party=canonical.encode(party).decode(),
        beside=held,
        case=case,
        sealed=order.source.sealed,
    )
    index(entry, party)
    if lists := watchlists():
        ask_for(work, entry, written(lists))
    return entry
