"""Which database a test runs on. What else a test may ask for is in the modules named below."""

from __future__ import annotations

import os

import hypothesis
import pytest
from xdist.scheduler import LoadScheduling

from tests.workers import MARK, EachToItsDatabase

# A loaded machine is slow, not wrong.
hypothesis.settings.register_profile("ours", deadline=None, print_blob=True)
hypothesis.settings.load_profile("ours")

pytest_plugins = ["pytester", "tests.browser", "tests.place", "tests.skips"]
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "place"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--databases", default="", help="sqlite,postgresql: repeat the tests that touch a database on each (make test)"
    )


def this_process() -> str:
    """The database that this process was given."""
    return os.environ.get("SAFECONDUCT_TEST_DATABASE") or "sqlite"


def asked_for(metafunc: pytest.Metafunc) -> set[str]:
    """The fixtures of a test, without the arguments that the test itself gives values to."""
    given = {
        name.strip()
        for mark in metafunc.definition.iter_markers("parametrize")
        for name in (mark.args[0].split(",") if isinstance(mark.args[0], str) else mark.args[0])
    }
    return set(metafunc.fixturenames) - given


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    marked = any(metafunc.definition.iter_markers("django_db"))
    if not marked and not DATABASE_FIXTURES & asked_for(metafunc):
        return
    names = metafunc.config.getoption("--databases") or this_process()
    if metafunc.definition.get_closest_marker("one_database"):
        names = names.partition(",")[0]
    metafunc.parametrize("database", [pytest.param(name, id=MARK + name) for name in names.split(",")], indirect=True)


@pytest.fixture(scope="session", autouse=True)
def database(request: pytest.FixtureRequest) -> str | None:
    """``sqlite`` or ``postgresql`` in a test that touches a database, else nothing."""
    asked: str | None = getattr(request, "param", None)
    assert asked in (None, this_process()), f"this process has {this_process()}; make test runs both"
    return asked


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScheduling | None:
    return EachToItsDatabase(config) if config.getoption("--databases") else None
