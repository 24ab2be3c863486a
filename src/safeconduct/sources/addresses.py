"""Addresses of publishers' files, taken apart without asking the network anything."""

from __future__ import annotations

import ipaddress
import re

import msgspec

from safeconduct.core.errors import Refusal

_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = rf"{_LABEL}(?:\.{_LABEL})*"
_ADDRESS = re.compile(rf"(https?)://({_HOST}|\[[0-9A-Fa-f:.]+\])(?::([0-9]{{1,5}}))?(/[!-~]*)?")
LONGEST = 4000


class Address(msgspec.Struct, frozen=True):
    """A place on the network, taken apart. ``host`` is lower case, an IPv6 address without its brackets."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and port in one spelling."""
        return f"{self.scheme}://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    @property
    def shown(self) -> str:
        """The address without its query, which may hold what only we may know."""
        return f"{self.origin.removesuffix(':443')}{self.target.partition('?')[0]}"


def address(text: str, where: str = "") -> Address:
    """An absolute address; a ``Refusal`` for one with a user name, a fragment, or anything else than http(s)."""
    found = _ADDRESS.fullmatch(text)
    if found is None or "#" in text or len(text) > LONGEST:
        raise Refusal("this is no address of a file", where, "write https://host/path, without user name or #")
    scheme, host, port, target = found.groups()
    number = int(port) if port else 443 if scheme == "https" else 80
    if not 0 < number < 65536:
        raise Refusal(f"there is no port {number}", where, "write https://host/path")
    return Address(scheme, host.strip("[]").lower(), number, target or "/")


def is_loopback(host: str) -> bool:
    """Whether a host names this machine by its own words."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_host(text: str) -> bool:
    """Whether ``text`` is the name of a host."""
    return len(text) <= 253 and re.fullmatch(_HOST, text) is not None
