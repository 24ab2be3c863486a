"""Requests to publishers against a real server: where they may go, and how long they may take."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.flows.transport import BROKEN, Terms, asked, why
from tests.flows.publisher import Conversation, PublisherServer, certificate, sent_on, served


def terms(*origins: str, seconds: float = 10, **more: Any) -> Terms:
    given = {"own": frozenset(origins), "read_seconds": 5.0, "loopback": True, **more}
    return Terms(origins=frozenset(origins), ends=time.monotonic() + seconds, **given)


def got(url: str, given: Terms, **headers: str) -> bytes:
    with asked(url, headers, given) as response:
        return response.read1(1_000_000) if response.status == 200 else str(response.status).encode()


def origin(server: PublisherServer) -> str:
    return server.url("").rstrip("/")


def test_a_file_is_got_from_a_host_on_the_list_under_its_own_name() -> None:
    with served({"/list": b"a list"}) as server:
        assert got(server.url("/list"), terms(origin(server))) == b"a list"
        headers = server.asked[0].headers
        assert headers["host"] == f"127.0.0.1:{server.port}"
        assert headers["user-agent"].startswith("safeconduct/")


def test_a_redirect_within_the_list_is_followed() -> None:
    with served({"/old": sent_on("/new?part=1"), "/new?part=1": b"a list"}) as server:
        assert got(server.url("/old"), terms(origin(server))) == b"a list"


@pytest.mark.parametrize(
    "where", ["http://127.0.0.1:9/x", "https://example.org/x", "//example.org/x", "http://[::1]/x"]
)
def test_a_redirect_to_a_host_that_is_not_on_the_list_is_refused(where: str) -> None:
    with served({"/old": sent_on(where)}) as server, pytest.raises(Refusal, match="not on this source's list"):
        got(server.url("/old"), terms(origin(server)))


@pytest.mark.parametrize(
    "where", ["file:///etc/passwd", "ftp://example.org/x", "https://user:word@example.org/", "http://["]
)
def test_a_redirect_to_what_is_no_web_address_is_refused(where: str) -> None:
    with served({"/old": sent_on(where)}) as server, pytest.raises(Refusal, match="address"):
        got(server.url("/old"), terms(origin(server)))


def test_redirects_in_a_circle_end() -> None:
    with served({"/a": sent_on("/b"), "/b": sent_on("/a")}) as server:
        with pytest.raises(Refusal, match="more than 5 times"):
            got(server.url("/a"), terms(origin(server)))
        assert len(server.asked) == 6


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::",
        "2001:db8::1", "ff02::1", "not an address",
    ],
)  # fmt: skip
def test_a_host_with_an_address_that_is_not_public_is_not_asked(address: str) -> None:
    given = terms("https://lists.example:443", resolve=lambda _host, _port: ("93.184.215.14", address))
    with pytest.raises(Refusal, match="no public one"):
        got("https://lists.example/list", given)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_asked_only_where_a_state_says_so(address: str) -> None:
    given = terms("https://lists.example:443", loopback=False, resolve=lambda _host, _port: (address,))
    with pytest.raises(Refusal, match="no public one"):
        got("https://lists.example/list", given)


def test_plain_http_goes_to_this_machine_alone() -> None:
    given = terms("http://lists.example:80", resolve=lambda _host, _port: ("93.184.215.14",))
    with pytest.raises(Refusal, match="no public one"):
        got("http://lists.example/list", given)
    with pytest.raises(Refusal, match="only https"):
        got("http://lists.example/list", terms("http://lists.example:80", loopback=False))


def test_the_connection_goes_to_the_very_address_that_was_checked() -> None:
    """A name that resolves to another address at the second look (DNS rebinding) is never looked up twice."""
    looks: list[str] = []

    def resolve(host: str, _port: int) -> tuple[str, ...]:
        looks.append(host)
        return ("127.0.0.1",) if len(looks) == 1 else ("10.0.0.1",)

    with served({"/list": b"a list"}) as server:
        url = server.url("/list", host="lists.example")
        assert got(url, terms(f"http://lists.example:{server.port}", resolve=resolve)) == b"a list"
        assert server.asked[0].headers["host"] == f"lists.example:{server.port}"
    assert looks == ["lists.example"]


def test_every_hop_is_resolved_and_checked_again() -> None:
    answers = iter([("127.0.0.1",), ("10.0.0.1",)])
    with served({"/old": sent_on("/new")}) as server:
        given = terms(f"http://lists.example:{server.port}", resolve=lambda _host, _port: next(answers))
        with pytest.raises(Refusal, match=r"10\.0\.0\.1"):
            got(server.url("/old", host="lists.example"), given)


def test_the_next_address_of_a_host_is_tried_where_one_is_shut() -> None:
    with served({"/list": b"a list"}) as server:
        given = terms(f"http://lists.example:{server.port}", resolve=lambda _host, _port: ("::1", "127.0.0.1"))
        assert got(server.url("/list", host="lists.example"), given) == b"a list"


def test_a_name_without_an_address_is_told() -> None:
    def resolve(_host: str, _port: int) -> tuple[str, ...]:
        raise OSError(-2, "Name or service not known")

    with pytest.raises(Refusal, match="has no address"):
        got("https://lists.example/list", terms("https://lists.example:443", resolve=resolve))


def dripping(talk: Conversation) -> None:
    """A header a letter at a time, for ever."""
    for _ in range(400):
        talk.send(b"x")
        threading.Event().wait(0.05)


@pytest.mark.parametrize(
    "first", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n"]
)
def test_a_server_that_drips_is_left_at_the_deadline(first: bytes) -> None:
    def slow(talk: Conversation) -> None:
        talk.send(first)
        dripping(talk)

    with served({"/list": slow}) as server:
        began = time.monotonic()
        with pytest.raises((Refusal, *BROKEN)) as caught:
            read_all(server.url("/list"), terms(origin(server), seconds=0.6))
        assert time.monotonic() - began < 5
        assert not isinstance(caught.value, Refusal) or "longer than a fetch may" in caught.value.what


def read_all(url: str, given: Terms) -> None:
    with asked(url, {}, given) as response:
        while response.read1(100):
            pass


def test_a_server_that_says_nothing_is_left_after_a_while() -> None:
    with served({"/list": lambda _talk: threading.Event().wait(2)}) as server:
        with pytest.raises(BROKEN) as caught:
            got(server.url("/list"), terms(origin(server), read_seconds=0.2))
        assert why(caught.value) == "no answer in time"


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    context, _ = certificate(tmp_path, "127.0.0.1")
    with served({"/list": b"a list"}, context) as server:
        with pytest.raises(BROKEN) as caught:
            got(server.url("/list", "https"), terms(server.url("", "https")))
        assert "certificate is not trusted" in why(caught.value)
        assert not server.asked


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    context, trusted = certificate(tmp_path, "other.example")
    with served({"/list": b"a list"}, context) as server:
        given = terms(
            f"https://lists.example:{server.port}", ca_file=str(trusted), resolve=lambda _host, _port: ("127.0.0.1",)
        )
        with pytest.raises(BROKEN) as caught:
            got(server.url("/list", "https", "lists.example"), given)
        assert "not valid for 'lists.example'" in why(caught.value)


def test_a_state_names_whom_it_trusts(tmp_path: Path) -> None:
    context, trusted = certificate(tmp_path, "lists.example")
    with served({"/list": b"a list"}, context) as server:
        given = terms(
            f"https://lists.example:{server.port}", ca_file=str(trusted), resolve=lambda _host, _port: ("127.0.0.1",)
        )
        assert got(server.url("/list", "https", "lists.example"), given) == b"a list"


def test_a_credential_goes_to_the_publishers_own_host_alone() -> None:
    with served({"/list": b"elsewhere"}) as other, served({}) as server:
        server.answers["/list"] = sent_on(other.url("/list"))
        given = terms(origin(server), origin(other), own=frozenset({origin(server)}), authorization="Bearer s3cret")
        assert got(server.url("/list"), given) == b"elsewhere"
        assert server.asked[0].headers["authorization"] == "Bearer s3cret"
        assert "authorization" not in other.asked[0].headers


def test_what_is_told_of_an_address_never_holds_its_query() -> None:
    with served({"/list?token=s3cret": sent_on("https://elsewhere.example/x?token=s3cret")}) as server:
        with pytest.raises(Refusal) as caught:
            got(server.url("/list?token=s3cret"), terms(origin(server)))
        assert "s3cret" not in f"{caught.value} {caught.value.remedy}"


def tunnel(answers: list[bytes]) -> Any:
    """A proxy that notes what it is told, and opens no way."""

    def give(talk: Conversation) -> None:
        answers.append(f"{talk.path} {talk.headers.get('proxy-authorization', '')}".encode())
        talk.answer("502 Bad Gateway")

    return give


def test_a_proxy_is_told_the_name_and_its_own_credential() -> None:
    told: list[bytes] = []
    with served({"lists.example:443": tunnel(told)}) as proxy:
        given = terms("https://lists.example:443", proxy=proxy.url("/"), proxy_credential="user:word")
        with pytest.raises(BROKEN) as caught:
            got("https://lists.example/list", given)
    assert told == [b"lists.example:443 Basic dXNlcjp3b3Jk"]
    assert "word" not in why(caught.value)


@pytest.mark.parametrize("host", ["10.0.0.1", "[::ffff:10.0.0.1]", "intranet", "metadata.internal", "printer.local"])
def test_no_proxy_is_asked_for_a_host_of_our_own_network(host: str) -> None:
    with served({}) as proxy:
        given = terms(f"https://{host}:443", proxy=proxy.url("/"))
        with pytest.raises(Refusal, match="no public one"):
            got(f"https://{host}/list", given)
        assert not proxy.asked


def test_a_list_comes_whole_through_a_proxy(tmp_path: Path) -> None:
    context, trusted = certificate(tmp_path, "lists.example")
    with served({"/list": b"a list"}, context) as server, served({}) as proxy:
        proxy.answers["lists.example:443"] = piped(server.port)
        given = terms("https://lists.example:443", proxy=proxy.url("/"), ca_file=str(trusted))
        assert got("https://lists.example/list", given) == b"a list"
        assert server.asked[0].headers["host"] == "lists.example"


def piped(port: int) -> Any:
    """A proxy that joins both sides."""
    import socket

    def give(talk: Conversation) -> None:
        talk.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with socket.create_connection(("127.0.0.1", port)) as behind:
            back = threading.Thread(target=poured, args=(behind, talk.connection))
            back.start()
            poured(talk.connection, behind)
            back.join()

    return give


def poured(one: Any, other: Any) -> None:
    import contextlib

    with contextlib.suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
    with contextlib.suppress(OSError):
        other.shutdown(1)
