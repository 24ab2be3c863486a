"""What a list says of an entry, on the goods page in a real browser: on a phone, from right to left, on paper."""

from __future__ import annotations

import os
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import axe_violations
from tests.doors.desk import WIDTHS, Desk, sign_in
from tests.flows.office import starter
from tests.flows.test_time_machine import load
from tests.people import OFFICER

pytestmark = pytest.mark.one_database

MORE: tuple[dict[str, Any], ...] = (
    {"code": "5A001.j.note.1", "parent": "5A001.j", "kind": "note", "text": "Wires are left out: " * 8, "frees": True},
    {"code": "5A001.j.note.1.a", "parent": "5A001.j.note.1", "kind": "note_item", "text": "Copper wires"},
    {"code": "5A001.j.note.2", "parent": "5A001.j", "kind": "definition", "text": "'Net' is wire", "terms": ["Net"]},
)  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_notes_and_meanings_stand_on_every_width_and_in_both_directions(
    desk: Desk, page: Page, live_server: LiveServer, width: int, direction: str
) -> None:
    load(desk, "2020-01-01", ("5A001.j", "Probes on a backbone"), more=MORE)
    case = desk.worked(starter("1")).case
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(desk, page, live_server.url, OFFICER)
    page.goto(f"{live_server.url}/cases/{case}/goods/")
    page.evaluate(f"document.documentElement.dir = '{direction}'")
    page.get_by_text("What the list says: 1 note, 1 meaning").first.click()
    expect(page.get_by_text("Copper wires").first).to_be_visible()
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if folder := os.environ.get("SAFECONDUCT_PICTURES"):
        page.screenshot(path=f"{folder}/list-text-{width}-{direction}.png", full_page=True)
        page.emulate_media(media="print")
        page.screenshot(path=f"{folder}/list-text-{width}-{direction}-paper.png", full_page=True)
