"""A condition and an example as rows that a form can hold, and back as the policy language writes them."""

from __future__ import annotations

import tomllib
from typing import Any, Literal, cast

import msgspec

from safeconduct.policy.catalogue import Catalogue
from safeconduct.policy.writing import inline

Joint = Literal["all", "any"]
TERM = "term:"
_COMPARISONS = {"is": "in", "in": "in", "has": "has_any", "has_any": "has_any"}
_SINGLE = {"in": "is", "has_any": "has"}
_WORDS = {True: "yes", False: "no"}


class Row(msgspec.Struct, frozen=True):
    """One check: ``fact`` is a key, or ``term:`` and the id of a term; ``holds``: false for its contrary."""

    fact: str
    compare: str = ""
    values: tuple[str, ...] = ()
    holds: bool = True


class Rows(msgspec.Struct, frozen=True):
    """Rows of which all, or at least one, must hold."""

    joint: Joint
    rows: tuple[Row, ...]


def rows_of(raw: Any) -> Rows | None:
    """A condition as rows; None where it is nested more deeply than rows can say."""
    joint: Joint = "all"
    parts: list[Any] = [raw]
    if isinstance(raw, dict) and len(raw) == 1 and ("all" in raw or "any" in raw):
        joint = cast(Joint, next(iter(raw)))
        parts = raw[joint]
    rows = [_row(part) for part in parts]
    return Rows(joint, tuple(row for row in rows if row)) if all(rows) else None


def _row(raw: Any, holds: bool = True) -> Row | None:
    match raw:
        case {"not": part, **rest} if holds and not rest:
            return _row(part, False)
        case {"term": str(name), **rest} if not rest:
            return Row(TERM + name, holds=holds)
        case {"fact": str(key), **rest}:
            if not rest:
                return Row(key, "in", ("yes",), holds)
            (operator, value), *more = rest.items()
            if not more:
                values = value if isinstance(value, list) else [value]
                return Row(key, _COMPARISONS.get(str(operator), str(operator)), tuple(map(_said, values)), holds)
    return None


def raw_of(rows: Rows, catalogue: Catalogue) -> dict[str, Any]:
    """Rows as the policy language writes them; one row stands alone. The pack's reader says what is wrong in them."""
    parts = [_raw(row, catalogue) for row in rows.rows]
    return parts[0] if len(parts) == 1 else {rows.joint: parts}


def _raw(row: Row, catalogue: Catalogue) -> dict[str, Any]:
    raw: dict[str, Any] = {"term": row.fact.removeprefix(TERM)}
    if not row.fact.startswith(TERM):
        raw = {"fact": row.fact, **_operator(row, catalogue)}
    return raw if row.holds else {"not": raw}


def _operator(row: Row, catalogue: Catalogue) -> dict[str, Any]:
    fact = catalogue.get(row.fact)
    kind = "flag" if row.compare == "known" else fact.kind if fact else "text"
    values = [_value(kind, each) for each in row.values]
    if row.compare == "in" and kind == "flag" and values == [True]:
        return {}
    if row.compare == "has_all":
        return {"has_all": values}
    if len(values) == 1:
        return {_SINGLE.get(row.compare, row.compare): values[0]}
    return {row.compare: values}


def _said(value: Any) -> str:
    return _WORDS[value] if isinstance(value, bool) else str(value)


def _value(kind: str, word: str) -> Any:
    if kind == "flag" and word in ("yes", "no"):
        return word == "yes"
    return int(word) if kind == "number" and word.isascii() and word.isdigit() and len(word) < 11 else word


def condition_text(raw: Any) -> str:
    """A condition that is too deep for rows, as the policy language writes it."""
    return inline(raw)


def condition_read(text: str) -> Any:
    """The condition that somebody wrote; ValueError where it is not of the language."""
    return tomllib.loads(f"when = {' '.join(text.split())}")["when"]


def facts_in_words(facts: dict[str, Any], catalogue: Catalogue) -> str:
    """The facts of an example, one a line: ``user.kind: police``; what cannot be said so, as TOML after ``=``."""
    return "\n".join(_fact_line(key, value, catalogue) for key, value in facts.items())


def _fact_line(key: str, value: Any, catalogue: Catalogue) -> str:
    line = f"{key}: {_in_words(value)}"
    return line if facts_read(line, catalogue) == {key: value} else f"{key} = {inline(value)}"


def _in_words(value: Any) -> str:
    match value:
        case {"unknown": "absent"}:
            return "unknown"
        case {"conflict": list(values)}:
            return " | ".join(map(_in_words, values))
        case {"some": list(values)}:
            return f"at least {', '.join(map(_said, values))}"
        case {"at_least": int(number)}:
            return f"at least {number}"
        case list():
            return ", ".join(map(_said, value))
    return _said(value) if isinstance(value, bool | int | str) else ""


def facts_read(text: str, catalogue: Catalogue) -> dict[str, Any]:
    """The facts that were written, one a line. ValueError with the line that says none."""
    found: dict[str, Any] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        key, colon, words = line.partition(":")
        name, equals, toml = line.partition("=")
        if equals and (not colon or len(name) < len(key)):
            try:
                found[name.strip()] = tomllib.loads(f"x = {toml}")["x"]
            except ValueError as error:
                raise ValueError(line) from error
        elif colon and words.strip():
            found[key.strip()] = _read(key.strip(), words.strip(), catalogue)
        else:
            raise ValueError(line)
    return found


def verdicts_in_words(expect: dict[str, str]) -> str:
    """What must come of a whole case, one a line: ``outcome: refer``, ``R-1: not met``."""
    return "\n".join(
        f"{name}: {word if name == 'outcome' else word.replace('_', ' ')}" for name, word in expect.items()
    )


def verdicts_read(text: str) -> dict[str, str]:
    """What was written so. ValueError with the line that says none."""
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _colon, word = (each.strip() for each in line.partition(":"))
        if not (name and word):
            raise ValueError(line)
        found[name] = word.replace(" ", "-" if name == "outcome" else "_")
    return found


def _read(key: str, words: str, catalogue: Catalogue) -> Any:
    fact = catalogue.get(key)
    kind = fact.kind if fact else "text"
    if words == "unknown":
        return {"unknown": "absent"}
    if " | " in words:
        return {"conflict": [_read_value(kind, each.strip()) for each in words.split(" | ")]}
    if words.startswith("at least ") and kind in ("words", "number"):
        value = _read_value(kind, words.removeprefix("at least ").strip())
        return {"some": value} if kind == "words" else {"at_least": value}
    return _read_value(kind, words)


def _read_value(kind: str, words: str) -> Any:
    if kind == "words":
        return [each.strip() for each in words.split(",") if each.strip()]
    return _value(kind, words)
