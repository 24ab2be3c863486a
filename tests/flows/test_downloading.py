"""Files of a publisher: whole, within bounds, continued where they broke off, asked for only if they changed."""

from __future__ import annotations

import gzip
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core.errors import Refusal
from safeconduct.flows.downloading import Got, Wanted, download
from safeconduct.flows.transport import Terms
from tests.flows.publisher import Answer, Conversation, PublisherServer, broken_off, edition, in_turn, served

LIST = b"name,country\n" + b"A LISTED FIRM,XK\n" * 20_000
OTHER = b"name,country\n" + b"ANOTHER FIRM,XK\n" * 20_000


def fetched(server: PublisherServer, folder: Path, most: int = 1_000_000, seconds: float = 10, **known: str) -> Got:
    wanted = Wanted(name="list.csv", url=server.url("/list"), most_bytes=most, **known)
    origins = frozenset({server.url("").rstrip("/")})
    terms = Terms(origins=origins, own=origins, ends=time.monotonic() + seconds, read_seconds=5, loopback=True)
    return download(wanted, folder, terms)


def content(got: Got) -> bytes:
    assert got.path is not None
    return got.path.read_bytes()


def refused(answer: Answer, folder: Path, what: str, **more: Any) -> Refusal:
    with served({"/list": answer}) as server, pytest.raises(Refusal, match=what) as caught:
        fetched(server, folder, **more)
    assert not (folder / "list.csv").exists() or "page" in what or "empty" in what
    assert caught.value.remedy
    return caught.value


def test_a_file_comes_whole_with_what_its_publisher_calls_it(tmp_path: Path) -> None:
    with served({"/list": edition(LIST, '"one"', "Mon, 23 Nov 2026 08:00:00 GMT")}) as server:
        got = fetched(server, tmp_path)
    assert content(got) == LIST
    assert (got.etag, got.last_modified, got.read) == ('"one"', "Mon, 23 Nov 2026 08:00:00 GMT", len(LIST))
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]


@pytest.mark.parametrize("known", [{"etag": '"one"'}, {"last_modified": "Mon, 23 Nov 2026 08:00:00 GMT"}])
def test_nothing_comes_where_nothing_changed(tmp_path: Path, known: Any) -> None:
    with served({"/list": edition(LIST, **known)}) as server:
        assert fetched(server, tmp_path, **known).path is None
        assert fetched(server, tmp_path, etag='"older"').path is not None


def test_a_publisher_that_says_unchanged_without_being_asked_is_not_believed(tmp_path: Path) -> None:
    refused(lambda talk: talk.answer("304 Not Modified"), tmp_path, "status 304")


def test_what_broke_off_is_continued_where_it_broke_off(tmp_path: Path) -> None:
    answers = in_turn(broken_off(LIST, 100_000, etag='"one"'), edition(LIST, '"one"'))
    with served({"/list": answers}) as server:
        got = fetched(server, tmp_path)
        assert content(got) == LIST
        assert server.asked[1].headers["range"] == "bytes=100000-"
        assert server.asked[1].headers["if-range"] == '"one"'
    assert got.read == len(LIST)


def test_what_broke_off_in_another_process_is_continued(tmp_path: Path) -> None:
    with served({"/list": lambda talk: talk.reset()}) as server:
        with pytest.raises(Refusal):
            fetched(server, tmp_path)
        server.answers["/list"] = in_turn(broken_off(LIST, 50_000, etag='"one"'), lambda talk: talk.reset())
        with pytest.raises(Refusal, match="reset"):
            fetched(server, tmp_path)
        assert (tmp_path / "list.csv.part").stat().st_size == 50_000
        server.answers["/list"] = edition(LIST, '"one"')
        assert content(fetched(server, tmp_path)) == LIST
        assert server.asked[-1].headers["range"] == "bytes=50000-"


