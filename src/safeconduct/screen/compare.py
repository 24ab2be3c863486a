"""Facts of the query beside facts of the listed party: one small function each, each giving a ``Part``.

A finding is ``same``, ``agree``, ``near``, ``other_day``, ``differs``, ``contradict``, or one of the silences
``not_stated`` (the query says nothing) and ``not_listed`` (the list says nothing). A silence is
never read as either. ``None`` where both sides are silent.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from safeconduct.core.dates import DateRange, parse_partial
from safeconduct.core.errors import Refusal
from safeconduct.core.party import Identifier, Party
from safeconduct.core.territory import get, whole
from safeconduct.screen import fold
from safeconduct.screen.identifiers import identifier_key
from safeconduct.screen.model import Part
from safeconduct.sources.model import Listed

_NUMBERS = re.compile(r"\d+")
_WHOLE = {"person": "person", "vessel": "vessel", "aircraft": "aircraft", "unknown": ""}
_FIRM = ("nationality", "registration", "flag")
_UNIQUE = frozenset({"lei", "imo"})  # issued once and for ever; everything else is renewed or held several times over
_SEVERAL = frozenset({"national_id", "registration", "tax"})
_PLACE_WORDS = fold.word_set("""
    province provinces district city village town region governorate republic area state county municipality oblast
    raion prefecture department of the and near north south east west al el de la in
