"""Proposals stand beside the line of the datasheet that makes them, and are judged with keys alone."""

from __future__ import annotations

import re
from typing import Any

import pytest

from safeconduct.classify import Proposal
from safeconduct.doors.casework.proposal_rows import parts
from tests.doors.desk import Desk
from tests.flows.office import starter
from tests.people import AUDITOR, OFFICER

LINES = ["The Kestrel unit", "It decrypts backups <b>of</b> the phone", "It never reads flash memory"]


def opened(desk: Desk, *lines: str) -> str:
    application: dict[str, Any] = starter("1")
    application["statements"] = [one for one in application["statements"] if not one["fact"].startswith("item.")]
    application["lines"][0]["datasheet"] = {"title": "Kestrel sheet", "lines": list(lines or LINES)}
    return desk.worked(application).case


def links(html: str) -> list[str]:
    return re.findall(r'href="(/[^"]*/goods/1/[0-9a-f]+/)"', html)


def test_words_are_marked_in_their_line_and_what_they_suggest_stands_below(desk: Desk) -> None:
    case = opened(desk)
    html = desk.client(OFFICER).get(f"/cases/{case}/goods/").content.decode()
    assert "It <mark>decrypts</mark> backups &lt;b&gt;of&lt;/b&gt; the phone" in html
    assert "Suggests:" in html
    assert "Denies:" in html
    assert links(html)


def test_a_sheet_of_several_products_asks_for_a_line_each_until_but_one_is_left(desk: Desk) -> None:
    client = desk.client(OFFICER)
    goods = f"/cases/{opened(desk, 'Price list', 'Riot helmet with visor', 'Thumb cuffs')}/goods/"
    html = client.get(goods).content.decode()
    assert "the words say Helmet or shield, Torture implement. If the sheet sells several products" in html
    for number, address in enumerate(links(html)):
        if "Riot helmet" in client.get(address).content.decode():
            client.post(address, {"key": f"r{number}", "verdict": "rejected", "why": "Shown on the cover, not sold"})
    assert "sells several products" not in client.get(goods).content.decode()


def test_a_proposal_is_confirmed_on_its_page_with_a_reason(desk: Desk) -> None:
    client = desk.client(OFFICER)
    case = opened(desk)
    goods = f"/cases/{case}/goods/"
    address = links(client.get(goods).content.decode())[0]
    shown = client.get(address).content.decode()
    assert "Kestrel sheet, line 2" in shown
    assert "Say why" in client.post(address, {"key": "1", "verdict": "confirmed"}).content.decode()
    assert "found instead" in client.post(address, {"key": "2", "verdict": "corrected", "why": "x"}).content.decode()
    done = client.post(address, {"key": "3", "verdict": "confirmed", "why": "Seen at work"}, follow=True)
    told = done.content.decode()
    assert "Confirmed" in told
    assert "Seen at work" in told
    assert OFFICER.name in told


def test_whoever_may_only_read_is_offered_no_judgement(desk: Desk) -> None:
    case = opened(desk)
    client = desk.client(OFFICER)
    address = links(client.get(f"/cases/{case}/goods/").content.decode())[0]
    reader = desk.client(AUDITOR)
    assert links(reader.get(f"/cases/{case}/goods/").content.decode()) == []
    assert reader.get(address).status_code in (403, 404)


def test_a_proposal_that_is_not_there_is_not_found(desk: Desk) -> None:
    case = opened(desk)
    assert desk.client(OFFICER).get(f"/cases/{case}/goods/1/{'0' * 16}/").status_code == 404


def test_a_sheet_in_another_language_says_that_it_was_not_read(desk: Desk) -> None:
    case = opened(desk, "Das Gerät ist kein Störsender und wird nicht für die Polizei gebaut")
    assert "was not read for proposals" in desk.client(OFFICER).get(f"/cases/{case}/goods/").content.decode()


@pytest.mark.parametrize("text", ["", "decrypts", "It decrypts twice decrypts", "nothing"])
def test_the_pieces_of_a_line_are_the_line(text: str) -> None:
    one = Proposal("item.cryptanalytic", True, "yes", "sheet", 1, 1, "decrypts")
    assert "".join(part["text"] for part in parts(text, [one])) == text
