"""Which entry of another list, or which regime, an entry corresponds to: who says so, when, and how sure that is.

Only a source that states a correspondence makes it sure. What follows from equal numbers, from a reason for control or
from the third digit of a code is marked unsure: the texts are to be read beside each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from safeconduct.core.message import Message
from safeconduct.sources.model import ControlParagraph, Edition, RelevantEntry

Basis = Literal["stated", "same_code", "reason_for_control", "numbering"]
REGIMES = {
    "wassenaar": "Wassenaar Arrangement",
    "mtcr": "Missile Technology Control Regime",
    "nsg": "Nuclear Suppliers Group",
    "ag": "Australia Group",
    "cwc": "Chemical Weapons Convention",
}
# Reasons for control of the US list and the regime whose controls they carry out as a rule: 15 CFR 742.2 to 742.5.
REASONS = {"NS": "wassenaar", "MT": "mtcr", "NP": "nsg", "CB": "ag"}
# What the third digit of a code stands for in lists numbered as Annex I and the US list are: 15 CFR 738.2(d).
DIGITS = {"0": "wassenaar", "1": "mtcr", "2": "nsg", "3": "ag", "4": "cwc"}
_NAMED = re.compile(r"(?:\d[A-E]\d{3}\.)?\b[a-z]\.\d{1,2}(?:\.[a-z0-9]{1,2})*\b", re.ASCII)
_MORE = re.compile(r"\b[b-z]\b|\ba\b(?= (?:and|or)\b|,)|\d[A-E]\d{3}|\bexcept\b", re.ASCII)
_CODE = re.compile(r"\d[A-E](?P<digit>\d)\d\d(?:\.|$)", re.ASCII)


class Correspondence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``other`` is the key of a list, or of a regime; ``code`` its place there (empty: which place is not stated).

    ``says`` is the publisher whose edition of ``date`` (published, else obtained) it is taken from.
    """

    other: str
    code: str
    basis: Basis
    sure: bool
    says: str
    date: str
    why: Message


class Held(msgspec.Struct, frozen=True):
    """A list in its edition of the day, by code. ``editions`` are that one and the loaded ones before it, newest first,
    each with its day (ISO)."""

    edition: Edition
    texts: Mapping[str, ControlParagraph]
    editions: tuple[tuple[str, Mapping[str, ControlParagraph]], ...] = ()


def correspondences(
    list_: str, code: str, lists: Mapping[str, Held], stated: Iterable[tuple[Edition, RelevantEntry]] = ()
) -> tuple[Correspondence, ...]:
    """What ``code`` of ``list_`` corresponds to, as far as loaded lists and what is stated tell; sure ones first."""
    found = [*_stated(list_, code, stated), *_same_code(list_, code, lists), *_reasons(list_, code, lists)]
    named = {one.other for one in found}
    found += [one for one in _numbering(list_, code, lists) if one.other not in named]
    unique = {(one.other, one.code, one.basis): one for one in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda one: (not one.sure, one.other, one.code, one.basis)))


def _stated(list_: str, code: str, stated: Iterable[tuple[Edition, RelevantEntry]]) -> list[Correspondence]:
    return [
        _made("wassenaar", row.code, "stated", edition, sure=row.status == "verified", list_=list_, of=code)
        for edition, row in stated
        if row.list == list_ and row.also == "wassenaar" and (code == row.code or code.startswith(f"{row.code}."))
    ]


def _same_code(list_: str, code: str, lists: Mapping[str, Held]) -> list[Correspondence]:
    return [
        _made(name, code, "same_code", held.edition, list_=list_, of=code)
        for name, held in lists.items()
        if name != list_ and code in held.texts and held.texts[code].kind in ("entry", "paragraph")
    ]


def _reasons(list_: str, code: str, lists: Mapping[str, Held]) -> list[Correspondence]:
    held = lists.get(list_)
    entry = held.texts.get(code.partition(".")[0]) if held else None
    if held is None or entry is None:
        return []
    named = dict.fromkeys(word for each in entry.reasons for word in each.split()[:1] if word in REASONS)
    lines = [each.text for name, each in held.texts.items() if name.startswith(f"{entry.code}.licence.")]
    return [
        _made(REASONS[word], "", "reason_for_control", held.edition, list_=list_, of=code)
        for word in named
        if _reaches(word, code, lines)
    ]


def _reaches(reason: str, code: str, lines: Iterable[str]) -> bool:
    """Whether a reason for control may bear on ``code``: not where each line on it names paragraphs alone, and this one
    is neither among them, nor above, nor beneath. A line that cannot be wholly read rules nothing out."""
    said = [line.partition(" applies to ")[2] for line in lines if line.startswith(f"{reason} applies to ")]
    named = [_paragraphs(each.partition(":")[0], code.partition(".")[0]) for each in said]
    return not named or not all(each and all(_apart(code, one) for one in each) for each in named)


def _paragraphs(line: str, entry: str) -> list[str]:
    """The paragraphs of ``entry`` that a line names; none where it may name more than is read."""
    found = _NAMED.findall(line)
    if _MORE.search(_NAMED.sub("", line)) or re.search(rf"{_NAMED.pattern} (?:to|through) ", line):
        return []
    whole = [one if one[0].isdecimal() else f"{entry}.{one}" for one in found]
    return whole if all(one.startswith(f"{entry}.") for one in whole) else []


def _apart(code: str, other: str) -> bool:
    return code != other and not code.startswith(f"{other}.") and not other.startswith(f"{code}.")


def _numbering(list_: str, code: str, lists: Mapping[str, Held]) -> list[Correspondence]:
    held, found = lists.get(list_), _CODE.match(code)
    if held is None or found is None or found["digit"] not in DIGITS:
        return []
    return [_made(DIGITS[found["digit"]], "", "numbering", held.edition, list_=list_, of=code)]


def _made(
    other: str, code: str, basis: Basis, edition: Edition, *, list_: str, of: str, sure: bool = False
) -> Correspondence:
    why = Message(f"classify.corresponds.{basis}", {"other": REGIMES.get(other, other), "list": list_, "code": of})
    return Correspondence(other, code, basis, sure, edition.publisher, edition.published or edition.obtained[:10], why)


def above(code: str, texts: Mapping[str, ControlParagraph]) -> tuple[tuple[str, str], ...]:
    """Category, group, entry and paragraphs above ``code``, outermost first, each with its text where there is one."""
    parts = code.split(".")
    chain = [".".join(parts[:depth]) for depth in range(1, len(parts))]
    groups = [code[:1], code[:2]] if _CODE.match(code) else []
    return tuple((each, texts[each].text if each in texts else "") for each in (*groups, *chain))
