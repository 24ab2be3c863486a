"""Lines of goods: numbers, quantities, values, declared entries, datasheets."""

from __future__ import annotations

import re

from safeconduct.core.errors import Refusal
from safeconduct.core.item import Item
from safeconduct.intake.model import CaseFile
from safeconduct.intake.refusing import refuse_bad_date, refuse_repeated

_DECIMAL = re.compile(r"\d{1,15}(\.\d{1,6})?", re.ASCII)
_NEGATIVE = re.compile(r"[-−]\s*[\d.]", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_LIST = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)
_CODE = re.compile(r"[0-9A-Z][0-9A-Za-z.-]{0,39}", re.ASCII)
MOST_LINE = 500


def check_lines(case: CaseFile, where: str) -> None:
    """Refuse doubled line numbers, quantities that are negative or no figures, malformed codes and dates."""
    place = f"{where} → lines"
    refuse_repeated([str(item.line) for item in case.lines], place, "the line number")
    for number, item in enumerate(case.lines, 1):
        _check_line(item, f"{place} [{number}]")


def _check_line(item: Item, place: str) -> None:
    if not 1 <= item.line <= MOST_LINE:
        raise Refusal(f"line number {item.line}", f"{place} → line", f"number the lines from 1 to {MOST_LINE}")
    _refuse_bad_figure(item.quantity, f"{place} → quantity", "quantity")
    if item.quantity and not item.quantity.strip("0."):
        raise Refusal("a quantity of nothing", f"{place} → quantity", "give the quantity, or leave the line out")
    _refuse_bad_figure(item.value, f"{place} → value", "value")
    if item.currency and not _CURRENCY.fullmatch(item.currency):
        raise Refusal(f"{item.currency!r} is no currency", f"{place} → currency", "three capital letters (ISO 4217)")
    refuse_repeated([f"{entry.list} {entry.code}" for entry in item.declared], f"{place} → declared", "the entry")
    for number, entry in enumerate(item.declared, 1):
        if not _LIST.fullmatch(entry.list) or not _CODE.fullmatch(entry.code):
            at = f"{place} → declared [{number}]"
            raise Refusal("not a control entry", at, "list such as eu-annex1, code such as 5A001.j")
    if item.datasheet:
        refuse_bad_date(item.datasheet.date, f"{place} → datasheet → date")


def _refuse_bad_figure(text: str, place: str, what: str) -> None:
    if not text or _DECIMAL.fullmatch(text):
        return
    if _NEGATIVE.match(text):
        raise Refusal(f"a negative {what}: {text[:20]}", place, f"give the {what} as a figure above zero")
    raise Refusal(f"{text[:20]!r} is no {what}", place, "write a decimal such as 12 or 12.50, without unit or spaces")
