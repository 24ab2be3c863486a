"""Look a name up on the lists, or goods in the control entries, without opening a case."""

from __future__ import annotations

from typing import Any

import msgspec

from safeconduct.access import Action, Actor
from safeconduct.core.canonical import refuse_unsafe_text
from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.flows.editions import active, of_day, watchlists
from safeconduct.flows.gathering import used
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.matching import Matchers
from safeconduct.flows.wording import words
from safeconduct.flows.work import ask
from safeconduct.intake.check_parties import check_parties
from safeconduct.intake.model import CaseFile
from safeconduct.intake.read import as_value


def look_up(
    actor: Actor,
    *,
    name: str,
    kind: str = "unknown",
    territory: str = "",
    born: str = "",
    at: Installation | None = None,
) -> dict[str, Any]:
    """Whom the name resembles on the lists in use: ``{matches, editions}`` as plain values.

    Loads the name library into this process (some seconds): for the command line, never for pages.
    """
    ask(actor, Action.LOOK_UP, None)
    at = at or here()
    refuse_unsafe_text([name, kind, territory, born], "screen")
    plain = {"id": "P1", "name": name, "kind": kind, "territory": territory, "born": born}
    party = as_value(plain, Party, "screen")
    check_parties(CaseFile(v=1, kind="individual_licence", parties=(party,)), "screen")
    lists = watchlists()
    if not lists:
        raise Refusal("no list is loaded", "screen", "load one: `safeconduct sources load FILE`")
    found = Matchers(at.home).of(lists).screen(party)
    day = at.today().isoformat()
    return {
        "matches": [{**msgspec.to_builtins(match), "reason": words(match.reason)} for match in found.matches],
        "editions": [msgspec.to_builtins(used(one, day)) for one in of_day(active("watchlist"))],
    }
