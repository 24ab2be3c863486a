"""What changed since a day is counted first, and like entries stand together."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from safeconduct.classify.over_time import Compared
from safeconduct.doors.casework.since_rows import since
from tests.doors.casework.test_pages import read
from tests.doors.desk import Desk, words_of
from tests.flows.office import starter
from tests.people import OFFICER


def entry(code: str, differs: str = "cannot_tell", text: str = "one_edition", **more: Any) -> dict[str, Any]:
    plain = {"list": "eu-annex1", "code": code, "text_since": "", "or_earlier": False, "changes": [], "more": 0}
    return {**plain, "differs": differs, "text": text, "said": [f"{code} is told."], **more}


CHANGE = {"sign": "changed", "code": "5A001.j", "before": "Old words", "after": "New words"}


def test_each_answer_is_counted_and_what_would_be_rated_otherwise_is_first_and_open() -> None:
    found = since((entry("4A005"), entry("5A001.j", "yes", "changed"), entry("4A006"), entry("5A002", "no", "same")))
    assert found["summary"] == ("4 entries compared: answered otherwise today 1, cannot be told 2, the same 1.")
    assert [(one["open"], one["title"].split(" ")[0]) for one in found["groups"]] == [
        (True, "1"), (False, "2"), (False, "1"),
    ]  # fmt: skip
    assert [one["entry"] for one in found["groups"][0]["entries"]] == ["eu-annex1 5A001.j"]


def test_entries_without_a_change_of_their_own_are_a_line_of_codes_and_the_others_keep_their_words() -> None:
    stood = {"text_since": "2021-09-09", "or_earlier": True}
    found = since(
        (
            entry("4A005", "no", "same", **stood),
            entry("5A002", "no", "same", **stood),
            entry("5A004", "no", "same", text_since="2024-01-01"),
            entry("5A001.j", "cannot_tell", "changed", changes=[CHANGE], more=2),
        )
    )
    changed, same = found["groups"]
    assert [one["codes"] for one in same["standing"]] == [["4A005", "5A002"], ["5A004"]]
    assert "or earlier" in same["standing"][0]["stood"]
    (one,) = changed["entries"]
    assert (one["changes"], one["more"]) == ([CHANGE], "2 more changes are not shown")
    assert one["said"] == ["5A001.j is told."]


@pytest.mark.parametrize("text", get_args(Compared))
def test_every_comparison_of_texts_has_a_heading(text: str) -> None:
    assert since((entry("5A001.j", text=text),))["groups"][0]["title"]


def test_nothing_to_compare_is_said() -> None:
    assert "No entry" in since(())["summary"]


def test_the_goods_page_names_every_entry_once_under_a_count(desk: Desk) -> None:
    html = read(desk.client(OFFICER), "goods", desk.worked(starter("1")).case)
    part = html[html.index("What changed since") :]
    told = words_of(part)
    assert " entries compared: answered otherwise today 0," in told
    assert part.count("<details") == 1
    assert told.count("no edition of that day is loaded") == 1
