"""Whether two parties of different applications are one: what a machine may say itself, and what it may only propose.

Stricter than likeness to a list: an alert costs a look, but parties joined by mistake share everything from then on.
It needs no library of names, so that a party is registered wherever its application comes in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from safeconduct.core.canonical import sha256
from safeconduct.core.party import Identifier, Party

# Numbers that an authority gives to one bearer. An address, a website or a telephone is often shared.
OWN_NUMBERS = frozenset({"passport", "national_id", "registration", "tax", "lei", "imo", "mmsi", "wallet"})
LONGEST = 180
_WORD = re.compile(r"\w+")
_FULL_DATE = 10


def folded(text: str) -> tuple[str, ...]:
    """The words of a name without case, accents and punctuation."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return tuple(_WORD.findall(plain.casefold()))


def name_key(name: str) -> str:
    """``name:`` and the words in alphabetical order; ``""`` for a name without a word."""
    words = " ".join(sorted(folded(name)))
    if len(words) > LONGEST:
        words = f"{words[: LONGEST - 17]} {sha256(words.encode())[:16]}"
    return f"name:{words}" if words else ""


def number_key(identifier: Identifier) -> str:
    """Kind and number without spaces and punctuation: ``lei:5493…``; ``""`` where nothing is left of it."""
    number = "".join(folded(identifier.value)).upper()
    kind = identifier.kind.casefold()[:20]
    return f"{kind}:{number if len(number) <= LONGEST - 21 else sha256(number.encode())}" if number else ""


def keys(party: Party) -> tuple[str, ...]:
    """Everything by which the party can be found, each once."""
    found = [name_key(name) for name in (party.name, *party.aliases)]
    found += [number_key(one) for one in party.identifiers]
    return tuple(dict.fromkeys(key for key in found if key))


def own_numbers(party: Party) -> tuple[str, ...]:
    """Keys of the numbers that name one bearer only."""
    return tuple(dict.fromkeys(filter(None, map(number_key, filter(_is_own, party.identifiers)))))


def _is_own(identifier: Identifier) -> bool:
    return identifier.kind in OWN_NUMBERS


def telling(party: Party) -> bool:
    """Whether another party with the very same facts is surely the same: more is stated than a name many may bear."""
    if own_numbers(party):
        return True
    if party.kind == "person":
        return len(party.born) == _FULL_DATE and bool(party.territory or party.birth_place)
    if party.kind == "unknown":
        return bool(party.territory and party.address)
    return bool(party.territory or party.address)


def same_by_number(party: Party, other: Party) -> bool:
    """Whether they share a number of one bearer, bear names with a word in common, and nothing contradicts."""
    shared = set(own_numbers(party)) & set(own_numbers(other))
    return bool(shared) and _shares_a_word(party, other) and not any(contradictions(party, other))


def contradictions(party: Party, other: Party) -> Iterator[str]:
    """Facts that both state, and state differently: ``kind``, ``territory``, ``born``, ``sex``, ``identifiers``."""
    if "unknown" not in (party.kind, other.kind) and (party.kind == "person") != (other.kind == "person"):
        yield "kind"
    for fact in ("territory", "sex"):
        one, two = getattr(party, fact), getattr(other, fact)
        if one and two and one != two:
            yield fact
    shorter, longer = sorted((party.born, other.born), key=len)
    if shorter and not longer.startswith(shorter):
        yield "born"
    ours = {number_key(one): one.territory for one in party.identifiers}
    if any(one.territory and ours.get(number_key(one), one.territory) not in ("", one.territory) for one in
           other.identifiers):  # fmt: skip
        yield "identifiers"


def _shares_a_word(party: Party, other: Party) -> bool:
    ours, theirs = ({word for name in (one.name, *one.aliases) for word in folded(name)} for one in (party, other))
    return any(len(word) > 2 or not word.isascii() for word in ours & theirs)
