"""Keys of programs: shown once, kept as a hash, ended by time or by hand, and worth what their person is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from http import HTTPStatus

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.access import Actor, Role
from safeconduct.core.errors import Refusal
from safeconduct.flows.admit_person import AdmitPerson, admit_person
from safeconduct.flows.api_keys import api_keys, bearer_of, hash_of, new_token
from safeconduct.flows.installation import here, utc_now
from safeconduct.flows.make_api_key import MOST_DAYS, MakeApiKey, make_api_key
from safeconduct.flows.people import CONSOLE
from safeconduct.flows.revoke_api_key import RevokeApiKey, revoke_api_key
from safeconduct.flows.verify_ledger import export_bundle, verify_ledger
from safeconduct.store.models import ApiKey, IdempotencyKey
from tests.doors.api.conftest import Program, answer, key_of
from tests.doors.desk import Desk
from tests.people import ADVISER, OFFICER


def test_the_token_itself_is_kept_nowhere(desk: Desk) -> None:
    token = key_of(desk, OFFICER)
    bundle = desk.home / "bundle"
    export_bundle(CONSOLE, bundle, at=desk.at)
    kept = [bundle, *(path for path in desk.home.rglob("*") if path.is_file())]
    rows = [str(row) for model in (ApiKey, IdempotencyKey) for row in model.objects.values()]
    assert not any(token.encode() in path.read_bytes() for path in kept)
    assert not any(token in row for row in rows)
    assert hash_of(token) in bundle.read_bytes().decode("utf-8", "replace")


def test_a_key_acts_as_its_person_and_with_his_clearance(desk: Desk) -> None:
    found = bearer_of(key_of(desk, ADVISER))
    assert found
    assert found.actor == ADVISER


def test_a_key_opens_nothing_after_its_time(desk: Desk) -> None:
    token = key_of(desk, OFFICER, days=1)
    later = here(clock=lambda: utc_now() + dt.timedelta(days=1, seconds=1))
    assert bearer_of(token)
    assert bearer_of(token, later) is None


def test_a_revoked_key_opens_nothing_and_stays_on_record(desk: Desk) -> None:
    program = Program(key_of(desk, OFFICER))
    program.found("/algorithms")
    (key,) = api_keys(CONSOLE)
    for _ in range(2):
        revoke_api_key(CONSOLE, RevokeApiKey(key=key.id), key=desk.key(), at=desk.at)
    answer(program.get("/algorithms"), HTTPStatus.UNAUTHORIZED)
    assert api_keys(CONSOLE)[0].revoked
    assert not verify_ledger(CONSOLE, at=desk.at).problems


def test_a_key_of_somebody_who_has_left_opens_nothing(desk: Desk) -> None:
    token = key_of(desk, OFFICER)
    User.objects.filter(username=OFFICER.id).update(is_active=False)
    assert bearer_of(token) is None


def test_a_person_who_loses_his_role_takes_his_keys_with_him(desk: Desk, program: Callable[[Actor], Program]) -> None:
    officers = program(OFFICER)
    order = AdmitPerson(name_id=OFFICER.id, name=OFFICER.name, role=Role.CONTACT_POINT)
    admit_person(CONSOLE, order, key=desk.key(), at=desk.at)
    answer(officers.get("/algorithms"), HTTPStatus.FORBIDDEN)


@pytest.mark.parametrize("actor", [OFFICER, ADVISER], ids=lambda one: one.role.value)
def test_only_whoever_runs_the_installation_keeps_keys(desk: Desk, actor: Actor) -> None:
    order = MakeApiKey(person=OFFICER.id, token_sha256=hash_of(new_token()), start="sc_")
    for act in (
        lambda: make_api_key(actor, order, key="k", at=desk.at),
        lambda: revoke_api_key(actor, RevokeApiKey(key="K-1"), key="k", at=desk.at),
        lambda: api_keys(actor),
    ):
        with pytest.raises(Refusal, match="may not keep_api_keys"):
            act()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"person": "nobody"}, "nobody of this name"),
        ({"days": 0}, "0 days"),
        ({"days": MOST_DAYS + 1}, "days"),
        ({"label": "x" * 121}, "too long"),
        ({"label": "a\u202eb"}, "not allowed"),
    ],
)
def test_a_key_that_cannot_be_is_refused(desk: Desk, change: dict[str, object], says: str) -> None:
    given: dict[str, object] = {"person": OFFICER.id, "token_sha256": hash_of(new_token()), "start": "sc_", **change}
    with pytest.raises(Refusal, match=says):
        make_api_key(CONSOLE, MakeApiKey(**given), key="k", at=desk.at)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["K-0", "K-999", "", "1", "K-99999999999999999999"])
def test_a_key_that_is_not_there_cannot_be_revoked(desk: Desk, name: str) -> None:
    with pytest.raises(Refusal, match="no such key"):
        revoke_api_key(CONSOLE, RevokeApiKey(key=name), key="k", at=desk.at)


def test_tokens_are_long_and_never_alike() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) >= 43 for token in tokens)


@given(st.text(max_size=300))
def test_any_text_has_a_hash(text: str) -> None:
    assert len(hash_of(text)) == 64
