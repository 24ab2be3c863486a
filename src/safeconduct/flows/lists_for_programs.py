"""Lists and listed parties for programs: which lists a scope means, and one party by the id of its entity."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from safeconduct.access import Action, Actor
from safeconduct.core.errors import Refusal
from safeconduct.flows.editions import active, of_day
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.listed_entries import entries_with_words, listed_entry
from safeconduct.flows.wake import doing, worker_is_alive
from safeconduct.flows.work import ask
from safeconduct.sources.as_ftm import FTM, SANCTIONS, entry_of
from safeconduct.sources.model import Edition, Listed

EVERYTHING, EVERY_SANCTION = ("default", "all"), "sanctions"
MAKING_READY = ("loading the name library", "indexing ")  # as workers say it


class ListedParty(msgspec.Struct, frozen=True):
    """A listed party and the edition that names it."""

    listed: Listed
    edition: Edition


def lists_in_use(actor: Actor) -> tuple[Edition, ...]:
    """The edition in use of every watchlist, by source."""
    ask(actor, Action.LOOK_UP, None)
    return tuple(one.edition for one in of_day(active("watchlist")))


def sources_of(scope: str, lists: Iterable[Edition]) -> tuple[str, ...]:
    """The sources that a scope means: ``default`` all, ``sanctions`` those of sanctions, else one by its name (an
    imported file also by the name of its data set). Empty where it means none."""
    keys = [one.key for one in lists]
    if scope in EVERYTHING:
        return tuple(keys)
    if scope == EVERY_SANCTION:
        return tuple(key for key in keys if key in SANCTIONS or key.startswith(FTM))
    return tuple(key for key in keys if scope in (key, key.removeprefix(FTM)))


def party_named(actor: Actor, name: str, at: Installation | None = None) -> ListedParty | None:
    """The party whose entity has this id, from the editions in use; None where there is none."""
    at = at or here()
    for edition in sorted(lists_in_use(actor), key=lambda one: one.key.startswith(FTM)):
        entry = entry_of(name, edition.key)
        listed = listed_entry(at.home, edition.normalised, entry) if entry else None
        if listed is not None:
            return ListedParty(listed, edition)
    return None


def party_of(edition: Edition, entry: str, at: Installation | None = None) -> ListedParty:
    """A party that a screening found, as the edition of that screening has it; a ``Refusal`` where it is gone."""
    at = at or here()
    listed = listed_entry(at.home, edition.normalised, entry)
    if listed is None:
        raise Refusal("the list's entry cannot be read", f"{edition.key} {entry}", "run `safeconduct ledger verify`")
    return ListedParty(listed, edition)


def parties_with_words(
    lists: Iterable[Edition], text: str, most: int, at: Installation | None = None
) -> tuple[list[ListedParty], bool]:
    """The parties of these lists that have all words of ``text`` in their names, ``most`` at most of each list; and
    whether that is all of them."""
    at, found, whole = at or here(), [], True
    for edition in lists:
        listed, count = entries_with_words(at.home, edition.normalised, text, most)
        found += [ListedParty(one, edition) for one in listed]
        whole = whole and count <= most
    return found, whole


def is_ready(at: Installation | None = None) -> bool:
    """Whether a look-up would be answered soon: a list is in use, and a worker alive that is not just making ready.
    It tells nothing about either."""
    at = at or here()
    making_ready = any(text in doing(at.home) for text in MAKING_READY)
    return bool(active("watchlist")) and worker_is_alive(at.home) and not making_ready
