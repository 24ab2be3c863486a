"""Policy packs as the policy lead's workbench shows them."""

from __future__ import annotations

import datetime as dt

import msgspec

from safeconduct.access import Action, Actor
from safeconduct.core.errors import Refusal
from safeconduct.flows.catalogue import catalogue
from safeconduct.flows.gathering import pack_of
from safeconduct.flows.packs import SIGNATURES, in_force, kept, resolve
from safeconduct.flows.work import ask
from safeconduct.policy import Difference, Pack, Problem, differences, load_pack
from safeconduct.policy.examples import unfit
from safeconduct.policy.show import Sentence, numbered
from safeconduct.store.models import Pack as PackRow
from safeconduct.store.models import Person


class PackRowView(msgspec.Struct, frozen=True):
    """A kept pack. ``standing``: in_force, begins_later, unsigned (fewer than two have signed), earlier.
    ``signed_by`` are short names, ``signers`` the names of the same people."""

    sha256: str
    name: str
    kept: str
    begins: str
    signed_by: tuple[str, ...]
    standing: str
    signers: tuple[str, ...] = ()


class PackView(msgspec.Struct, frozen=True):
    """One pack, read: its sentences, its own bytes, and how it differs from the one in force."""

    row: PackRowView
    title: str
    threshold: str
    text: str
    sentences: tuple[Sentence, ...]
    differences: tuple[Difference, ...]
    grid: tuple[tuple[str, ...], ...]


class Checked(msgspec.Struct, frozen=True):
    """What is wrong with a draft (nothing: ``problems`` is empty), and what it would change."""

    problems: tuple[Problem, ...]
    differences: tuple[Difference, ...] = ()
    sentences: tuple[Sentence, ...] = ()


def packs(actor: Actor, today: dt.date) -> tuple[PackRowView, ...]:
    """Every pack kept here, the newest first; a ``Refusal`` for whoever may not sign packs."""
    ask(actor, Action.SIGN_PACK, None)
    force, names = in_force(today), _names()
    return tuple(
        _row(one, force, today, names) for one in PackRow.objects.prefetch_related("signatures").order_by("-pk")
    )


def pack_view(actor: Actor, sha256: str, today: dt.date) -> PackView:
    """One kept pack; a ``Refusal`` where there is none of this hash."""
    ask(actor, Action.SIGN_PACK, None)
    row, force = kept(sha256), in_force(today)
    pack = pack_of(sha256)
    changed = differences(pack_of(force.sha256), pack) if force and force.pk != row.pk else ()
    grid = tuple(tuple(map(str, row)) for row in pack.grid.rows)
    texts = pack.text("title"), pack.text("threshold")
    return PackView(_row(row, force, today, _names()), *texts, row.text, tuple(numbered(pack)), changed, grid)


def checked(actor: Actor, data: bytes, today: dt.date) -> Checked:
    """Whether a draft could be signed: the first thing that cannot be read, or every example that does not hold."""
    ask(actor, Action.SIGN_PACK, None)
    try:
        pack: Pack = load_pack(data, "pack", catalogue(), resolve)
    except Refusal as refusal:
        return Checked((Problem(refusal.where, refusal.what, refusal.remedy),))
    force = in_force(today)
    changed = differences(pack_of(force.sha256), pack) if force else ()
    return Checked(unfit(pack), changed, tuple(numbered(pack)))


def _names() -> dict[str, str]:
    """The name of each person by short name, also of those who have left."""
    return dict(Person.objects.values_list("name_id", "name"))


def _row(row: PackRow, force: PackRow | None, today: dt.date, names: dict[str, str]) -> PackRowView:
    signed = tuple(one.person for one in sorted(row.signatures.all(), key=lambda one: one.pk))
    standing = "earlier"
    if force is not None and force.pk == row.pk:
        standing = "in_force"
    elif len(signed) < SIGNATURES:
        standing = "unsigned"
    elif row.begins > today.isoformat():
        standing = "begins_later"
    signers = tuple(names.get(one, one) for one in signed)
    return PackRowView(row.sha256, row.name, row.kept, row.begins, signed, standing, signers)
