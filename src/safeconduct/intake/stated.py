"""A statement as evidence: a short text of the value, with source and author."""

from __future__ import annotations

from safeconduct.core.evidence import Evidence
from safeconduct.core.fact import Incident, Statement


def evidence_of(statement: Statement) -> Evidence:
    """What a finding cites when it rests on ``statement``."""
    text = text_of(statement.value)
    if not statement.complete:
        text = f"at least: {text}"
    return Evidence(statement.fact, text, statement.source, statement.subject, by=statement.by)


def text_of(value: bool | int | str | tuple[str, ...] | Incident) -> str:
    """``yes``, ``no``, words joined by commas, an incident as date, basis and what happened."""
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(value) or "none"
        case Incident():
            return f"{value.date}, {value.basis} ({value.of}): {value.what}"
        case _:
            return str(value)