def test_a_file_that_changed_meanwhile_is_begun_anew(tmp_path: Path) -> None:
    answers = in_turn(broken_off(LIST, 100_000, etag='"one"'), edition(OTHER, '"two"'))
    with served({"/list": answers}) as server:
        got = fetched(server, tmp_path)
    assert (content(got), got.etag) == (OTHER, '"two"')


@pytest.mark.parametrize("etag", ["", 'W/"one"'])
def test_without_a_name_for_the_edition_nothing_is_continued(tmp_path: Path, etag: str) -> None:
    with served({"/list": in_turn(broken_off(LIST, 100_000, etag=etag), edition(LIST, etag))}) as server:
        assert content(fetched(server, tmp_path)) == LIST
        assert "range" not in server.asked[1].headers


def went_on_with(**headers: str) -> Answer:
    """The rest of a file, with these headers in place of the right ones."""

    def give(talk: Conversation) -> None:
        start = int(talk.headers["range"].removeprefix("bytes=").rstrip("-"))
        told = {"Content_Range": f"bytes {start}-{len(LIST) - 1}/{len(LIST)}", "ETag": '"one"', **headers}
        talk.answer("206 Partial Content", LIST[start:], **told)

    return give


@pytest.mark.parametrize(
    "wrong",
    [
        {"Content_Range": "bytes 0-9/10"}, {"Content_Range": ""}, {"Content_Range": "lines 1-2/3"},
        {"ETag": '"two"'}, {"Content_Encoding": "gzip"},
    ],
)  # fmt: skip
def test_the_rest_of_something_else_is_never_joined_on(tmp_path: Path, wrong: dict[str, str]) -> None:
    answers = in_turn(broken_off(LIST, 100_000, etag='"one"'), went_on_with(**wrong), edition(LIST, '"one"'))
    with served({"/list": answers}) as server:
        assert content(fetched(server, tmp_path)) == LIST


def test_a_part_longer_than_the_file_is_now_is_thrown_away(tmp_path: Path) -> None:
    answers = in_turn(
        broken_off(LIST, 100_000, etag='"one"'), lambda talk: talk.answer("416 Range Not Satisfiable"),
        edition(LIST[:50_000], '"two"'),
    )  # fmt: skip
    with served({"/list": answers}) as server:
        assert content(fetched(server, tmp_path)) == LIST[:50_000]


@pytest.mark.parametrize("note", [b"", b"{", b"[]", b'{"url_sha256":"x"}', b"\xff"])
def test_a_damaged_note_means_beginning_anew(tmp_path: Path, note: bytes) -> None:
    (tmp_path / "list.csv.part").write_bytes(b"something")
    (tmp_path / "list.csv.json").write_bytes(note)
    with served({"/list": edition(LIST, '"one"')}) as server:
        assert content(fetched(server, tmp_path)) == LIST


def chunked(body: bytes, *, ended: bool = True) -> Answer:
    def give(talk: Conversation) -> None:
        talk.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for start in range(0, len(body), 30_000):
            piece = body[start : start + 30_000]
            talk.send(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        if ended:
            talk.send(b"0\r\n\r\n")

    return give


def test_a_file_in_chunks_comes_whole_or_not_at_all(tmp_path: Path) -> None:
    with served({"/list": chunked(LIST)}) as server:
        assert content(fetched(server, tmp_path)) == LIST
    (tmp_path / "list.csv").unlink()
    refused(chunked(LIST, ended=False), tmp_path, "ended before the file did")


def test_a_length_that_is_not_kept_is_refused(tmp_path: Path) -> None:
    def short(talk: Conversation) -> None:
        talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + b"x" * 500)

    refused(short, tmp_path, "ended before the file did")


