"""The one reason to skip is that the shared data is absent. Any other hides a broken check, so it fails the run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXPECTED = "expected: no shared data"

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
    expected = reason.removeprefix("Skipped: ").startswith(EXPECTED)
    (_expected if expected else _unexpected).append(f"{report.nodeid}: {reason}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if _unexpected and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _expected:
        terminalreporter.write_line(f"{len(_expected)} skipped as expected: no shared data at {shared_data_folder()}")
    if _unexpected:
        terminalreporter.write_sep("=", f"{len(_unexpected)} unexpected skips: the run fails", red=True)
        for line in _unexpected:
            terminalreporter.write_line(line)
