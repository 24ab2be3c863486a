"""The pages about lists in a real browser: without script, by keyboard, on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from safeconduct.store.models import EditionRow
from tests.browser import axe_violations
from tests.doors.desk import Desk, sign_in
from tests.flows.office import NSO, OTHERS, starter
from tests.people import OFFICER, POLICY_LEAD

pytestmark = pytest.mark.one_database


def test_a_held_edition_is_put_in_use_without_any_script(desk: Desk, plain_browser: BrowserContext) -> None:
    held = desk.load_list(NSO, *OTHERS[:20], day="2026-10-20").normalised
    page = plain_browser.new_page()
    page.goto(desk.link(POLICY_LEAD))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Lists").click()
    page.get_by_role("link", name="Put it in use").click()
    page.get_by_label("Grounds").fill("  ")
    page.get_by_role("button", name="Put it in use").click()
    expect(page.get_by_role("alert").get_by_text("Say what was checked")).to_be_visible()
    page.get_by_label("Grounds").fill("eleven firms were delisted, see the notice of 20 October")
    page.get_by_role("button", name="Put it in use").click()
    expect(page.get_by_role("status").get_by_text("the edition is in use")).to_be_visible()
    assert EditionRow.objects.get(normalised=held).state == "active"


def test_the_error_of_an_empty_form_is_as_usable_as_the_form(desk: Desk, page: Page, live_server: LiveServer) -> None:
    held = desk.load_list(NSO, *OTHERS[:20], day="2026-10-20").normalised
    sign_in(desk, page, live_server.url, POLICY_LEAD)
    page.goto(f"{live_server.url}/lists/bis-el/{held}/release/")
    page.get_by_label("Grounds").fill("  ")
    page.get_by_role("button", name="Put it in use").click()
    assert axe_violations(page) == []
    page.get_by_role("link", name="Say what was checked").click()
    assert page.evaluate("document.activeElement.id") == "id_grounds"


def test_the_keyboard_reaches_every_list_and_what_changed(desk: Desk, page: Page, live_server: LiveServer) -> None:
    desk.load_list(NSO, {"name": "Candiru", "aliases": [], "country": "Israel"}, *OTHERS, day="2026-10-20")
    sign_in(desk, page, live_server.url, OFFICER)
    page.goto(f"{live_server.url}/lists/")
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("(document.activeElement.getAttribute('href') || '')"))
    assert "/lists/bis-el/" in reached
    assert any(href.startswith("/lists/bis-el/") and len(href) > 70 for href in reached)


def test_on_paper_the_picture_and_its_table_stand_and_the_menu_is_gone(
    desk: Desk, page: Page, live_server: LiveServer
) -> None:
    desk.worked(starter("5"))
    sign_in(desk, page, live_server.url, OFFICER)
    page.goto(f"{live_server.url}/lists/")
    page.emulate_media(media="print")
    expect(page.get_by_role("img", name="Alarms by day, the last 30 days")).to_be_visible()
    expect(page.get_by_role("table", name="Alarms by day")).to_be_visible()
    expect(page.locator(".sc-nav")).to_be_hidden()
    bar = page.locator("svg[role=img] rect").first
    assert bar.evaluate("one => getComputedStyle(one).fill") != "rgb(255, 255, 255)"