@pytest.mark.parametrize("length", ["9" * 5000, "-5", "5, 6", "x", "1e9", "\u0663"])
def test_a_length_that_is_none_is_refused(tmp_path: Path, length: str) -> None:
    def strange(talk: Conversation) -> None:
        talk.send(f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n".encode() + LIST)

    with served({"/list": strange}) as server, pytest.raises(Refusal):
        fetched(server, tmp_path, seconds=3)
    assert not (tmp_path / "list.csv").exists()


def test_a_file_without_an_end_that_could_be_seen_is_refused(tmp_path: Path) -> None:
    refused(lambda talk: talk.send(b"HTTP/1.1 200 OK\r\n\r\n" + LIST), tmp_path, "where the file ends")


def endless(talk: Conversation) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        talk.send(b"10000\r\n" + b"x" * 65536 + b"\r\n")


def test_an_endless_file_is_left_at_the_bound(tmp_path: Path) -> None:
    refused(endless, tmp_path, "larger than 1 MB", most=1024 * 1024)
    assert not list(tmp_path.iterdir())


def test_a_file_that_says_it_is_too_large_is_not_read(tmp_path: Path) -> None:
    def large(talk: Conversation) -> None:
        talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n")

    refused(large, tmp_path, "larger than 1 MB", most=1024 * 1024)


def packed(body: bytes, etag: str = "") -> Answer:
    return lambda talk: talk.answer("200 OK", body, Content_Encoding="gzip", ETag=etag)


def test_a_packed_file_is_unpacked(tmp_path: Path) -> None:
    with served({"/list": packed(gzip.compress(LIST))}) as server:
        got = fetched(server, tmp_path)
        assert content(got) == LIST
        assert server.asked[0].headers["accept-encoding"] == "gzip"
    assert got.read < len(LIST)


@settings(max_examples=30)
@given(body=st.binary(min_size=1, max_size=3000), repeat=st.integers(1, 200), level=st.integers(0, 9))
def test_whatever_is_packed_comes_out_as_it_went_in(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, repeat: int, level: int
) -> None:
    plain = b"list\n" + body * repeat
    with served({"/list": packed(gzip.compress(plain, level))}) as server:
        assert content(fetched(server, tmp_path_factory.mktemp("f"))) == plain


def test_a_small_file_that_unpacks_to_a_huge_one_is_left_at_the_bound(tmp_path: Path) -> None:
    bomb = gzip.compress(b"0" * 200_000_000, 9)
    assert len(bomb) < 1024 * 1024
    began = time.monotonic()
    refused(packed(bomb), tmp_path, "larger than 1 MB", most=1024 * 1024)
    assert time.monotonic() - began < 5
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (gzip.compress(LIST)[:-9], "not whole"),
        (gzip.compress(LIST) + b"more", "not whole"),
        (gzip.compress(LIST) * 2, "not whole"),
        (LIST, "not gzip as said"),
        (gzip.compress(LIST)[:-8] + b"\0" * 8, "not gzip as said"),
    ],
)
def test_a_packed_file_that_is_damaged_is_refused(tmp_path: Path, body: bytes, what: str) -> None:
    with served({"/list": packed(body)}) as server, pytest.raises(Refusal, match=what):
        fetched(server, tmp_path)
    assert not list(tmp_path.glob("*.part"))


def test_a_coding_nobody_asked_for_is_refused(tmp_path: Path) -> None:
    refused(lambda talk: talk.answer("200 OK", LIST, Content_Encoding="br"), tmp_path, "coding 'br'")


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html><html><body>Service moved</body></html>", b"\n <HTML lang=en>", b"<html>",
        b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML">', b"<!-- x --><html><head>",
    ],
)  # fmt: skip
def test_a_web_page_in_the_place_of_a_list_is_refused(tmp_path: Path, page: bytes) -> None:
    refused(lambda talk: talk.answer("200 OK", page), tmp_path, "a web page in place of the list")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    refused(lambda talk: talk.answer("200 OK"), tmp_path, "empty file")


@pytest.mark.parametrize(
    ("status", "what"),
    [
        ("401 Unauthorized", "refuses to give it"), ("403 Forbidden", "refuses to give it"),
        ("404 Not Found", "no such file"), ("410 Gone", "no such file"), ("429 Too Many Requests", "come back later"),
        ("503 Service Unavailable", "come back later"), ("500 Oops", "status 500"), ("204 No Content", "status 204"),
        ("206 Partial Content", "status 206"),
    ],
)  # fmt: skip
def test_what_a_publisher_answers_is_told_in_words(tmp_path: Path, status: str, what: str) -> None:
    refused(lambda talk: talk.answer(status, b"" if status.startswith("2") else b"<html>"), tmp_path, what)


