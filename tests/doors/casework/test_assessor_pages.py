"""Pages of two assessments, of agreement, of like cases unlike, and of indicators."""

from __future__ import annotations

import json
import re
from http import HTTPStatus

import pytest
from django.urls import reverse
from pytest_django.fixtures import Settings

from safeconduct.access import Actor
from safeconduct.flows.load_edition import load_edition, orders_for
from safeconduct.flows.people import CONSOLE
from safeconduct.store.models import Appraisal
from tests.doors.desk import Desk, words_of
from tests.flows.office import REFERENCE, starter
from tests.flows.test_two_assessors import ASKS
from tests.people import ADVISER, AUDITOR, COUNTERSIGNER, EXPORTER, OFFICER

VDEM = """vdem_country_name,country_text_id,year,v2x_libdem,v2x_libdem_codelow,v2x_libdem_codehigh
Mexico,MEX,2018,0.45,0.40,0.50
Mexico,MEX,2019,0.44,0.39,0.49
Mexico,MEX,2021,0.40,0.35,0.45
Mexico,MEX,2022,0.38,0.33,0.43
Mexico,MEX,2023,0.30,0.26,0.34
"""


def at(name: str, case: str) -> str:
    return reverse(f"casework:{name}", kwargs={"reference": case})


def record(desk: Desk, actor: Actor, case: str, outcome: str, reasons: str) -> str:
    """Fill in the form as a person does; the page that follows."""
    client = desk.client(actor)
    html = client.get(at("appraisals", case)).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(key|basis)" value="([^"]+)"', html))
    said: dict[str, str] = {"outcome": outcome, "reasons": reasons, **hidden}
    for name in set(re.findall(r'name="((?:severity|likelihood|flag|reasons)-[^"]+)"', html)):
        said[name] = "cannot_tell" if name.startswith("flag") else "Seen." if name.startswith("reasons") else "2"
    answer = client.post(at("appraisals", case), said, follow=True)
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


def test_both_assessments_come_side_by_side_once_the_second_is_recorded(desk: Desk) -> None:
    case = desk.worked(starter("1")).case
    first = record(desk, ADVISER, case, "refer", "Marked: the first.")
    assert "Yours is recorded" in first
    other = desk.client(COUNTERSIGNER).get(at("appraisals", case)).content.decode()
    assert "Marked: the first." not in other
    assert "One person has recorded an assessment" in other
    html = record(desk, OFFICER, case, "conditions", "Marked: the second.")
    both = words_of(html)
    assert "Marked: the first." in both
    assert "Differs by 2 steps" in both
    points = int(re.findall(r"They differ on 1 of (\d+)", both)[0])
    shown, folded = html[: html.index("<details")], html[html.index("<details") :]
    assert (shown.count('scope="row"'), folded.count('scope="row"')) == (1, points - 1)
    assert f"{points - 1} points on which they agree" in both
    assert Appraisal.objects.count() == 2


def test_a_policy_that_asks_for_two_is_named_where_an_approval_is_not_possible(desk: Desk) -> None:
    desk.put_in_force(REFERENCE + ASKS)
    case = desk.worked(starter("2a")).case
    client = desk.client(OFFICER)
    for name in ("overview", "decide"):
        assert "two assessments made apart (SP-02)" in words_of(client.get(at(name, case)).content.decode())
    assert "No approval is possible before both are in." in words_of(
        client.get(at("appraisals", case)).content.decode()
    )


def test_a_form_without_reasons_records_nothing(desk: Desk) -> None:
    case = desk.worked(starter("1")).case
    assert "There is a problem" in record(desk, ADVISER, case, "refer", " ")
    assert not Appraisal.objects.exists()


def test_each_field_that_is_left_open_is_named(desk: Desk) -> None:
    case = desk.worked(starter("1")).case
    html = record(desk, ADVISER, case, "", " ")
    assert "This field is required" not in html
    for what in ("The outcome you propose", "Why this outcome"):
        assert f"Not answered: {what}" in html


@pytest.mark.parametrize("name", ["agreement", "like-cases"])
def test_reports_of_the_office_are_not_for_exporters(desk: Desk, name: str) -> None:
    assert desk.client(AUDITOR).get(reverse(name)).status_code == HTTPStatus.OK
    assert desk.client(EXPORTER).get(reverse(name)).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("name", ["agreement", "like-cases"])
def test_the_menu_says_where_a_report_stands(desk: Desk, name: str) -> None:
    html = desk.client(OFFICER).get(reverse(name)).content.decode()
    assert re.findall(r'aria-current="page">([^<]*)', html) == ["Assessors"]


def test_agreement_is_shown_with_the_number_of_cases_and_no_name(desk: Desk) -> None:
    case = desk.worked(starter("1")).case
    record(desk, ADVISER, case, "refer", "Because.")
    record(desk, OFFICER, case, "refer", "Because.")
    html = words_of(desk.client(AUDITOR).get(reverse("agreement")).content.decode())
    assert "100" in html
    assert "cannot be told" in html  # one case of one answer says nothing beyond chance
    assert ADVISER.name not in html


def test_an_indicator_is_a_picture_with_its_table_and_a_missing_year_is_a_gap(desk: Desk) -> None:
    path = desk.home / "vdem.csv"
    path.write_text(VDEM)
    (order,) = orders_for([path], published="2024-03-01", obtained="2024-03-02", at=desk.at)
    load_edition(CONSOLE, order, key=desk.key(), at=desk.at)
    application = json.loads(json.dumps(starter("1")))
    for party in application["parties"]:
        if party.get("territory") not in (None, "", "XX"):
            party["territory"] = "MX"
    case = desk.worked(application).case
    for address in (at("indicators", case), reverse("place", kwargs={"territory": "MX"})):
        html = desk.client(OFFICER).get(address).content.decode()
        picture = html[html.index("<svg") : html.index("</svg>")]
        assert picture.count("<title") == picture.count("<desc") == 1
        assert picture.count('stroke-width="2"') == 2  # two runs of years, not joined over 2020
        assert picture.count("<circle") == 5
        words = words_of(html)
        assert "These figures raise questions and decide nothing." in words
        assert "no figure for 2020" in words
        assert re.search(r"Only years before \d{4} are shown\.", words)
        assert "Over 5 years: \u22120.15" in words
        assert "Over 3 years: cannot be told" in words
        assert "2020 no figure" in words


def test_time_runs_from_left_to_right_with_its_ends_labelled_also_from_right_to_left(
    desk: Desk, settings: Settings
) -> None:
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    path = desk.home / "vdem.csv"
    path.write_text(VDEM)
    (order,) = orders_for([path], published="2024-03-01", obtained="2024-03-02", at=desk.at)
    load_edition(CONSOLE, order, key=desk.key(), at=desk.at)
    address = reverse("place", kwargs={"territory": "MX"})
    html = desk.client(OFFICER).get(address, headers={"accept-language": "ar"}).content.decode()
    assert 'dir="rtl"' in html
    across = [int(x) for x in re.findall(r'<circle cx="(\d+)"', html)]
    assert across == sorted(across)
    assert len(across) == 5
    assert re.search(r'dir="ltr"[^>]*><span>2018</span><span>2023</span>', html)


def test_a_state_that_nobody_knows_has_no_page(desk: Desk) -> None:
    answer = desk.client(OFFICER).get(reverse("place", kwargs={"territory": "no-such-place"}))
    assert answer.status_code == HTTPStatus.NOT_FOUND
