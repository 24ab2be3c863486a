"""Sign a policy pack. Two different people under the same bytes put it in force."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action, Actor
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.flows.catalogue import catalogue
from safeconduct.flows.installation import Installation
from safeconduct.flows.order import Order
from safeconduct.flows.packs import in_force, resolve
from safeconduct.flows.work import Work, flow
from safeconduct.policy import Pack as PackValue
from safeconduct.policy import load_pack
from safeconduct.policy.examples import unfit
from safeconduct.store.models import Pack, PackSignature


class SignPack(Order, frozen=True, kw_only=True):
    """``pack`` are the file's bytes, ``name`` how refusals call the file."""

    pack: bytes
    name: str = "policy pack"

    def content_key(self) -> str:
        """A key that is the same for the same bytes."""
        return canonical.sha256(self.pack)[:40]


class Signed(msgspec.Struct, frozen=True):
    """``signed_by`` are short names in the order of signing."""

    sha256: str
    name: str
    signed_by: tuple[str, ...]
    in_force: bool
    begins: str = ""


def checked_pack(_actor: Actor, order: SignPack, _at: Installation) -> PackValue:
    """The pack, once every example in it comes out as it says; a ``Refusal`` for the first that does not."""
    pack = load_pack(order.pack, order.name, catalogue(), resolve)
    problems = unfit(pack)
    if problems:
        first = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise Refusal(f"{first.what}{more}", first.where, first.remedy)
    return pack


@flow(Action.SIGN_PACK, checked_pack)
def sign_pack(work: Work, order: SignPack, pack: PackValue) -> Signed:
    """Keep the pack, if it is new, and the signature."""
    row = keep_pack(work, order, pack)
    if not PackSignature.objects.filter(pack=row, person=work.actor.id).exists():
        PackSignature.objects.create(pack=row, person=work.actor.id, at=work.now)
    now = in_force(work.today)
    signed_by = tuple(PackSignature.objects.filter(pack=row).order_by("id").values_list("person", flat=True))
    return Signed(pack.sha256, pack.name, signed_by, now is not None and now.pk == row.pk, pack.begins)


def keep_pack(work: Work, order: SignPack, pack: PackValue) -> Pack:
    """The pack's row, made where there is none."""
    row: Pack | None = Pack.objects.filter(sha256=pack.sha256).first()
    return row or Pack.objects.create(
        sha256=pack.sha256, name=pack.name, text=order.pack.decode(), kept=work.now, begins=pack.begins
    )
