"""What a bare datasheet's words speak of stands apart from what they leave open."""

from __future__ import annotations

from typing import Any

from safeconduct.doors.cli.bare_sheet import entry_lines


def entry(code: str, asks: list[str]) -> dict[str, Any]:
    evidence = [{"fact": "item.crime_control_kind"}]
    return {
        "list": "us-ccl",
        "code": code,
        "status": "cannot_tell",
        "paragraph": code,
        "note": "",
        "evidence": evidence,
        "asks": asks,
        "conflicting": [],
        "corresponds": [],
    }


def test_an_entry_that_only_asks_the_kind_of_goods_is_not_one_the_words_point_to() -> None:
    told = list(entry_lines([entry("0A982", ["item.crime_control_exception"]), entry("0A502", ["item.kind"])]))
    open_from = next(at for at, line in enumerate(told) if "do not speak of these" in line)
    assert "0A982" in told[0]
    assert "0A502" not in "\n".join(told[:open_from])
    assert "0A502" in "\n".join(told[open_from:])
