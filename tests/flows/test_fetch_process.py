"""Fetching by processes: a worker that fetches what is due, two at once, one that is killed; and by command."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from safeconduct.flows.fetch_process import LOOK_SECONDS, Fetcher
from tests.flows.office import Office
from tests.flows.publisher import Conversation, PublisherServer, edition, served, un_list

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300
Place = dict[str, str]


@pytest.fixture
def server() -> Iterator[PublisherServer]:
    with served({"/un.xml": edition(un_list(30), '"one"'), "/eu.xml": b"<html>moved</html>"}) as found:
        yield found


def write_catalogue(place: Place, server: PublisherServer, on: str = "true") -> None:
    home = Path(place["SAFECONDUCT_HOME"])
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / "publishers.toml").write_text(f"""
        [fetching]
        on = {on}
        loopback = true
        [source.un-sc]
        on = true
        addresses.list = "{server.url("/un.xml")}"
        [source.eu-fsf]
        addresses.list = "{server.url("/eu.xml")}"
    """)


def begun(place: Place, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", *arguments]
    return subprocess.Popen(
        command,
        env=place,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    )


def ran(place: Place, *arguments: str) -> tuple[int, str, str]:
    process = begun(place, *arguments)
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out, err


@pytest.fixture
def installation(place: Place, server: PublisherServer) -> Place:
    """People and a list; a catalogue with our server in it."""
    assert ran(place, "tests.flows.scene", "prepare")[0] == 0
    write_catalogue(place, server)
    return place


def outcomes(place: Place) -> list[str]:
    code, out, err = ran(place, "tests.flows.scene", "fetches")
    assert code == 0, err
    found: list[str] = json.loads(out)
    return found


def test_two_processes_that_find_the_same_source_due_fetch_it_once(
    installation: Place, server: PublisherServer
) -> None:
    both = [begun(installation, "safeconduct.flows.fetch_process") for _ in range(2)]
    for process in both:
        process.communicate(timeout=PATIENCE)
    assert outcomes(installation) == ["un-sc new"]
    assert server.paths() == ["/un.xml"]


def test_a_killed_process_leaves_what_came_to_the_next(installation: Place, server: PublisherServer) -> None:
    body, reached = un_list(3000), threading.Event()

    def stuck(talk: Conversation) -> None:
        talk.send(f'HTTP/1.1 200 OK\r\nETag: "one"\r\nContent-Length: {len(body)}\r\n\r\n'.encode() + body[:200_000])
        reached.set()
        server.ended.wait(60)

    server.answers["/un.xml"] = stuck
    process = begun(installation, "safeconduct.flows.fetch_process")
    assert reached.wait(PATIENCE)
    part = Path(installation["SAFECONDUCT_HOME"]) / "fetching" / "un-sc" / "un.xml.part"
    end = time.monotonic() + 30
    while (not part.exists() or part.stat().st_size < 131_072) and time.monotonic() < end:
        time.sleep(0.02)
    process.kill()
    process.communicate()
    server.answers["/un.xml"] = edition(body, '"one"')
    assert ran(installation, "safeconduct.flows.fetch_process")[0] == 0
    assert outcomes(installation) == ["un-sc new"]
    assert int(server.asked[-1].headers["range"].removeprefix("bytes=").rstrip("-")) >= 131_072


def test_a_worker_fetches_what_is_due_by_itself(installation: Place, server: PublisherServer) -> None:
    process = begun(installation, "safeconduct.flows.worker_process")
    try:
        end = time.monotonic() + PATIENCE
        while not server.asked and time.monotonic() < end:
            time.sleep(0.1)
        while (found := outcomes(installation)) != ["un-sc new"] and time.monotonic() < end:
            time.sleep(0.2)
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)
    assert found == ["un-sc new"]


def test_with_fetching_switched_off_nobody_is_asked(installation: Place, server: PublisherServer) -> None:
    write_catalogue(installation, server, on="false")
    assert ran(installation, "safeconduct.flows.fetch_process")[0] == 0
    assert not server.asked


def command(place: Place, *arguments: str) -> tuple[int, str, str]:
    return ran(place, "safeconduct", *arguments, "--as", "ada.verhoeven")


@pytest.mark.one_database
def test_the_command_fetches_all_and_says_which_failed(installation: Place, server: PublisherServer) -> None:
    code, out, err = command(installation, "sources", "fetch", "eu-fsf", "un-sc")
    assert code == 1
    assert "eu-fsf" in err
    assert [line.split()[:2] for line in out.splitlines()[1:]] == [["eu-fsf", "failed"], ["un-sc", "new"]]
    assert "web page" in out
    code, out, _ = command(installation, "sources", "fetch", "--json")
    assert code == 0
    found: Any = json.loads(out)
    assert [(one["source"], one["outcome"], one["count"]) for one in found["fetched"]] == [("un-sc", "unchanged", 30)]


@pytest.mark.one_database
def test_the_command_shows_the_catalogue_with_what_nobody_checked(installation: Place) -> None:
    code, out, _ = command(installation, "sources", "catalogue")
    assert code == 0
    assert "checked: unchecked" in out
    assert "publishers.toml (in use)" in out
    code, out, _ = command(installation, "sources", "catalogue", "--json")
    found: Any = json.loads(out)
    assert {one["key"]: one["on"] for one in found["sources"]}["un-sc"] is True


@pytest.mark.one_database
def test_a_catalogue_that_is_not_understood_is_told_with_its_place(installation: Place) -> None:
    (Path(installation["SAFECONDUCT_HOME"]) / "publishers.toml").write_text("[source.un-sc]\nevery_hours = 0\n")
    code, out, err = command(installation, "sources", "fetch", "--all")
    assert (code, out) == (1, "")
    assert "publishers.toml, [source.un-sc]" in err
    assert "every_hours" in err


@pytest.mark.one_database
def test_a_source_nobody_catalogued_is_told(installation: Place) -> None:
    code, _, err = command(installation, "sources", "fetch", "nowhere")
    assert code == 1
    assert "name one of: bis-dpl, eu-fsf" in err


class Started:
    """A process that a test pretends to have started."""

    def __init__(self) -> None:
        self.code: int | None = None

    def poll(self) -> int | None:
        return self.code


def test_one_process_at_a_time_is_started_and_not_too_often(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, started = [1000.0], list[Started]()

    def begin(*_arguments: object, **_options: object) -> Started:
        started.append(Started())
        return started[-1]

    monkeypatch.setattr("safeconduct.flows.fetch_process.time.monotonic", lambda: clock[0])
    monkeypatch.setattr("safeconduct.flows.fetch_process.subprocess.Popen", begin)
    fetcher = Fetcher(office.at)
    fetcher.look()
    assert not started, "a fresh installation asks nobody"
    (office.home / "publishers.toml").write_text("[fetching]\non = true\n[source.un-sc]\non = true\n")
    fetcher.look()
    assert not started, "it looked a moment ago"
    clock[0] += LOOK_SECONDS
    fetcher.look()
    clock[0] += 1000
    fetcher.look()
    assert len(started) == 1, "the first one still runs"
    started[0].code = 1
    fetcher.look()
    assert len(started) == 2
    started[1].code = 1
    clock[0] += LOOK_SECONDS
    fetcher.look()
    assert len(started) == 2, "one that ends at once is not started again and again"


def test_a_catalogue_or_a_host_in_trouble_does_not_stop_the_worker(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(*_arguments: object, **_options: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr("safeconduct.flows.fetch_process.subprocess.Popen", refused)
    clock = [1000.0]
    monkeypatch.setattr("safeconduct.flows.fetch_process.time.monotonic", lambda: clock[0])
    fetcher = Fetcher(office.at)
    (office.home / "publishers.toml").write_text("[fetching]\non = true\n[source.un-sc]\non = true\n")
    fetcher.look()
    assert "Cannot allocate memory" in caplog.text
    (office.home / "publishers.toml").write_text("nonsense")
    caplog.clear()
    for _ in range(3):
        clock[0] += 1000
        fetcher.look()
    assert caplog.text.count("no TOML") == 1
    fetcher.end()
