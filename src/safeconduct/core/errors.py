"""Errors a person can act on: what went wrong, where, and how to mend it."""

from __future__ import annotations


class Refusal(Exception):
    """Input or action refused with a reason; nothing was changed. Doors exit with status 1.

    ``what`` says what is wrong, ``where`` names the place (file and line, field, case),
    ``remedy`` says what to do. All three are shown to people and must hold no secrets.
    """

    status = 1

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(": ".join(part for part in (where, what) if part))

    def as_object(self) -> dict[str, str]:
        """The form that ``--json`` doors print."""
        return {"what": self.what, "where": self.where, "remedy": self.remedy}


class WrongUse(Refusal):
    """The command itself was used wrongly (exit status 2)."""

    status = 2


class TryAgain(Refusal):
    """Nothing is wrong with what was asked: others were quicker, or hold what it needs just now."""


class NeedsRelease(Refusal):
    """Only another release of the software can repeat this exactly (exit status 3)."""

    status = 3
