"""Policy packs that are kept, and the one in force: the last whose same bytes two people had signed."""

from __future__ import annotations

from safeconduct.core.errors import Refusal
from safeconduct.store.models import Pack

SIGNATURES = 2


def in_force() -> Pack | None:
    """The pack whose second signature is the newest; None before there is one."""
    best: tuple[int, Pack] | None = None
    for pack in Pack.objects.prefetch_related("signatures"):
        signed = sorted(one.pk for one in pack.signatures.all())
        if len(signed) >= SIGNATURES and (best is None or signed[SIGNATURES - 1] > best[0]):
            best = (signed[SIGNATURES - 1], pack)
    return best[1] if best else None


def kept(sha256: str) -> Pack:
    """The pack of this hash; a ``Refusal`` where it was never signed here."""
    pack = Pack.objects.filter(sha256=sha256).first()
    if pack is None:
        raise Refusal("no such policy pack", sha256[:64], "sign it first: `safeconduct policy sign`")
    return pack


def resolve(reference: str) -> bytes:
    """The bytes of ``name@sha256:…`` for a pack that extends it."""
    return kept(reference.partition("@sha256:")[2]).text.encode()
