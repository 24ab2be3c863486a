"""The pages in a real browser: for every eye, ear and hand, on a phone, on paper, and without script.

One office is filled once for each test; a test then goes through all of its pages, since filling is what takes time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from safeconduct.access import Actor
from safeconduct.store.models import Case, Record
from tests.browser import axe_violations
from tests.doors.desk import WIDTHS, Desk, sign_in
from tests.flows.newer import LISTED, newer
from tests.flows.office import NSO, OTHERS, starter
from tests.people import EXPORTER, OFFICER

pytestmark = pytest.mark.one_database

STEPS = ("", "kind/", "parties/new/", "goods/", "goods/new/", "use/use-stated/", "use/use-sharing/", "check/")


def addresses(desk: Desk) -> dict[Actor, list[str]]:
    """A filled office, and the address of every kind of page in it, full and empty."""
    first, third, fifth = (desk.worked(starter(name)).case for name in ("1", "3", "5"))
    own = desk.submit(starter("3"), OFFICER, organisation=EXPORTER.organisation).case
    desk.worker.work_off()
    desk.assess(own)
    waiting = desk.submit(starter("2c")).case
    tabs = ("", "goods/", "parties/", "assessment/", "questions/", "record/", "record/1/", "goods/1/", "decide/")
    office = ["/cases/", "/cases/?shelf=decided", "/cases/XX-2026-9999/", f"/cases/{waiting}/"]
    office += [f"/cases/{first}/{tab}" for tab in tabs]
    office += [f"/cases/{third}/{tab}" for tab in ("", "questions/", "questions/user.access_by/")]
    office += [f"/cases/{fifth}/parties/", match_address(fifth)]
    licence = desk.worked(starter("2d")).case
    desk.client(OFFICER).post(f"/cases/{licence}/decide/", {"key": "a", "decision": "approve", "reasons": ""})
    newer(desk, NSO, *OTHERS, LISTED, day="2026-10-15")
    office += [f"/cases/{licence}/{tab}" for tab in ("", "decide/")]
    held = desk.load_list(NSO, *OTHERS[:20], day="2026-10-20").normalised
    lists = ["", "bis-el/", "eu-fsf/", f"bis-el/{held}/", f"bis-el/{held}/release/"]
    office += [f"/lists/{path}" for path in lists]
    office += [f"/cases/{first}/{tab}" for tab in ("assessors/", "indicators/")]
    office += ["/assessors/", "/like-cases/", "/places/QT/", "/api/docs"]
    portal = ["/applications/", f"/applications/{own}/", f"/applications/{own}/questions/user.kind/"]
    portal += [f"/applications/draft/{step}" for step in STEPS]
    return {OFFICER: office, EXPORTER: portal}


def match_address(case: str) -> str:
    """The page of some match of a case."""
    row = Case.objects.get(reference=case)
    for record in Record.objects.filter(case=row, kind="screening"):
        found = re.search(r'"entry":"([^"]+)".*?"source":"([^"]+)"', record.body)
        party = re.search(r'"party":{[^}]*"id":"([^"]+)"', record.body)
        if found and party:
            given = {"reference": case, "party": party[1], "source": found[2], "entry": found[1]}
            return reverse("casework:match", kwargs=given)
    raise AssertionError("no match in the case")


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    found: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found


def visited(desk: Desk, page: Page, server: LiveServer) -> Iterator[str]:
    """Every page in turn, as who may open it, at every width."""
    for actor, paths in addresses(desk).items():
        sign_in(desk, page, server.url, actor)
        for path in paths:
            for width in WIDTHS.values():
                page.set_viewport_size({"width": width, "height": 800})
                page.goto(server.url + path)
                yield f"{path} at {width} px"


def test_every_page_can_be_used_by_everybody_at_every_width(desk: Desk, page: Page, live_server: LiveServer) -> None:
    wrong = {}
    for where in visited(desk, page, live_server):
        found = axe_violations(page)
        if wide := overflow(page):
            found.append(f"{wide} px too wide")
        if found:
            wrong[where] = found
    assert not wrong


def test_right_to_left_pages_are_mirrored_and_as_usable(
    desk: Desk, chromium: Browser, live_server: LiveServer, settings: Settings
) -> None:
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    case = desk.worked(starter("1")).case
    page = chromium.new_page(locale="ar")
    sign_in(desk, page, live_server.url, OFFICER)
    tabs = ("", "assessment/", "goods/", "assessors/", "indicators/")
    for path in ("/cases/", *(f"/cases/{case}/{tab}" for tab in tabs), "/lists/", "/assessors/"):
        for width in WIDTHS.values():
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(live_server.url + path)
            assert page.locator("html").get_attribute("dir") == "rtl"
            assert axe_violations(page) == []
            assert overflow(page) == 0
    start = page.locator(".sc-header__name").bounding_box()
    assert start is not None
    assert start["x"] > 160
    page.context.close()


def test_an_application_goes_to_its_decision_without_any_script(desk: Desk, plain_browser: BrowserContext) -> None:
    page = plain_browser.new_page()
    page.goto(desk.link(EXPORTER))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Start an application").click()
    write_application(page)
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_label("What is stated here is true").check()
    page.get_by_role("button", name="Submit the application").click()
    expect(page.get_by_text("Your application has been submitted")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    desk.worker.work_off()

    page.goto(desk.link(OFFICER))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=re.compile("XX-20")).click()
    page.get_by_role("link", name=re.compile(r"^Questions \d")).click()
    page.get_by_role("link", name=re.compile("Record an answer")).first.click()
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("link", name="Overview").click()
    page.get_by_role("button", name="Record a decision").click()
    page.get_by_label("Refuse").check()
    page.get_by_label("Reasons", exact=True).fill("Who will use it is not known, and the exporter cannot say")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_role("heading", name="Decision")).to_be_visible()
    assert Case.objects.get().state == "refused"


def write_application(page: Page) -> None:
    """The pages of a draft, one after the other."""
    page.get_by_role("link", name="What you apply for").click()
    page.get_by_label("Individual licence").check()
    page.get_by_label("Your own reference").fill("NV-2026-300")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("link", name="Your company").click()
    page.get_by_label("Name").fill("Norvik Systems")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("link", name="Goods").click()
    page.get_by_role("button", name="Add a line").click()
    page.get_by_label("Name and model").fill("Norvik RX-40")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Title of the product sheet").fill("RX-40 sheet")
    page.get_by_label("Its text").fill("A router\nwith a probe")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Network equipment", exact=True).check()
    for _ in range(2):
        page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Continue", exact=True).click()


UNCOVERED = """() => {
    const has = document.activeElement, box = has.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + Math.min(4, box.width / 2), box.y + box.height / 2);
    return top !== null && (has.contains(top) || top.contains(has));
}"""
BELOW_THE_BAR = """() => {
    const has = document.activeElement, bar = document.querySelector(".sc-identity");
    return !has.closest("main") || has.getBoundingClientRect().top >= bar.getBoundingClientRect().bottom;
}"""


def press_to(page: Page, name: str, most: int = 60) -> None:
    """Tab until whatever has the focus says ``name``; it is in view, and nothing covers it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        text = page.evaluate("(document.activeElement.innerText || document.activeElement.value || '').trim()")
        if text.startswith(name):
            assert page.evaluate(UNCOVERED), f"{name} is covered"
            return
    raise AssertionError(f"{name} is not reached in {most} steps")


