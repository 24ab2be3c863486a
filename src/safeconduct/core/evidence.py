"""Where a fact comes from: who says so, when, in which place, under which marking."""

from __future__ import annotations

import msgspec


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One source of a statement.

    ``kind``: application, datasheet, letter, list, indicator, court, un_body, ngo, media,
    embassy, other_state, research, inspection, derived. ``date`` is ISO 8601, of the document.
    ``place`` is where in it (``line 7``, ``p. 3``). A ``sealed`` source, and every text taken
    from it, is shown to officers who may read closed reasons, and to nobody else.
    """

    kind: str
    ref: str = ""
    date: str = ""
    place: str = ""
    author: str = ""
    sealed: bool = False


class Evidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A fact as a finding cites it. ``value`` is a short text of what was stated.

    ``by`` is who stated it (``exporter``, ``officer``…): a claim and a finding are told apart.
    """

    fact: str
    value: str
    source: Source
    subject: str = "case"
    edition: str = ""
    by: str = ""
