"""What the page of one match shows: both sides, what was decided before, and what changed since."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from safeconduct.core.party import Party
from safeconduct.doors.casework import match_parts, party_rows
from safeconduct.doors.casework.letters import side_by_side
from safeconduct.doors.page import words
from safeconduct.flows.reading import CasePage, Change, Decided, MatchView, Reopened
from safeconduct.sources.model import Listed

Plain = dict[str, Any]


def shown(found: CasePage, view: MatchView) -> Plain:
    """The match with its parts in groups, the listed entry with its source and date, and its history."""
    match, edition = view.match, view.edition
    return {
        "party": view.party,
        "screening": view.screening,
        "match": {
            "name": match.name,
            "source": match.source,
            "entry": match.entry,
            "score": match.score,
            "answer": party_rows.answer_of(match, view.standing),
            "groups": match_parts.grouped(match),
            "asks": [match_parts.part_words(fact) for fact in match.asks],
            "place": match.place,
            "reason": party_rows.reason_of(found, view.party.id, match),
            "publisher": edition.publisher if edition else "",
            "published": words.day(edition.published) if edition else "",
            "obtained": words.day(edition.obtained) if edition else "",
            "sha256": edition.normalised if edition else "",
        },
        "standing": view.standing,
        "party_rows": party_facts(view.party),
        "listed_rows": listed_facts(view.listed) if view.listed else [],
        "history": [decided(one) for one in view.history],
        "reopened": reopened(view.reopened) if view.reopened else None,
    }


def party_facts(party: Party) -> list[Plain]:
    """All that is stated of a party."""
    numbers = "; ".join(f"{words.word(one.kind)} {one.value}" for one in party.identifiers)
    return _stated(
        {"key": _("Name"), "value": party.name},
        {"key": _("Other names"), "value": "; ".join(party.aliases)},
        {"key": _("Kind"), "value": words.heading(party.kind) if party.kind != "unknown" else ""},
        {"key": _("Roles"), "value": words.listing(party.roles)},
        {"key": _("Nationality or seat"), "value": words.place(party.territory)},
        {"key": _("Born"), "value": ", ".join(filter(None, (words.day(party.born), party.birth_place)))},
        {"key": _("Sex"), "value": words.word(party.sex)},
        {"key": _("Numbers"), "value": numbers},
        {"key": _("Address"), "value": party.address},
    )


def _stated(*rows: Plain) -> list[Plain]:
    """Rows with a value, and one that names what is not stated."""
    silent = ", ".join(str(row["key"]).lower() for row in rows if not row["value"])
    stated = [row for row in rows if row["value"]]
    return [*stated, {"key": _("Not stated"), "value": silent}] if silent else stated


def listed_facts(listed: Listed) -> list[Plain]:
    """All that a publisher says of a listed party."""
    territories = (
        f"{words.word(one.kind)}: {words.place(one.key) if one.key else one.text}" for one in listed.territories
    )
    numbers = (f"{words.word(one.kind)} {one.value}" for one in listed.identifiers)
    relations = (" ".join(filter(None, (words.word(one.kind), one.name or one.entry))) for one in listed.relations)
    rows = [
        (_("Names"), "; ".join(f"{one.text} ({words.word(one.kind)})" for one in listed.names)),
        (_("Kind"), words.heading(listed.kind)),
        (_("Territories"), "; ".join(territories)),
        (_("Born"), "; ".join(words.day(one) for one in listed.born)),
        (_("Birth places"), "; ".join(listed.birth_places)),
        (_("Sex"), words.word(listed.sex)),
        (_("Numbers"), "; ".join(numbers)),
        (_("Addresses"), "; ".join(listed.addresses)),
        (_("Programmes"), "; ".join(listed.programmes)),
        (_("Relations"), "; ".join(relations)),
        (_("Listed on"), words.day(listed.listed_on)),
        (_("Legal basis"), listed.citation),
        (_("Remarks"), listed.remarks),
    ]
    return _stated(*({"key": key, "value": value} for key, value in rows))


def decided(one: Decided) -> Plain:
    """A decision in words."""
    asked, _space, to = one.asked.partition(" ")
    said = {
        "not_same": _("Not the same"),
        "same": _("The same"),
        "ask": _("Asked for: %s") % match_parts.part_words(asked),
    }
    second = {"confirmed": _("confirmed by"), "declined": _("declined by"), "withdrawn": _("withdrawn by")}
    return {
        "what": said[one.answer],
        "of": {"authority": _("of the authority itself"), "exporter": _("of the exporter")}.get(to, ""),
        "who": one.author or _("somebody in a case that is not yours to read"),
        "when": words.moment(one.at),
        "ground": match_parts.part_words(one.ground) if one.ground else "",
        "reasons": one.reasons,
        "case": one.case,
        "record": one.record,
        "waits": one.state == "proposed",
        "second": second.get(one.second_answer, ""),
        "second_who": one.second,
        "second_when": words.moment(one.second_at),
        "second_reasons": one.second_reasons,
        "withdrawn": one.state == "withdrawn",
    }


def reopened(found: Reopened) -> Plain:
    """What was decided on other facts, and the facts then and now beside each other."""
    return {"decided": decided(found.decided), "changes": [_change(one) for one in found.changes]}


def _change(one: Change) -> Plain:
    sides = {"party": _("The party"), "listed": _("The listed entry")}
    before, now = side_by_side(one.before, one.now)
    fact = words.heading(one.fact) if one.fact else _("It can no longer be read as it was")
    return {"side": sides[one.side], "fact": fact, "before": before, "now": now}
