"""Goods are rated on the pages of a case: beside like goods rated before, and with what changed since."""

from __future__ import annotations

from django.urls import reverse

from safeconduct.access import Actor
from safeconduct.store.models import Rating
from tests.doors.casework.test_pages import read
from tests.doors.desk import Desk, words_of
from tests.flows.office import starter
from tests.flows.test_time_machine import load
from tests.people import AUDITOR, OFFICER


def rate(desk: Desk, case: str, actor: Actor = OFFICER, **fields: str) -> tuple[int, str]:
    """Status and words of the page after the form was sent."""
    given = {
        "key": desk.key(),
        "entry": "eu-annex1  5A001.j",
        "rating": "caught",
        "reasons": "It indexes what it extracts.",
    }
    address = reverse("casework:rate", kwargs={"reference": case, "line": 1})
    answer = desk.client(actor).post(address, {**given, **fields})
    return answer.status_code, words_of(answer.content.decode())


def test_a_rating_stands_on_the_goods_page_with_person_and_reasons(desk: Desk) -> None:
    case = desk.worked(starter("1")).case
    assert "Nobody has rated it yet." in words_of(read(desk.client(OFFICER), "goods", case))
    assert rate(desk, case)[0] == 302
    page = words_of(read(desk.client(OFFICER), "goods", case))
    assert "Caught eu-annex1 5A001.j" in page
    assert OFFICER.name in page
    assert "It indexes what it extracts." in page
    assert "Line of goods rated" in words_of(read(desk.client(OFFICER), "record", case))


def test_like_goods_are_shown_and_a_different_rating_asks_what_sets_these_apart(desk: Desk) -> None:
    first = desk.submit(starter("1")).case
    rate(desk, first)
    second = desk.submit({**starter("1"), "reference": "second"}).case
    page = words_of(read(desk.client(OFFICER), "goods", second))
    assert first in page
    assert "Alike by the same name" in page
    status, told = rate(desk, second, rating="outside")
    assert status == 200
    assert "like goods were rated otherwise" in told.casefold()
    assert rate(desk, second, rating="outside", why_different="This build has no index.")[0] == 302
    assert "This build has no index." in words_of(read(desk.client(OFFICER), "goods", second))


def test_reasons_and_an_entry_are_asked_for(desk: Desk) -> None:
    case = desk.submit(starter("1")).case
    assert "Give the reasons of the rating" in rate(desk, case, reasons="")[1]
    assert "Give list and code with a space between" in rate(desk, case, entry="5A001.j")[1]
    assert not Rating.objects.exists()


def test_what_changed_since_is_told_plainly_where_no_edition_is_loaded(desk: Desk) -> None:
    page = words_of(read(desk.client(OFFICER), "goods", desk.worked(starter("1")).case))
    assert "What changed since" in page
    assert "No edition of this list is loaded; only the tests of its entries are." in page


def test_whoever_only_reads_is_offered_no_rating(desk: Desk) -> None:
    case = desk.submit(starter("1")).case
    assert "Rate line 1" in words_of(read(desk.client(OFFICER), "goods", case))
    assert "Rate line 1" not in words_of(read(desk.client(AUDITOR), "goods", case))


def test_a_line_that_is_not_there_is_not_found(desk: Desk) -> None:
    case = desk.submit(starter("1")).case
    address = reverse("casework:rate", kwargs={"reference": case, "line": 99})
    assert desk.client(OFFICER).get(address).status_code == 404


def test_places_that_share_words_with_the_goods_are_shown_with_the_words_and_lead_to_rating(desk: Desk) -> None:
    word = starter("1")["lines"][0]["name"].split()[0]
    load(desk, "2022-01-01", ("8A001", f"{word} and pumps;"), ("8A002", f"{word} and pumps."), key="xx-made")
    case = desk.worked(starter("1")).case
    html = read(desk.client(OFFICER), "goods", case)
    assert f"xx-made 8A001 Words {word.casefold()} The same words stand in 8A002" in words_of(html)
    address = reverse("casework:rate", kwargs={"reference": case, "line": 1}) + "?entry=xx-made+8A001"
    assert f'href="{address}"' in html
    assert 'value="xx-made 8A001"' in desk.client(OFFICER).get(address).content.decode()
    assert "xx-made 8A002" not in words_of(html)  # it is named beside the first
    assert "They rate nothing." in words_of(html)


def test_the_goods_page_shows_what_the_list_says_of_an_entry(desk: Desk) -> None:
    more = (
        {"code": "5A001.j.note.1", "parent": "5A001.j", "kind": "note", "text": "Wires are left out", "frees": True},
        {"code": "5A001.j.note.1.a", "parent": "5A001.j.note.1", "kind": "note_item", "text": "Copper wires"},
        {"code": "5A001.j.note.2", "parent": "5A001.j", "kind": "definition", "text": "'Net' means wires",
         "terms": ["Net"], "valid_from": "2025-03"},
    )  # fmt: skip
    load(desk, "2020-01-01", ("5A001.j", 'Probes on a "backbone"'), more=more)
    html = read(desk.client(OFFICER), "goods", desk.worked(starter("1")).case)
    part = words_of(html[html.index("What the list says: 1 note, 1 meaning") :])
    assert "Probes on a &quot;backbone&quot;" in part
    assert "Note on 5A001.j says what is not controlled Wires are left out" in part
    assert "Copper wires" in part
    assert "Meaning of Net &#x27;Net&#x27; means wires" in part
    assert "in the edition of 1 January 2020, or earlier; the publisher states no dates" in part
    assert "in the edition of 1 January 2020, or earlier; valid from March 2025" in part
    assert "Terms whose meaning the loaded text does not hold: backbone" in part


def test_where_no_text_is_loaded_the_goods_page_promises_none(desk: Desk) -> None:
    html = read(desk.client(OFFICER), "goods", desk.worked(starter("1")).case)
    assert "What the list says" not in html
