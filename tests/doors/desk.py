"""An office whose pages can be opened: real clock and keys, in a directory of the test's own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from safeconduct.access import Actor
from safeconduct.flows.installation import here, utc_now
from safeconduct.flows.people import CONSOLE
from safeconduct.flows.sign_in import issue_link
from safeconduct.flows.worker import Worker
from tests.flows.office import NSO, OTHERS, Office

NAMESAKE = {"name": "Dilawar Khan", "aliases": ["Dilawar Khan Zadran"], "country": "Pakistan", "notes": ""}
WIDTHS = {"a phone": 320, "a desk": 1280}


class Desk(Office):
    """The office of flow tests, on the clock and key that pages use."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.at = here()
        self.worker = Worker(self.at)

    def client(self, actor: Actor | None, *, enforce_csrf_checks: bool = False) -> Client:
        """A browser without a face, signed in."""
        client = Client(enforce_csrf_checks=enforce_csrf_checks)
        if actor:
            client.force_login(User.objects.get(username=actor.id))
        return client

    def link(self, actor: Actor) -> str:
        """The address of a new one-time link."""
        return f"/sign-in/{issue_link(CONSOLE, actor.id)}/"

    def some_time_ago(self, days: int) -> None:
        """What is done here from now on happened so many days ago; pages go on living today."""
        then = utc_now() - dt.timedelta(days=days)
        self.at = here(clock=lambda: then)
        self.worker = Worker(self.at)


@pytest.fixture
def desk(db: None, settings: Settings, tmp_path: Path) -> Desk:
    """People, a policy in force, and one list."""
    settings.HOME = tmp_path
    found = Desk(tmp_path)
    found.admit_everybody()
    found.put_in_force()
    found.load_list(NSO, NAMESAKE, *OTHERS)
    return found


@pytest.fixture
def plain_browser(chromium: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A browser that runs no script at all."""
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="en-GB")
    context.set_default_timeout(10_000)
    yield context
    context.close()


def sign_in(desk: Desk, page: Page, address: str, actor: Actor) -> None:
    """By link, as a person does it."""
    page.goto(address + desk.link(actor))
    page.get_by_role("button", name="Sign in").click()


def words_of(html: str) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