def test_a_case_is_decided_with_the_keyboard_alone(desk: Desk, page: Page, live_server: LiveServer) -> None:
    desk.worked(starter("2a"))
    page.goto(live_server.url + desk.link(OFFICER))
    press_to(page, "Skip to main content")
    press_to(page, "Sign in")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/")
    press_to(page, "XX-20")
    page.keyboard.press("Enter")
    page.wait_for_url("**/XX-*/")
    press_to(page, "Record a decision")
    page.keyboard.press("Enter")
    page.wait_for_url("**/decide/")
    press_to(page, "approve")
    page.keyboard.press("Space")
    press_to(page, "Record the decision")
    page.keyboard.press("Enter")
    page.wait_for_url("**/XX-*/")
    assert Case.objects.get().state == "approved"


def test_the_skip_link_leads_past_everything_that_repeats(desk: Desk, page: Page, live_server: LiveServer) -> None:
    case = desk.worked(starter("2a")).case
    sign_in(desk, page, live_server.url, OFFICER)
    page.goto(f"{live_server.url}/cases/{case}/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_what_has_the_focus_is_never_under_the_identity_bar(desk: Desk, page: Page, live_server: LiveServer) -> None:
    """WCAG 2.2, 2.4.11: going backwards through a long page, the bar that stays at the top covers nothing."""
    case = desk.worked(starter("1")).case
    sign_in(desk, page, live_server.url, OFFICER)
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(f"{live_server.url}/cases/{case}/assessment/")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.evaluate("[...document.querySelectorAll('main summary, main a')].at(-1).focus()")
    for _ in range(5):
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(BELOW_THE_BAR)


def test_the_identity_bar_stays_in_sight_on_a_desk_and_leaves_a_phone_its_room(
    desk: Desk, page: Page, live_server: LiveServer
) -> None:
    case = desk.worked(starter("1")).case
    sign_in(desk, page, live_server.url, OFFICER)
    seen = {}
    for name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{live_server.url}/cases/{case}/assessment/")
        page.evaluate("scrollTo(0, 1500)")
        seen[name] = page.locator(".sc-identity").evaluate("one => one.getBoundingClientRect().bottom > 0")
    assert seen == {"a desk": True, "a phone": False}


def test_paper_carries_the_marking_on_every_sheet_and_no_addresses(
    desk: Desk, page: Page, live_server: LiveServer
) -> None:
    case = desk.worked(starter("1")).case
    sign_in(desk, page, live_server.url, OFFICER)
    page.goto(f"{live_server.url}/cases/{case}/assessment/")
    page.emulate_media(media="print")
    banner = page.locator(".sc-marking")
    style = banner.evaluate("one => [getComputedStyle(one).display, getComputedStyle(one).breakInside]")
    assert style == ["table-header-group", "avoid"]  # what a browser prints anew at the head of each sheet
    after = page.evaluate(
        "[...document.querySelectorAll('a[href]')].map(one => getComputedStyle(one, '::after').content)"
    )
    assert set(after) <= {"none", "normal"}
    for gone in (".sc-nav", ".sc-tabs", ".sc-footer", ".govuk-skip-link"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator(".sc-identity__reference")).to_be_visible()


@pytest.mark.parametrize("scheme", ["none", "active"])
def test_an_outcome_is_told_by_its_word_and_shape_also_in_forced_colours(
    desk: Desk, page: Page, live_server: LiveServer, scheme: str
) -> None:
    case = desk.worked(starter("1")).case
    sign_in(desk, page, live_server.url, OFFICER)
    page.emulate_media(forced_colors=scheme)  # type: ignore[arg-type]
    page.goto(f"{live_server.url}/cases/{case}/goods/")
    tag = page.locator(".sc-outcome--stops").first
    assert tag.inner_text() == "Caught"
    assert tag.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(16, 28, 46)"
    asks = page.locator(".sc-identity .sc-outcome--asks")
    assert asks.evaluate("one => parseFloat(getComputedStyle(one).borderTopWidth)") == 2
