"""Lines of goods as pages show them: beside each other what the sheet says and what an entry makes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from safeconduct.core.item import Item
from safeconduct.doors.casework import list_text_rows, proposal_rows
from safeconduct.doors.casework.findings import fact_name, sources
from safeconduct.doors.page import words
from safeconduct.flows.proposals import ProposalView
from safeconduct.flows.reading import CasePage

Plain = dict[str, Any]
_PLACE = re.compile(r"lines? (\d+)(?:\s*-\s*(\d+))?", re.ASCII)


def _assessed(found: CasePage, number: int) -> Plain:
    lines = found.assessment["lines"] if found.assessment else []
    return next((line for line in lines if line["line"] == number), {"outcome": "", "entries": []})


def short(found: CasePage) -> list[Plain]:
    """Number, name, amount, value and outcome of each line, and its control entries in a few words."""
    return [
        {
            "line": item.line,
            "name": item.name,
            "amount": words.amount(item.quantity, item.unit),
            "value": words.money(item.value, item.currency),
            "outcome": _assessed(found, item.line)["outcome"],
            "entries": _at_a_glance(_assessed(found, item.line)["entries"]),
        }
        for item in found.case_file.lines
    ]


def _at_a_glance(entries: list[Plain]) -> str:
    """*Caught by 5A001.j; freed from 5A004.b*, each code once, in the order of the assessment."""
    told = {"caught": _("Caught by %(codes)s"), "freed": _("freed from %(codes)s")}
    codes = {status: dict.fromkeys(one["code"] for one in entries if one["status"] == status) for status in told}
    text = "; ".join(told[status] % {"codes": ", ".join(each)} for status, each in codes.items() if each)
    return text[:1].upper() + text[1:]


def line(
    found: CasePage,
    proposed: Mapping[int, tuple[ProposalView, ...]],
    item: Item,
    texts: Mapping[tuple[str, str], Plain],
) -> Plain:
    """One line with its entries, what the lists say of them (``texts``, by list and code), and its product sheet, the
    lines of the sheet that are cited marked."""
    assessed = _assessed(found, item.line)
    entries = [_entry(entry, texts) for entry in assessed["entries"]]
    bare = [entry for entry in entries if entry["status"] == "cannot_tell" and not entry["sources"]]
    return {
        "line": item.line,
        "name": item.name,
        "description": item.description,
        "amount": words.amount(item.quantity, item.unit),
        "value": words.money(item.value, item.currency),
        "declared": [{"list": entry.list, "code": entry.code} for entry in item.declared],
        "outcome": assessed["outcome"],
        "entries": [entry for entry in entries if entry not in bare],
        "bare": bare,
        "datasheet": _sheet(found, item, _cited(assessed["entries"]), proposed.get(item.line, ())),
    }


def _entry(entry: Plain, texts: Mapping[tuple[str, str], Plain]) -> Plain:
    differ = _("%(fact)s (statements differ)")
    asks = [
        differ % {"fact": fact_name(key)} if key in entry["conflicting"] else fact_name(key) for key in entry["asks"]
    ]
    says = list_text_rows.told(texts.get((entry["list"], entry["code"])))
    return {**entry, "sources": sources(entry["evidence"]), "asks": asks, "says": says}


def _cited(entries: list[Plain]) -> set[int]:
    """Numbers of the product sheet's lines that some entry rests on."""
    found: set[int] = set()
    for item in (each for entry in entries for each in entry["evidence"] if each["source"]["kind"] == "datasheet"):
        for first, last in _PLACE.findall(item["source"].get("place", "")):
            low, high = int(first), int(last or first)
            found.update(range(low, min(high, low + 5_000) + 1))
    return found


def _sheet(found: CasePage, item: Item, cited: set[int], proposed: tuple[ProposalView, ...]) -> Plain | None:
    sheet = item.datasheet
    if sheet is None:
        return None
    by_line: dict[int, list[ProposalView]] = {}
    for one in proposed:
        by_line.setdefault(one.proposal.line, []).append(one)
    return {
        "title": sheet.title,
        "date": words.day(sheet.date),
        "unread": proposal_rows.unread(item),
        "several": proposal_rows.several([one.proposal for one in proposed if one.verdict != "rejected"]),
        "lines": [
            {
                "parts": proposal_rows.parts(text, [one.proposal for one in by_line.get(number, ())]),
                "cited": number in cited,
                "proposals": [proposal_rows.row(found, item.line, one) for one in by_line.get(number, ())],
            }
            for number, text in enumerate(sheet.lines, 1)
        ],
    }
