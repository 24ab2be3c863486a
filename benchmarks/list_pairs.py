"""Pairs of parties made from the watchlists' own entries, in the forms that ``name_pairs`` and ``entity_pairs`` read.

``python benchmarks/list_pairs.py --names FILE.csv --entities FILE.yml [--seed N] [--count N]``. The same party: two
names that a list gives for it and that are two writings of one name, or one of its names with a slip of the pen, a name
left out, an initial, another order, a joined word, another legal form. Different parties: entries of one list with like
names, and one name with a word replaced by another party's. Weights were set on such pairs (``docs/screening.md``);
half of all entries, by their hash, are kept for checking (``--half check``).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz, process
from watchlists import data_folder, editions

from safeconduct.screen import fold
from safeconduct.sources.model import Listed

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FORMS = ("Ltd", "Limited", "LLC", "Inc.", "Co., Ltd.", "JSC", "OOO", "GmbH", "S.A.", "Company", "Corporation")
_SCHEMA = {"person": "Person", "vessel": "Vessel", "aircraft": "Airplane", "unknown": "LegalEntity"}
Row = dict[str, str]
Check = dict[str, Any]


def entries(folder: Path, half: str) -> dict[str, list[Listed]]:
    """The listed parties of one half, by list, each with a Latin name of two words or more."""
    found: dict[str, list[Listed]] = {}
    for reading in editions(folder):
        for record in reading.records():
            if isinstance(record, Listed) and _half(f"{reading.edition.key} {record.entry}") == half and latin(record):
                found.setdefault(reading.edition.key, []).append(record)
    return found


def _half(key: str) -> str:
    return "weigh" if hashlib.sha256(key.encode()).digest()[0] % 2 else "check"


def latin(record: Listed) -> list[str]:
    """Its names in Latin letters that are no weak aliases, of two words at least."""
    usable = (name.text for name in record.names if name.kind not in ("weak_alias", "original_script"))
    return [text for text in dict.fromkeys(usable) if fold.plain(text).isascii() and 1 < len(text.split()) < 12]


def schema(record: Listed) -> str:
    """The FollowTheMoney schema of a listed party."""
    return _SCHEMA.get(record.kind, "Company")


def two_writings(names: Sequence[str], person: bool) -> list[tuple[str, str]]:
    """Pairs of names that are one name written twice: most words of the shorter have a counterpart in the longer."""
    pairs = [(one, other) for place, one in enumerate(names) for other in names[place + 1 :]]
    return [pair for pair in pairs if fold.roman(pair[0]) != fold.roman(pair[1]) and _like(*pair, person)]


def _like(one: str, other: str, person: bool) -> bool:
    short, long = sorted((fold.roman(one).split(), fold.roman(other).split()), key=len)
    counterparts = sum(
        any(fold.skeleton(word) == fold.skeleton(its) or fuzz.ratio(word, its) >= 75 for its in long) for word in short
    )
    return len(short) > 1 and counterparts >= (len(short) if person else len(short) - 1)


def slip(word: str, chance: random.Random) -> str:
    """One letter put in, left out, mistyped, doubled, or swapped with the next."""
    place = chance.randrange(len(word))
    before, letter, after = word[:place], word[place], word[place + 1 :]
    return chance.choice(
        (
            before + chance.choice(_LETTERS) + letter + after,
            before + after,
            before + chance.choice(_LETTERS) + after,
            before + letter + letter + after,
            before + after[:1] + letter + after[1:],
        )
    )


def _slipped(words: list[str], chance: random.Random, times: int) -> list[str]:
    long = [place for place, word in enumerate(words) if len(word) > 3 and word.isalpha()]
    if long:
        place = chance.choice(long)
        for _ in range(times):
            words[place] = slip(words[place].lower(), chance).title()
    return words


def _one_slip(words: list[str], chance: random.Random) -> list[str]:
    return _slipped(words, chance, 1)


def _two_slips(words: list[str], chance: random.Random) -> list[str]:
    return _slipped(words, chance, 2)


def _left_out(words: list[str], chance: random.Random) -> list[str]:
    if len(words) > 2:
        del words[chance.randrange(1, len(words) - 1)]
    return words


def _initial(words: list[str], chance: random.Random) -> list[str]:  # noqa: ARG001  # every change takes both
    words[0] = words[0][:1] + "."
    return words


def _turned(words: list[str], chance: random.Random) -> list[str]:  # noqa: ARG001  # every change takes both
    return [*words[-1:], *words[:-1]]


def _joined(words: list[str], chance: random.Random) -> list[str]:
    place = chance.randrange(len(words) - 1)
    return [*words[:place], words[place] + words[place + 1].lower(), *words[place + 2 :]]


def _another_form(words: list[str], chance: random.Random) -> list[str]:
    return [*words, chance.choice(_FORMS)]


Change = Callable[[list[str], random.Random], list[str]]
_OF_PERSONS: tuple[Change, ...] = (_one_slip, _one_slip, _one_slip, _two_slips, _left_out, _initial, _turned, _joined)
_OF_OTHERS: tuple[Change, ...] = (_one_slip, _one_slip, _two_slips, _another_form, _joined)


def same_names(found: Mapping[str, Sequence[Listed]], chance: random.Random, count: int) -> Iterator[Row]:
    """Names of one party: half from its own aliases, half altered."""
    everyone = [record for records in found.values() for record in records]
    chance.shuffle(everyone)
    written = [
        (record, *chance.choice(pairs))
        for record in everyone
        if (pairs := two_writings(latin(record), record.kind == "person"))
    ]
    for record, one, other in written[: count // 2]:
        yield _row(record, one, other, True, "own alias")
    for record in everyone[: count - min(len(written), count // 2)]:
        change = chance.choice(_OF_PERSONS if record.kind == "person" else _OF_OTHERS)
        words = _in_order(latin(record)[0], record.kind == "person")
        yield _row(record, " ".join(change(list(words), chance)), " ".join(words), True, change.__name__.strip("_"))


def _in_order(name: str, person: bool) -> list[str]:
    """The words; a person's family name that stands before a comma comes last."""
    if person and name.count(",") == 1:
        name = " ".join(part.strip() for part in reversed(name.split(",")))
    return name.split()


