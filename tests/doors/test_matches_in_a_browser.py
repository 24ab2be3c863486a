"""Matches in a real browser: worked through by keyboard and without script, for every eye and ear, at every width."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from safeconduct.flows.clear_match import ClearMatch, clear_match
from safeconduct.flows.confirm_match import ConfirmMatch, confirm_match
from safeconduct.flows.reading import OpenMatch, open_matches
from safeconduct.store.models import Adjudication
from tests.browser import axe_violations
from tests.doors.casework.test_matches import LISTED, THIRD, TWIN, address
from tests.doors.desk import NAMESAKE, WIDTHS, Desk, sign_in
from tests.flows.office import NSO, OTHERS, starter
from tests.flows.test_adjudication import listed_pack
from tests.people import COUNTERSIGNER, OFFICER

pytestmark = pytest.mark.one_database
LISTS = (NSO, NAMESAKE, LISTED, TWIN, THIRD, *OTHERS)


@pytest.fixture
def listed(desk: Desk) -> Desk:
    """Two cases of one party that resembles three listed ones."""
    desk.load_list(*LISTS, day="2026-10-10")
    for number in range(2):
        desk.worked({**starter("2d"), "reference": f"number {number}"})
    return desk


def named(one: OpenMatch) -> dict[str, str]:
    return {"case": one.case, "party": one.party.id, "source": one.match.source, "entry": one.match.entry}


def pages(desk: Desk) -> list[str]:
    """Every kind of page about matches: open, proposed, cleared, confirmed and reopened; alone and together."""
    first, second, third = open_matches(OFFICER)[:3]
    clear_match(OFFICER, ClearMatch(**named(first), grounds="Another man", ground="document"), key="1", at=desk.at)
    confirm_match(OFFICER, ConfirmMatch(**named(second), reasons="It is he"), key="2", at=desk.at)
    newer = [
        {**one, "aliases": [*one["aliases"], "Colonel Eric"]} if one["name"] == first.match.name else one
        for one in LISTS
    ]
    desk.put_in_force(listed_pack('when = {fact = "match.score", at_least = 1}'))
    clear_match(OFFICER, ClearMatch(**named(third), grounds="Another man", ground="other"), key="3", at=desk.at)
    found = [address(one) for one in (first, second, third)]
    desk.load_list(*newer, day="2026-10-20")
    for case in {first.case, *(one.case for one in open_matches(OFFICER))}:
        desk.assess(case)
    desk.worker.work_off()
    for case in {first.case, *(one.case for one in open_matches(OFFICER))}:
        desk.assess(case)
    queue = [f"/matches/?by={way}" for way in ("party", "entry", "grounds")]
    together = re.findall(r'href="(/matches/together/[^"]+)"', desk.client(OFFICER).get(queue[0]).content.decode())
    parties, record = f"/cases/{first.case}/parties/", f"/cases/{first.case}/record/"
    return [*queue, *(one.replace("&amp;", "&") for one in together), *found, parties, record]


def looked_at(page: Page, server: LiveServer, paths: list[str]) -> dict[str, list[str]]:
    """What is wrong with these pages, by page and width; every part of them is opened."""
    wrong = {}
    for path in paths:
        for width in WIDTHS.values():
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(server.url + path)
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            found = axe_violations(page)
            if wide := page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"):
                found.append(f"{wide} px too wide")
            if found:
                wrong[f"{path} at {width}"] = found
    return wrong


def test_everybody_can_use_them_at_every_width(listed: Desk, page: Page, live_server: LiveServer) -> None:
    paths = pages(listed)
    assert len(paths) >= 8
    for actor in (OFFICER, COUNTERSIGNER):
        sign_in(listed, page, live_server.url, actor)
        assert not looked_at(page, live_server, paths)
    assert page.goto(live_server.url + paths[0]) is not None


def test_right_to_left_they_are_mirrored_and_as_usable(
    listed: Desk, chromium: Browser, live_server: LiveServer, settings: Settings
) -> None:
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    page = chromium.new_page(locale="ar")
    sign_in(listed, page, live_server.url, OFFICER)
    paths = ["/matches/", address(open_matches(OFFICER)[0])]
    assert not looked_at(page, live_server, paths)
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.context.close()


def with_alt(page: Page, key: str) -> None:
    """Press a key with Alt, as a keyboard does it: Playwright leaves out the letter that an access key goes by."""
    session = page.context.new_cdp_session(page)
    code = f"Digit{key}" if key.isdigit() else f"Key{key.upper()}"
    held = {"modifiers": 1, "key": key, "code": code, "windowsVirtualKeyCode": ord(key.upper()), "unmodifiedText": key}
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", **held})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **held})
    session.detach()


def test_matches_are_worked_through_by_keys(listed: Desk, page: Page, live_server: LiveServer) -> None:
    sign_in(listed, page, live_server.url, OFFICER)
    page.goto(f"{live_server.url}/matches/")
    with_alt(page, "n")
    page.wait_for_url("**/cases/**")
    expect(page.get_by_text("Match 1 of 3 that wait")).to_be_visible()
    with_alt(page, "n")
    page.get_by_text("Match 2 of 3 that wait").wait_for()
    with_alt(page, "p")
    page.get_by_text("Match 1 of 3 that wait").wait_for()
    with_alt(page, "1")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("His file says so")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Match 1 of 2 that wait").wait_for()
    assert Adjudication.objects.get().answer == "not_same"
    with_alt(page, "2")
    page.keyboard.press("Tab")
    page.keyboard.type("The passport is his")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Match 1 of 1 that wait").wait_for()
    with_alt(page, "3")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Asked.").wait_for()
    with_alt(page, "l")
    page.wait_for_url("**/matches/**")
    assert [row.answer for row in Adjudication.objects.order_by("id")] == ["not_same", "same", "ask"]


def test_like_ones_are_decided_together_without_any_script(listed: Desk, plain_browser: BrowserContext) -> None:
    page = plain_browser.new_page()
    page.goto(listed.link(OFFICER))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Matches").click()
    page.get_by_role("link", name=re.compile("decide together")).click()
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(3)
    assert not any(box.is_checked() for box in boxes.all()), "nothing is chosen for anybody"
    for box in boxes.all()[:2]:
        box.check()
    page.get_by_label("Another listed entry fits this party").check()
    page.get_by_label("Grounds").fill("The same man under three names; his file says who he is")
    page.get_by_role("button", name="Record them as not the same").click()
    expect(page.get_by_text("2 matches recorded as not the same.")).to_be_visible()
    expect(page.get_by_text("1 match waits for a decision.")).to_be_visible()
    assert Adjudication.objects.count() == 2


def test_on_paper_the_forms_are_gone_and_the_parts_stay(listed: Desk, page: Page, live_server: LiveServer) -> None:
    sign_in(listed, page, live_server.url, OFFICER)
    page.goto(live_server.url + address(open_matches(OFFICER)[0]))
    page.emulate_media(media="print")
    expect(page.get_by_text("Speaks for it")).to_be_visible()
    expect(page.get_by_role("button", name="They are not the same")).to_be_hidden()
    expect(page.get_by_role("link", name="Next match")).to_be_hidden()
