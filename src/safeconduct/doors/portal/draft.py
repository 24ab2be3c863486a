"""An application while it is being written: the JSON of docs/application.schema.json, kept in the session.

It is its author's alone until he submits it. Each function takes the draft and changes it; the
pages are thin over these.
"""

from __future__ import annotations

import json
from typing import Any

from safeconduct.core.fact import FactType, Value
from safeconduct.intake.limits import LINES, PARTIES

Draft = dict[str, Any]
APPLICATION_FORM = "application form"
OURS = ("applicant", "exporter")
THEIRS = "end_user"


def empty() -> Draft:
    """A draft in which nothing is stated."""
    return {"v": 1, "reference": "", "kind": "", "parties": [], "lines": [], "statements": []}


def company(draft: Draft) -> dict[str, Any]:
    """Whoever applies; an empty dict before it is stated."""
    return next((party for party in draft["parties"] if "exporter" in party["roles"]), {})


def end_user(draft: Draft) -> dict[str, Any]:
    """Whoever will use the goods; an empty dict where that is not stated."""
    return next((party for party in draft["parties"] if THEIRS in party["roles"]), {})


def others(draft: Draft) -> list[dict[str, Any]]:
    """Everybody else who takes part."""
    known = (company(draft), end_user(draft))
    return [party for party in draft["parties"] if not any(party is one for one in known)]


def party(draft: Draft, number: str) -> dict[str, Any] | None:
    """The party of this id."""
    return next((party for party in draft["parties"] if party["id"] == number), None)


def put_party(draft: Draft, fields: dict[str, Any], was: dict[str, Any] | None) -> bool:
    """Take the place of ``was``, or join as a new party; False when there is no room for another."""
    if was:
        was.clear()
        was.update(fields)
        return True
    if len(draft["parties"]) >= PARTIES:
        return False
    taken = {party["id"] for party in draft["parties"]}
    draft["parties"].append({**fields, "id": next(f"P{n}" for n in range(1, PARTIES + 2) if f"P{n}" not in taken)})
    return True


def drop_party(draft: Draft, was: dict[str, Any]) -> None:
    """Take a party out, and with it what pointed at it."""
    draft["parties"] = [party for party in draft["parties"] if party is not was]
    for other in draft["parties"]:
        if other.get("part_of") == was.get("id"):
            other.pop("part_of")


def line(draft: Draft, number: int) -> dict[str, Any] | None:
    """The goods line of this number."""
    return next((line for line in draft["lines"] if line["line"] == number), None)


def put_line(draft: Draft, fields: dict[str, Any], was: dict[str, Any] | None) -> int:
    """As ``put_party``, for goods; the number of the line, 0 when there is no room for another."""
    if was:
        kept = {key: was[key] for key in ("line", "datasheet") if key in was}
        was.clear()
        was.update(fields | kept)
        return int(was["line"])
    number = max((line["line"] for line in draft["lines"]), default=0) + 1
    if number > LINES:
        return 0
    draft["lines"].append({**fields, "line": number})
    return number


def drop_line(draft: Draft, number: int) -> None:
    """Take a line out with what was stated about it; the lines after it move up by one."""
    draft["lines"] = [line for line in draft["lines"] if line["line"] != number]
    draft["statements"] = [item for item in draft["statements"] if item.get("subject") != subject(number)]
    for line in draft["lines"]:
        if line["line"] > number:
            for item in draft["statements"]:
                if item.get("subject") == subject(line["line"]):
                    item["subject"] = subject(line["line"] - 1)
            line["line"] -= 1


def subject(number: int) -> str:
    """How a statement names a line; 0 stands for the case."""
    return f"line:{number}" if number else "case"


def statement(draft: Draft, fact: str, number: int = 0) -> Any:
    """What is stated for a fact, or None."""
    about = subject(number)
    found = (item for item in draft["statements"] if item["fact"] == fact and item.get("subject", "case") == about)
    value = next((item["value"] for item in found), None)
    return tuple(value) if isinstance(value, list) else value


def state(draft: Draft, fact: FactType, value: Value | None, today: str, number: int = 0) -> None:
    """State a fact, or take back what was stated (None)."""
    about = subject(number)
    draft["statements"] = [
        item for item in draft["statements"] if not (item["fact"] == fact.key and item.get("subject", "case") == about)
    ]
    if value is not None:
        draft["statements"].append(
            {
                "fact": fact.key,
                "value": list(value) if isinstance(value, tuple) else value,
                "by": "exporter",
                "source": {"kind": "application", "ref": APPLICATION_FORM, "date": today},
                "subject": about,
            }
        )


def as_application(draft: Draft, today: str) -> bytes:
    """The draft as it is submitted on a day; whether it holds together is for intake to say."""
    return json.dumps({**draft, "submitted": today}, ensure_ascii=False).encode()
