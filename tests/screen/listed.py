"""A small watchlist of made-up parties, and the parties that are screened against it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from safeconduct.core import canonical
from safeconduct.core.party import Identifier, Party, PartyKind
from safeconduct.screen import Match, Matcher, build_index
from safeconduct.sources.model import Listed, ListedName, TerritoryLink


def nationality(key: str) -> TerritoryLink:
    return TerritoryLink("nationality", key, key)


def address(key: str) -> TerritoryLink:
    return TerritoryLink("address", key, key)


def person(entry: str, *names: str | ListedName, **facts: object) -> Listed:
    listed = tuple(
        name if isinstance(name, ListedName) else ListedName(name, "alias" if place else "primary")
        for place, name in enumerate(names)
    )
    return Listed(entry=entry, kind="person", names=listed, place=f"row {entry}", **facts)  # type: ignore[arg-type]


def company(entry: str, *names: str, kind: PartyKind = "company", **facts: object) -> Listed:
    listed = tuple(ListedName(name, "alias" if place else "primary") for place, name in enumerate(names))
    return Listed(entry=entry, kind=kind, names=listed, place=f"row {entry}", **facts)  # type: ignore[arg-type]


ZORAB = person(
    "P1", "Zorab Kelmendar Vishtu", "Zorab Vishtu", born=("1971-03-09",), birth_places=("Orvela, Karsova",),
    territories=(nationality("QM"),), sex="male", identifiers=(Identifier("passport", "K 1234567", "QM"),),
)  # fmt: skip
NAMESAKE = person("P2", "Zorab Vishtu Kelm Vishtu", born=("1950",), territories=(nationality("QN"),))
WEAK = person("P3", "Tirvan Okshel", ListedName("Morlo", "weak_alias"), territories=(nationality("QM"),))
NOBODY_SAYS = company("U1", "Pelmo Drashik", kind="unknown", territories=(address("QN"),))
SPYWARE = company("C1", "Vantrex Group Ltd.", territories=(address("QP"),), identifiers=(Identifier("imo", "9074729"),))
LAGOON = company("C2", "Silver Lagoon Ali Kovantrex Group Ltd.")
PLANT = company("C3", "Drogheim Factory No. 12")
BANK = company("C4", "Bank of Karsova")
LISTED = (ZORAB, NAMESAKE, WEAK, NOBODY_SAYS, SPYWARE, LAGOON, PLANT, BANK)


def records(*listed: Listed) -> bytes:
    return b"".join(canonical.encode(one) + b"\n" for one in listed)


def matcher(where: Path, *listed: Listed, key: str = "made") -> Matcher:
    data = records(*listed)
    build_index(data, where)
    return Matcher.open(where, [(key, hashlib.sha256(data).hexdigest())])


def party(name: str, **facts: object) -> Party:
    return Party(id="p", name=name, **facts)  # type: ignore[arg-type]


def answers(matches: tuple[Match, ...]) -> dict[str, str]:
    return {match.entry: match.answer for match in matches}


def finding(match: Match, part: str) -> str:
    return next((one.finding for one in match.parts if one.part == part), "")
