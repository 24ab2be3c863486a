"""Policy packs that are kept, and the one in force: the last whose same bytes two people had signed, once it begins."""

from __future__ import annotations

import datetime as dt

from safeconduct.core.errors import Refusal
from safeconduct.flows.installation import utc_now
from safeconduct.store.models import Pack

SIGNATURES = 2


def in_force(today: dt.date | None = None) -> Pack | None:
    """The pack that applies ``today`` (UTC); None before there is one.

    A pack applies from its second signature on, or from the day it names (``begins``) where that is later. Of two, the
    one that applies since the later day; of the same day, the one signed last.
    """
    day = (today or utc_now().date()).isoformat()
    best = max((one for one in _signed() if one[2].begins <= day), key=lambda one: one[:2], default=None)
    return best[2] if best else None


def to_come(today: dt.date | None = None) -> tuple[Pack, ...]:
    """Packs that two people have signed and that begin on a later day, the next one first."""
    day = (today or utc_now().date()).isoformat()
    return tuple(pack for _, _, pack in sorted(_signed(), key=lambda one: one[:2]) if pack.begins > day)


def _signed() -> list[tuple[str, int, Pack]]:
    """The day from which each signed pack applies, its second signature, and the pack."""
    found = []
    for pack in Pack.objects.prefetch_related("signatures"):
        signed = sorted(pack.signatures.all(), key=lambda one: one.pk)
        if len(signed) >= SIGNATURES:
            second = signed[SIGNATURES - 1]
            found.append((max(pack.begins, second.at[:10]), second.pk, pack))
    return found


def kept(sha256: str) -> Pack:
    """The pack of this hash; a ``Refusal`` where it was never signed here."""
    pack = Pack.objects.filter(sha256=sha256).first()
    if pack is None:
        raise Refusal("no such policy pack", sha256[:64], "sign it first: `safeconduct policy sign`")
    return pack


def resolve(reference: str) -> bytes:
    """The bytes of ``name@sha256:…`` for a pack that extends it."""
    return kept(reference.partition("@sha256:")[2]).text.encode()
