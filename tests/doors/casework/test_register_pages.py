"""The pages of the register: what an officer finds there and does there, and what others do not see."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from safeconduct.access import Actor, Marking
from safeconduct.store.models import Merge, Tie
from tests.doors.desk import Desk, words_of
from tests.flows.register import HOUSE, PLANT, Register, entry, new
from tests.people import ADVISER, COUNTERSIGNER, EXPORTER, OFFICER, OPEN_ADVISER

HOSTILE = '<script>alert(1)</script> & "Söhne" {{ 7|add:7 }} שלום'


class Pages(Register):
    """A register whose pages can be opened."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk

    def answer(self, address: str, actor: Actor = OFFICER) -> HttpResponseBase:
        return self.desk.client(actor).get(address)

    def opened(self, address: str, actor: Actor = OFFICER) -> str:
        answer = self.desk.client(actor).get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.content.decode()

    def sent(self, address: str, fields: dict[str, str], actor: Actor = OFFICER) -> HttpResponse:
        answer = self.desk.client(actor).post(address, {"key": self.desk.key(), **fields})
        assert isinstance(answer, HttpResponse)
        return answer


@pytest.fixture
def register(desk: Desk) -> Pages:
    return Pages(desk)


def held_company(register: Pages) -> str:
    """A company owned through a holding by somebody on the list."""
    case = register.screened(PLANT)
    register.tie(entry(case), new=new("Cellar Holding", "company", territory="CY"), share="80", begins="2024-05")
    shell = register.page(entry(case)).ties[0].other_id
    register.tie(shell, new=new("Unknown Partner"), share="unknown")
    return entry(case)


def test_the_list_leads_to_each_party_and_a_search_finds_it(register: Pages) -> None:
    case = register.case_with(PLANT, HOUSE)
    page = register.opened("/parties/")
    assert {entry(case), entry(case, "X2")} <= set(re.findall(r"R-\d+", page))
    found = words_of(register.opened("/parties/?q=larkholm"))
    assert "Larkholm Instruments" in found
    assert "Osprey Trading House" not in found
    assert "No party answers to that" in words_of(register.opened("/parties/?q=nobody+of+that+name"))


def test_an_empty_register_says_how_it_fills(register: Pages) -> None:
    assert "No party is registered yet" in words_of(register.opened("/parties/"))


def test_the_menu_leads_to_the_register_for_the_office_alone(register: Pages) -> None:
    assert 'href="/parties/"' in register.opened("/cases/")
    assert "/parties/" not in register.opened("/applications/", EXPORTER)
    assert register.answer("/parties/", EXPORTER).status_code == 403


def test_a_party_shows_its_holders_in_a_picture_and_the_same_in_a_table(register: Pages) -> None:
    page = register.opened(f"/parties/{held_company(register)}/")
    picture = re.search(r"<svg role=\"img\".*?</svg>", page, re.S)
    assert picture
    drawn = ElementTree.fromstring(picture[0])
    texts = [one.text for one in drawn.iter("text")]
    assert texts[0] == "Larkholm Instruments"
    assert {"Cellar Holding", "Unknown Partner"} <= set(texts)
    assert any("80 %" in (text or "") for text in texts)
    table = words_of(page)
    for said in ("owner, 80 % of Larkholm Instruments", "owner, share not known of Cellar Holding", "not compared"):
        assert said in table, said
    assert drawn.find("title") is not None
    assert "Cellar Holding" in (drawn.findtext("desc") or "")


def test_a_name_is_a_name_and_never_markup(register: Pages) -> None:
    case = register.case_with({**PLANT, "name": HOSTILE})
    register.tie(entry(case), new=new(HOSTILE), share="10")
    for address in (
        f"/parties/{entry(case)}/",
        "/parties/",
        f"/parties/{entry(case)}/merge/",
        f"/parties/?q={HOSTILE}",
    ):
        page = register.opened(address)
        assert "<script>alert" not in page
        assert "14 שלום" not in page
        assert "&lt;script&gt;" in page


def test_two_entries_are_merged_and_taken_apart_from_their_pages(register: Pages) -> None:
    one, other = entry(register.case_with(PLANT)), entry(register.case_with({**PLANT, "territory": "SE"}))
    page = register.opened(f"/parties/{one}/")
    assert f"/parties/{one}/merge/?with={other}" in page
    assert "territory" in words_of(page), "what speaks against it stands beside it"
    done = register.sent(f"/parties/{one}/merge/", {"other": other, "reason": "One extract names both seats"})
    assert (done.status_code, done["Location"]) == (302, f"/parties/{one}/")
    assert register.answer(f"/parties/{other}/")["Location"] == f"/parties/{one}/"
    page = register.opened(f"/parties/{one}/")
    assert "One extract names both seats" in page
    back = f"/parties/{one}/merge/{one}/{other}/"
    assert back in page
    assert register.sent(back, {"reason": ""}).status_code == 200, "a reason is needed"
    assert register.sent(back, {"reason": "Two houses after all"}).status_code == 302
    assert "Two houses after all" in register.opened(f"/parties/{other}/")
    assert register.answer(back).status_code == 404


def test_a_button_pressed_twice_has_one_effect_and_a_refusal_stands_at_the_head(register: Pages) -> None:
    one, other = entry(register.case_with(PLANT)), entry(register.case_with({**PLANT, "territory": "SE"}))
    address = f"/parties/{one}/merge/"
    for _ in range(2):
        assert register.sent(address, {"key": "once", "other": other, "reason": "seen"}).status_code == 302
    assert Merge.objects.count() == 1
    again = register.sent(address, {"other": other, "reason": "seen too"}, COUNTERSIGNER)
    assert "one party already" in words_of(again.content.decode())
    nobody = register.sent(address, {"other": "R-99999", "reason": "seen"})
    assert "no such party in the register" in words_of(nobody.content.decode())


