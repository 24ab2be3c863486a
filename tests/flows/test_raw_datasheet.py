"""A bare datasheet is rated by its words, provisionally; an application as ever."""

from __future__ import annotations

import json
from typing import Any

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.flows.classify_goods import classify_goods
from safeconduct.intake.limits import SHEET_LINES
from tests.flows.office import Office, starter
from tests.people import OFFICER


def classify(office: Office, data: bytes) -> dict[str, Any]:
    return classify_goods(OFFICER, data, "sheet.txt", at=office.at)


def sheet_of(case: str) -> str:
    return "\n".join(starter(case)["lines"][0]["datasheet"]["lines"])


def entry(found: dict[str, Any], code: str) -> dict[str, Any]:
    (line,) = found["lines"]
    return next(each for each in line["entries"] if each["list"] == "eu-annex1" and each["code"] == code)


def test_a_raw_datasheet_is_provisional_and_each_word_taken_from_it_is_cited(office: Office) -> None:
    found = classify(office, sheet_of("1").encode())
    assert found["provisional"] is True
    probe = entry(found, "5A001.j")
    assert {each["by"] for each in probe["evidence"]} == {"proposed"}
    assert {"line 2", "line 5", "line 6"} <= {each["source"]["place"] for each in probe["evidence"]}


def test_nothing_is_freed_by_a_sellers_words_alone(office: Office) -> None:
    for case in ("1", "2a", "2b", "2c"):
        found = classify(office, sheet_of(case).encode())
        assert "freed" not in {each["status"] for each in found["lines"][0]["entries"]}


def test_an_application_is_not_provisional(office: Office) -> None:
    found = classify(office, b"\xef\xbb\xbf\n" + json.dumps(starter("1")).encode())
    assert "provisional" not in found
    assert entry(found, "5A001.j")["status"] == "caught"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xff\xfea", "not UTF-8"),
        (b"a\x00b", r"U\+0000"),
        ("a\u202eb".encode(), r"U\+202E"),
        (b"x" * 20_000, "characters"),
        (b"x\n" * (SHEET_LINES + 1), "[0-9] lines"),
        (b"x\n" * 3_000_000, "larger than"),
        (b'{"v": 1, "kind"', "not JSON"),
        (b"[1, 2]", "Expected"),
    ],
)
def test_what_is_neither_is_refused_with_a_remedy(office: Office, data: bytes, why: str) -> None:
    with pytest.raises(Refusal, match=why) as refused:
        classify(office, data)
    assert refused.value.remedy
