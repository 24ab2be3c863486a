"""How the provisional rating of a bare datasheet is told on a terminal: what its words propose, then the entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from safeconduct.doors.cli.told import asks_of, note_of
from safeconduct.intake.facts import BY_KEY

Plain = dict[str, Any]
Asked = tuple[str, ...]
SAID = {"yes": "", "no": "not ", "perhaps": "perhaps "}
MOST_PLACES = 3
FEW = 8  # questions told in full


def proposed_lines(found: Plain) -> Iterator[str]:
    """Each proposed fact once, with where the words stand; nobody has stated any of them."""
    yield "PROVISIONAL: read from the words of a datasheet. Nobody has stated these facts; a person must."
    if found["reading"]["said"]:
        yield f"NOT READ: {found['reading']['said']}"
    told = sorted(found["proposed"], key=lambda each: (each["fact"], each["says"], str(each["value"])))
    if told:
        yield "its words propose"
    for (fact, says, value), group in groupby(told, key=lambda each: (each["fact"], each["says"], each["value"])):
        places = list(group)
        more = f", and {len(places) - MOST_PLACES} more" if len(places) > MOST_PLACES else ""
        where = ", ".join(f"{each['place']} “{each['words']}”" for each in places[:MOST_PLACES])
        yield f"  {SAID[says]}{fact}{'' if value is True else f' {value}'}: {where}{more}"
    for fact, values in found["several"].items():
        yield f"  several products? {fact} is said to be {', '.join(values)}: classify each by its own sheet"


def entry_lines(entries: list[Plain]) -> Iterator[str]:
    """What the words catch, what they speak of with each question once, and the rest by what would settle it."""
    yield from (_standing(entry) for entry in entries if entry["status"] == "caught")
    open_still = [entry for entry in entries if entry["status"] != "caught"]
    near = [entry for entry in open_still if _spoken_of(entry)]
    yield from (_standing(entry) for entry in near)
    yield from _questions(near)
    rest: dict[Asked, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for entry in open_still:
        if not _spoken_of(entry):
            rest[tuple(entry["asks"])][entry["list"]].append(entry["code"])
    if rest:
        yield "  Its words do not speak of these; they stay open until somebody finds what is asked:"
    for asks, by_list in rest.items():
        yield f"  cannot tell {'; '.join(' '.join((key, ', '.join(codes))) for key, codes in by_list.items())}"
        yield f"                ask {', '.join(asks) or 'what the goods are'}"


def _spoken_of(entry: Plain) -> bool:
    """Whether more than the kind of goods is proposed and asked: the words point to the entry itself."""
    if entry["asks"] == ["item.kind"]:
        return False
    return any(each["fact"] not in ("item.kind", "item.function") for each in entry["evidence"])


def _standing(entry: Plain) -> str:
    sure = [f"{one['other']} {one['code']}".strip() for one in entry["corresponds"] if one["sure"]]
    like = f"  (corresponds to {', '.join(sure)})" if sure else ""
    status = entry["status"].replace("_", " ")
    return f"  {status:<12}{entry['list']} {entry['code']}{note_of(entry)}{like}{asks_of(entry)}"


def _questions(entries: list[Plain]) -> Iterator[str]:
    asked = list(dict.fromkeys(fact for entry in entries for fact in entry["asks"]))
    for fact in asked[:FEW]:
        yield f"  find out    {fact}: {BY_KEY[fact].means if fact in BY_KEY else fact}"
