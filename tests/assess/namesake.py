"""A party without a seat whose name is on a list."""

from __future__ import annotations

from typing import Any

from safeconduct.assess import Screened
from safeconduct.core.message import Message
from safeconduct.screen import Match, Screening
from tests.assess.bench import LISTS, application, case_file, nobody_listed


def namesake_without_seat() -> tuple[dict[str, Any], tuple[Screened, ...], str]:
    """Case 2a with its end-user's seat left out, the screening in which a seat would settle it, and the party's id."""
    plain = application("2a")
    user = next(each for each in plain["parties"] if "end_user" in each["roles"])
    del user["territory"]
    match = Match(
        source="un-sc",
        entry="1",
        name=user["name"],
        answer="cannot_tell",
        score=800,
        parts=(),
        reason=Message("screen.reason.cannot_tell"),
        facts="f",
        asks=("territory",),
    )
    seen = tuple(
        Screened(user["id"], Screening(user["id"], (match,), 1000, LISTS, "matcher"))
        if each.party == user["id"]
        else each
        for each in nobody_listed(case_file(plain))
    )
    return plain, seen, user["id"]
