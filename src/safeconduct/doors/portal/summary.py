"""A draft, or what was submitted, as the rows in which its author reads it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeconduct.core.fact import FactType
from safeconduct.doors.page import words
from safeconduct.doors.portal import draft as drafts
from safeconduct.doors.portal.asked import GOODS, USE

Row = dict[str, Any]


def stated(fact: FactType, value: object) -> str:
    """A stated value in words; ``""`` where nothing is stated."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, (tuple, list)):
        return words.listing([str(item) for item in value])
    return words.heading(str(value)) if fact.kind in ("word", "level") else str(value)


def sections(draft: drafts.Draft, *, changeable: bool = True) -> list[dict[str, Any]]:
    """Everything that is stated, in the order of the tasks; ``changeable`` rows lead back to their page."""

    def to(name: str, **kwargs: object) -> str:
        return reverse(f"portal:{name}", kwargs=kwargs) if changeable else ""

    return [
        {"title": _("The application"), "rows": _application(draft, to)},
        {"title": _("Who takes part"), "rows": _parties(draft, to)},
        *(
            {"title": _("Goods, line %(number)s") % {"number": line["line"]}, "rows": _line(draft, line, to)}
            for line in draft["lines"]
        ),
        {"title": _("Use"), "rows": _use(draft, to)},
    ]


def _application(draft: drafts.Draft, to: Callable[..., str]) -> list[Row]:
    return [
        {"key": _("Kind"), "value": words.heading(draft["kind"]), "href": to("kind")},
        {"key": _("Your own reference"), "value": draft["reference"], "href": to("kind"), "code": True},
    ]


def _parties(draft: drafts.Draft, to: Callable[..., str]) -> list[Row]:
    return [
        {"key": _("Your company"), "value": party_text(drafts.company(draft)), "href": to("company")},
        {"key": _("End-user"), "value": party_text(drafts.end_user(draft)), "href": to("end-user")},
        *(
            {
                "key": words.heading(party["roles"][0]) if party["roles"] else _("Party"),
                "value": party_text(party),
                "href": to("party", number=party["id"]),
            }
            for party in drafts.others(draft)
        ),
    ]


def _line(draft: drafts.Draft, line: dict[str, Any], to: Callable[..., str]) -> list[Row]:
    number = line["line"]
    return [
        {"key": _("Name and model"), "value": line["name"], "href": to("line", number=number)},
        {"key": _("What it is and does"), "value": line.get("description", ""), "href": to("line", number=number)},
        {"key": _("Amount and value"), "value": line_text(line), "href": to("line", number=number)},
        {"key": _("Declared entries"), "value": declared_text(line), "href": to("line", number=number)},
        {"key": _("Product sheet"), "value": sheet_text(line), "href": to("sheet", number=number)},
        *(
            {
                "key": asked.question,
                "value": stated(asked.fact, drafts.statement(draft, asked.fact.key, number)),
                "href": to("line-fact", number=number, slug=asked.slug),
            }
            for asked in GOODS
        ),
    ]


def _use(draft: drafts.Draft, to: Callable[..., str]) -> list[Row]:
    return [
        {
            "key": asked.question,
            "value": stated(asked.fact, drafts.statement(draft, asked.fact.key)),
            "href": to("fact", slug=asked.slug),
        }
        for asked in USE
    ]


def party_text(party: dict[str, Any]) -> str:
    """A party on as many lines as are stated."""
    if not party:
        return ""
    born = _("born %s") % words.day(party["born"]) if party.get("born") else ""
    rows = (party["name"], words.place(party.get("territory", "")), born, party.get("address", ""))
    return "\n".join(row for row in rows if row)


def line_text(line: dict[str, Any]) -> str:
    """Quantity and value of a line."""
    amount = words.amount(line.get("quantity", ""), line.get("unit", ""))
    return ", ".join(part for part in (amount, words.money(line.get("value", ""), line.get("currency", ""))) if part)


def declared_text(line: dict[str, Any]) -> str:
    """The entries that the applicant believes to apply, one a line as he writes them."""
    return "\n".join(f"{entry['list']} {entry['code']}" for entry in line.get("declared", ()))


def sheet_text(line: dict[str, Any]) -> str:
    """The title of the product sheet and how long it is."""
    sheet = line.get("datasheet")
    if not sheet:
        return ""
    count = len(sheet["lines"])
    return f"{sheet['title']} ({ngettext('%(count)d line', '%(count)d lines', count) % {'count': count}})"


def left_open(draft: drafts.Draft) -> int:
    """How many rows state nothing; whether entries are declared is the applicant's choice, and not counted."""
    return sum(
        1
        for section in sections(draft)
        for row in section["rows"]
        if not row["value"] and row["key"] != _("Declared entries")
    )
