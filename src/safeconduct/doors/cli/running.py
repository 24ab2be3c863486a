"""``run``, ``serve`` and ``worker``: the system as processes, each ended by the one that started it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from safeconduct.core.errors import Refusal
from safeconduct.doors.cli import ready

HOST = "127.0.0.1"
Port = Annotated[int, typer.Option(min=1, max=65535, help="port on 127.0.0.1")]
END_SECONDS = 2
"""For a worker to end in order. One that is loading the name library cannot hear us, and holds nothing."""


LOOK_SECONDS = 0.2
LEAST_PAUSE, MOST_PAUSE = 0.5, 60.0
"""Seconds before a worker that ended is replaced: twice as long each time, until one has lived for the longest."""


def add_to(app: typer.Typer) -> None:
    """The commands of this file."""
    app.command("run")(run)
    app.command("serve")(serve)
    app.command("worker")(worker)


def run(
    once: Annotated[bool, typer.Option("--once", help="stop after the report")] = False,
    port: Port = 8000,
) -> None:
    """Load the starter pack, work its cases through the real flows, report, and serve until Ctrl-C."""
    from safeconduct.doors.cli.report import refuse_altered, report

    if not once:
        refuse_busy(port)
    started = time.monotonic()
    ready.prepare(refuse_altered)
    with screening_worker():
        report(started, port, links=not once)
        if not once:
            serve_pages(port)


def serve(port: Port = 8000) -> None:
    """Serve the pages on 127.0.0.1, with a screening worker, until Ctrl-C."""
    refuse_busy(port)
    ready.prepare()
    with screening_worker():
        print(f"safeconduct: http://{HOST}:{port}  (Ctrl-C ends it)")
        serve_pages(port)


def worker(
    end: Annotated[
        bool, typer.Option("--end", help="end every worker of this installation on this host instead")
    ] = False,
) -> None:
    """Screen what waits, until ended. Several can run, on several hosts with PostgreSQL.

    A worker that another command started because none was running ends by itself after 15 minutes without work, and
    writes what went wrong to worker.log in the data directory.
    """
    ready.prepare()
    if end:
        from django.conf import settings

        from safeconduct.flows.wake import end_workers

        print(f"{end_workers(settings.HOME)} workers told to end")
        return
    from safeconduct.flows.worker import work_until_ended

    work_until_ended()


def refuse_busy(port: int) -> None:
    """Refuse a port that something listens on, before any work is done."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Refusal(
                f"port {port} is in use", HOST, f"end what listens there, or take another: make run PORT={port + 1}"
            ) from error


@contextmanager
def screening_worker() -> Iterator[None]:
    """A worker process of our own for as long as we live; should we be killed, it ends by itself.

    Another is started where it ends before us, killed or told to: a case must not wait for a worker that is gone.
    """
    signal.signal(signal.SIGTERM, _end)
    ended = threading.Event()
    watching = threading.Thread(target=_keep_working, args=(_start_worker(), ended), name="watching the worker")
    watching.start()
    try:
        yield
    finally:
        ended.set()
        watching.join()


def _keep_working(process: subprocess.Popen[bytes], ended: threading.Event) -> None:
    """Start another worker whenever the last one is gone, ever later while they do not live; end it with us."""
    began, pause = time.monotonic(), LEAST_PAUSE
    while not ended.wait(LOOK_SECONDS):
        if process.poll() is None:
            continue
        pause = LEAST_PAUSE if time.monotonic() - began > MOST_PAUSE else min(2 * pause, MOST_PAUSE)
        print(f"safeconduct: the screening worker ended; another starts in {pause:.0f} s", file=sys.stderr)
        if ended.wait(pause):
            break
        process, began = _start_worker(), time.monotonic()
    _end_worker(process)


def _start_worker() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "safeconduct.flows.worker_process", "--parent", str(os.getpid())]
    return subprocess.Popen(command, process_group=0)  # Ctrl-C is for us: else its end would look like a failure


def _end_worker(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def serve_pages(port: int) -> None:
    """Answer requests until Ctrl-C or SIGTERM."""
    ready.start_django()
    sys.stdout.flush()  # the links must reach a pipe or a file too, while we serve
    import waitress
    from django.core.wsgi import get_wsgi_application

    waitress.serve(  # type: ignore[no-untyped-call]  # waitress has no types
        get_wsgi_application(), host=HOST, port=port, threads=8, ident="safeconduct", clear_untrusted_proxy_headers=True
    )


def _end(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt
