"""Which editions are in use: all active ones, those of today, those of a day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from safeconduct.core import canonical
from safeconduct.screen.model import EditionUsed
from safeconduct.sources.kept import Basis, as_of
from safeconduct.sources.model import Edition
from safeconduct.store.models import EditionRow

FOREVER = "9999-12-31"


class Chosen(NamedTuple):
    """An edition, and by which of its dates it was chosen."""

    edition: Edition
    basis: Basis


def active(kind: str = "") -> tuple[Edition, ...]:
    """Every edition that may be used, of one kind or of all; those held for a person are not among them."""
    rows = EditionRow.objects.filter(state=EditionRow.State.ACTIVE).order_by("key", "id")
    if kind:
        rows = rows.filter(kind=kind)
    return tuple(canonical.decode(row.document.encode(), Edition) for row in rows)


def of_day(editions: Iterable[Edition], day: str = "") -> tuple[Chosen, ...]:
    """The one edition of each source that held on ``day`` (ISO; empty: the newest of all), by source."""
    every = tuple(editions)
    chosen = []
    for key in sorted({edition.key for edition in every}):
        edition, basis = as_of(every, key, day or FOREVER)
        if edition is not None:
            chosen.append(Chosen(edition, basis))
    return tuple(chosen)


def watchlists(day: str = "") -> tuple[EditionUsed, ...]:
    """The watchlist editions that a screening must look at, in the order the matcher keeps them."""
    chosen = of_day(active("watchlist"), day)
    return tuple(sorted((EditionUsed(one.edition.key, one.edition.normalised) for one in chosen), key=_order))


def _order(edition: EditionUsed) -> tuple[str, str]:
    return edition.key, edition.normalised


def written(editions: tuple[EditionUsed, ...]) -> str:
    """A set of editions as a screening row holds it."""
    return canonical.encode(editions).decode()


def read(text: str) -> tuple[EditionUsed, ...]:
    """A set of editions from a screening row."""
    return canonical.decode(text.encode(), tuple[EditionUsed, ...])
