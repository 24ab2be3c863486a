"""One request to a publisher: only to hosts on its list, only at addresses that were checked, within its time.

What each check stops: a redirect that leads into our own network (every hop is checked like the first), a name that
resolves to one address when it is checked and to another when it is used (we connect to the very address that was
checked), a server that sends a byte a minute (a watchdog ends the connection at the deadline, whatever it is doing).
"""

from __future__ import annotations

import base64
import http.client
import ipaddress
import logging
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from importlib.metadata import version
from typing import Any
from urllib.parse import urljoin

import msgspec
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from safeconduct.core.errors import Refusal
from safeconduct.sources.addresses import Address, address, is_loopback

MOST_REDIRECTS = 5
MOST_ADDRESSES = 4
REDIRECTS = frozenset({301, 302, 303, 307, 308})
logging.getLogger("urllib3").setLevel(logging.CRITICAL)  # its warnings hold whole addresses, with the credentials

BROKEN = (HTTPError, http.client.HTTPException, OSError)
"""What a connection can fail with; see ``why``."""

Resolve = Callable[[str, int], tuple[str, ...]]


def resolved(host: str, port: int) -> tuple[str, ...]:
    """Every address of a host, as the system's resolver gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class Terms(msgspec.Struct, frozen=True):
    """What a request may do. ``origins`` may be asked, and no other. ``authorization`` goes to ``own`` origins alone.

    ``ends`` is the deadline on ``time.monotonic``'s clock; ``read_seconds`` bound each wait for more.
    """

    origins: frozenset[str]
    own: frozenset[str]
    ends: float
    read_seconds: float = 30
    loopback: bool = False
    proxy: str = ""
    proxy_credential: str = ""
    authorization: str = ""
    ca_file: str = ""
    resolve: Resolve = resolved

    def left(self, where: str) -> float:
        """Seconds until the deadline; a ``Refusal`` once it is over."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise too_late(where)
        return left


def too_late(where: str) -> Refusal:
    """The refusal of whatever did not end in its time."""
    return Refusal("it took longer than a fetch may", where, "try again later, or raise [fetching] seconds")


@contextmanager
def asked(url: str, headers: Mapping[str, str], terms: Terms) -> Iterator[BaseHTTPResponse]:
    """GET ``url``, following redirects among the origins of ``terms``; the body is not read yet, nor decoded.

    Raises ``Refusal`` for a place that may not be asked, and one of ``BROKEN`` where the connection fails.
    """
    for _ in range(MOST_REDIRECTS + 1):
        place = allowed(url, terms)
        with _connected(place, terms) as connection:
            connection.request(
                "GET",
                place.target,
                headers=_headers(place, headers, terms),
                preload_content=False,
                decode_content=False,
            )
            with closing(connection.getresponse()) as response:
                terms.left(place.shown)  # to a reader of headers an ended connection looks like their end
                if response.status not in REDIRECTS:
                    yield response
                    return
                url = _next(url, response.headers.get("Location", ""), place)
    raise Refusal(f"sent on more than {MOST_REDIRECTS} times", place.shown, "check the address with its publisher")


def _next(url: str, location: str, place: Address) -> str:
    try:
        return urljoin(url, location).partition("#")[0] if location else url
    except ValueError as error:
        raise Refusal("sent on to what is no address", place.shown, "check the address with its publisher") from error


def allowed(url: str, terms: Terms) -> Address:
    """The place, if it may be asked by its name; whether its network address may be is seen when it is resolved."""
    place = address(url, "an address we were sent on to")
    if place.origin not in terms.origins:
        raise Refusal(
            f"sent on to {place.origin}, which is not on this source's list",
            "redirect",
            "if it is the publisher's own, add its host to redirects in the catalogue",
        )
    if place.scheme != "https" and not terms.loopback:
        raise Refusal("only https is asked", place.shown, "check the address with its publisher")
    return place


def checked(place: Address, terms: Terms) -> tuple[str, ...]:
    """The network addresses of a place, every one of them checked; a ``Refusal`` where one may not be asked."""
    try:
        found = terms.resolve(place.host, place.port)
    except (OSError, UnicodeError) as error:
        raise Refusal("its host has no address", place.shown, "check the name, and that names resolve here") from error
    if not found:
        raise Refusal("its host has no address", place.shown, "check the name")
    for text in found:
        if not _may_be_asked(text, place, terms):
            raise Refusal(
                f"its host has the address {text}, which is no public one",
                place.shown,
                "a list comes from its publisher; check who answers for this name",
            )
    return found


def _may_be_asked(text: str, place: Address, terms: Terms) -> bool:
    try:
        ip = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    inner = _within(ip)
    if inner.is_loopback:
        return terms.loopback
    return place.scheme == "https" and all(one.is_global and not one.is_multicast for one in (ip, inner))