def test_a_slow_drip_is_left_at_the_deadline_and_kept(tmp_path: Path) -> None:
    import threading

    def slow(talk: Conversation) -> None:
        talk.send(f'HTTP/1.1 200 OK\r\nETag: "one"\r\nContent-Length: {len(LIST)}\r\n\r\n'.encode())
        for number in range(400):
            talk.send(LIST[number * 10 : number * 10 + 10])
            threading.Event().wait(0.02)

    began = time.monotonic()
    refused(slow, tmp_path, "longer than a fetch may", seconds=0.5)
    assert time.monotonic() - began < 5
    with served({"/list": edition(LIST, '"one"')}) as server:
        (tmp_path / "list.csv.json").unlink()
        assert content(fetched(server, tmp_path)) == LIST


def test_what_is_no_http_is_told(tmp_path: Path) -> None:
    refused(lambda talk: talk.send(b"SSH-2.0-OpenSSH_9.6\r\n"), tmp_path, "not HTTP")


@settings(max_examples=30)
@given(cuts=st.lists(st.integers(1, 9_000), min_size=1, max_size=2))
def test_wherever_it_breaks_off_the_file_comes_out_the_same(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int]
) -> None:
    body = LIST[:10_000]

    def rest(after: int) -> Answer:
        def give(talk: Conversation) -> None:
            start = int(talk.headers["range"].removeprefix("bytes=").rstrip("-")) if "range" in talk.headers else 0
            end = min(len(body), start + after)
            status = "206 Partial Content" if start else "200 OK"
            span = f"Content-Range: bytes {start}-{len(body) - 1}/{len(body)}\r\n" if start else ""
            talk.send(
                f'HTTP/1.1 {status}\r\nETag: "one"\r\n{span}Content-Length: {len(body) - start}\r\n\r\n'.encode()
                + body[start:end]
            )

        return give

    with served({"/list": in_turn(*map(rest, cuts), edition(body, '"one"'))}) as server:
        assert content(fetched(server, tmp_path_factory.mktemp("f"))) == body


HEADER = st.tuples(
    st.sampled_from(
        [
            "Content-Length",
            "Transfer-Encoding",
            "Content-Encoding",
            "ETag",
            "Last-Modified",
            "Location",
            "Content-Range",
        ]
    ),
    st.sampled_from(
        ["chunked", "gzip", "identity", '"one"', "0", "5", "10", "bytes 5-9/10", "bytes */10", "/list", "x"]
    )
    | st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=30),
)
STATUS = st.sampled_from([200, 200, 200, 206, 301, 302, 304, 416, 500, 999]) | st.integers(0, 10_000)


@settings(max_examples=150)
@given(
    heads=st.lists(st.tuples(STATUS, st.lists(HEADER, max_size=4)), min_size=1, max_size=3),
    body=st.binary(max_size=200),
    raw=st.binary(max_size=100),
)
def test_whatever_a_server_sends_it_is_a_file_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, heads: list[Any], body: bytes, raw: bytes
) -> None:
    def answer(status: int, headers: list[tuple[str, str]]) -> Answer:
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
        return lambda talk: talk.send(f"HTTP/1.1 {status} x\r\n{lines}\r\n".encode("latin-1") + body)

    answers = [answer(status, headers) for status, headers in heads]
    folder = tmp_path_factory.mktemp("f")
    with served({"/list": in_turn(*answers, lambda talk: talk.send(raw))}) as server:
        for _ in range(2):
            try:
                got = fetched(server, folder, most=150, seconds=5, etag='"one"')
            except Refusal:
                continue
            assert got.path is None or 0 < len(content(got)) <= 150
