"""What applied to goods on a day under a list, and what changed since, with two made editions of it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.flows.classify_goods import classify_goods
from safeconduct.flows.load_edition import load_edition, orders_for
from safeconduct.flows.people import CONSOLE
from tests.flows.office import Office, starter
from tests.people import OFFICER
from tests.sources.test_control_lists import EU

OLD, NEW = "surveillance of networks, first wording", "surveillance of networks, second wording"


def load(
    office: Office,
    published: str,
    *rows: tuple[str, str],
    key: str = "eu-annex1",
    more: tuple[dict[str, Any], ...] = (),
) -> None:
    """Made, not issued by the publisher: entries with their texts, and ``more`` records, as an edition of a list."""
    header = {"type": "starter", "key": key, "publisher": "made", "kind": "control_list", "licence": "none",
              "obtained": published, "published": published, "about": "made for a test"}  # fmt: skip
    same = {"type": "control", "list": key, "parent": "", "kind": "entry"}
    records = [{**same, "code": code, "text": text, "place": code} for code, text in rows]
    records += [{"type": "control", "list": key, "place": one["code"], **one} for one in more]
    path = office.home / f"{key}-{published}.jsonl"
    path.write_text("".join(f"{json.dumps(one, separators=(',', ':'))}\n" for one in (header, *records)))
    (order,) = orders_for([path], at=office.at)
    load_edition(CONSOLE, order, key=order.content_key(), at=office.at)


def classify(office: Office, as_of: str = "", *lists: str) -> dict[str, Any]:
    return classify_goods(OFFICER, json.dumps(starter("1")).encode(), "case.json", as_of, lists, at=office.at)


def since(found: dict[str, Any], code: str = "5A001.j") -> dict[str, Any]:
    (line,) = found["lines"]
    return next(one for one in line["since"] if (one["list"], one["code"]) == ("eu-annex1", code))


def test_a_text_that_changed_is_shown_in_both_wordings_and_the_answer_left_open(office: Office) -> None:
    load(office, "2023-01-01", ("5A001.j", OLD), ("4A005", "consoles"))
    load(office, "2026-01-01", ("5A001.j", NEW), ("5A777", "new"))
    found = classify(office, "2024-06-01", "eu-annex1")
    probe = since(found)
    assert (probe["then"], probe["now"], probe["text"], probe["differs"]) == (
        "caught", "caught", "changed", "cannot_tell",
    )  # fmt: skip
    assert probe["changes"] == [{"sign": "changed", "code": "5A001.j", "before": OLD, "after": NEW}]
    assert (probe["text_since"], probe["or_earlier"]) == ("2026-01-01", False)
    (told,) = found["since"]
    assert (told["then"]["published"], told["now"]["published"]) == ("2023-01-01", "2026-01-01")
    assert (told["added"], told["removed"], told["hindsight"]) == (["5A777"], ["4A005"], False)


def test_a_day_before_the_text_that_the_tests_were_read_against_is_told_as_hindsight(office: Office) -> None:
    load(office, "2010-01-01", ("5A001.j", OLD))
    load(office, "2023-01-01", ("5A001.j", OLD))
    (told,) = classify(office, "2015-01-01", "eu-annex1")["since"]
    assert told["hindsight"] is True
    assert any("Hindsight" in one for one in told["said"])


def test_one_edition_is_told_as_one_and_nothing_is_made_up(office: Office) -> None:
    load(office, "2023-01-01", ("5A001.j", OLD))
    found = classify(office, "2024-06-01", "eu-annex1")
    assert (since(found)["text"], since(found)["differs"]) == ("one_edition", "cannot_tell")
    assert found["since"][0]["said"] == ["One edition is loaded, so nothing can be said of what changed since."]


def test_a_day_before_every_edition_has_no_text(office: Office) -> None:
    load(office, "2023-01-01", ("5A001.j", OLD))
    found = classify(office, "2022-06-01", "eu-annex1")
    assert since(found)["text"] == "no_edition"
    assert found["since"][0]["then"] is None


def test_an_edition_in_our_own_words_is_not_held_against_the_publishers_text(office: Office) -> None:
    path = office.home / "annex.txt"
    path.write_text(EU)
    (order,) = orders_for([path], published="2021-01-01", at=office.at)
    load_edition(CONSOLE, order, key=order.content_key(), at=office.at)
    load(office, "2026-01-01", ("5A001.j", NEW))
    (told,) = classify(office, "2023-01-01", "eu-annex1")["since"]
    assert {told[day]["reader"].partition("/")[0] for day in ("then", "now")} == {"eu-annex1-text"}
    assert (told["removed"], told["editions"]) == ([], 1)


def test_today_nothing_has_changed_since(office: Office) -> None:
    load(office, "2023-01-01", ("5A001.j", OLD))
    assert since(classify(office))["differs"] == "no"


def test_only_the_lists_that_were_named_are_looked_at(office: Office) -> None:
    load(office, "2023-01-01", ("5A001.j", OLD))
    found = classify(office, "", "us-ccl")
    assert {one["list"] for line in found["lines"] for one in line["entries"]} == {"us-ccl"}
    assert {one["source"] for one in found["editions"]} == {"us-ccl"}
    assert [one["said"] for one in found["since"]] == [
        ["No edition of this list is loaded; only the tests of its entries are."]
    ]


def test_a_list_that_nobody_loaded_is_refused_by_name(office: Office) -> None:
    with pytest.raises(Refusal, match="no control list 'xx-list' is loaded") as refused:
        classify(office, "", "xx-list")
    assert "eu-annex1" in refused.value.remedy


def note(text: str, **more: Any) -> dict[str, Any]:
    return {"code": "5A001.j.note.1", "parent": "5A001.j", "kind": "note", "text": text, **more}


def entry(found: dict[str, Any], code: str = "5A001.j") -> dict[str, Any]:
    return next(one for one in found["lines"][0]["entries"] if (one["list"], one["code"]) == ("eu-annex1", code))


def test_a_note_that_changed_is_a_change_of_the_entry_it_stands_on(office: Office) -> None:
    load(office, "2023-01-01", ("5A001.j", OLD), more=(note("frees toys"),))
    load(office, "2026-01-01", ("5A001.j", OLD), more=(note("frees nothing"),))
    probe = since(classify(office, "2024-06-01", "eu-annex1"))
    assert (probe["text"], probe["differs"]) == ("changed", "cannot_tell")
    assert [(one["code"], one["before"], one["after"]) for one in probe["changes"]] == [
        ("5A001.j.note.1", "frees toys", "frees nothing")
    ]


def test_an_entry_has_its_notes_terms_and_dates_as_on_the_day_asked_for(office: Office) -> None:
    load(office, "2023-01-01", ("5A001.j", OLD), more=(note("'Net' means wires", terms=["Net"]),))
    load(office, "2026-01-01", ("5A001.j", f"{OLD} with a 'net' and a \"probe\""), more=(note("frees nothing"),))
    then, now = (entry(classify(office, day, "eu-annex1")) for day in ("2024-06-01", ""))
    assert (then["list_text"], then["text_of"]) == (OLD, "eu-annex1")
    assert [one["text"] for one in then["notes"]] == ["'Net' means wires"]
    assert [one["term"] for one in then["definitions"]] == ["Net"]
    assert then["dates"] == {"valid_from": "", "valid_to": "", "known_from": "2023-01-01", "or_earlier": True}
    assert [one["text"] for one in now["notes"]] == ["frees nothing"]
    assert (now["definitions"], now["terms_not_held"]) == ([], ["probe"])
    assert now["notes"][0]["dates"] == {
        "valid_from": "", "valid_to": "", "known_from": "2026-01-01", "or_earlier": False,
    }  # fmt: skip


def test_a_note_that_had_ended_on_the_day_asked_for_is_not_shown(office: Office) -> None:
    load(office, "2023-01-01", ("5A001.j", OLD), more=(note("frees toys", valid_to="2024-05-31"),))
    before, after = (entry(classify(office, day, "eu-annex1")) for day in ("2024-05-31", "2024-06-01"))
    assert [one["dates"]["valid_to"] for one in before["notes"]] == ["2024-05-31"]
    assert after["notes"] == []
    changed = since(classify(office, "2024-05-31", "eu-annex1"))
    assert [(one["sign"], one["code"]) for one in changed["changes"]] == [("removed", "5A001.j.note.1")]


def test_a_date_of_a_place_that_is_none_is_refused_with_its_line(office: Office) -> None:
    with pytest.raises(Refusal, match="line 3"):
        load(office, "2023-01-01", ("5A001.j", OLD), more=(note("frees toys", valid_to="next spring"),))


def test_a_paragraph_that_the_list_does_not_hold_is_read_in_another_extraction_of_the_same_law(office: Office) -> None:
    load(office, "2023-01-01", ("5A001", "networks"), key="us-ccl")
    load(office, "2023-01-01", ("5A001.j", NEW), key="us-ccl-paragraphs")
    found = classify(office)["lines"][0]["entries"]
    probe = next(one for one in found if (one["list"], one["code"]) == ("us-ccl", "5A001.j"))
    assert (probe["list_text"], probe["text_of"]) == (NEW, "us-ccl-paragraphs")


def test_a_day_still_to_come_is_refused(office: Office) -> None:
    tomorrow = (office.at.today() + dt.timedelta(days=1)).isoformat()
    with pytest.raises(Refusal, match="still to come"):
        classify(office, tomorrow)
