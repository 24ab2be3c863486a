"""Every format that can be read, in the order in which they are tried, and how a file is recognised.

A file is known by its content; its name is only shown to people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Literal

import msgspec

from safeconduct.sources.files import SourceFile
from safeconduct.sources.readers import bis_dpl, extraction, ofac, un
from safeconduct.sources.rows import Rows

Kind = Literal["watchlist", "control_list", "indicator", "country_rules", "regime", "relevant"]
Recognise = Callable[[str], str]
Read = Callable[[Mapping[str, SourceFile], Rows], str]

US_WORK = "US Government work, public domain"


class Reader(msgspec.Struct, frozen=True):
    """A publisher's format.

    ``recognise`` takes the first text of a file and answers which of ``parts`` it is, or ``""``.
    ``read`` takes one file for each part, puts records and skipped rows into ``Rows``, and
    returns the date of publication that the file states (ISO), or ``""``. ``belongs`` says whether a
    further part goes with a main file (the first of ``parts``). ``name`` changes when the same
    bytes would be read otherwise, so that an edition says how it was read.
    """

    name: str
    key: str
    publisher: str
    kind: Kind
    licence: str
    recognise: Recognise
    read: Read
    parts: tuple[str, ...] = ("list",)
    belongs: Callable[[SourceFile, SourceFile], bool] = lambda _main, _part: True


def _extraction(key: str, publisher: str) -> Reader:
    recognise = partial(extraction.is_extraction, key)
    return Reader(f"{key}-json/1", key, publisher, "watchlist", US_WORK, recognise, extraction.read_extraction)


def _ofac(key: str, main: str) -> Reader:
    def recognise(head: str) -> str:
        part = ofac.part_of(head)
        return "sdn" if part == main else part if part in ("alt", "add") else ""

    publisher = "US Treasury, Office of Foreign Assets Control"
    parts = ("sdn", "alt", "add")
    return Reader(
        f"{key}-csv/1", key, publisher, "watchlist", US_WORK, recognise, ofac.read_ofac, parts, ofac.same_list
    )


BIS = "US Bureau of Industry and Security"
CATALOGUE: tuple[Reader, ...] = (
    _ofac("ofac-sdn", "sdn"),
    _ofac("ofac-cons", "cons"),
    Reader(
        "un-sc-xml/1", "un-sc", "United Nations Security Council", "watchlist", "UN, free use", un.is_un, un.read_un
    ),
    Reader("bis-dpl-text/1", "bis-dpl", BIS, "watchlist", US_WORK, bis_dpl.is_dpl, bis_dpl.read_dpl),
    _extraction("bis-el", BIS),
    _extraction("bis-meu", BIS),
    _extraction("dhs-uflpa", "US Department of Homeland Security"),
)
