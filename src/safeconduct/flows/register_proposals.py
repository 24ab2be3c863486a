"""Entries that may be the same party: the machine proposes, with what speaks for it and against, and joins none."""

from __future__ import annotations

from django.db.models import Count

from safeconduct.core.party import Party
from safeconduct.flows.register_views import ProposalView
from safeconduct.flows.register_web import Weaver
from safeconduct.screen import fingerprint
from safeconduct.screen.same_party import contradictions, keys

MOST = 20
_LOOKED_AT = 200


def proposals(weaver: Weaver, group: tuple[int, ...]) -> tuple[ProposalView, ...]:
    """Those that share all facts, a number or the words of a name, those with most for and least against first."""
    sight = weaver.sight
    ours = [party for _, party in weaver.group_parties(group[0])]
    wanted = {key for party in ours for key in keys(party)}
    rows = sight.keys().filter(key__in=wanted).exclude(entry__in=group)
    heads = {
        sight.head(entry) for entry in rows.order_by("entry").values_list("entry", flat=True).distinct()[:_LOOKED_AT]
    }
    found = [_proposal(weaver, head, ours) for head in sorted(heads - set(group))]
    return tuple(sorted(found, key=lambda one: (len(one.against), -len(one.why), int(one.id[2:])))[:MOST])


def _proposal(weaver: Weaver, head: int, ours: list[Party]) -> ProposalView:
    theirs = [party for _, party in weaver.group_parties(head)]
    shared = {key for party in ours for key in keys(party)} & {key for party in theirs for key in keys(party)}
    why = []
    if {fingerprint(party) for party in ours} & {fingerprint(party) for party in theirs}:
        why.append("facts")
    if any(not key.startswith("name:") for key in shared):
        why.append("number")
    if any(key.startswith("name:") for key in shared):
        why.append("name")
    against = {fact for one in ours for other in theirs for fact in contradictions(one, other)}
    counted = weaver.sight.appearances.filter(entry__in=weaver.sight.group(head))
    return ProposalView(
        id=f"R-{head}",
        name=theirs[0].name,
        territory=theirs[0].territory,
        cases=counted.aggregate(found=Count("case", distinct=True))["found"],
        why=tuple(why),
        against=tuple(sorted(against)),
    )
