"""Proposals of a datasheet in a real browser: for every eye and hand, on a phone, and without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser import axe_violations
from tests.doors.casework.test_proposals import opened
from tests.doors.desk import WIDTHS, Desk, sign_in
from tests.people import OFFICER

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=list(WIDTHS))
def test_goods_and_the_page_of_a_proposal_are_sound_at_every_width(
    desk: Desk, chromium: Browser, live_server: LiveServer, settings: Settings, width: int, language: str
) -> None:
    settings.LANGUAGE_CODE = language
    case = opened(desk)
    page = chromium.new_page(viewport={"width": width, "height": 900}, locale=language)
    sign_in(desk, page, live_server.url, OFFICER)
    page.goto(f"{live_server.url}/cases/{case}/goods/")
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(live_server.url + (page.get_by_role("link", name="Judge").last.get_attribute("href") or ""))
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_a_proposal_is_confirmed_by_keys_alone_without_script(
    desk: Desk, plain_browser: BrowserContext, live_server: LiveServer
) -> None:
    case = opened(desk)
    page = plain_browser.new_page()
    sign_in(desk, page, live_server.url, OFFICER)
    page.goto(f"/cases/{case}/goods/")
    page.get_by_role("link", name="Judge").first.press("Enter")
    page.get_by_label("Confirm").press("Space")
    page.get_by_label("Why").fill("Line 2 says it, and the demonstration showed it")
    page.get_by_role("button", name="Record it").press("Enter")
    assert "Confirmed" in page.content()
