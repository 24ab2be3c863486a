"""A case file: what somebody applies for, who takes part, which goods, and what is stated about them."""

from __future__ import annotations

from typing import Literal

import msgspec

from safeconduct.core.fact import Statement
from safeconduct.core.item import Item
from safeconduct.core.party import Party

CaseKind = Literal[
    "individual_licence", "global_licence", "classification_enquiry", "licence_needed", "service", "temporary_export"
]


class CaseFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One version of an application (docs/application.schema.json).

    ``v`` is the version of the format. ``reference`` and ``submitted`` (an ISO date) are empty
    until the authority gives them.
    """

    v: Literal[1]
    kind: CaseKind
    reference: str = ""
    submitted: str = ""
    parties: tuple[Party, ...] = ()
    lines: tuple[Item, ...] = ()
    statements: tuple[Statement, ...] = ()
