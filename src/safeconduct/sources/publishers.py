"""The catalogue of publishers' addresses: what is shipped, with a State's own file laid over it.

Only what stands here is ever asked for. A file that is not understood is refused as a whole: half a catalogue could
leave a list out unseen.
"""

from __future__ import annotations

import datetime as dt
import functools
import pathlib
import re
import tomllib
from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from safeconduct.core.errors import Refusal
from safeconduct.sources.addresses import Address, address, is_host, is_loopback
from safeconduct.sources.catalogue import CATALOGUE, Reader
from safeconduct.sources.files import MAX_FILE

UNCHECKED = "unchecked"
CREDENTIAL = "{credential}"
MEGABYTE = 1024 * 1024
SHIPPED = pathlib.Path(__file__).with_name("publishers.toml")

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,58}[a-z0-9]")
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{2,80}")

Hours = Annotated[int, msgspec.Meta(ge=1, le=31 * 24)]
Megabytes = Annotated[int, msgspec.Meta(ge=1, le=MAX_FILE // MEGABYTE)]


class Fetching(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How lists are fetched. ``on``: by the worker, when they are due (else only by command).

    ``seconds`` bound all files of one source and ``read_seconds`` each wait for more of one. ``proxy`` is the address
    of an HTTP proxy; ``proxy_credential`` names the environment variable with its ``user:password``. ``ca_file`` holds
    the certificates to trust in place of the system's. ``loopback`` allows plain HTTP to this very machine.
    """

    on: bool = False
    seconds: Annotated[int, msgspec.Meta(ge=1, le=6 * 3600)] = 900
    read_seconds: Annotated[int, msgspec.Meta(ge=1, le=600)] = 30
    proxy: str = ""
    proxy_credential: str = ""
    ca_file: str = ""
    loopback: bool = False


class Publisher(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One source that can be fetched. ``addresses`` by part of its reader; ``redirects`` are further hosts that the
    publisher may send us on to. ``checked`` is the day on which somebody saw that the addresses hold the list, or
    *unchecked*; ``note`` says what they were taken from. ``credential`` names an environment variable; its value
    stands for ``{credential}`` in the addresses, else is sent as ``Authorization`` to the addresses' own hosts.
    """

    key: str
    reader: str
    addresses: dict[str, str]
    publisher: str = ""
    licence: str = ""
    every_hours: Hours = 24
    on: bool = False
    checked: str = UNCHECKED
    note: str = ""
    redirects: tuple[str, ...] = ()
    most_mb: Megabytes = 64
    credential: str = ""

    @property
    def origins(self) -> frozenset[str]:
        """Every origin that may be asked for this source's files."""
        own = {address(one.replace(CREDENTIAL, "x")).origin for one in self.addresses.values()}
        return frozenset(own | {f"https://{host.lower()}:443" for host in self.redirects})


class Publishers(msgspec.Struct, frozen=True):
    """The whole catalogue, sources in the order of their keys."""

    fetching: Fetching
    sources: tuple[Publisher, ...]

    def named(self, key: str) -> Publisher:
        """The source of this key, or a ``Refusal`` that names those there are."""
        for one in self.sources:
            if one.key == key:
                return one
        known = ", ".join(one.key for one in self.sources)
        raise Refusal("no such source in the catalogue of publishers", key[:60], f"name one of: {known}")


def publishers(own: str = "", where: str = "publishers.toml") -> Publishers:
    """The shipped catalogue with a State's own file (its text) laid over it; ``where`` names that file.

    A source of the file that is shipped too changes the fields it states. One whose addresses it changes is
    unchecked again, unless the file says otherwise.
    """
    shipped, mine = _shipped(), _parsed(own, where)
    fetching = {**shipped.get("fetching", {}), **mine.get("fetching", {})}
    tables: dict[str, dict[str, Any]] = {key: dict(table) for key, table in shipped["source"].items()}
    for key, table in mine.get("source", {}).items():
        before = tables.get(key, {})
        if "addresses" in table and table["addresses"] != before.get("addresses"):
            before = {name: value for name, value in before.items() if name not in ("checked", "note", "redirects")}
        tables[key] = {**before, **table}
    settings = _converted(fetching, Fetching, f"{where}, [fetching]")
    _refuse_bad_proxy(settings, where)
    return Publishers(settings, tuple(_publisher(key, tables[key], settings, where) for key in sorted(tables)))


@functools.cache
def _shipped() -> dict[str, Any]:
    return _parsed(SHIPPED.read_text(encoding="utf-8"), SHIPPED.name)


def _parsed(text: str, where: str) -> dict[str, Any]:
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Refusal(f"this is no TOML: {error}", where, "correct the line") from error
    strange = sorted(found.keys() - {"fetching", "source"})
    if strange:
        raise Refusal(f"unknown: {', '.join(strange)[:200]}", where, "use [fetching] and [source.KEY] alone")
    for name in ("fetching", "source"):
        if not isinstance(found.get(name, {}), dict):
            raise Refusal(f"{name} is no table", where, f"write [{name}]")
    for key, table in found.get("source", {}).items():
        if not isinstance(table, dict):
            raise Refusal(f"source {key[:60]} is no table", where, "write [source.KEY]")
    return found


def _converted(table: Mapping[str, Any], kind: type[Any], where: str) -> Any:
    try:
        return msgspec.convert(table, type=kind)
    except msgspec.ValidationError as error:
        raise Refusal(str(error), where, "correct the value; docs/fetching.md lists what may stand there") from error


def _publisher(key: str, table: dict[str, Any], fetching: Fetching, where: str) -> Publisher:
    place = f"{where}, [source.{key[:60]}]"
    if not _KEY.fullmatch(key):
        raise Refusal("this is no key of a source", place, "use small letters, digits and hyphens")
    if "key" in table:
        raise Refusal("the key stands in the head of the table", place, "leave it out below")
    found: Publisher = _converted({"key": key, "reader": key, "addresses": {}, **table}, Publisher, place)
    reader = _reader(found.reader, place)
    if set(found.addresses) != set(reader.parts):
        raise Refusal(
            f"{reader.key} is read from {', '.join(reader.parts)}; here stands {', '.join(found.addresses) or 'none'}",
            place,
            "give one address for each: " + ", ".join(f"addresses.{part}" for part in reader.parts),
        )
    for text in found.addresses.values():
        _refuse_plain(address(text.replace(CREDENTIAL, "x"), place), fetching, place)
    _refuse_bad_details(found, place)
    ordered = {part: found.addresses[part] for part in reader.parts}
    return msgspec.structs.replace(
        found,
        addresses=ordered,
        publisher=found.publisher or reader.publisher,
        licence=found.licence or reader.licence,
    )


def _reader(key: str, where: str) -> Reader:
    for reader in CATALOGUE:
        if reader.key == key:
            return reader
    known = ", ".join(dict.fromkeys(reader.key for reader in CATALOGUE))
    raise Refusal(f"there is no reader {key[:60]!r}", where, f"name one of: {known}")


def _refuse_plain(found: Address, fetching: Fetching, where: str) -> None:
    """HTTPS always; plain HTTP to this machine where a State says so (a mirror or a test beside us)."""
    if found.scheme == "https" or (fetching.loopback and is_loopback(found.host)):
        return
    raise Refusal("only https is asked", where, "write https://…, or [fetching] loopback = true for this machine")


def _refuse_bad_details(found: Publisher, where: str) -> None:
    for host in found.redirects:
        if not is_host(host):
            raise Refusal(f"{host[:80]!r} is no host", where, "write host names alone under redirects")
    if found.credential and not _VARIABLE.fullmatch(found.credential):
        raise Refusal("credential names no environment variable", where, "write a name such as SAFECONDUCT_EU_TOKEN")
    if not found.credential and any(CREDENTIAL in text for text in found.addresses.values()):
        raise Refusal("an address has {credential}, and none is named", where, 'add credential = "A_VARIABLE"')
    if any(CREDENTIAL in text.partition("?")[0] for text in found.addresses.values()):
        raise Refusal("{credential} stands before the ?", where, "put it into the query: the rest is told to people")
    if found.checked != UNCHECKED:
        try:
            dt.date.fromisoformat(found.checked)
        except ValueError as error:
            raise Refusal(f"checked is {found.checked[:40]!r}", where, 'write a day, or "unchecked"') from error


def _refuse_bad_proxy(fetching: Fetching, where: str) -> None:
    place = f"{where}, [fetching]"
    if fetching.proxy and address(fetching.proxy, place).scheme != "http":
        raise Refusal("only an HTTP proxy is spoken to", place, "write http://host:port")
    if fetching.proxy_credential and not _VARIABLE.fullmatch(fetching.proxy_credential):
        raise Refusal("proxy_credential names no environment variable", place, "write a name such as SAFECONDUCT_PROXY")
