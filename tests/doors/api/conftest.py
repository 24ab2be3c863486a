"""An office whose API can be called, with a worker that answers at once or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from safeconduct.access import Actor
from safeconduct.flows import lookups, work
from safeconduct.flows.api_keys import hash_of, new_token
from safeconduct.flows.make_api_key import MakeApiKey, make_api_key
from safeconduct.flows.people import CONSOLE
from tests.doors.desk import Desk
from tests.people import OFFICER

Json = dict[str, Any]


class Program:
    """A client that sends a person's key with everything."""

    def __init__(self, token: str, scheme: str = "ApiKey") -> None:
        self.token = token
        self._client = Client(headers={"Authorization": f"{scheme} {token}"})

    def get(self, address: str, **query: Any) -> HttpResponse:
        return self._client.get(address, query)  # type: ignore[return-value]

    def post(self, address: str, body: object, **headers: str) -> HttpResponse:
        data = body if isinstance(body, (bytes, str)) else json.dumps(body)
        return self._client.post(address, data, content_type="application/json", headers=headers)  # type: ignore[return-value]

    def found(self, address: str, **query: Any) -> Json:
        return answer(self.get(address, **query))

    def match(self, scope: str, queries: Json, **query: Any) -> Json:
        pairs = "&".join(f"{key}={value}" for key, value in query.items())
        return answer(self.post(f"/match/{scope}?{pairs}", {"queries": queries}))


def answer(response: HttpResponse, status: int = HTTPStatus.OK) -> Json:
    """The body of an answer that has the status it should have."""
    assert response.status_code == status, response.content
    found: Json = json.loads(response.content)
    return found


def key_of(desk: Desk, actor: Actor, days: int = 30) -> str:
    token = new_token()
    order = MakeApiKey(person=actor.id, token_sha256=hash_of(token), start=token[:8], days=days)
    make_api_key(CONSOLE, order, key=desk.key(), at=desk.at)
    return token


@pytest.fixture
def program(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Callable[[Actor], Program]:
    """Programs of whom you like; what they ask is answered as soon as it is asked."""
    monkeypatch.setattr(work, "wake_worker", lambda _home: desk.worker.work_off())
    return lambda actor: Program(key_of(desk, actor))


@pytest.fixture
def officers(program: Callable[[Actor], Program]) -> Program:
    """An officer's program."""
    return program(OFFICER)


@pytest.fixture
def nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker, and nobody waits for one long."""
    monkeypatch.setattr(work, "wake_worker", lambda _home: None)
    monkeypatch.setattr(lookups, "LOOK_SECONDS", 0.001)