""")


def date_readings(text: str) -> tuple[DateRange, ...]:
    """The days a written date may mean; several where day and month may be swapped, none where it is no date.

    Reads ISO dates, partial ones, ranges ``1970/1975``, and days first or last with any separator.
    """
    text = text.strip()
    if re.fullmatch(r"\d{4}/\d{4}", text):
        low, high = text.split("/")
        return (DateRange(dt.date(int(low), 1, 1), dt.date(int(high), 12, 31)),) if "0000" < low <= high else ()
    numbers = _NUMBERS.findall(text)
    if len(numbers) == 3 and len(numbers[2]) == 4:
        first, second, year = numbers
        tries = [f"{year}-{second:0>2}-{first:0>2}", f"{year}-{first:0>2}-{second:0>2}"]
    else:
        tries = ["-".join(number.zfill(2) for number in numbers)] if re.fullmatch(r"[\d\s./-]+", text) else []
    found = []
    for one in dict.fromkeys(tries):
        try:
            found.append(parse_partial(one))
        except Refusal:
            continue
    return tuple(found)


def birth_date(query: str, listed: Sequence[str]) -> Part | None:
    """Best finding over the dates a list gives as possible.

    ``same_day`` needs a full date on both sides; ``agree`` an overlap; ``near`` one slip: the year beside, day and
    month swapped, or one of both different in the same year (lists themselves give such pairs for one person), which
    is ``other_day`` where more differs than one digit or two turned round. A first of January on a list stands for
    the year alone.
    """
    shown = "; ".join(listed)
    if not query or not listed:
        return Part("birth_date", "not_stated" if listed else "not_listed", query, shown) if query or listed else None
    mine = date_readings(query)
    theirs = [reading for one in listed for reading in date_readings(one)]
    if not mine or not theirs:
        return Part("birth_date", "unreadable", query, shown)
    found = {_dates(a, b) for a in mine for b in theirs}
    finding = next(one for one in ("same_day", "agree", "near", "other_day", "contradict") if one in found)
    return Part("birth_date", finding, query, shown)


def _dates(mine: DateRange, theirs: DateRange) -> str:
    a, b = mine.first, theirs.first
    exact = mine.last == a and theirs.last == b
    if exact and a == b and (a.month, a.day) != (1, 1):
        return "same_day"
    if mine.overlaps(theirs):
        return "agree"
    if exact and (1, 1) in ((a.month, a.day), (b.month, b.day)) and a.year == b.year:
        return "agree"
    if exact and a.year != b.year:
        return "near" if abs(a.year - b.year) == 1 and (a.month, a.day) == (b.month, b.day) else _beside(mine, theirs)
    if exact:
        return _in_one_year(a, b)
    return _beside(mine, theirs)


def _in_one_year(a: dt.date, b: dt.date) -> str:
    if (a.month, a.day) == (b.day, b.month) or OSA.distance(str(a), str(b)) == 1:
        return "near"
    return "other_day" if a.month == b.month or a.day == b.day else "contradict"


def _beside(mine: DateRange, theirs: DateRange) -> str:
    """Years that touch are near unless both sides give a day."""
    if mine.first == mine.last and theirs.first == theirs.last:
        return "near" if abs((mine.first - theirs.first).days) <= 31 else "contradict"
    gap = max(mine.first.year, theirs.first.year) - min(mine.last.year, theirs.last.year)
    return "near" if gap <= 1 else "contradict"


def birth_place(query: str, listed: Sequence[str]) -> Part | None:
    """``agree`` where the narrowest place named by one side is named by the other; spellings one letter apart count.

    ``differs`` is weak: one side may name a village, the other its province.
    """
    shown = "; ".join(listed)
    if not query or not listed:
        return Part("birth_place", "not_stated" if listed else "not_listed", query, shown) if query or listed else None
    agree = any(_places(query, one) or _places(one, query) for one in listed)
    return Part("birth_place", "agree" if agree else "differs", query, shown)


def _places(narrow: str, wide: str) -> bool:
    """Whether every telling word of the first part of ``narrow`` stands in ``wide``."""
    wanted = [word for word in fold.roman(narrow.partition(",")[0]).split() if word not in _PLACE_WORDS]
    there = fold.roman(wide).split()
    return bool(wanted) and all(any(_like(word, other) for other in there) for word in wanted)


def _like(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= 6 and OSA.distance(one, other, score_cutoff=1) <= 1)


def territory(party: Party, listed: Listed) -> Part | None:
    """Nationality or seat. ``contradict`` only against a nationality, registration or flag that the list states;
    another address ``differs``: people and companies live abroad. So does a State that is no more, for its
    nationals have another by now. A part of a territory counts as the whole."""
    links = [link for link in listed.territories if link.key]
    mine = whole(party.territory)
    shown = " ".join(sorted({link.key for link in links}))
    if not party.territory or not links:
        if not party.territory and not links:
            return None
        return Part("territory", "not_stated" if links else "not_listed", party.territory, shown)
    firm = {whole(link.key) for link in links if link.kind in _FIRM}
    if mine in firm:
        finding = "agree"
    elif mine in {whole(link.key) for link in links}:
        finding = "agree_address" if listed.kind == "person" else "agree"
    else:
        finding = "contradict" if firm and not any(_is_former(key) for key in firm) else "differs"
    return Part("territory", finding, party.territory, shown)


def _is_former(key: str) -> bool:
    row = get(key)
    return bool(row and row.former)


def kind(query: str, listed: str) -> Part | None:
    """A person is no company, a ship neither; companies, organisations and public bodies are one kind here."""
    mine, theirs = _WHOLE.get(query, "organization"), _WHOLE.get(listed, "organization")
    if not mine or not theirs:
        return None
    return Part("kind", "same" if mine == theirs else "contradict", query, listed)


def sex(query: str, listed: str) -> Part | None:
    """Compared only where both sides state it."""
    if not query or not listed:
        return None
    return Part("sex", "agree" if query == listed else "contradict", query, listed)


def identifiers(query: Sequence[Identifier], listed: Sequence[Identifier]) -> Part | None:
    """``same`` where any is shared. Another LEI or IMO number ``contradict``; another number of a kind that may be
    held once in a territory ``differs``; passports are renewed and say nothing."""
    mine = {identifier_key(one): one for one in query if identifier_key(one)}
    theirs = {identifier_key(one): one for one in listed if identifier_key(one)}
    if not mine or not theirs:
        return Part("identifier", "not_stated", "", _shown(theirs)) if theirs else None
    if shared := sorted(key for key in set(mine) & set(theirs) if _one_issuer(mine[key], theirs[key])):
        return Part("identifier", "same", _shown({shared[0]: mine[shared[0]]}), _shown({shared[0]: theirs[shared[0]]}))
    found = {_apart(one, other) for one in mine.values() for other in theirs.values()}
    finding = next((one for one in ("contradict", "differs") if one in found), "not_comparable")
    return Part("identifier", finding, _shown(mine), _shown(theirs))


def _one_issuer(one: Identifier, other: Identifier) -> bool:
    """Short numbers recur from State to State; only where both sides name the issuer can they be told apart."""
    return not (one.territory and other.territory) or one.territory == other.territory


def _apart(one: Identifier, other: Identifier) -> str:
    if one.kind != other.kind:
        return ""
    if one.kind in _UNIQUE:
        return "contradict"
    return "differs" if one.kind in _SEVERAL and one.territory and one.territory == other.territory else ""


def _shown(found: dict[str, Identifier]) -> str:
    return "; ".join(f"{found[key].kind} {found[key].value}" for key in sorted(found))


def facts(party: Party, listed: Listed) -> tuple[Part, ...]:
    """Every fact part that either side speaks of, in reading order."""
    person = "person" in (party.kind, listed.kind)
    found = (
        kind(party.kind, listed.kind),
        birth_date(party.born, listed.born),
        birth_place(party.birth_place, listed.birth_places),
        territory(party, listed),
        sex(party.sex, listed.sex) if person else None,
        identifiers(party.identifiers, listed.identifiers),
    )
    return tuple(part for part in found if part)
