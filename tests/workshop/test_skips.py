"""A skip nobody expects fails the run; an absent data folder is counted and passes."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    pytester.makeini(f"[pytest]\npythonpath = {ROOT}\nDJANGO_SETTINGS_MODULE = tests.settings")
    return pytester.runpytest_subprocess("-p", "tests.skips", "-p", "no:timeout", *options)


@pytest.fixture
def at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.mark.usefixtures("at_root")
@pytest.mark.parametrize("spread", [(), ("-n", "1")])
def test_any_other_skip_fails_the_run_and_is_named(pytester: pytest.Pytester, spread: tuple[str, ...]) -> None:
    pytester.makepyfile("import pytest\ndef test_later(): pytest.skip('later')\ndef test_now(): pass")
    result = run(pytester, *spread)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*1 unexpected skips: the run fails*", "*test_later: Skipped: later"])


@pytest.mark.usefixtures("at_root")
@pytest.mark.parametrize("spread", [(), ("-n", "1")])
def test_a_whole_file_that_skips_fails_the_run(pytester: pytest.Pytester, spread: tuple[str, ...]) -> None:
    pytester.makepyfile(
        test_absent="import pytest\npytest.importorskip('no_such_module')\ndef test_never(): pass",
        test_now="def test_now(): pass",
    )
    assert run(pytester, *spread).ret == pytest.ExitCode.TESTS_FAILED


@pytest.mark.usefixtures("at_root")
def test_absent_data_is_counted_in_the_last_lines_and_passes(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        "import pytest\nfrom tests.skips import EXPECTED\n"
        "def test_real(): pytest.skip(EXPECTED + ' at x')\ndef test_now(): pass"
    )
    result = run(pytester)
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["1 skipped as expected: no shared data at *", "*1 passed, 1 skipped in *"])


@pytest.mark.usefixtures("at_root")
def test_an_absent_peer_is_counted_apart_and_passes(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        "import pytest\nfrom tests.skips import NO_PEER\ndef test_peer(): pytest.skip(NO_PEER)\ndef test_now(): pass"
    )
    result = run(pytester)
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["1 skipped as expected: the bench extra is not installed"])
    result.stdout.no_fnmatch_line("*no shared data at*")
