"""Debian's Chromium, driven by Playwright, and axe-core's verdict on what it shows."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

# Nothing is fetched at start, and no request leaves this machine but the test's own.
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT_MS = 10_000


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run."""
    program = shutil.which("chromium")
    assert program, "no Chromium; on Debian run as root: apt-get install chromium"
    # Playwright keeps an event loop in this thread; the pages' own database work is in the server's
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=QUIET, chromium_sandbox=os.geteuid() != 0, timeout=60_000
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page with no history or cookies; the test fails if a script on it raised an error."""
    errors: list[str] = []
    context = chromium.new_context(locale="en-GB", timezone_id="UTC")
    context.set_default_timeout(WAIT_MS)
    fresh = context.new_page()
    fresh.on("pageerror", lambda error: errors.append(str(error)))
    yield fresh
    context.close()
    assert not errors, f"errors in the page's scripts: {errors}"


def axe_violations(page: Page) -> list[str]:
    """Each accessibility rule that the page as shown breaks, with the elements; empty when there is none."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {', '.join(str(node['target']) for node in rule['nodes'])}" for rule in found]
