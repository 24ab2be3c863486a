"""What the words of a datasheet suggest, beside their line: the words marked, who judged them, and the way to do so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from safeconduct.classify import Proposal, kinds_beside_each_other
from safeconduct.core.item import Item
from safeconduct.decide import Act
from safeconduct.doors.casework.findings import fact_name
from safeconduct.doors.page import words
from safeconduct.flows.proposals import ProposalView, language
from safeconduct.flows.reading import CasePage

READ = ("en", "fr", "es")


def row(found: CasePage, line: int, one: ProposalView) -> dict[str, Any]:
    """One proposal below its line."""
    at = {"reference": found.identity.reference, "line": line, "proposal": one.key}
    return {
        "head": heads()[one.proposal.says],
        "fact": told(one.proposal),
        "told": verdicts().get(one.verdict, ""),
        "by": one.by,
        "at": words.day(one.at),
        "why": one.why,
        "href": reverse("casework:proposal", kwargs=at) if Act.ANSWER in found.may else "",
        "act": _("Judge again") if one.verdict else _("Judge"),
    }


def heads() -> dict[str, str]:
    """How the seller says it."""
    return {"yes": _("Suggests:"), "no": _("Denies:"), "perhaps": _("Offers, or plans:")}


def verdicts() -> dict[str, str]:
    """What somebody made of it."""
    return {"confirmed": _("Confirmed"), "corrected": _("Corrected"), "rejected": _("Rejected")}


def told(one: Proposal) -> str:
    """The fact, with its value where it is one of several."""
    name = fact_name(one.fact)
    return f"{name}: {words.heading(one.value)}" if isinstance(one.value, str) else name


def parts(text: str, proposed: Sequence[Proposal]) -> list[dict[str, Any]]:
    """The line in pieces, those marked on which a proposal stands."""
    marked = bytearray(len(text))
    for one in proposed:
        start = text.find(one.words)
        if one.line != one.last:  # broken words: the rest of the line from where they begin
            start = next((at for at in range(len(text)) if one.words.startswith(text[at:].rstrip("- "))), -1)
        if start >= 0:
            end = min(start + len(one.words), len(text))
            marked[start:end] = b"\1" * (end - start)
    found: list[dict[str, Any]] = []
    for char, mark in zip(text, marked, strict=True):
        if found and found[-1]["marked"] == bool(mark):
            found[-1]["text"] += char
        else:
            found.append({"text": char, "marked": bool(mark)})
    return found


def several(proposed: Sequence[Proposal]) -> list[str]:
    """What the sheet says the goods are in more ways than one, and what to do where it sells several products."""
    says = _(
        "%(fact)s: the words say %(values)s. If the sheet sells several products, ask for one line of the application "
        "for each: together they cannot be rated."
    )
    return [
        says % {"fact": fact_name(fact), "values": ", ".join(map(words.heading, values))}
        for fact, values in kinds_beside_each_other(proposed).items()
    ]


def unread(item: Item) -> str:
    """Why no proposal is made from the sheet; empty where it is read."""
    if language(item) in READ:
        return ""
    return _("This datasheet was not read for proposals: it is not in English, French or Spanish, or holds no text.")
