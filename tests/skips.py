"""A test may skip where the shared data is absent, or a peer that only the bench extra installs. Any other skip hides a
broken check, so it fails the run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXPECTED = "expected: no shared data"
NO_PEER = "expected: the bench extra is not installed"

_expected: list[str] = []
_unexpected: list[str] = []


def shared_data_folder() -> Path:
    """``SAFECONDUCT_DATA``, else ``shared/data`` beside the checkout."""
    return Path(os.environ.get("SAFECONDUCT_DATA") or ROOT.parent / "shared" / "data")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real lists, control lists, indicators and known cases; skips where it is absent."""
    folder = shared_data_folder()
    if not (folder / "watchlists").is_dir():
        pytest.skip(f"{EXPECTED} at {folder}")
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> Iterator[None]:
    note(report)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_collectreport(report: pytest.CollectReport) -> Iterator[None]:
    note(report)
    return (yield)


def note(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Keep what a skipped test or file says of itself; a test that is known to fail is not a skip."""
    if not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    expected = reason.removeprefix("Skipped: ").startswith((EXPECTED, NO_PEER))
    (_expected if expected else _unexpected).append(f"{report.nodeid}: {reason}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if _unexpected and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    without_peer = sum(NO_PEER in one for one in _expected)
    if without_data := len(_expected) - without_peer:
        terminalreporter.write_line(f"{without_data} skipped as expected: no shared data at {shared_data_folder()}")
    if without_peer:
        terminalreporter.write_line(f"{without_peer} skipped as expected: the bench extra is not installed")
    if _unexpected:
        terminalreporter.write_sep("=", f"{len(_unexpected)} unexpected skips: the run fails", red=True)
        for line in _unexpected:
            terminalreporter.write_line(line)
