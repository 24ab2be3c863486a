"""A party of the register as its page shows it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from safeconduct.access import Actor
from safeconduct.core.evidence import Evidence
from safeconduct.doors.casework.register_picture import picture
from safeconduct.doors.casework.register_words import bond_words, share_words, standing_words, tie_words
from safeconduct.doors.page import words
from safeconduct.flows.reading_register import of_case
from safeconduct.flows.register_views import (
    AppearanceView,
    HeldNote,
    MatchView,
    MergeView,
    PartyRow,
    ProposalView,
    RegisterPage,
    TieView,
)
from safeconduct.flows.wording import words as in_english
from safeconduct.screen.held import called
from safeconduct.screen.ownership import Chain
from safeconduct.screen.ownership_tree import Branch

Plain = dict[str, Any]


def href(name: str) -> str:
    """The page of a party of the register."""
    return reverse("register:party", kwargs={"name": name})


def list_href() -> str:
    """The list of all parties."""
    return reverse("register:parties")


def notes(actor: Actor, reference: str) -> dict[str, Plain]:
    """What stands in the register of each party of a case, by its id in the application."""
    return {party: _note(one) for party, one in of_case(actor, reference).items()}


def _note(one: HeldNote) -> Plain:
    told = ""
    if one.owned == "met":
        told = _("Listed parties own half or more of it, themselves or through others.")
    elif one.controlled == "met":
        told = _("A listed party controls it, itself or through others.")
    elif one.tied:
        told = _("A listed party is tied to it: %(names)s.") % {"names": ", ".join(one.tied)}
    return {"id": one.id, "href": href(one.id), "held": told}


def row(one: PartyRow) -> Plain:
    """A party in the list."""
    return {
        "id": one.id,
        "href": href(one.id),
        "name": one.name,
        "kind": words.word(one.kind) if one.kind != "unknown" else "",
        "territory": words.place(one.territory),
        "cases": one.cases,
        "noted": one.noted,
        "standing": one.standing,
        "held": "met" in (one.owned, one.controlled),
        "merged": ", ".join(one.merged),
    }


def facts(found: RegisterPage) -> list[Plain]:
    """Who it is, as far as anybody stated it."""
    one = found.party
    others = [name for name in found.names if name != one.name]
    return [
        {"key": _("What it is"), "value": words.heading(one.kind) if one.kind != "unknown" else ""},
        {"key": _("Seat or nationality"), "value": words.place(one.territory)},
        {"key": _("Born"), "value": ", ".join(filter(None, (words.day(one.born), one.birth_place)))}
        if one.kind == "person"
        else {"key": _("Address"), "value": one.address},
        {"key": _("Other names"), "value": "; ".join(others)},
        {
            "key": _("Numbers"),
            "value": "; ".join(f"{words.word(each.kind)} {each.value}" for each in found.identifiers),
            "code": True,
        },
    ]


def match(one: MatchView) -> Plain:
    """A listed entry beside the party, with the way to the two side by side."""
    at = {"reference": one.case, "party": one.party, "source": one.source, "entry": one.entry}
    return {
        "href": reverse("casework:match", kwargs=at) if one.case else "",
        "name": one.name,
        "source": one.source,
        "entry": one.entry,
        "answer": one.answer,
        "score": one.score,
        "note": "" if one.target else _("there for its ties alone, not itself listed"),
    }


def appearance(found: RegisterPage, one: AppearanceView) -> Plain:
    """Where it appears."""
    why = {
        "facts": _("the same facts"),
        "number": _("the same number"),
        "person": _("taken apart by a person"),
        "new": "",
    }
    at = {"name": one.entry, "reference": one.case, "party": one.party.id}
    return {
        "case": one.case,
        "href": reverse("casework:parties", kwargs={"reference": one.case}),
        "title": one.title,
        "organisation": one.organisation,
        "name": one.party.name,
        "roles": words.listing(one.party.roles),
        "entry": one.entry if len(found.entries) > 1 else "",
        "why": why[one.linked],
        "separate": reverse("register:separate", kwargs=at) if found.may_keep and not one.alone else "",
    }


def tie(found: RegisterPage, one: TieView) -> Plain:
    """One statement about a tie."""
    listed = " ".join(filter(None, one.listed))
    since, until = words.day(one.begins), words.day(one.ends)
    at = {"name": found.id, "tie": one.id}
    return {
        "id": one.id if one.id.startswith("T-") else "",
        "what": tie_words(one.what, above=one.above),
        "other": one.other,
        "href": href(one.other_id) if one.other_id else "",
        "listed": listed,
        "share": share_words(one.low, one.high) if one.low else "",
        "since": since,
        "until": until,
        "source": words.source(one.source),
        "sealed": one.source.sealed,
        "by": words.word(one.by) if one.by == "exporter" else one.by,
        "at": words.day(one.at),
        "case": one.case,
        "holds": one.holds,
        "ended": one.ended,
        "end": reverse("register:end", kwargs=at) if one.may_end else "",
    }


def proposal(found: RegisterPage, one: ProposalView) -> Plain:
    """An entry that may be the same party."""
    why = {"facts": _("all its facts"), "number": _("a number"), "name": _("the words of a name")}
    return {
        "id": one.id,
        "href": href(one.id),
        "name": one.name,
        "why": ", ".join(why[each] for each in one.why),
        "against": words.listing(one.against),
        "merge": reverse("register:merge", kwargs={"name": found.id}) + f"?with={one.id}",
    }


def merge(found: RegisterPage, one: MergeView) -> Plain:
    """A merge, and how it was taken back."""
    at = {"name": found.id, "one": one.one, "other": one.other}
    return {
        "one": one.one,
        "other": one.other,
        "merged": ", ".join((one.by or _("the system, by their facts"), words.day(one.at))),
        "reason": one.reason,
        "undone": ", ".join((one.undone_by, words.day(one.undone))) if one.undone else "",
        "undone_reason": one.undone_reason,
        "unmerge": reverse("register:unmerge", kwargs=at) if found.may_keep and not one.undone else "",
    }


def holders(found: RegisterPage) -> Plain | None:
    """The picture and the rows of the table beside it; None where nobody is known to hold the party."""
    if len(found.tree) < 2:
        return None
    title = _("Who holds %(name)s") % {"name": found.party.name}
    return {
        "picture": picture(found.tree, found.parties, title),
        "title": title,
        "rows": [_holder(found, branch) for branch in found.tree[1:]],
    }


def _holder(found: RegisterPage, branch: Branch) -> Plain:
    party, bond = found.parties[branch.party], branch.bond
    said = bond.said if bond else ()
    return {
        "step": branch.depth,
        "name": party.name,
        "href": href(party.id) if party.id.startswith("R-") else "",
        "listed": ", ".join(f"{source} {entry}" for source, entry, _name in party.listed_as),
        "tie": bond_words(bond),
        "of": found.parties[bond.held].name if bond else "",
        "standing": standing_words(party),
        "sources": list(dict.fromkeys(words.source(one.source) for one in said)),
    }


def reckoned(found: RegisterPage) -> list[Plain]:
    """What listed parties hold, in each way of reckoning."""
    held = found.held
    return [
        {
            "key": _("Shares of shares, multiplied and added"),
            "value": share_words(held.multiplied.low, held.multiplied.high),
        },
        {"key": _("Counting whoever they hold by half"), "value": share_words(held.half.low, held.half.high)},
        {
            "key": _("Counting whoever they hold by more than half"),
            "value": share_words(held.over_half.low, held.over_half.high),
        },
    ]


def findings(found: RegisterPage) -> list[Plain]:
    """The findings, with parties by name."""
    return [
        {
            "rule": one.rule,
            "verdict": one.verdict.value,
            "reason": in_english(one.reason),
            "citation": one.citation,
            "about": "",
            "sources": _sources(one.evidence),
            "missing": [
                {
                    "fact": f"{words.word(gap.fact.partition('.')[2])}: {called(gap.subject, found.parties)}",
                    "why": words.word(gap.why),
                }
                for gap in one.missing
            ],
        }
        for one in found.findings
    ]


def _sources(evidence: tuple[Evidence, ...]) -> list[Plain]:
    """Statements by the document that shows them."""
    shown: dict[str, Plain] = {}
    for one in evidence:
        name = words.source(one.source)
        group = shown.setdefault(name, {"name": name, "sealed": one.source.sealed, "items": []})
        group["items"].append({"text": one.value, "place": ""})
    return list(shown.values())


def warnings(found: RegisterPage) -> list[str]:
    """What the reckoning could not take in, in sentences."""
    held, told = found.held, []
    for ring in held.rings:
        names = ", ".join(found.parties[name].name for name in ring)
        told.append(_("These own one another; shares are followed round them: %(names)s.") % {"names": names})
    if held.disputed:
        told.append(_("Statements exclude each other: %(ids)s.") % {"ids": ", ".join(held.disputed)})
    if held.cut:
        told.append(_("There are more holders than are looked at; what they hold counts as unknown."))
    return told


def alert(found: RegisterPage) -> str:
    """The first thing to know, in one sentence; ``""`` where no listed party stands above this one."""
    met = [one for one in found.findings if one.verdict.value == "met"]
    if met:
        return " ".join(in_english(one.reason) for one in met)
    chains = [chain for chain in found.held.chains if _is_listed(found, chain)]
    if not chains:
        return ""
    names = ", ".join(dict.fromkeys(found.parties[chain.parties[0]].name for chain in chains))
    return _("A listed party is tied to it: %(names)s. Whether it owns or controls it cannot be told.") % {
        "names": names
    }


def _is_listed(found: RegisterPage, chain: Chain) -> bool:
    return found.parties[chain.parties[0]].standing == "listed"
