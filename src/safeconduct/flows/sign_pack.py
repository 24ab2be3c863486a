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
from safeconduct.policy.examples import failed_examples
from safeconduct.store.models import Pack, PackSignature


class SignPack(Order, frozen=True, kw_only=True):
    """``pack`` are the file's bytes, ``name`` how refusals call the file."""

    pack: bytes
    name: str = "policy pack"


class Signed(msgspec.Struct, frozen=True):
    """``signed_by`` are short names in the order of signing."""

    sha256: str
    name: str
    signed_by: tuple[str, ...]
    in_force: bool


def _checked(_actor: Actor, order: SignPack, _at: Installation) -> PackValue:
    """The pack, once every example in it comes out as it says."""
    pack = load_pack(order.pack, order.name, catalogue(), resolve)
    problems = failed_examples(pack)
    if problems:
        first = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise Refusal(f"{first.what}{more}", first.where, first.remedy)
    return pack


@flow(Action.SIGN_PACK, _checked)
def sign_pack(work: Work, order: SignPack, pack: PackValue) -> Signed:
    """Keep the pack, if it is new, and the signature."""
    row = Pack.objects.filter(sha256=pack.sha256).first()
    if row is None:
        row = Pack.objects.create(
            sha256=canonical.sha256(order.pack), name=pack.name, text=order.pack.decode(), kept=work.now
        )
    if not PackSignature.objects.filter(pack=row, person=work.actor.id).exists():
        PackSignature.objects.create(pack=row, person=work.actor.id, at=work.now)
    now = in_force()
    signed_by = tuple(PackSignature.objects.filter(pack=row).order_by("id").values_list("person", flat=True))
    return Signed(pack.sha256, pack.name, signed_by, now is not None and now.pk == row.pk)
