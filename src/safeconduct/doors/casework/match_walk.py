"""The way through the matches that wait: from one to the next, in the queue's order or within one case."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from safeconduct.access import Actor
from safeconduct.doors.casework.match_groups import address_of, distinct, in_order, pair_of, way_of
from safeconduct.flows.reading import CasePage, MatchView, OpenMatch, open_matches

Plain = dict[str, Any]


class Walk:
    """The way through the matches that wait: all of them in the queue's order, or those of one case."""

    def __init__(self, actor: Actor, by: str, found: CasePage, view: MatchView) -> None:
        self._actor, self._found = actor, found
        self._way = way_of(by) if by else None
        self._here = (view.party_facts, view.match.source, view.match.entry, view.match.facts)
        self._rows = self._waiting()

    def _waiting(self) -> list[OpenMatch]:
        every = open_matches(self._actor)
        if self._way:
            return in_order(every, self._way)
        return [one.first for one in distinct(one for one in every if one.case == self._found.identity.reference)]

    def _place(self) -> int:
        return next((place for place, one in enumerate(self._rows) if pair_of(one) == self._here), -1)

    def shown(self) -> Plain:
        """Where this match stands, and the addresses of its neighbours."""
        place, count = self._place(), len(self._rows)
        before = self._rows[place - 1] if place > 0 else None
        after = self._rows[place + 1] if place + 1 < count else None
        return {
            "place": place + 1,
            "count": count,
            "previous": address_of(before, self._way) if before else "",
            "next": address_of(after, self._way) if after else "",
            "all": self._all(),
            "queue": self._way is not None,
        }

    def _all(self) -> str:
        if self._way:
            return f"{reverse('matches')}?by={self._way.slug}"
        return reverse("casework:parties", kwargs={"reference": self._found.identity.reference})

    def onward(self) -> str:
        """After a decision: the next that still waits, else the first, else the list they came from."""
        place = self._place()
        waiting = {pair_of(one) for one in self._waiting()}
        following = [*self._rows[place + 1 :], *self._rows[: max(place, 0)]]
        onward = next((one for one in following if pair_of(one) in waiting), None)
        return address_of(onward, self._way) if onward else self._all()
