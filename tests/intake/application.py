"""A small, sound application for tests, and ways to alter it."""

from __future__ import annotations

import json
from typing import Any

from safeconduct.core.evidence import Source
from safeconduct.core.fact import By, Incident, Statement
from safeconduct.intake import CaseFile, read_application

WHERE = "application.json"
SHEET = ["Hallway counter HC-2", "Counts people by heat", "Stores no picture"]


def plain(**changes: Any) -> dict[str, Any]:
    """An application of Asta Holm, export clerk at Fjordlys Instruments, as plain JSON values."""
    return {
        "v": 1,
        "reference": "FJ-2026-1",
        "kind": "individual_licence",
        "submitted": "2026-10-05",
        "parties": [
            {"id": "P1", "name": "Fjordlys Instruments", "roles": ["applicant", "exporter"], "territory": "XX"},
            {"id": "P2", "name": "City Library of Karsova", "roles": ["consignee", "end_user"], "territory": "QR"},
        ],
        "lines": [
            {
                "line": 1,
                "name": "HC-2",
                "quantity": "4",
                "unit": "piece",
                "value": "1200.00",
                "currency": "EUR",
                "datasheet": {"title": "HC-2 sheet", "lines": SHEET, "date": "2026-03"},
            }
        ],
        "statements": [],
    } | changes


def read(value: Any, **options: Any) -> CaseFile:
    return read_application(json.dumps(value).encode(), WHERE, **options)


def stated(fact: str, value: Any, by: str = "exporter", **changes: Any) -> dict[str, Any]:
    """One statement as plain JSON values."""
    return {"fact": fact, "value": value, "by": by, "source": {"kind": "application"}} | changes


def case_with(*statements: dict[str, Any], **changes: Any) -> CaseFile:
    return read(plain(statements=list(statements), **changes))


def statement(
    fact: str, value: bool | str | tuple[str, ...] | Incident, by: By, ref: str = "", complete: bool = True
) -> Statement:
    return Statement(fact, value, by, Source("research", ref=ref), complete=complete)
