"""Small ways to write ownership in tests: ``owns("X", "A", 50)``."""

from __future__ import annotations

from typing import Any

from safeconduct.core.evidence import Source
from safeconduct.screen.holdings import Holding, Kind, Party
from safeconduct.screen.ownership import Held, held

DAY = "2026-11-24"
EXTRACT = Source("research", ref="extract of the companies register", date="2026-10-01")


def owns(holder: str, asset: str, low: object = "0", high: object = "", **more: Any) -> Holding:
    """A share in per cent; a range with ``high``, unknown with neither."""
    most = str(high) if high != "" else (str(low) if low != "0" else "100")
    return Holding("owner", holder, asset, EXTRACT, low=str(low), high=most, **more)


def tied(what: Kind, holder: str, held_one: str, **more: Any) -> Holding:
    return Holding(what, holder, held_one, EXTRACT, **more)


def all_owners(asset: str) -> Holding:
    """Every owner of it is stated."""
    return Holding("all_owners", "", asset, EXTRACT)


def people(listed: str = "", clear: str = "", perhaps: str = "", persons: str = "") -> dict[str, Party]:
    """Parties by one-letter or spaced names: who is listed, perhaps, and clear; the rest was not compared."""
    standings = {"listed": listed.split(), "perhaps": perhaps.split(), "clear": clear.split()}
    return {
        name: Party(name, name, standing, person=name in persons.split())  # type: ignore[arg-type]  # the keys above
        for standing, names in standings.items()
        for name in names
    }


def asked(party: str, parties: dict[str, Party], *holdings: Holding, day: str = DAY) -> Held:
    return held(party, parties, holdings, day)
