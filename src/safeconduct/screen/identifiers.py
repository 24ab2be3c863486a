"""Exact identifiers as people and lists write them: spaces, dots, case, prefixes and other digits do not count."""

from __future__ import annotations

import re
import unicodedata

from safeconduct.core.party import Identifier

LEAST = 4  # characters; shorter numbers are shared by too many
LONGEST = 128
# Numbers that one publisher calls by one name and another by another; only long ones are compared across these kinds.
_NUMBERS = frozenset({"national_id", "registration", "tax", "other"})
_LONG_NUMBER = 8
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:(?://)?")
_PREFIX = re.compile(r"^(?:no|nr|num|number|imo|lei|mmsi|bic|swift|id)\b[\s.:#№]*")


def identifier_key(identifier: Identifier) -> str:
    """What two identifiers share when they are one; ``""`` for one too short to tell anything."""
    text = _plain(identifier.value[:LONGEST])
    if identifier.kind == "email":
        bare = text.removeprefix("mailto:")
    elif identifier.kind == "domain":
        bare = _SCHEME.sub("", text).split("/")[0].split(":")[0].rpartition("@")[2].removeprefix("www.").strip(".")
    else:
        bare = "".join(char for char in _PREFIX.sub("", text) if char.isalnum())
    if sum(char.isalnum() for char in bare) < LEAST:
        return ""
    many = identifier.kind in _NUMBERS and len(bare) >= _LONG_NUMBER
    return f"{'number' if many else identifier.kind}:{bare}"


def _plain(text: str) -> str:
    """Without case, spaces at either end or inside, hidden characters; every script's digits as 0–9."""
    folded = unicodedata.normalize("NFKC", text).casefold().strip()
    digits = (str(unicodedata.decimal(char)) if char.isdecimal() else char for char in folded)
    kept = "".join(char for char in digits if unicodedata.category(char) not in ("Cf", "Cc"))
    return kept if _PREFIX.match(kept) else "".join(kept.split())
