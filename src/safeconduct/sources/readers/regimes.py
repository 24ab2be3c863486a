"""Codes of export-control regimes' own lists, as the UK's licensing software keeps them (no header),
and the table of control entries that matter for human rights."""

from __future__ import annotations

import re
from collections.abc import Mapping

from safeconduct.sources.files import SourceFile, Table, cut_off, delimited, squeeze
from safeconduct.sources.model import RegimeCode, RelevantEntry
from safeconduct.sources.rows import Rows

REGIMES = {
    "uk-mtcr-1": ("MTCR category I", re.compile(r"M\w+,[A-Z]+,\d,UK,Cat 1$")),
    "uk-mtcr-2": ("MTCR category II", re.compile(r"M\w+,[A-Z]+,\d,UK,Cat 2$")),
    "uk-nsg-dual": ("NSG dual-use list", re.compile(r"N\w*,[A-Z]+,\d,UK$")),
    "uk-nsg-trigger": ("NSG trigger list", re.compile(r"T[\w.]*,[A-Z]+,\d,UK$")),
}
_PART = re.compile(r"\.?(?:\d+|[A-Z]+|[a-z]+)")
_CODE = re.compile(r"[A-Za-z0-9.]{1,40}")
_STATUSES = frozenset(("ACTIVE", "PARENT", "INACTIVE", "DEACTIVATED"))
_LISTS = (("EU-2021/821", "eu-annex1"), ("US-CCL", "us-ccl"), ("EU-2019/125", "eu-torture"), ("catch-all", "catch-all"))


def is_regime(key: str, head: str) -> str:
    """``list`` where the first rows are codes of the regime called ``key``."""
    lines = head.splitlines()[:5]
    return "list" if lines and all(REGIMES[key][1].match(line) for line in lines) else ""


def read_regime(key: str, files: Mapping[str, SourceFile], out: Rows) -> str:
    """Every code under the nearest code above it that the file has."""
    width, last, good = 5 if key.startswith("uk-mtcr") else 4, 0, True
    rows: list[tuple[int, list[str]]] = []
    for last, row in delimited(files["list"], must_end=True):
        good = len(row) == width and row[1] in _STATUSES and bool(_CODE.fullmatch(row[0]))
        if good:
            rows.append((last, row))
        elif any(row):
            out.bad(f"line {last}", f"not a code, a status and the {width} columns of this file")
    if not good:
        raise cut_off(files["list"], last)
    codes = {row[0] for _, row in rows}
    for number, row in rows:
        out.keep(RegimeCode(REGIMES[key][0], row[0], _parent(row[0], codes), f"line {number}", row[1].lower()))
    return ""


def _parent(code: str, codes: set[str]) -> str:
    parts = _PART.findall(code)
    for length in range(len(parts) - 1, 0, -1):
        if (parent := "".join(parts[:length])) in codes:
            return parent
    return ""


RELEVANT_COLUMNS = ("list", "code", "capability", "misuse", "status")


def is_relevant(head: str) -> str:
    """``list`` where the header is that of the table of entries that matter."""
    return "list" if head.replace('"', "").startswith("list,code,capability,misuse,status") else ""


def read_relevant(files: Mapping[str, SourceFile], out: Rows) -> str:
    """A record for each code of each row. The misuse named for crime-control rows is one blanket
    phrase for all of them, so it is left out."""
    for number, row in Table(files["list"], RELEVANT_COLUMNS):
        name = next((key for start, key in _LISTS if row and row["list"].startswith(start)), "")
        if row is None or not name or not squeeze(row["code"]):
            out.bad(f"line {number}", "not the columns of the header, an unknown list, or no code")
            continue
        misuse = "" if "reason CC" in row["list"] else squeeze(row["misuse"])
        for code in row["code"].split(" / "):
            capability, status = squeeze(row["capability"]), squeeze(row["status"])
            also = "wassenaar" if row["list"].endswith("/ Wassenaar") else ""
            out.keep(RelevantEntry(name, squeeze(code), capability, misuse, status, f"line {number}", also))
    return ""
