"""The rules of completeness in their order, each with its source.

The parties, the goods and the end-use are what States commonly ask for (Wassenaar Arrangement,
End-User Assurances Commonly Used: Consolidated Indicative List); the entry and the datasheet are
what a licence form asks for (Regulation (EU) 2021/821, Annex III).
"""

from __future__ import annotations

from typing import NamedTuple

from safeconduct.intake.completeness import (
    Ask,
    any_line,
    datasheet,
    declared,
    fact,
    field,
    party_with,
    seat_of,
    value_with_currency,
)
from safeconduct.intake.model import CaseKind

ASSURANCES = "Wassenaar Arrangement, End-User Assurances Commonly Used: Consolidated Indicative List"
LICENCE_FORM = "Regulation (EU) 2021/821, Annex III"
CODE_4 = "Code of Conduct, commitment 4"
LICENCES: tuple[CaseKind, ...] = ("individual_licence", "global_licence", "service", "temporary_export")
TRANSFERS: tuple[CaseKind, ...] = (*LICENCES, "licence_needed")
ALL: tuple[CaseKind, ...] = (*TRANSFERS, "classification_enquiry")


class Rule(NamedTuple):
    """One thing an application of some ``kinds`` must say."""

    id: str
    ask: Ask
    cites: str
    kinds: tuple[CaseKind, ...] = ALL


CATALOGUE: tuple[Rule, ...] = (
    Rule("IN-01", party_with("exporter", "applicant"), ASSURANCES),
    Rule("IN-02", party_with("end_user", "ultimate_end_user"), CODE_4, TRANSFERS),
    Rule("IN-03", party_with("consignee"), ASSURANCES, TRANSFERS),
    Rule("IN-04", seat_of("end_user", "ultimate_end_user", "consignee"), ASSURANCES, TRANSFERS),
    Rule("IN-05", party_with("signatory"), ASSURANCES, LICENCES),
    Rule("IN-06", fact("user.kind"), CODE_4, TRANSFERS),
    Rule("IN-07", fact("use.stated"), ASSURANCES, TRANSFERS),
    Rule("IN-08", fact("use.purpose"), CODE_4, TRANSFERS),
    Rule("IN-09", fact("use.place"), ASSURANCES, TRANSFERS),
    Rule("IN-10", fact("use.people"), CODE_4, TRANSFERS),
    Rule("IN-11", any_line, ASSURANCES),
    Rule("IN-12", field("quantity"), ASSURANCES, LICENCES),
    Rule("IN-13", field("unit"), ASSURANCES, LICENCES),
    Rule("IN-14", value_with_currency, ASSURANCES, LICENCES),
    Rule("IN-15", datasheet, LICENCE_FORM),
    Rule("IN-16", declared, LICENCE_FORM, LICENCES),
    Rule("IN-17", fact("item.kind"), LICENCE_FORM),
    Rule("IN-18", fact("item.function"), LICENCE_FORM),
)