DOCUMENT = {"kind": "research", "ref": "extract of the register", "date": "2026-10-01"}


def test_a_tie_is_stated_and_ended_from_the_page(register: Pages) -> None:
    case = register.case_with(PLANT)
    address = f"/parties/{entry(case)}/ties/"
    new_party = {"new_name": "Cellar Holding", "new_kind": "company", "new_territory": "CY"}
    done = register.sent(address, {"what": "owner", "share": "25-50", "begins": "2024-05", **new_party, **DOCUMENT})
    assert done.status_code == 302
    tie = Tie.objects.get()
    assert (tie.low, tie.high, tie.begins) == ("25", "50", "2024-05")
    end = f"{address}T-{tie.pk}/"
    page = register.opened(f"/parties/{entry(case)}/")
    assert end in page
    assert "25 to 50 %" in words_of(page)
    assert "extract of the register" in words_of(register.opened(f"/parties/{entry(case)}/"))
    assert register.sent(end, {"last_day": "2026-09-30", "reason": "Sold"}).status_code == 302
    page = words_of(register.opened(f"/parties/{entry(case)}/"))
    assert "does not count today" in page
    assert "Sold" in page
    assert register.answer(end).status_code == 404


REFUSED: tuple[tuple[dict[str, str], str], ...] = (
    ({"what": "owner"}, "one holder is needed"),
    ({"what": "owner", "holder": "R-99999"}, "no such party"),
    ({"what": "owner", "listed": "bis-el nothing"}, "no such entry on a list"),
    ({"what": "owner", "listed": "bis-el"}, "no such entry on a list"),
    ({"what": "owner", "new_name": "Cellar", "share": "much"}, "no share"),
    ({"what": "", "new_name": "Cellar"}, "Choose what the other one is"),
    ({"what": "owner", "new_name": "Cellar", "ref": ""}, "Name the document"),
    ({"what": "owner", "new_name": "Cellar", "begins": "yesterday"}, "Write the date as"),
    ({"what": "owner", "new_name": "Cellar", "sealed": "on"}, "belongs to a case"),
)


def test_what_stands_in_the_way_of_a_tie_is_said_on_its_form(register: Pages) -> None:
    case = register.case_with(PLANT)
    for fields, told in REFUSED:
        answer = register.sent(f"/parties/{entry(case)}/ties/", {**DOCUMENT, **fields})
        assert answer.status_code == 200
        assert told in words_of(answer.content.decode()), fields
    assert not Tie.objects.exists()


def test_an_adviser_reads_and_does_not_keep(register: Pages) -> None:
    name = held_company(register)
    page = register.opened(f"/parties/{name}/", ADVISER)
    for act in ("/merge/", "/ties/"):
        assert act not in page
        assert register.answer(f"/parties/{name}{act}", ADVISER).status_code == 403


def test_a_party_of_a_case_that_may_not_be_read_is_not_there(register: Pages) -> None:
    secret = entry(register.case_with(PLANT, marking=Marking.SECRET))
    open_one = entry(register.case_with(HOUSE))
    for name in (secret, "R-99999", "R-x"):
        assert register.answer(f"/parties/{name}/", OPEN_ADVISER).status_code == 404
    assert "Larkholm" not in register.opened("/parties/", OPEN_ADVISER)
    assert "Osprey" in register.opened(f"/parties/{open_one}/", OPEN_ADVISER)


def test_one_that_the_machine_joined_can_be_taken_out_from_the_page(register: Pages) -> None:
    first, second = register.case_with(PLANT), register.case_with(PLANT)
    name = entry(first)
    address = reverse("register:separate", kwargs={"name": name, "reference": second, "party": "X1"})
    assert address in register.opened(f"/parties/{name}/")
    assert register.sent(address, {"reason": "Another plant"}).status_code == 302
    assert entry(second) != name
    assert "Another plant" in register.opened(f"/parties/{name}/")
    assert register.answer(address).status_code == 404


def test_the_parties_of_a_case_lead_to_the_register_and_tell_a_listed_owner(register: Pages) -> None:
    case = register.case_with(PLANT)
    address = f"/cases/{case}/parties/"
    page = words_of(register.opened(address))
    assert f"{entry(case)} in the register" in page
    assert "Listed parties own half" not in page
    register.tie(entry(case), listed=register.listed("NSO Group"), share="60")
    assert "Listed parties own half or more of it" in words_of(register.opened(address))
    assert "Listed parties hold 60 to 100 per cent of it" in words_of(register.opened(f"/parties/{entry(case)}/"))


def test_the_list_tells_who_is_on_no_list_and_held_by_somebody_who_is(register: Pages) -> None:
    case = register.screened(PLANT, HOUSE)
    held, free = entry(case), entry(case, "X2")
    register.tie(held, new=new("Cellar Holding", "company", territory="CY"), share="60")
    register.tie(register.page(held).ties[0].other_id, listed=register.listed("NSO Group"), share="90")
    rows = {row.partition("</tr>")[0] for row in register.opened("/parties/").split('<tr role="row">')}
    told = {name: next(row for row in rows if f"/parties/{name}/" in row) for name in (held, free)}
    assert "On no list" in told[held]
    assert "Held by a listed party" in told[held]
    assert "Held by" not in told[free]