def other_names(found: Mapping[str, Sequence[Listed]], chance: random.Random, count: int) -> Iterator[Row]:
    """Names of different parties: like ones on one list, and one word replaced by another party's."""
    like = like_parties(found, chance, count // 2)
    for one, other, mine, theirs in like:
        yield _row(one, mine, theirs, False, f"like {other.kind}")
    everyone = [record for records in found.values() for record in records]
    for _ in range(count - len(like)):
        one = chance.choice(everyone)
        other = chance.choice([record for record in chance.sample(everyone, 60) if record.kind == one.kind] or [one])
        yield _row(one, _replaced(one, other, chance), latin(one)[0], False, "replaced")


def _replaced(one: Listed, other: Listed, chance: random.Random) -> str:
    """A word replaced by the other party's (any of a person's, else the longest), unless both have its consonants."""
    person = one.kind == "person"
    words, others = (_in_order(latin(side)[0], person) for side in (one, other))
    place = chance.randrange(len(words)) if person else words.index(max(words, key=len))
    bones = fold.skeleton(fold.roman(words[place]))
    fit = [word for word in others if len(word) > 2 and fold.skeleton(fold.roman(word)) != bones] or ["Somebody"]
    new = chance.choice(fit) if person else max(fit, key=len)
    return " ".join([*words[:place], new, *words[place + 1 :]])


def like_parties(
    found: Mapping[str, Sequence[Listed]], chance: random.Random, count: int
) -> list[tuple[Listed, Listed, str, str]]:
    """Entries of one list (which has each party once) whose names are alike, without a common name or identifier."""
    made: list[tuple[Listed, Listed, str, str]] = []
    for records in found.values():
        owners = [(record, text) for record in records for text in latin(record)[:2]]
        folded = [fold.roman(text) for _, text in owners]
        for place in chance.sample(range(len(owners)), min(len(owners), 4 * count * len(owners) // 10_000 + 20)):
            mine, text = owners[place]
            near = process.extract(folded[place], folded, scorer=fuzz.token_sort_ratio, limit=12, score_cutoff=62)
            others = [owners[at] for _, _, at in near if _is_another(mine, owners[at][0])]
            if others:
                theirs, their_text = chance.choice(others[:4])
                made.append((mine, theirs, text, their_text))
    chance.shuffle(made)
    return made[:count]


def _is_another(one: Listed, other: Listed) -> bool:
    names = ({fold.roman(name.text) for name in side.names} for side in (one, other))
    shared = set.intersection(*names) or set(one.identifiers) & set(other.identifiers)
    return one.entry != other.entry and one.kind == other.kind and not shared


def _row(record: Listed, one: str, other: str, same: bool, category: str) -> Row:
    words = {"schema": schema(record), "name1": one, "name2": other, "is_match": str(same).lower()}
    return {"case_group": "lists", **words, "quality": "MEDIUM", "category": category, "notes": ""}


def _born(record: Listed) -> list[str]:
    """A person's birth dates, without ranges of years."""
    return [text for text in record.born if "/" not in text] if record.kind == "person" else []


def facts(record: Listed, names: Sequence[str], chance: random.Random) -> dict[str, list[str]]:
    """FollowTheMoney properties of a party: these names and some of its facts, dates sometimes only as a year."""
    nations = [link.key.lower() for link in record.territories if link.kind == "nationality" and link.key]
    seats = [link.key.lower() for link in record.territories if link.kind != "nationality" and link.key]
    person = record.kind == "person"
    numbers = [one.value for one in record.identifiers if one.kind in ("passport", "registration", "national_id")]
    born = [text[: chance.choice((4, 10, 10))] for text in _born(record)[:2]]
    stated: dict[str, list[str]] = {
        "birthDate": born,
        "birthPlace": list(record.birth_places[:1]),
        "nationality" if person else "jurisdiction": nations[:2] if person else seats[:1],
        "country": seats[:2],
        "gender": [record.sex] if record.sex else [],
        "passportNumber" if person else "registrationNumber": numbers[:1],
    }
    kept = {key: list(values) for key, values in stated.items() if values and chance.random() < 0.6}
    if not person:
        kept = {key: values for key, values in kept.items() if not key.startswith(("birth", "gender"))}
    if schema(record) in ("Vessel", "Airplane"):
        kept = {key: values for key, values in kept.items() if key in ("registrationNumber", "country")}
    aliases = {"alias": list(names[1:3])} if len(names) > 1 else {}
    return {"name": list(names[:1]), **aliases, **kept}


def checks(found: Mapping[str, Sequence[Listed]], chance: random.Random, count: int) -> Iterator[Check]:
    """Parties with facts: one party by its different names; different parties with like names; namesakes."""
    for row, record in _with_records(found, chance, count // 2):
        yield _check(record, facts(record, [row["name1"]], chance), facts(record, latin(record)[:3], chance), True)
    like = like_parties(found, chance, count // 4)
    for one, other, mine, theirs in like:
        yield _check(one, facts(one, [mine], chance), facts(other, [theirs], chance), False)
    people = [record for records in found.values() for record in records if _born(record)]
    for _ in range(count - count // 2 - len(like)):
        one, other = chance.sample(people, 2)
        if _born(one)[0][:3] != _born(other)[0][:3]:  # a namesake born in another decade
            told = {**facts(other, latin(one)[:1], chance), "birthDate": _born(other)[:1]}
            yield _check(one, told, {**facts(one, latin(one)[:2], chance), "birthDate": _born(one)[:1]}, False)


def _with_records(
    found: Mapping[str, Sequence[Listed]], chance: random.Random, count: int
) -> Iterator[tuple[Row, Listed]]:
    everyone = [record for records in found.values() for record in records]
    for record in chance.sample(everyone, min(count, len(everyone))):
        rows = list(same_names({"one": [record]}, chance, 2))
        yield chance.choice(rows), record


def _check(record: Listed, query: Mapping[str, Any], candidate: Mapping[str, Any], same: bool) -> Check:
    return {"match": same, "schema": schema(record), "query": dict(query), "candidate": dict(candidate)}


def main() -> int:
    """Write the pairs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=Path, help="write pairs of names here (CSV)")
    parser.add_argument("--entities", type=Path, help="write pairs of parties here (YAML)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--half", choices=("weigh", "check"), default="check")
    arguments = parser.parse_args()
    found, chance = entries(data_folder(), arguments.half), random.Random(arguments.seed)
    half = arguments.count // 2
    if arguments.names:
        rows = [*same_names(found, chance, half), *other_names(found, chance, half)]
        with arguments.names.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    if arguments.entities:
        made = {"checks": list(checks(found, chance, arguments.count))}
        arguments.entities.write_text(yaml.safe_dump(made, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
