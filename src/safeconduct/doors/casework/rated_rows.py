"""What stands under a line's entries: how it was rated, where else to look, like goods, and what changed since."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from safeconduct.access import Actor
from safeconduct.core.item import Item
from safeconduct.doors.casework.findings import fact_name
from safeconduct.doors.casework.since_rows import since
from safeconduct.doors.page import words
from safeconduct.flows.precedents import Likeness, Precedent
from safeconduct.flows.reading import CasePage
from safeconduct.flows.reading_goods import GoodsSeen, RatingSeen, goods_seen

Plain = dict[str, Any]


def rated(actor: Actor, found: CasePage, item: Item) -> Plain:
    """``{day, ratings, look, precedents, since, lists, href}`` in words; ``href`` is empty for whoever may not rate."""
    reference, day = found.identity.reference, found.assessment["on"] if found.assessment else ""
    row = shown(reference, item, goods_seen(actor, reference, found.case_file, item, day))
    return row | {"look": [_place(one, row["href"]) for one in _suggested(found, item)]}


def shown(reference: str, item: Item, seen: GoodsSeen) -> Plain:
    """The same, of what was read; without ``look``."""
    at = {"reference": reference, "line": item.line}
    return {
        "day": words.day(seen.day),
        "ratings": [_rating(reference, one) for one in seen.ratings],
        "precedents": [_precedent(one) for one in seen.precedents],
        "since": since(seen.since),
        "texts": seen.texts,
        "lists": [{"list": one["list"], "said": one["said"]} for one in seen.lists],
        "href": reverse("casework:rate", kwargs=at) if seen.may_rate else "",
    }


def _suggested(found: CasePage, item: Item) -> list[Plain]:
    """Suggestions of the assessment; what an earlier one names as of the same wording does not stand again."""
    lines = found.assessment["lines"] if found.assessment else []
    every: list[Plain] = next((line["suggestions"] for line in lines if line["line"] == item.line), [])
    named: set[tuple[str, str]] = set()
    shown = []
    for one in every:
        if (one["list"], one["code"]) not in named:
            shown.append(one)
            named.update((one["list"], code) for code in one.get("same", ()))
    return shown


def _place(one: Plain, href: str) -> Plain:
    """A place in a list that shares words with the goods, with the way to rate them under it."""
    entry = f"{one['list']} {one['code']}"
    return {
        "entry": entry,
        "words": ", ".join(one["words"]),
        "same": ", ".join(one.get("same", ())),
        "href": f"{href}?{urlencode({'entry': entry})}" if href else "",
    }


def saying(rating: str) -> str:
    """What an officer found."""
    return {"caught": _("Caught"), "freed": _("Freed"), "outside": _("Outside")}[rating]


def _rating(reference: str, one: RatingSeen) -> Plain:
    said = one.said
    return {
        "rating": saying(said.rating),
        "entry": f"{said.list} {said.code}",
        "by": one.by,
        "day": words.day(one.day),
        "reasons": said.reasons,
        "different": said.why_different,
        "href": reverse("casework:document", kwargs={"reference": reference, "number": one.record}),
        "document": f"{reference}/{one.record}",
    }


def _precedent(one: Precedent) -> Plain:
    alike: dict[Likeness, str] = {
        "same_name": _("the same name"),
        "same_facts": _("the same kind and facts"),
        "near_words": _("words in common, which bind nobody"),
    }
    facts = one.likeness == "same_facts"
    return {
        "rating": saying(one.rating),
        "entry": f"{one.list} {one.code}",
        "name": one.name,
        "by": one.by,
        "day": words.day(one.day),
        "reasons": one.reasons,
        "different": one.why_different,
        "href": reverse("casework:document", kwargs={"reference": one.case, "number": one.record}),
        "document": f"{one.case}/{one.record}",
        "alike": alike[one.likeness],
        "shared": "; ".join(map(fact_name, one.shared)) if facts else ", ".join(one.shared),
    }
