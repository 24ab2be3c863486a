"""The policy workbench in a real browser: without script, on a phone, from right to left, on paper."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from safeconduct.flows.try_pack import TryPack, try_pack
from tests.browser import axe_violations
from tests.doors.desk import WIDTHS, Desk, sign_in
from tests.flows.office import starter
from tests.flows.test_try_on_cases import EXAMPLES, EXTENDING, STRICTER
from tests.people import POLICY_LEAD

pytestmark = pytest.mark.one_database


@pytest.fixture
def tried(desk: Desk) -> str:
    """The address of a pack on trial, where there are cases that it would change and others."""
    for case in ("1", "2a", "2b", "2c", "3"):
        desk.worked(starter(case))
    pack = (EXTENDING + STRICTER + EXAMPLES).encode()
    kept = try_pack(POLICY_LEAD, TryPack(pack=pack), key="t", at=desk.at)
    return f"/policy/{kept.sha256}/"


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_the_flow_and_its_table_stand_on_every_width(
    desk: Desk, page: Page, live_server: LiveServer, tried: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(desk, page, live_server.url, POLICY_LEAD)
    for address in ("/policy/", tried + "?try=1", tried + "edit/"):
        page.goto(live_server.url + address)
        assert axe_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        if folder := os.environ.get("SAFECONDUCT_PICTURES"):
            page.screenshot(path=f"{folder}/policy-{width}-{address.count('/')}.png")
    page.goto(live_server.url + tried + "?try=1")
    expect(page.get_by_role("img", name="From old outcome to new")).to_be_visible()
    expect(page.get_by_role("table", name="From old outcome to new, by which rules")).to_be_visible()


def test_on_paper_the_sentences_and_the_picture_stand(
    desk: Desk, page: Page, live_server: LiveServer, tried: str
) -> None:
    sign_in(desk, page, live_server.url, POLICY_LEAD)
    page.goto(live_server.url + tried + "?try=1")
    page.emulate_media(media="print")
    expect(page.get_by_role("img", name="From old outcome to new")).to_be_visible()
    expect(page.get_by_text("XX-1: Every individual licence")).to_be_visible()
    expect(page.locator(".sc-nav")).to_be_hidden()
