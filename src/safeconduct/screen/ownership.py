"""Which listed parties own or control a party, through whom, and how much of it is certain.

Two ways to reckon a share through others, both as bounds:

* *multiplied*: 60 % of a holder of 50 % are 30 %, and separate ways are added;
* *counted*: a holder that listed parties hold by half counts as listed himself, with the whole of his share,
  as the United States Treasury's OFAC reckons (guidance of 13 August 2014 on entities owned by blocked persons, and its
  answer 401). The European Union asks for more than half, or for control (best practices of the Council on
  restrictive measures, document 8519/18 of 4 May 2018). What follows from either is for the State's policy.

What nobody has stated is never taken for nothing: the rest of a company whose owners are not all known may be a
listed party's. Companies that own one another are followed a fixed number of rounds, which keeps every bound true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

import msgspec

from safeconduct.screen.holdings import CONTROL, NOTHING, SYMMETRIC, WHOLE, Bond, Holding, Party, bonds
from safeconduct.screen.shares import Bounds, down, per_cent

DEPTH = 12  # ties between a party and whoever is looked at
MOST_PARTIES = 250
ROUNDS = 64  # how far companies that own one another are followed
MOST_CHAINS = 60
_MOST_STEPS = 20_000
_HALF = Fraction(1, 2)
Values = Mapping[str, Fraction]


class Chain(msgspec.Struct, frozen=True):
    """One way from a listed party (first) down to the party asked about (last), no party twice.

    ``how``: *ownership* (every tie a share; ``low`` and ``high`` are their product in per cent), *control* (a
    director or parent among them), *relation* (family, associate or an unexplained link among them).
    """

    how: str
    parties: tuple[str, ...]
    bonds: tuple[Bond, ...]
    low: str = ""
    high: str = ""


class Held(msgspec.Struct, frozen=True):
    """What listed parties hold of one party on one day.

    ``over_half`` and ``half`` are the share as counted, with a holder passing for listed from more than half, or
    from half. ``controlled`` is None where no certain chain of control is on record; ``direct`` are the party's own
    owners. ``rings`` are parties that own one another; ``unknown`` those whose owners are not all stated, ``unseen``
    those not compared with lists, ``disputed`` ids of statements that exclude each other; ``cut``: there was more
    than is looked at.
    """

    party: str
    day: str
    chains: tuple[Chain, ...]
    multiplied: Bounds
    half: Bounds
    over_half: Bounds
    controlled: Chain | None
    direct: tuple[Bond, ...] = ()
    rings: tuple[tuple[str, ...], ...] = ()
    unknown: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    cut: bool = False


class _Web:
    """The parties above one party, as far as they are looked at."""

    def __init__(self, party: str, parties: Mapping[str, Party], stated: Sequence[Bond]) -> None:
        self.party = party
        self.parties = parties
        self.above: dict[str, list[Bond]] = {}
        for bond in stated:
            self.above.setdefault(bond.held, []).append(bond)
        self.order, self.cut = self._reached()
        self.owning = self._owning()

    def _reached(self) -> tuple[tuple[str, ...], bool]:
        found, edge, cut = {self.party: None}, [self.party], False
        for _ in range(DEPTH):
            later = []
            for name in edge:
                for bond in self.above.get(name, ()) if not self.ends(name) else ():
                    if bond.what != "all_owners" and bond.holder not in found:
                        found[bond.holder] = None
                        later.append(bond.holder)
            edge = later
            if len(found) > MOST_PARTIES:
                cut = True
                break
        cut = cut or any(self.above.get(name) and not self.ends(name) for name in edge)
        return tuple(sorted(found)), cut

    def _owning(self) -> frozenset[str]:
        """The party, and whoever owns some of what leads to it."""
        seen, edge = {self.party}, [self.party]
        while edge:
            held = [name for name in edge if not self.ends(name)]
            edge = list({bond.holder for name in held for bond in self.owners(name)} - seen)
            seen.update(edge)
        return frozenset(seen)

    def ends(self, name: str) -> bool:
        """Whether nobody is looked for above him: he is listed himself."""
        return name != self.party and self.standing(name) == "listed"

    def standing(self, name: str) -> str:
        if name == self.party:
            return "clear"  # who holds it is asked, not what it is
        known = self.parties.get(name)
        return known.standing if known else "unseen"

    def is_person(self, name: str) -> bool:
        known = self.parties.get(name)
        return known is not None and known.person

    def owners(self, name: str) -> list[Bond]:
        known = set(self.order)
        return [bond for bond in self.above.get(name, ()) if bond.what == "owner" and bond.holder in known]

    def complete(self, name: str) -> bool:
        """Whether every owner is stated, and looked at."""
        every = [bond for bond in self.above.get(name, ()) if bond.what == "owner"]
        return self.is_person(name) or (self.said_all(name) and len(every) == len(self.owners(name)))

    def said_all(self, name: str) -> bool:
        """Whether somebody states that there are no other owners."""
        return any(bond.what == "all_owners" and bond.certain for bond in self.above.get(name, ()))


def held(party: str, parties: Mapping[str, Party], holdings: Iterable[Holding], day: str) -> Held:
    """What listed parties hold of ``party`` on ``day`` (ISO), from everything stated of it and those above it."""
    web = _Web(party, parties, bonds(both_ways(holdings), day))
    chains, rings, cut = _chains(web)
    certain = (chain for chain in chains if chain.how != "relation" and _controls(web, chain))
    return Held(
        party=party,
        day=day,
        chains=chains,
        multiplied=_multiplied(web),
        half=_counted(web, lambda share: share >= _HALF),
        over_half=_counted(web, lambda share: share > _HALF),
        controlled=next(certain, None),
        direct=tuple(bond for bond in web.above.get(party, ()) if bond.what in ("owner", "all_owners")),
        rings=rings,
        unknown=tuple(name for name in web.order if _open(web, name)),
        unseen=tuple(name for name in web.order if web.standing(name) == "unseen" and name in web.owning),
        disputed=_disputed(web),
        cut=web.cut or cut,
    )


def both_ways(holdings: Iterable[Holding]) -> Iterable[Holding]:
    """Ties without a direction, from both ends; ``all_owners`` under a holder of its own."""
    for one in holdings:
        if one.what == "all_owners":
            yield msgspec.structs.replace(one, holder="")
            continue
        yield one
        if one.what in SYMMETRIC:
            yield msgspec.structs.replace(one, holder=one.held, held=one.holder)


def _open(web: _Web, name: str) -> bool:
    """Whether the owners of ``name`` are not all known, and could matter."""
    if name not in web.owning or web.ends(name) or web.complete(name):
        return False
    return sum((bond.low for bond in web.owners(name)), NOTHING) < WHOLE


def _disputed(web: _Web) -> tuple[str, ...]:
    """Statements that exclude each other: on one share, or because the shares of all owners make more or less than
    the whole."""
    found: set[str] = set()
    for name in web.order:
        owners = web.owners(name)
        over = sum((bond.low for bond in owners), NOTHING) > WHOLE
        under = web.said_all(name) and sum((bond.high for bond in owners), NOTHING) < WHOLE
        found.update(one.id for bond in owners if bond.disputed or over or under for one in bond.said)
    return tuple(sorted(found))


def _multiplied(web: _Web) -> Bounds:
    """Shares of shares: from nothing upwards, and from the whole downwards, so that each round is a true bound."""
    low, high = dict.fromkeys(web.order, NOTHING), dict.fromkeys(web.order, WHOLE)
    for _ in range(ROUNDS):
        lower = {
            name: _if(web.standing(name) == "listed", down(_sum(web, name, low, least=True))) for name in web.order
        }
        upper = {name: _if(web.standing(name) != "clear", -down(-_sum(web, name, high))) for name in web.order}
        if (lower, upper) == (low, high):
            break
        low, high = lower, upper
    return _of_party(web, low, high)


def _counted(web: _Web, passes: Callable[[Fraction], bool]) -> Bounds:
    """Shares of those that are listed, and of those that pass for listed because of who holds them."""
    low = {name: _if(web.standing(name) == "listed", NOTHING) for name in web.order}
    high = {name: _if(web.standing(name) != "clear", NOTHING) for name in web.order}
    for _ in web.order:
        lower = {name: _if(low[name] > 0 or passes(_sum(web, name, low, least=True)), NOTHING) for name in web.order}
        upper = {name: _if(high[name] > 0 or passes(_sum(web, name, high)), NOTHING) for name in web.order}
        if (lower, upper) == (low, high):
            break
        low, high = lower, upper
    return _of_party(web, low, high)


def _if(whole: bool, otherwise: Fraction) -> Fraction:
    return WHOLE if whole else otherwise


def _of_party(web: _Web, low: Values, high: Values) -> Bounds:
    return Bounds(per_cent(_sum(web, web.party, low, least=True)), per_cent(_sum(web, web.party, high), up=True))


def _sum(web: _Web, name: str, values: Values, *, least: bool = False) -> Fraction:
    """The least, or most, that owners of these values can have together, shares being what they may be."""
    if web.is_person(name):
        return NOTHING
    owners = web.owners(name)
    found = sum((bond.low * values[bond.holder] for bond in owners), NOTHING)
    rest = WHOLE - sum((bond.low for bond in owners), NOTHING)
    room = [(values[bond.holder], bond.high - bond.low) for bond in owners]
    if not web.complete(name):
        room.append((NOTHING if least else WHOLE, WHOLE))
    for value, most in sorted(room, reverse=not least):
        taken = max(NOTHING, min(rest, most))
        found, rest = found + taken * value, rest - taken
    if rest > 0 and not least:  # all owners are stated, and still some share is nobody's
        found += rest
    return min(found, WHOLE)


def _chains(web: _Web) -> tuple[tuple[Chain, ...], tuple[tuple[str, ...], ...], bool]:
    """Every way down from a party that is listed, or perhaps is; who owns one another; whether there was more."""
    found: list[Chain] = []
    rings: set[tuple[str, ...]] = set()
    known, steps = set(web.order), 0
    waiting: list[tuple[tuple[str, ...], tuple[Bond, ...]]] = [((web.party,), ())]
    while waiting:
        path, way = waiting.pop()
        steps += 1
        if steps > _MOST_STEPS or len(found) >= MOST_CHAINS:
            return _ordered(found), tuple(sorted(rings)), True
        top = path[0]
        if way and web.standing(top) in ("listed", "perhaps"):
            found.append(_chain(path, way))
        if web.ends(top) or len(way) >= DEPTH:
            continue
        for bond in reversed(web.above.get(top, ())):
            if bond.holder in path:
                ring = path[: path.index(bond.holder) + 1]
                if {bond.what, *(each.what for each in way[: len(ring) - 1])} == {"owner"}:
                    rings.add(_ring(ring))
            elif bond.holder in known:
                waiting.append(((bond.holder, *path), (bond, *way)))
    return _ordered(found), tuple(sorted(rings)), False


def _ring(path: tuple[str, ...]) -> tuple[str, ...]:
    """The same ring however it was entered."""
    start = path.index(min(path))
    return path[start:] + path[:start]


def _chain(path: tuple[str, ...], way: tuple[Bond, ...]) -> Chain:
    kinds = {bond.what for bond in way}
    if kinds == {"owner"}:
        low = high = WHOLE
        for bond in way:
            low, high = low * bond.low, high * bond.high
        return Chain("ownership", path, way, per_cent(low), per_cent(high, up=True))
    return Chain("control" if kinds <= {"owner", *CONTROL} else "relation", path, way)


def _ordered(found: list[Chain]) -> tuple[Chain, ...]:
    ranks = ("ownership", "control", "relation")
    return tuple(sorted(found, key=lambda one: (ranks.index(one.how), len(one.bonds), one.parties, _kinds(one))))


def _kinds(chain: Chain) -> tuple[str, ...]:
    return tuple(bond.what for bond in chain.bonds)


def _controls(web: _Web, chain: Chain) -> bool:
    """Whether a listed party surely directs, or is the parent or majority owner, all the way down."""
    if web.standing(chain.parties[0]) != "listed":
        return False
    return all(bond.certain and (bond.what in CONTROL or bond.low > _HALF) for bond in chain.bonds)
