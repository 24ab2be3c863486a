"""Makes ``src/safeconduct/screen/han.tsv``: how Chinese characters are read, from the Unicode Han database.

``python scripts/make_han.py FOLDER``: FOLDER holds ``Unihan_Readings.txt.bz2``, ``Unihan_Variants.txt.bz2`` and
``Unihan_OtherMappings.txt.bz2`` (Debian: ``unicode-data``). Which old, new and simplified forms are one character comes
from there and from the package ``opencc`` (Apache-2.0), which must be installed. See ``docs/scripts.md``.
"""

from __future__ import annotations

import argparse
import bz2
import importlib
import re
import unicodedata
from collections.abc import Collection, Iterable
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src" / "safeconduct" / "screen" / "han.tsv"
# Characters that a national standard of everyday use has; the other 80,000 stand in no company's name.
_STANDARDS = frozenset({"kGB0", "kTGH", "kJis0", "kKSC0", "kJoyoKanji", "kJinmeiyoKanji"})
_MOST = {"mandarin": 4, "cantonese": 2, "korean": 4, "japanese": 8}
Fields = dict[str, dict[str, str]]


def fields(path: Path) -> Fields:
    """The fields of each character in one of the database's files."""
    found: Fields = {}
    for line in bz2.decompress(path.read_bytes()).decode().splitlines():
        if line.startswith("U+"):
            code, field, value = line.split("\t")
            found.setdefault(chr(int(code[2:], 16)), {})[field] = value
    return found


def plain(sound: str) -> str:
    """A syllable without its tone, ``ü`` as ``v`` would confuse everybody: as ``u``."""
    return "".join(char for char in unicodedata.normalize("NFD", sound.lower()) if "a" <= char <= "z")


def mandarin(row: dict[str, str]) -> list[str]:
    """The customary reading first, then those of the modern dictionaries."""
    found = row.get("kMandarin", "").split()
    found += [one.partition("(")[0] for one in row.get("kHanyuPinlu", "").split()]
    found += [sound for one in row.get("kXHC1983", "").split() for sound in one.partition(":")[2].split(",")]
    return [plain(one) for one in found]


def cantonese(row: dict[str, str]) -> list[str]:
    return [plain(one) for one in row.get("kCantonese", "").split()]


def korean(row: dict[str, str]) -> list[str]:
    return [one.partition(":")[0] for one in row.get("kHangul", "").split()]


def japanese(row: dict[str, str]) -> list[str]:
    """Sounds taken from Chinese, then native words: of adjectives the stem, which is what names have."""
    found = row.get("kJapaneseOn", "").lower().split()
    for one in row.get("kJapaneseKun", "").lower().split():
        found.append(one[:-1] if len(one) > 2 and one.endswith(("ai", "ii", "ui", "oi")) else one)
    return [re.sub(r"[^a-z]", "", one) for one in found]


def groups(variants: Fields, characters: Iterable[str], simplified: Collection[str]) -> dict[str, list[str]]:
    """Characters that are one, by the form that is in ``simplified`` if any is."""
    opencc = importlib.import_module("opencc")
    to_old, to_simple = opencc.OpenCC("jp2t"), opencc.OpenCC("t2s")
    found: dict[str, list[str]] = {}
    for char in characters:
        simple = to_simple.convert(to_old.convert(char))
        if simple == char and "kSimplifiedVariant" in variants.get(char, {}):
            code = variants[char]["kSimplifiedVariant"].split()[0]
            simple = chr(int(code[2:], 16)) if len(code) == 6 else char
        found.setdefault(simple, []).append(char)
    named: dict[str, list[str]] = {}
    for simple, members in found.items():
        name = next((one for one in (simple, *members) if one in simplified), simple)
        named.setdefault(name, []).extend([simple, *members])
    return named


def row_of(simple: str, members: Iterable[str], readings: Fields) -> str:
    """One line: the simplified form, its other forms, and how they are read."""
    others = sorted(set(members) - {simple})
    rows = [readings.get(char, {}) for char in (simple, *others)]
    cells = [simple, "".join(others)]
    for name, read in (("mandarin", mandarin), ("cantonese", cantonese), ("korean", korean), ("japanese", japanese)):
        kept = dict.fromkeys(one for row in rows for one in read(row) if one)
        cells.append(" ".join(list(kept)[: _MOST[name]]))
    return "\t".join(cells)


def main() -> int:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    readings = fields(folder / "Unihan_Readings.txt.bz2")
    standards = fields(folder / "Unihan_OtherMappings.txt.bz2")
    used = sorted(char for char, row in standards.items() if _STANDARDS & set(row) and char in readings)
    characters = [char for char in used if unicodedata.normalize("NFKC", char) == char]
    simplified = {char for char, row in standards.items() if {"kGB0", "kTGH"} & set(row)}
    found = groups(fields(folder / "Unihan_Variants.txt.bz2"), characters, simplified)
    lines = [row_of(simple, found[simple], readings) for simple in sorted(found)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} characters in {len(characters)} forms")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
