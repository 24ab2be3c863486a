"""What somebody wrote as an answer, as a value of the fact's type."""

from __future__ import annotations

from typing import Any

import msgspec

from safeconduct.core.errors import Refusal
from safeconduct.core.fact import FactType, Incident

YES, NO = frozenset({"yes", "true"}), frozenset({"no", "false"})
Given = bool | int | str | list[Any] | tuple[str, ...] | dict[str, Any]


def typed(fact: FactType, given: Given, where: str) -> bool | int | str | tuple[str, ...] | Incident:
    """``given`` as the fact wants it: yes/no for a flag, a number, words between commas; else a ``Refusal``.

    Whether the value is one of the words allowed is checked when it becomes part of the case file.
    """
    match fact.kind:
        case "flag":
            return _flag(given, where)
        case "number":
            return _number(given, where)
        case "words":
            return _words(given, where)
        case "incident":
            return _incident(given, where)
        case _:
            if not isinstance(given, str) or not given.strip():
                raise Refusal("the answer is one text", where, _wanted(fact))
            return given.strip()


def _flag(given: Given, where: str) -> bool:
    if isinstance(given, bool):
        return given
    word = given.strip().lower() if isinstance(given, str) else ""
    if word not in YES | NO:
        raise Refusal(f"{given!r} is neither yes nor no", where, "answer yes or no")
    return word in YES


def _number(given: Given, where: str) -> int:
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    if not isinstance(given, str) or not given.strip().isdecimal() or len(given.strip()) > 10:
        raise Refusal(f"{given!r} is not a whole number", where, "answer with digits alone")
    return int(given)


def _words(given: Given, where: str) -> tuple[str, ...]:
    parts = given.split(",") if isinstance(given, str) else given
    if not isinstance(parts, (list, tuple)) or not all(isinstance(part, str) for part in parts):
        raise Refusal("the answer is a list of words", where, "write them with commas between")
    found = tuple(part.strip() for part in parts if part.strip())
    if not found:
        raise Refusal("no word is given", where, "name the words, or `none`")
    return found


def _incident(given: Given, where: str) -> Incident:
    try:
        return msgspec.convert(given, Incident)
    except msgspec.ValidationError as error:
        raise Refusal(
            str(error), where, "give date, what, basis and of, as docs/application.schema.json says"
        ) from error


def _wanted(fact: FactType) -> str:
    return f"one of: {', '.join(fact.words)}" if fact.words else "write it in words"
