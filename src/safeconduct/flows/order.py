"""Orders: what a door asks a flow to do, as plain values."""

from __future__ import annotations

import msgspec

from safeconduct.access import Actor, CaseFacts


class Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An order about the installation rather than a case."""

    def concerns(self, _actor: Actor) -> str | CaseFacts | None:
        """The reference of the case it is about, the facts of a case to be, or None."""
        return None


class CaseOrder(Order, frozen=True):
    """An order about the case with this reference."""

    case: str

    def concerns(self, _actor: Actor) -> str | CaseFacts | None:
        return self.case
