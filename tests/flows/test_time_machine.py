"""What applied to goods on a day under a list, and what changed since, with two made editions of it."""

from __future__ import annotations

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


def load(office: Office, published: str, *rows: tuple[str, str], key: str = "eu-annex1") -> None:
    """Made, not issued by the publisher: entries with their texts, as an edition of a control list."""
    header = {"type": "starter", "key": key, "publisher": "made", "kind": "control_list", "licence": "none",
              "obtained": published, "published": published, "about": "made for a test"}  # fmt: skip
    same = {"type": "control", "list": key, "parent": "", "kind": "entry"}
    records = [{**same, "code": code, "text": text, "place": code} for code, text in rows]
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
