"""Makes ``src/safeconduct/screen/world.tsv``: places and everyday things in Chinese, Japanese, Korean and English.

``python scripts/make_words.py FOLDER``: FOLDER is ``common`` of the Unicode CLDR (Debian: ``unicode-cldr-core``). Taken
are territories and their divisions, the cities that time zones are named by, and the names of pictures that are one
or two words in English. The lines are as in ``glossary.tsv``, which says better and wins where both have a word.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

TARGET = Path(__file__).resolve().parents[1] / "src" / "safeconduct" / "screen" / "world.tsv"
LANGUAGES = ("zh", "ja", "ko")
_DIVISION = re.compile(r"(?:自治区|特别行政区|特別行政区|省|市|州|县|縣|県|府|都|道| ?(?:도|시|주|성|현))$")
_ENGLISH_DIVISION = re.compile(r" (?:Province|Prefecture|Region|Governorate|District|County|State|City|Oblast|Parish)$")
_READ = re.compile(r"[一-鿿]{2,8}|[゠-ヿ]{2,12}|[가-힯]{2,8}")
_SKIPPED = {"emoji", "sign", "symbol", "button", "face"}
Names = dict[str, str]


def _elements(path: Path, tag: str) -> Iterator[Element]:
    root = ElementTree.parse(path).getroot()
    return iter(()) if root is None else root.iter(tag)


def texts(path: Path, tag: str, key: str) -> Names:
    """The texts of the elements with this tag by their attribute ``key``; variants are left out."""
    return {one.get(key, ""): one.text or "" for one in _elements(path, tag) if not one.get("alt")}


def cities(path: Path) -> Names:
    return {zone.get("type", ""): zone.findtext("exemplarCity", "") for zone in _elements(path, "zone")}


def things(path: Path) -> Names:
    """The spoken name of each picture."""
    spoken = (one for one in _elements(path, "annotation") if one.get("type") == "tts")
    return {one.get("cp", ""): one.text or "" for one in spoken}


def named(folder: Path, language: str) -> list[Names]:
    """Everything that is taken of one language."""
    main = folder / "main" / f"{language}.xml"
    return [
        texts(main, "territory", "type"),
        cities(main),
        texts(folder / "subdivisions" / f"{language}.xml", "subdivision", "type"),
        things(folder / "annotations" / f"{language}.xml"),
    ]


def main() -> int:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    found: dict[str, dict[str, None]] = {}
    for english, *others in zip(named(folder, "en"), *(named(folder, one) for one in LANGUAGES), strict=True):
        keys = english or {key: "" for one in others for key in one}
        for key, text in keys.items():
            words = _ENGLISH_DIVISION.sub("", text or key.rpartition("/")[2]).lower().replace("_", " ")
            if not re.fullmatch(r"[a-z]{3,}(?: [a-z]{3,})?", words) or _SKIPPED & set(words.split()):
                continue
            for other in others:
                name = _DIVISION.sub("", other.get(key, "")).replace(" ", "")
                if _READ.fullmatch(name):
                    found.setdefault(words.replace(" ", "_"), {})[name] = None
    lines = [f"{' '.join(sorted(names))}\t{english}" for english, names in sorted(found.items())]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} words")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
