"""The register in a real browser: for every eye, ear and hand, on a phone, from right to left, and without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from safeconduct.store.models import Appearance, Merge, Tie
from tests.browser import axe_violations
from tests.doors.desk import WIDTHS, Desk, sign_in
from tests.flows.register import HOUSE, PLANT, Register, entry, new
from tests.people import OFFICER

pytestmark = pytest.mark.one_database
LONG = "Grenzüberschreitende Beteiligungsverwaltungsgesellschaft " * 4


def filled(desk: Desk) -> str:
    """A party with holders of every standing, ties ended, something merged and something proposed."""
    register = Register(desk)
    case = register.screened(PLANT, HOUSE, {**PLANT, "territory": "SE"}, {**HOUSE, "name": "شركة الأفق للاتصالات"})
    held = entry(case)
    register.tie(held, new=new(LONG.strip(), "company"), share="80", begins="2024-05")
    shell = register.page(held).ties[0].other_id
    register.tie(shell, listed=register.listed("NSO Group"), share="25-50")
    register.tie(held, "director", holder=entry(case, "X4"))
    register.end(register.tie(held, holder=entry(case, "X2"), share="15"), "2022", "sold")
    register.merge(held, entry(case, "X3"))
    register.case_with({**PLANT, "territory": "FI"}, {**PLANT, "territory": "DK"})
    return held


def addresses(name: str) -> list[str]:
    tie, merge = Tie.objects.get(ended_at="", held=int(name[2:]), what="director"), Merge.objects.get()
    acts = ("", "merge/", "ties/", f"ties/T-{tie.pk}/", f"merge/R-{merge.one_id}/R-{merge.other_id}/")
    alone = f"/parties/R-{tie.holder_id}/"  # nobody is known to hold it
    twins = f"/cases/{Appearance.objects.latest('pk').case.reference}/parties/"  # two parties of one name
    return ["/parties/", "/parties/?q=nobody", alone, twins, *(f"/parties/{name}/{act}" for act in acts)]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_can_be_used_by_everybody_at_every_width(
    desk: Desk, chromium: Browser, live_server: LiveServer, settings: Settings, language: str
) -> None:
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    name = filled(desk)
    page = chromium.new_page(locale=language)
    sign_in(desk, page, live_server.url, OFFICER)
    wrong = {}
    for path in addresses(name):
        for width in WIDTHS.values():
            page.set_viewport_size({"width": width, "height": 800})
            answer = page.goto(live_server.url + path)
            assert answer is not None
            assert answer.status == 200, path
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if found := [*axe_violations(page), *([f"{wide} px too wide"] if wide else [])]:
                wrong[path, width] = found
    page.context.close()
    assert not wrong


def test_an_officer_states_a_tie_and_merges_without_any_script(desk: Desk, plain_browser: BrowserContext) -> None:
    register = Register(desk)
    case = register.case_with(PLANT, {**PLANT, "territory": "SE"})
    page = plain_browser.new_page()
    page.goto(desk.link(OFFICER))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Parties").click()
    page.get_by_label("Look for a party").fill("larkholm")
    page.get_by_role("button", name="Look").click()
    page.get_by_role("link", name=entry(case), exact=True).click()
    page.get_by_role("link", name="State a tie").click()
    page.get_by_label("Owns it, or a share of it").check()
    page.get_by_label("Its name, where it is not in the register yet").fill("Cellar Holding")
    page.get_by_label("Its share, of an owner").fill("25-50")
    page.get_by_label("The document").fill("extract of the register")
    page.get_by_label("Its date").fill("2026-10-01")
    page.get_by_role("button", name="State the tie").click()
    expect(page.get_by_text("owner, 25 to 50 %").first).to_be_visible()
    expect(page.get_by_role("img", name="Who holds Larkholm Instruments")).to_be_visible()
    page.get_by_role("link", name=f"Merge {entry(case, 'X2')}").click()
    assert page.get_by_label("The other entry").input_value() == entry(case, "X2")
    page.get_by_label("Reason").fill("One extract names both seats")
    page.get_by_role("button", name="Merge them").click()
    expect(page.get_by_text("One extract names both seats")).to_be_visible()
