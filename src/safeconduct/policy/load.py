"""Loading a pack: its own file, and the packs it extends, each held to its hash."""

from __future__ import annotations

import re
from collections.abc import Callable

from safeconduct.core import canonical
from safeconduct.policy.catalogue import Catalogue
from safeconduct.policy.inheritance import join
from safeconduct.policy.pack import Pack
from safeconduct.policy.reading import open_pack, read_draft
from safeconduct.policy.table import Place, Table, describe
from safeconduct.policy.table_reading import read_id

Resolve = Callable[[str], bytes]
MAX_ANCESTORS = 8
_REFERENCE = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]{0,39})@sha256:([0-9a-f]{64})", re.ASCII)


def load_pack(data: bytes, where: str, catalogue: Catalogue, resolve: Resolve | None = None) -> Pack:
    """Read, check and join a pack with what it extends.

    ``resolve`` gives the bytes of ``name@sha256:…``, which are checked against that hash. Whatever
    is wrong is a ``Refusal`` that names file, line and the nearest right word; so are a pack that
    extends itself, more than ``MAX_ANCESTORS`` ancestors, and a weakening without ground.
    """
    return _load(data, where, catalogue, resolve, ())


def _load(data: bytes, where: str, catalogue: Catalogue, resolve: Resolve | None, heirs: tuple[str, ...]) -> Pack:
    top = open_pack(data, where)
    name = read_id(top, "name")
    if name in heirs:
        top.at("name").refuse(f"the pack {name} extends itself", "extend a pack of another name")
    base = _base(top, catalogue, resolve, (*heirs, name)) if "extends" in top else None
    return join(base, read_draft(top, data, catalogue, base))


def _base(top: Table, catalogue: Catalogue, resolve: Resolve | None, heirs: tuple[str, ...]) -> Pack:
    reference, place = top.text("extends"), top.at("extends")
    if len(heirs) > MAX_ANCESTORS:
        place.refuse(f"more than {MAX_ANCESTORS} packs extend each other", "copy one into another")
    name, data = _fetch(reference, place, resolve)
    base = _load(data, name, catalogue, resolve, heirs)
    if base.name != name:
        place.refuse(f"the pack of this sha256 is named {base.name}", f"write {base.name}@sha256:…")
    return base


def _fetch(reference: str, place: Place, resolve: Resolve | None) -> tuple[str, bytes]:
    form = _REFERENCE.fullmatch(reference)
    if not form:
        place.refuse(f"{describe(reference)} names no pack", "write name@sha256: and 64 digits, as `policy show` does")
    if resolve is None:
        place.refuse(f"the pack {form[1]} is not at hand", "load it first")
    data = resolve(reference)
    if canonical.sha256(data) != form[2]:
        place.refuse(f"the pack {form[1]} at hand has another sha256", "load the one that was meant, or name this one")
    return form[1], data
