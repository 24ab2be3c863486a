"""Folded parts in a real browser: their triangle from right to left, and what of them stands on paper."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from tests.doors.desk import Desk, sign_in
from tests.flows.office import starter
from tests.people import OFFICER

pytestmark = pytest.mark.one_database


@pytest.fixture
def assessment(desk: Desk, page: Page, live_server: LiveServer) -> Page:
    case = desk.worked(starter("2b")).case
    sign_in(desk, page, live_server.url, OFFICER)
    page.goto(f"{live_server.url}/cases/{case}/assessment/")
    return page


def corners(page: Page, css: str) -> set[tuple[float, ...]]:
    """Corners of a shut fold's triangle in per cent, with this style sheet in place of the page's."""
    page.evaluate("name => { document.querySelector('link[href*=app]').href = `/static/safeconduct/${name}` }", css)
    page.wait_for_function(
        "name => [...document.styleSheets].some(one => one.href && one.href.endsWith(`/${name}`))", arg=css
    )
    clip = page.locator("summary").first.evaluate("one => getComputedStyle(one, '::before').clipPath")
    return {tuple(map(float, re.findall(r"[\d.]+", corner))) for corner in clip.split(",")}


def test_the_triangle_from_right_to_left_is_the_mirror_image_of_the_other(assessment: Page) -> None:
    plain = corners(assessment, "app.css")
    assessment.evaluate("document.documentElement.dir = 'rtl'")
    mirrored = corners(assessment, "app.rtl.css")
    assert len(plain) == 3
    assert mirrored == {(100 - across, down) for across, down in plain}


def test_a_starter_case_s_assessment_takes_fewer_than_eight_sheets(assessment: Page) -> None:
    sheets = PdfReader(io.BytesIO(assessment.pdf(prefer_css_page_size=True))).pages
    told = "\n".join(sheet.extract_text() for sheet in sheets)
    assert len(sheets) < 8
    assert "private data are opened" in told  # what a scenario's severity rests on
    assert len(re.findall(r"findings?\s+·\s+not printed", told)) == assessment.locator("section > details").count()


def test_a_fold_that_is_open_on_the_screen_is_printed(assessment: Page) -> None:
    fold = assessment.locator("section > details").last
    finding, unprinted = fold.locator(".sc-finding").first, fold.locator(".sc-unprinted")
    assessment.emulate_media(media="print")
    expect(finding).to_be_hidden()
    expect(unprinted).to_be_visible()
    fold.evaluate("one => { one.open = true }")
    expect(finding).to_be_visible()
    expect(unprinted).to_be_hidden()
