"""Names as lists write them, put into natural order; and stable ids where a publisher gives none."""

from __future__ import annotations

import re

from safeconduct.core import canonical, territory
from safeconduct.core.script import script
from safeconduct.sources.model import LinkKind, ListedName, NameKind, TerritoryLink

_WORDS = re.compile(r"[a-z]{3}|\(")
_ASIDE = re.compile(r"\s*\([^)]*\d{4}\)|\s*\((?:US|Expired?s?)[^)]*\)")
_NUMBER = re.compile(r"(?<![a-z])(?:[A-Z]{1,3} )?[A-Z0-9/.\-]*\d[A-Z0-9/.\-]*(?![a-z])")
_ORIGINAL = re.compile(r"\(?\boriginal script\b\)?:?", re.IGNORECASE)
_MAX_FIELD = 2_000  # letters of a name that are looked through for brackets
_MAX_NUMBER = 200  # the patterns above take time in the square of the length
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


def family_first(text: str, kind: NameKind = "primary") -> ListedName:
    """``KHAN, Dilawar Khan`` as given and family name in natural order; ``Jr.`` after a second comma stays last.

    A name without a comma is taken as it stands: its parts are not told apart.
    """
    family, comma, given = (part.strip() for part in text.partition(","))
    if not comma or not family or not given:
        return ListedName(text, kind)
    given, _, suffix = (part.strip() for part in given.partition(","))
    if suffix and suffix.strip(".").lower() not in _SUFFIXES:
        return ListedName(text, kind)
    return ListedName(" ".join(filter(None, (given, family, suffix))), kind, given=given, family=family)


def written_names(text: str) -> tuple[str, ...]:
    """The names that one field holds: ``Jin Tiesan (金铁三)`` and ``حسن غول (Hassan Ghul; Hasan Gul)`` are several.

    What stands in brackets is a name of its own where it is marked as of the original script, or its letters are of
    other scripts than those outside; any other (*birth name*, *HTS*) stays where it stands.
    """
    if "(" not in text or len(text) > _MAX_FIELD:
        return (text,)
    outside, inside = _bracketed(text)
    kept, names = [outside], []
    for group in inside:
        parts = [part.strip(" ,") for part in _ORIGINAL.sub(" ", group).split(";")]
        other = any(_scripts(part) and not _scripts(part) & _scripts(outside) for part in parts)
        if other or _ORIGINAL.search(group):
            names += [" ".join(part.split()) for part in parts if part]
        else:
            kept.append(f"({group})")
    if not names:
        return (text,)
    whole = " ".join(" ".join(kept).split()).strip(" ,")
    return tuple(dict.fromkeys(one for one in (whole, *names) if one))


def _bracketed(text: str) -> tuple[str, list[str]]:
    """What stands outside the outermost brackets, and in each of them."""
    outside, inside, depth = [], [], 0
    for char in text:
        if char == "(":
            depth += 1
            if depth == 1:
                inside.append("")
                outside.append(" ")
                continue
        elif char == ")" and depth:
            depth -= 1
            if not depth:
                continue
        if depth:
            inside[-1] += char
        else:
            outside.append(char)
    return "".join(outside), inside


def _scripts(text: str) -> frozenset[str]:
    return frozenset(script(char) for char in text if char.isalpha())


def document_number(text: str) -> str:
    """The number itself where words stand around it: ``Afghan passport number SE 012820`` gives
    ``SE 012820``. A text without words, or with no run of at least four such characters, stays as it is."""
    if not _WORDS.search(text) or len(text) > _MAX_NUMBER:
        return text
    runs = [run.strip(" .-/") for run in _NUMBER.findall(_ASIDE.sub("", text))]
    longest = max(runs, key=len, default="")
    return longest if len(longest) >= 4 else text


def link(kind: LinkKind, text: str) -> TerritoryLink:
    """A territory named in a publisher's words; its text is kept where it is not the name of the key."""
    key = territory.from_name(text)
    known = territory.get(key)
    return TerritoryLink(kind, key, "" if known and known.name == text else text)


def link_code(kind: LinkKind, code: str) -> TerritoryLink:
    """A territory given by a code; an unknown code is kept as text."""
    key = territory.find(code)
    return TerritoryLink(kind, key, "" if key else code)


def link_either(kind: LinkKind, code: str, text: str) -> TerritoryLink:
    """A territory given by a code and a name: the code where we know it, else the name."""
    key = territory.find(code) if code else ""
    return TerritoryLink(kind, key) if key else link(kind, text or code)


def entry_of(name: str, country: str) -> str:
    """An id for a party whose publisher gives none: a hash of name and country as they are written."""
    return canonical.digest([name.casefold(), country.casefold()])[:16]
