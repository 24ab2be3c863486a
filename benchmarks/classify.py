"""How often a search by words leads to the right paragraph of a control list; beside BM25 over leaf texts.

``python benchmarks/classify.py [FILE] [--json] [--list FILE] [--half first|second] [--misses]`` reads descriptions
(columns ``query_text`` and ``true_ecn``, the paragraph each paraphrases) and the paragraphs of the US lists
(``us_ccl_usml_paragraphs.csv`` under SAFECONDUCT_DATA, else the shared data beside the checkout). ``ours`` is the
product's own search over all paragraphs, ``bm25`` is Okapi BM25 over the texts of the lowest alone. Both sides show
five paragraphs, then the best of further entries until five entries are shown. ``paragraph_at_5`` counts the first five
paragraphs, ``entry_at_5`` the five entries, ``entry_of_5_paragraphs`` those of the first five paragraphs alone.
Paragraphs of one wording are not told apart by words, so that some rows cannot be found but by chance, by either side:
``wording_at_5`` and ``entry_named_at_5`` also take what is named beside them as of the very same wording for found.

``--half`` takes every second of the rows in an order of chance (seed 20261): words and weights were looked at with the
first in view, the second was left alone. What this does not prove: that a suggestion is a rating, or that goods
described in a datasheet's words are found as often as sentences that paraphrase the list.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from watchlists import data_folder

from safeconduct.classify.other_words import plain
from safeconduct.classify.suggesting import index_of, suggest
from safeconduct.core.item import Item
from safeconduct.sources.model import ControlParagraph

K1, B, SEED = 1.2, 0.75, 20261
LETTERS = 5
_WORDS = (
    "a all also an and any are as at be by can for from had has have having if in into is it its made make makes more "
    "most not of on one or other our over so such than that the their them then there these they this to under up use "
    "used uses using was we were when which will with you your"
)
COMMON = frozenset(_WORDS.split())
_ENTRY = re.compile(r"\d[A-E]\d{3}|[IVX]+")
Row = dict[str, str]
Search = Callable[[str], Sequence[str]]  # a description → codes, five best first, then those of further entries
Figures = dict[str, float]


def rows_of(path: Path) -> list[Row]:
    """The rows of a CSV file; bytes that are not UTF-8 are replaced."""
    csv.field_size_limit(10**9)
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return list(csv.DictReader(file))


def half_of(rows: list[Row], half: str) -> list[Row]:
    """The half of the rows that was looked at (``first``), the one that was not (``second``), or all."""
    order = list(range(len(rows)))
    random.Random(SEED).shuffle(order)
    middle = len(order) // 2
    return [rows[number] for number in sorted({"first": order[:middle], "second": order[middle:]}.get(half, order))]


def paragraphs(rows: list[Row]) -> list[ControlParagraph]:
    """The US paragraphs as the product reads them; a code that stands twice is told apart by the row's own number."""
    code: dict[str, str] = {}
    seen: set[str] = set()
    for row in rows:
        number = row["derived_ecn_no"]
        code[number] = f"{row['ecn_number']}#{number}" if row["ecn_number"] in seen else row["ecn_number"]
        seen.add(row["ecn_number"])
    return [
        ControlParagraph(
            "us",
            code[row["derived_ecn_no"]],
            code.get(row["parent_ecn"], ""),
            "entry" if _ENTRY.fullmatch(row["ecn_number"]) else "paragraph",
            row["description_en"],
            f"row {row['derived_ecn_no']}",
        )
        for row in rows
    ]


def ours(rows: list[Row]) -> Search:
    """The product's suggestions."""
    index = index_of(paragraphs(rows))
    return lambda text: [each.code for each in suggest(index, Item(1, text))]


def beginnings(text: str) -> list[str]:
    """The first letters of each word, without the commonest words."""
    return [word[:LETTERS] for word in re.findall(r"\w+(?:\.\d+)?", text.casefold()) if word not in COMMON]


