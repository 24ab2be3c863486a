"""A publisher's server on this machine: real sockets, and as hostile as a test wants it."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Answer = Callable[["Conversation"], None]


class Conversation:
    """One request, read whole, and the connection to answer on."""

    def __init__(self, connection: socket.socket, path: str, headers: dict[str, str]) -> None:
        self.connection, self.path, self.headers = connection, path, headers

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def answer(self, status: str, body: bytes = b"", /, **headers: str) -> None:
        """A whole answer, its length stated unless it is in ``headers`` (written with underscores)."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        lines = {"Content-Length": str(len(body)), "Connection": "close", **given}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
        self.send(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)

    def reset(self) -> None:
        """End the connection as a crash does, not in order."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


class PublisherServer:
    """Answers with what ``answers`` holds for a path: bytes, a status, or a function. ``asked`` remembers requests."""

    def __init__(self, answers: dict[str, Any], context: ssl.SSLContext | None = None) -> None:
        self.answers, self.asked, self._context = answers, list[Conversation](), context
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(0.05)
        self.port = self._socket.getsockname()[1]
        self.ended = threading.Event()
        self._threads = [threading.Thread(target=self._serve)]

    def url(self, path: str, scheme: str = "http", host: str = "127.0.0.1") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [one.path for one in self.asked]

    def __enter__(self) -> PublisherServer:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        for thread in self._threads:
            thread.join(10)
        self._socket.close()

    def _serve(self) -> None:
        while not self.ended.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _ = self._socket.accept()
                thread = threading.Thread(target=self._talk, args=(connection,))
                self._threads.append(thread)
                thread.start()

    def _talk(self, connection: socket.socket) -> None:
        connection.settimeout(20)
        with contextlib.suppress(OSError), connection:
            if self._context:
                connection = self._context.wrap_socket(connection, server_side=True)
            with connection:
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        data = b""
        while b"\r\n\r\n" not in data:
            more = connection.recv(65536)
            if not more:
                return
            data += more
        first, *rest = data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest)}
        talk = Conversation(connection, first.split(" ")[1], headers)
        self.asked.append(talk)
        found = self.answers.get(talk.path)
        if found is None:
            talk.answer("404 Not Found")
        elif isinstance(found, bytes):
            edition(found)(talk)
        else:
            found(talk)


def edition(body: bytes, etag: str = "", last_modified: str = "") -> Answer:
    """What a publisher who keeps to the standard answers: the file, 304 or the rest of it."""

    def give(talk: Conversation) -> None:
        told = {"ETag": etag, "Last_Modified": last_modified}
        if etag and talk.headers.get("if-none-match") == etag:
            return talk.answer("304 Not Modified", **told)
        if not etag and last_modified and talk.headers.get("if-modified-since") == last_modified:
            return talk.answer("304 Not Modified", **told)
        start = _start(talk, etag or last_modified)
        if start is None:
            return talk.answer("200 OK", body, **told)
        if start >= len(body):
            return talk.answer("416 Range Not Satisfiable")
        span = f"bytes {start}-{len(body) - 1}/{len(body)}"
        return talk.answer("206 Partial Content", body[start:], Content_Range=span, **told)

    return give


def _start(talk: Conversation, called: str) -> int | None:
    asked = talk.headers.get("range", "")
    if not asked or not called or talk.headers.get("if-range") != called:
        return None
    return int(asked.removeprefix("bytes=").partition("-")[0])


def broken_off(body: bytes, after: int, etag: str = "", last_modified: str = "") -> Answer:
    """The first ``after`` bytes of a file, then the connection is reset."""

    def give(talk: Conversation) -> None:
        told = "".join(
            f"{name}: {value}\r\n" for name, value in (("ETag", etag), ("Last-Modified", last_modified)) if value
        )
        talk.send(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n{told}\r\n".encode() + body[:after])
        threading.Event().wait(0.1)  # what was sent must arrive before the reset throws it away
        talk.reset()

    return give


def in_turn(*answers: Answer) -> Answer:
    """One answer after the other; the last for ever."""
    waiting = list(answers)

    def give(talk: Conversation) -> None:
        (waiting.pop(0) if len(waiting) > 1 else waiting[0])(talk)

    return give


def sent_on(where: str, status: str = "302 Found") -> Answer:
    """A redirect."""
    return lambda talk: talk.answer(status, Location=where)


@contextlib.contextmanager
def served(answers: dict[str, Any], context: ssl.SSLContext | None = None) -> Iterator[PublisherServer]:
    """A server for the length of a ``with`` block."""
    with PublisherServer(answers, context) as server:
        yield server


def un_list(entries: int, name: str = "AMIR") -> bytes:
    """The UN's format with so many persons."""
    people = "".join(
        f"<INDIVIDUAL><DATAID>{number}</DATAID><FIRST_NAME>{name} {number}</FIRST_NAME>"
        "<REFERENCE_NUMBER>x</REFERENCE_NUMBER><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE></INDIVIDUAL>"
        for number in range(1, entries + 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="2026-10-20T00:00:00.000Z">'
        f"<INDIVIDUALS>{people}</INDIVIDUALS><ENTITIES></ENTITIES></CONSOLIDATED_LIST>"
    ).encode()


def certificate(folder: Path, host: str) -> tuple[ssl.SSLContext, Path]:
    """A server's context for ``host``, and the file that whoever is to trust it needs."""
    import datetime as dt
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    try:
        alternative: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        alternative = x509.DNSName(host)
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / f"{host}.pem", folder / f"{host}.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, public
