"""What orders about the register have in common: a reason that says something, and text that is what it looks like."""

from __future__ import annotations

from safeconduct.core.canonical import refuse_unsafe_text
from safeconduct.core.errors import Refusal

LONGEST = 10_000
TIES: tuple[str, ...] = ("owner", "parent", "director", "family", "associate", "linked", "all_owners")


def refuse_bad_reason(reason: str, where: str) -> None:
    """A ``Refusal`` for a reason that is empty, endless, or holds characters that hide what it says."""
    refuse_unsafe_text(reason, "reason")
    if not reason.strip():
        raise Refusal("no reason is given", where, "say what shows it: a document, a date, who looked at it")
    if len(reason) > LONGEST:
        raise Refusal(f"the reason has more than {LONGEST} characters", where, "shorten it, and name the document")
