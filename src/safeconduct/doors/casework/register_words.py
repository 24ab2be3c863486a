"""The register in words: ties, shares, and what screening says of a party."""

from __future__ import annotations

from django.utils.translation import gettext as _

from safeconduct.screen.holdings import Bond, Party, rounded
from safeconduct.screen.shares import per_cent


def share_words(low: str, high: str) -> str:
    """``60 %``, ``25 to 50 %``, or that it is not known."""
    low, high = rounded(low, high)
    if (low, high) == ("0", "100"):
        return _("share not known")
    return _("%(low)s %%") % {"low": low} if low == high else _("%(low)s to %(high)s %%") % {"low": low, "high": high}


def tie_words(what: str, *, above: bool = True) -> str:
    """What the other one is to the party: *owner*, or *owned by it*."""
    upwards = {
        "owner": _("owner"),
        "director": _("director"),
        "parent": _("parent"),
        "family": _("family"),
        "associate": _("associate"),
        "linked": _("linked, not said how"),
        "all_owners": _("all owners are stated"),
    }
    downwards = {"owner": _("owned by it"), "director": _("directed by it"), "parent": _("part of it")}
    return upwards[what] if above else downwards.get(what, upwards[what])


def bond_words(bond: Bond | None) -> str:
    """A tie with its share, and whether it is in doubt."""
    if bond is None:
        return _("the party itself")
    said = tie_words(bond.what)
    if bond.what == "owner":
        said = f"{said}, {share_words(per_cent(bond.low), per_cent(bond.high, up=True))}"
    if bond.disputed:
        said = f"{said}, {_('statements differ')}"
    return said if bond.certain else f"{said}, {_('not certain')}"


def standing_words(party: Party) -> str:
    """What screening says of a party; an entry of a list is on it, whoever resembles one is so likely."""
    return {
        "listed": _("likely on a list") if party.id.startswith("R-") else _("on a list"),
        "perhaps": _("may be on a list"),
        "unseen": _("not compared with lists"),
        "clear": _("on no list"),
    }[party.standing]
