"""A pack edited as a form in a real browser: without script, on a phone, from right to left, on paper."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser import axe_violations
from tests.doors.casework.test_workbench import BASE
from tests.doors.desk import WIDTHS, Desk, sign_in
from tests.people import POLICY_LEAD

pytestmark = pytest.mark.one_database

PACK = f"/policy/{BASE}/"
FORMS = {
    "rule": "change/rule/CT-01/", "scenario": "change/scenario/MS-01/", "grid": "grid/", "heading": "heading/",
    "term": "add/term/", "likelihood": "change/likelihood/reference/likelihood-2/",
    "exception": "change/exception/RE-01/",
    "lowers": "change/lowers/reference/lowers-1/", "second": "change/second_person/SP-01/", "case": "add/case/",
}  # fmt: skip


def pictured(page: Page, name: str) -> None:
    if folder := os.environ.get("SAFECONDUCT_PICTURES"):
        page.screenshot(path=f"{folder}/d_{name}.png", full_page=name != "pack")


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_the_forms_stand_on_every_width(desk: Desk, page: Page, live_server: LiveServer, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(desk, page, live_server.url, POLICY_LEAD)
    for name, address in FORMS.items():
        page.goto(live_server.url + PACK + address)
        assert axe_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
        pictured(page, f"{name}_{width}")
    page.goto(live_server.url + PACK)
    assert axe_violations(page) == []
    pictured(page, "pack")


def test_without_script_and_by_keyboard_a_rule_is_changed_and_its_effect_told(
    desk: Desk, plain_browser: BrowserContext, live_server: LiveServer
) -> None:
    page = plain_browser.new_page()
    sign_in(desk, page, live_server.url, POLICY_LEAD)
    page.goto(live_server.url + PACK)
    page.get_by_role("link", name="Change CT-01", exact=True).press("Enter")
    page.get_by_label("Outcome at least").select_option("minded-to-refuse")
    page.get_by_role("button", name="Check").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("CT-01 changed, stricter")
    pictured(page, "checked")
    page.get_by_label("What is unknown").select_option("show")
    page.get_by_role("button", name="Keep it").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("CT-01 is weaker than in reference")
    expect(page.get_by_label("Ground")).to_have_attribute("aria-describedby", re.compile("error"))
    pictured(page, "refused")
    page.get_by_label("What is unknown").select_option("ask")
    page.get_by_role("button", name="Keep it").press("Enter")
    expect(page.get_by_role("heading", name="Against the pack in force")).to_be_visible()
    expect(page.get_by_role("button", name="Sign this pack")).to_be_visible()


def test_without_script_rows_are_added_where_they_stand_and_nothing_typed_is_lost(
    desk: Desk, plain_browser: BrowserContext, live_server: LiveServer
) -> None:
    page = plain_browser.new_page()
    sign_in(desk, page, live_server.url, POLICY_LEAD)
    page.goto(live_server.url + PACK)
    page.get_by_role("link", name="Change reference/likelihood-1", exact=True).press("Enter")
    page.get_by_label("How likely").select_option("4")
    page.get_by_label("Condition 2: fact").select_option("user.oversight")
    page.get_by_role("button", name="Show values").press("Enter")
    page.get_by_role("group", name="Condition 2: value").get_by_label("No").check()
    page.get_by_role("button", name="Add a row Conditions").press("Enter")
    expect(page.get_by_label("Condition 3: fact")).to_be_in_viewport()
    expect(page.get_by_role("group", name="Condition 2: value").get_by_label("No")).to_be_checked()
    expect(page.get_by_label("How likely")).to_have_value("4")
    pictured(page, "added")
    page.get_by_label("Ground").fill("Act, section 5")
    page.get_by_role("button", name="Keep it").press("Enter")
    expect(page.get_by_role("link", name="Change reference-2/likelihood-1", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Change reference/likelihood-1", exact=True)).to_have_count(0)


def test_from_right_to_left_and_on_paper(
    desk: Desk, chromium: Browser, live_server: LiveServer, settings: Settings
) -> None:
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    page = chromium.new_page(locale="ar", viewport={"width": 320, "height": 900})
    sign_in(desk, page, live_server.url, POLICY_LEAD)
    for name, address in FORMS.items():
        page.goto(live_server.url + PACK + address)
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        assert axe_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        pictured(page, f"rtl_{name}")
    page.goto(live_server.url + PACK + FORMS["rule"])
    page.emulate_media(media="print")
    expect(page.locator("textarea[name=text]")).to_be_visible()
    expect(page.locator("button[name=check]")).to_be_hidden()
    pictured(page, "print")
    page.close()
