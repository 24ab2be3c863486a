"""Answers about a line of goods: a field that was left blank, filled in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec

from safeconduct.core.errors import Refusal
from safeconduct.core.item import Datasheet, Declared, Item
from safeconduct.intake.limits import SHEET_CHARS, SHEET_LINES
from safeconduct.intake.model import CaseFile
from safeconduct.intake.read import as_value

_AMOUNT = re.compile(r"(?P<value>[\d.]+)?\s*(?P<currency>[A-Za-z]{3})?")
_ENTRY = re.compile(r"(?P<list>\S{1,40})\s+(?P<code>\S{1,40})")


def line_answer(file: CaseFile, question: str, subject: str, given: Any, where: str) -> Item:
    """The line as the answer makes it. A field that is stated already is not overwritten: ``Refusal``."""
    fill = FILLS.get(question)
    if fill is None:
        raise Refusal("no such question about a line of goods", where, f"one of {', '.join(FILLS)}")
    item = _line(file, subject, where)
    return as_value({**msgspec.to_builtins(item), **fill(item, given, where)}, Item, where)


def _line(file: CaseFile, subject: str, where: str) -> Item:
    if not subject and len(file.lines) == 1:
        return file.lines[0]
    found = next((item for item in file.lines if f"line:{item.line}" == subject), None)
    if found is None:
        lines = ", ".join(f"line:{item.line}" for item in file.lines)
        raise Refusal("of which line?", where, f"add @ and one of: {lines}")
    return found


def _quantity(item: Item, given: Any, where: str) -> dict[str, Any]:
    _refuse_stated(item, item.quantity, where)
    return {"quantity": _text(given, where, "a figure, such as 12 or 12.50")}


def _unit(item: Item, given: Any, where: str) -> dict[str, Any]:
    _refuse_stated(item, item.unit.strip(), where)
    return {"unit": _text(given, where, "a unit, such as pieces")}


def _value(item: Item, given: Any, where: str) -> dict[str, Any]:
    """``12500.00 EUR``; the half that is stated already may be left out, or said again as it is."""
    remedy = "write amount and currency, such as 12500.00 EUR"
    found = _AMOUNT.fullmatch(_text(given, where, remedy))
    if found is None:
        raise Refusal("no amount with a currency", where, remedy)
    said = {"value": found["value"] or item.value, "currency": (found["currency"] or item.currency).upper()}
    if not all(said.values()):
        raise Refusal("no amount with a currency", where, remedy)
    if (item.value, item.currency) == (said["value"], said["currency"]):
        _refuse_stated(item, item.value, where)
    for field, text in said.items():
        if getattr(item, field) not in ("", text):
            _refuse_stated(item, text, where)
    return said


def _declared(item: Item, given: Any, where: str) -> dict[str, Any]:
    """``eu-annex1 5A001.j, us-ccl 5A980``: list and code, with commas between."""
    _refuse_stated(item, item.declared, where)
    remedy = "write list and code, such as eu-annex1 5A001.j, with commas between; leave it open where none applies"
    parts = [part.strip() for part in re.split(r"[,;\n]", _text(given, where, remedy)) if part.strip()]
    entries = [_ENTRY.fullmatch(part) for part in parts]
    if not entries or None in entries:
        raise Refusal("no control entry", where, remedy)
    return {"declared": [msgspec.to_builtins(Declared(each["list"], each["code"])) for each in entries if each]}


def _datasheet(item: Item, given: Any, where: str) -> dict[str, Any]:
    """The sheet's text; each of its lines is one that findings can cite."""
    sheet = item.datasheet
    _refuse_stated(item, sheet is not None and any(line.strip() for line in sheet.lines), where)
    _text(given, where, "send the text of the datasheet")
    text = str(given).rstrip()  # what stands before is kept: lines are cited by their number
    if len(text) > SHEET_CHARS:
        raise Refusal(
            f"a text of {len(text)} characters", where, f"at most {SHEET_CHARS} are taken; leave out the rest"
        )
    lines = text.splitlines()
    if len(lines) > SHEET_LINES:
        raise Refusal(f"{len(lines)} lines", where, f"at most {SHEET_LINES} are taken; leave out the rest")
    title, date = (sheet.title, sheet.date) if sheet else ("", "")
    return {"datasheet": msgspec.to_builtins(Datasheet(title or f"Datasheet of {item.name}"[:500], tuple(lines), date))}


def _refuse_stated(item: Item, stated: object, where: str) -> None:
    if stated:
        raise Refusal(f"line {item.line}: this is stated already", where, "state what differs as a fact of the line")


def _text(given: Any, where: str, remedy: str) -> str:
    text = str(given) if isinstance(given, int) and not isinstance(given, bool) else given
    if not isinstance(text, str) or not text.strip():
        raise Refusal("the answer is one text", where, remedy)
    return text.strip()


FILLS: dict[str, Callable[[Item, Any, str], dict[str, Any]]] = {
    "line.quantity": _quantity,
    "line.unit": _unit,
    "line.value": _value,
    "line.declared": _declared,
    "line.datasheet": _datasheet,
}
"""Questions that fill in a field of a line, and what each makes of the answer."""
