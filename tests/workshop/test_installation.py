"""What an installation keeps, and what its settings let a browser do."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse

from safeconduct.settings.headers import response_headers

SHOW = """
import json
from django.conf import settings
names = ("ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
         "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER", "DEBUG", "X_FRAME_OPTIONS")
print(json.dumps({name: getattr(settings, name) for name in names}))
"""
KEY = "from django.conf import settings; print(settings.SECRET_KEY)"


def settings_of(place: dict[str, str], program: str = SHOW) -> str:
    return subprocess.run([sys.executable, "-c", program], env=place, capture_output=True, text=True, check=True).stdout


def test_by_default_only_this_machine_is_answered(place: dict[str, str]) -> None:
    found = json.loads(settings_of(place))
    assert found == {
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "CSRF_TRUSTED_ORIGINS": [],
        "SESSION_COOKIE_SECURE": False,
        "SESSION_COOKIE_HTTPONLY": True,
        "SECURE_HSTS_SECONDS": 0,
        "SECURE_PROXY_SSL_HEADER": None,
        "DEBUG": False,
        "X_FRAME_OPTIONS": "DENY",
    }


def test_behind_https_cookies_are_secure_and_only_that_host_is_answered(place: dict[str, str]) -> None:
    found = json.loads(settings_of({**place, "SAFECONDUCT_ORIGIN": "https://licences.example:8443/"}))
    assert found["ALLOWED_HOSTS"] == ["licences.example"]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://licences.example:8443"]
    assert found["SESSION_COOKIE_SECURE"]
    assert found["SECURE_HSTS_SECONDS"] == 31_536_000
    assert found["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_the_secret_is_made_once_and_read_by_its_owner_alone(place: dict[str, str]) -> None:
    first, second = settings_of(place, KEY), settings_of(place, KEY)
    kept = Path(place["SAFECONDUCT_HOME"]) / "secret_key"
    assert first == second
    assert len(first.strip()) >= 50
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700


def test_processes_that_start_at_once_agree_on_the_secret(place: dict[str, str]) -> None:
    command = [sys.executable, "-c", KEY]
    started = [subprocess.Popen(command, env=place, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    said = {process.communicate()[0] for process in started}
    assert len(said) == 1
    assert [file.name for file in Path(place["SAFECONDUCT_HOME"]).iterdir()] == ["secret_key"]


def test_every_page_forbids_foreign_and_inline_scripts_framing_and_keeping() -> None:
    response = response_headers(lambda _: HttpResponse("page"))(HttpRequest())
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert response["Cache-Control"] == "no-store"


def test_a_view_may_say_how_long_its_answer_is_kept() -> None:
    answer = HttpResponse("page", headers={"Cache-Control": "private, max-age=60"})
    assert response_headers(lambda _: answer)(HttpRequest())["Cache-Control"] == "private, max-age=60"


@pytest.mark.parametrize("where", ["https://licences.example", ""])
def test_the_framework_finds_nothing_to_warn_of(place: dict[str, str], where: str) -> None:
    command = [sys.executable, "-m", "django", "check", "--fail-level", "WARNING"]
    done = subprocess.run(command, env={**place, "SAFECONDUCT_ORIGIN": where}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_migrations_are_what_the_models_say(place: dict[str, str]) -> None:
    command = [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"]
    done = subprocess.run(command, env=place, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