def plain_bm25(rows: list[Row]) -> Search:
    """Okapi BM25 over the texts of the lowest paragraphs, by the first letters of words: better than by whole ones."""
    leaves = [row for row in rows if row["is_leaf"] == "TRUE"]
    texts = [Counter(beginnings(row["description_en"])) for row in leaves]
    mean = sum(text.total() for text in texts) / len(texts)
    having: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for word in text:
            having[word].append(number)

    def search(text: str) -> list[str]:
        scores: dict[int, float] = defaultdict(float)
        for word in dict.fromkeys(beginnings(text)):
            rarity = math.log(1 + (len(texts) - len(having.get(word, ())) + 0.5) / (len(having.get(word, ())) + 0.5))
            for number in having.get(word, ()):
                often = texts[number][word]
                scores[number] += rarity * often * (K1 + 1) / (often + K1 * (1 - B + B * texts[number].total() / mean))
        ranked = sorted(scores, key=lambda each: (-scores[each], each))
        return _shown([leaves[number]["ecn_number"] for number in ranked])

    return search


def _shown(ranked: Sequence[str]) -> list[str]:
    """The first five, then the first of each further entry until five entries are shown: as the product does."""
    first, later = list(ranked[:5]), dict[str, str]()
    for code in ranked[5:]:
        later.setdefault(entry(code), code)
    seen = {entry(code) for code in first}
    return first + [code for name, code in later.items() if name not in seen][: 5 - len(seen)]


def entry(code: str) -> str:
    """The entry of the US Commerce list, or the category of the Munitions List, that a paragraph stands in."""
    head = _ENTRY.match(code.upper())
    return head[0] if head else plain(code)


def wordings(rows: list[Row]) -> dict[str, str]:
    """The words of each paragraph by its plain code."""
    return {plain(row["ecn_number"]): " ".join(re.findall(r"\w+", row["description_en"].casefold())) for row in rows}


def figures(search: Search, queries: list[Row], wording: dict[str, str], misses: bool = False) -> Figures:
    """The share of ``queries`` whose right paragraph or entry is found, by each count that the module describes."""
    found: Counter[str] = Counter()
    for query in queries:
        codes, right = search(query["query_text"]), plain(query["true_ecn"])
        first, entries = [plain(code) for code in codes[:5]], [entry(code) for code in codes]
        said = [wording.get(code, code) for code in map(plain, codes)]
        same = wording.get(right, right)
        found["paragraph_at_1"] += first[:1] == [right]
        found["paragraph_at_5"] += right in first
        found["entry_at_5"] += entry(query["true_ecn"]) in entries
        found["entry_of_5_paragraphs"] += entry(query["true_ecn"]) in entries[:5]
        found["wording_at_5"] += same in said[:5]
        found["entry_named_at_5"] += same in said or entry(query["true_ecn"]) in entries
        if misses and right not in first:
            print(f"{query['true_ecn']}: {query['query_text']}\n   {', '.join(codes)}")
    return {name: round(count / (len(queries) or 1), 3) for name, count in found.items()}


def measured(queries: list[Row], listed: list[Row], misses: bool = False) -> dict[str, Figures]:
    """Both sides over the same rows, with the seconds to build and the milliseconds a description takes."""
    found: dict[str, Figures] = {}
    for side, make in (("ours", ours), ("bm25", plain_bm25)):
        started = time.process_time()
        search = make(listed)
        built = time.process_time()
        found[side] = figures(search, queries, wordings(listed), misses and side == "ours")
        took = time.process_time() - built
        found[side] |= {"build_s": round(built - started, 2), "query_ms": round(1000 * took / (len(queries) or 1), 1)}
    return found


def main() -> None:
    """Print the figures of both sides."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=Path("labelled/item_descriptions_us.csv"))
    parser.add_argument("--list", type=Path, default=None)
    parser.add_argument("--half", choices=("first", "second", "all"), default="all")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    file = asked.file if asked.file.exists() else data_folder() / asked.file
    listed = rows_of(asked.list or data_folder() / "controllists" / "us_ccl_usml_paragraphs.csv")
    found = measured(half_of(rows_of(file), asked.half), listed, asked.misses)
    if asked.json:
        print(json.dumps(found, indent=2))
        return
    for side, each in found.items():
        print(side, *(f"{name} {value}" for name, value in each.items()), sep="  ")


if __name__ == "__main__":
    main()
