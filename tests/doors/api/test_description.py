"""The API's own description: served from here, complete, and true of what is answered."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from safeconduct.doors.api import yente
from safeconduct.doors.api.described import description
from safeconduct.doors.api.site import api
from tests.doors.api.conftest import Program, answer
from tests.doors.desk import Desk

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


EXAMPLES = 12


def operations() -> list[tuple[str, str]]:
    return [(method, path) for path, methods in description(api)["paths"].items() for method in methods]


def test_the_description_is_openapi_3_1_and_needs_no_key(desk: Desk) -> None:
    body = answer(desk.client(None).get("/api/openapi.json"))  # type: ignore[arg-type]
    assert body["openapi"].startswith("3.1")
    assert set(body["components"]["securitySchemes"]) == {"ApiKeyHeader"}
    for path, methods in body["paths"].items():
        for what in methods.values():
            assert what["description"], path
            assert ("security" in what) == (path not in ("/healthz", "/readyz")), path


def test_the_page_for_people_loads_nothing_from_elsewhere_and_runs_nothing(desk: Desk) -> None:
    response = desk.client(None).get("/api/docs")
    html = response.content.decode()
    assert response.status_code == HTTPStatus.OK
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:|https?://", html)
    for method, path in operations():
        assert f"{method.upper()} {path}" in html


@pytest.fixture
def one_connection() -> Iterator[None]:
    """A request leaves the test's connection open, as Django's own client sees to it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def test_every_answer_is_one_that_is_described(
    officers: Program, one_connection: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each operation is called with what its description allows, and with what it forbids."""
    monkeypatch.setattr(yente, "is_ready", lambda: True)
    for found in schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application()).get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        cases = operation.as_strategy(GenerationMode.POSITIVE)
        if any(operation.iter_parameters()) or operation.body:
            cases |= operation.as_strategy(GenerationMode.NEGATIVE)

        @settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
        @given(case=cases, there=st.booleans())
        def run(case: Any, there: bool) -> None:
            if there and "dataset" in (case.path_parameters or {}):
                case.path_parameters["dataset"] = "default"
            case.call_and_validate(headers={"Authorization": f"ApiKey {officers.token}"}, checks=CHECKS)

        run()


def test_a_web_process_never_loads_the_name_library(place: dict[str, str]) -> None:
    program = (
        "import django, sys; django.setup(); import safeconduct.doors.urls; "
        "sys.exit(', '.join(name for name in sys.modules if name.split('.')[0] in ('rigour', 'icu', 'pypinyin')) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], env=place, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
