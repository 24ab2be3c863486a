"""Conditions as English that a lawyer reads: what the facts mean, in the words of their catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.core.fact import FactType
from safeconduct.policy.catalogue import NONE
from safeconduct.policy.condition import AllOf, AnyOf, Check, Condition, Not, Plain, Term


def sentence(check: Check, holds: bool = True) -> str:
    """One check as a clause, or its contrary; the fact's key stands in brackets."""
    subject = f"{check.fact.means} [{check.fact.key}]"
    if check.form == "known":
        return f"it is {'known' if check.values[0] is holds else 'not known'}: {subject}"
    if check.fact.kind == "flag":
        return f"it is {'so' if check.values[0] is holds else 'not so'}: {subject}"
    return f"{subject}: {_comparison(check, holds)}"


def _comparison(check: Check, holds: bool) -> str:
    values = [_value(check.fact, value) for value in check.values]
    no = "" if holds else "not "
    match check.form:
        case "at_least":
            return f"{no}at least {values[0]}"
        case "at_most":
            return f"{no}at most {values[0]}"
        case "has_any" if check.values == (NONE,):
            return f"{no}none"
        case "has_any":
            return f"{no}among them {listed(values, 'or')}"
        case "has_all":
            return f"{no}among them {listed(values, 'and')}"
    return f"{no}{listed(values, 'or')}"


def _value(fact: FactType, value: Plain) -> str:
    """A word without its underscores, a count or figure with its unit."""
    return f"{value} ({fact.unit})" if fact.unit else str(value).replace("_", " ")


def listed(words: Sequence[str], joint: str) -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    *first, last = words
    return f"{', '.join(first)} {joint} {last}" if first else last


def outline(condition: Condition, indent: str = "") -> list[str]:
    """A condition as indented lines: what must hold together, or one of what, is numbered."""
    return _outline(condition, indent, "", True)


def _outline(condition: Condition, indent: str, number: str, holds: bool) -> list[str]:
    lead = f"{indent}{number} " if number else indent
    match condition:
        case Check():
            return [lead + sentence(condition, holds)]
        case Term(says=says):
            return [lead + (says if holds else f"not: {says}")]
        case Not(part):
            return _outline(part, indent, number, not holds)
        case AllOf(parts):
            return [lead + ("all of these:" if holds else "not all of these:"), *_numbered(parts, indent, number)]
        case AnyOf(parts):
            return [lead + ("at least one of these:" if holds else "none of these:"), *_numbered(parts, indent, number)]


def _numbered(parts: tuple[Condition, ...], indent: str, number: str) -> list[str]:
    lines: list[str] = []
    for place, part in enumerate(parts):
        inner = f"{number}{place + 1}." if number else f"{place + 1}."
        lines += _outline(part, indent + "   ", inner, True)
    return lines