def _within(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The IPv4 address that an IPv6 address stands for (mapped, 6to4, Teredo, NAT64), else the address itself."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)


@contextmanager
def _connected(place: Address, terms: Terms) -> Iterator[HTTPConnection]:
    ways = _ways(place, terms)
    now = [ways[0]]
    watchdog = threading.Timer(terms.left(place.shown), lambda: _end(now[0]))
    watchdog.daemon = True
    watchdog.start()
    try:
        _connect(ways, now)
        yield now[0]
    except BROKEN as error:
        if time.monotonic() >= terms.ends:
            raise too_late(place.shown) from error
        raise
    finally:
        watchdog.cancel()
        for connection in ways:
            connection.close()


def _connect(ways: list[HTTPConnection], now: list[HTTPConnection]) -> None:
    """Connect by the first way that is open; ``now`` holds the one being tried."""
    for number, connection in enumerate(ways, 1):
        now[0] = connection
        try:
            connection.connect()
        except BROKEN:
            if number == len(ways):
                raise
        else:
            break


def _end(connection: HTTPConnection) -> None:
    """Wake whoever waits on the socket; closing it here would free its number for another."""
    if connection.sock is not None:
        try:
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
        except OSError:
            return


def _ways(place: Address, terms: Terms) -> list[HTTPConnection]:
    """One connection, not yet made, for each checked address of the place, or one through the proxy."""
    wait = min(terms.read_seconds, terms.left(place.shown))
    if terms.proxy and not is_loopback(place.host):
        return [_through_proxy(place, terms, wait)]
    every = checked(place, terms)[:MOST_ADDRESSES]
    if place.scheme == "http":
        return [HTTPConnection(one, place.port, timeout=wait) for one in every]
    trust = _trust(terms)
    return [
        HTTPSConnection(one, place.port, timeout=wait, server_hostname=place.host, ssl_context=trust) for one in every
    ]


def _through_proxy(place: Address, terms: Terms, wait: float) -> HTTPConnection:
    """A tunnel: the proxy resolves the name, so that we can check the name alone, and TLS proves who answers to it."""
    _refuse_inner_name(place)
    proxy = address(terms.proxy, "proxy")
    connection = HTTPSConnection(proxy.host, proxy.port, timeout=wait, ssl_context=_trust(terms))
    told = {}
    if terms.proxy_credential:
        told["Proxy-Authorization"] = "Basic " + base64.b64encode(terms.proxy_credential.encode()).decode("ascii")
    connection.set_tunnel(place.host, place.port, headers=told)
    return connection


def _refuse_inner_name(place: Address) -> None:
    try:
        ip = ipaddress.ip_address(place.host)
    except ValueError:
        inner = "." not in place.host or place.host.endswith((".local", ".localhost", ".internal", ".home.arpa"))
    else:
        inner = not _within(ip).is_global
    if inner:
        raise Refusal("its host is no public one", place.shown, "a list comes from its publisher")


def _trust(terms: Terms) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=terms.ca_file or None)
    except (OSError, ssl.SSLError) as error:
        raise Refusal("these certificates cannot be read", terms.ca_file, "give ca_file a PEM file") from error


def _headers(place: Address, headers: Mapping[str, str], terms: Terms) -> dict[str, str]:
    port = 443 if place.scheme == "https" else 80
    host = place.origin.partition("://")[2].removesuffix(f":{port}")
    found = {"Host": host, "User-Agent": f"safeconduct/{version('safeconduct')}", "Accept": "*/*", **headers}
    if terms.authorization and place.origin in terms.own:
        found["Authorization"] = terms.authorization
    return found


def secret(variable: str, where: str) -> str:
    """The value of an environment variable that the catalogue names; it is never shown."""
    value = os.environ.get(variable, "") if variable else ""
    if variable and not value.strip():
        raise Refusal(f"the environment variable {variable} is not set", where, "set it where the worker starts")
    if any(not 0x20 <= ord(letter) < 0x7F for letter in value):
        raise Refusal(f"{variable} holds characters that no header may hold", where, "set it without line breaks")
    return value


def why(error: Exception) -> str:
    """Why a connection failed, in words that hold no address with its query."""
    cause: Any = error
    while isinstance(cause, HTTPError) and cause.__cause__ is not None:
        cause = cause.__cause__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {cause.verify_message}"
    if isinstance(cause, ssl.SSLError):
        return f"no secure connection: {(cause.reason or 'the connection broke').lower().replace('_', ' ')}"
    if isinstance(cause, TimeoutError):
        return "no answer in time"
    if isinstance(cause, OSError):
        return (cause.strerror or str(cause) or "the connection broke").lower()
    if isinstance(cause, http.client.IncompleteRead) or "IncompleteRead" in str(error):
        return "the connection ended before the file did"
    return "the answer is not HTTP" if isinstance(cause, http.client.HTTPException) else "the connection broke"
