"""The entry tests that the starter ships, read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from importlib import resources

from safeconduct.classify import EntryResult, EntryTests, LineClassification, classify_line, read_entry_tests
from safeconduct.core.fact import Fact
from safeconduct.core.item import Item
from tests.facts_doc import documented_catalogue

DAY = dt.date(2026, 10, 20)
LISTS = ("eu-annex1", "us-ccl")


def raw_tests(name: str) -> bytes:
    return resources.files("safeconduct.starter").joinpath(f"control_tests/{name}.toml").read_bytes()


@cache
def entry_tests() -> tuple[EntryTests, ...]:
    return tuple(read_entry_tests(raw_tests(name), f"{name}.toml", documented_catalogue()) for name in LISTS)


def classified(item: Item, facts: Mapping[str, Fact], on: dt.date = DAY) -> LineClassification:
    return classify_line(item, facts, entry_tests(), on)


def statuses(found: LineClassification) -> dict[str, str]:
    return {f"{each.list} {each.code}": each.status for each in found.entries}


def result(found: LineClassification, name: str) -> EntryResult:
    return next(each for each in found.entries if f"{each.list} {each.code}" == name)
