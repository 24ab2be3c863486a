"""Facts of made-up datasheets that are proposed at the right place, and facts that no line says.

``python benchmarks/datasheet_facts.py [--json] [--misses] [--sheets FOLDER]``. A fact counts as found where it is
proposed with its value, on its line, and as said, denied or optional as the line has it; it is invented where a
proposal has no such label. The sheets named ``held-…`` were written with the others and not looked at while the
tables were made, until the first figure was taken (docs/classification.md). One hand wrote and labelled them all: the
figures say nothing about other people's datasheets.

``--sheets FOLDER`` measures such: for each ``NAME.txt`` a ``NAME.json`` of ``{"facts": [{"fact": "item.kind",
"value": "jammer", "says": "yes", "line": 3}, …]}``, lines from 1; a fact that stands on several lines is found where
one of them is right. Contradicted is what one calls *yes* and the other *no*.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

from safeconduct.classify import classify_provisionally, proposals_of, provisional_facts
from safeconduct.core.item import Datasheet, Item

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the sheets stand among the tests

from tests.classify.datasheets_at_hand import Label, Labelled, labelled_sheets
from tests.classify.tests_at_hand import DAY, entry_tests

PRODUCTS = Path(__file__).parents[1] / "tests" / "classify" / "sheets"


def found_in(sheet: Labelled) -> frozenset[Label]:
    """What is proposed, as labels."""
    return frozenset(
        Label(
            each.fact.removeprefix("item."), each.value if isinstance(each.value, str) else True, each.says, each.line
        )
        for each in proposals_of(sheet.datasheet())
    )


def figures(sheets: Iterable[Labelled]) -> dict[str, object]:
    """Counts over ``sheets``, and the share of labelled facts proposed at the right place, as a decimal string."""
    chosen = tuple(sheets)
    labelled = sum(len(one.labels) for one in chosen)
    found = sum(len(one.labels & found_in(one)) for one in chosen)
    invented = sum(len(found_in(one) - one.labels) for one in chosen)
    share = f"{found / labelled:.3f}" if labelled else ""
    return {"sheets": len(chosen), "facts": labelled, "found": found, "right_place": share, "invented": invented}


def is_looked_at(path: Path) -> bool:
    """Whether words may be chosen by this product sheet: half of them, by the hash of the file name."""
    return hashlib.sha256(path.name.encode()).digest()[0] % 2 == 0


def of_product_sheets(*, looked_at: bool) -> dict[str, object]:
    """The same for one half of the sheets whose facts other people stated: facts proposed, those on the line they
    name, and proposals that say *yes* where they say *no*. The design of goods is not sought: no seller's word
    settles it."""
    count = found = placed = contradicted = 0
    for path in (each for each in sorted(PRODUCTS.glob("*/*.toml")) if is_looked_at(each) is looked_at):
        sheet = tomllib.loads(path.read_text(encoding="utf-8"))
        if "datasheet" not in sheet:
            continue
        proposed = proposals_of(Datasheet(path.stem, tuple(sheet["datasheet"].strip("\n").split("\n"))))
        for key, (value, line, *_) in sheet.get("facts", {}).items():
            said = [one for one in proposed if one.fact == f"item.{key}" and one.says == "yes"]
            contradicted += len(said) if value is False else 0
            for word in value if isinstance(value, list) else [value]:
                if word in (False, "none", "other") or key == "specially_designed_for":
                    continue
                like = [one for one in said if _written(one.value) == _written(word)]
                count, found = count + 1, found + bool(like)
                placed += any(one.line <= line <= one.last for one in like)
    return {"facts": count, "found": found, "right_line": placed, "contradicted": contradicted}


def rated_by_text() -> dict[str, object]:
    """Product sheets rated by their bare text: how many labelled *caught* come out caught under their own entry, how
    many others do, and how many come out freed or outside, which none may."""
    caught = found = wrongly = harmless = sheets = 0
    for path in sorted(PRODUCTS.glob("*/*.toml")):
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        if "datasheet" not in told:
            continue
        lines = tuple(told["datasheet"].strip("\n").split("\n"))
        item = Item(1, told["product"], datasheet=Datasheet(path.stem, lines))
        rated = classify_provisionally(item, provisional_facts(item), entry_tests(), DAY)
        own = {each.status for each in rated.entries if (each.list, each.code) == (told["list"], told["code"])}
        sheets += 1
        caught += told["label"]["status"] == "caught"
        found += told["label"]["status"] == "caught" and "caught" in own
        wrongly += told["label"]["status"] != "caught" and "caught" in own
        harmless += len(rated.outside) + sum(each.status in ("freed", "outside") for each in rated.entries)
    return {"sheets": sheets, "caught": caught, "found": found, "wrongly": wrongly, "freed_or_outside": harmless}


def of_folder(folder: Path) -> dict[str, object]:
    """The same for datasheets of other people: labels found on a line that bears them, anywhere, contradicted, and
    proposals that no label bears out, whatever their line."""
    sheets = labels_found = anywhere = right = contradicted = unlabelled = 0
    for path in sorted(folder.glob("*.txt")):
        told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["facts"]
        proposed = proposals_of(Datasheet(path.stem, tuple(path.read_text(encoding="utf-8").splitlines())))
        sheets += 1
        labels: dict[tuple[str, str, str], list[int]] = {}
        for each in told:
            labels.setdefault((each["fact"], _written(each["value"]), each["says"]), []).append(each["line"])
        said: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
        for one in proposed:
            said.setdefault((one.fact, _written(one.value), one.says), []).append((one.line, one.last))
        labels_found += len(labels)
        anywhere += len(labels.keys() & said.keys())
        right += sum(
            any(first <= line <= last for first, last in said.get(key, []) for line in lines)
            for key, lines in labels.items()
        )
        contradicted += sum((fact, value, _OPPOSITE.get(says, "")) in labels for fact, value, says in said)
        unlabelled += sum(key not in labels for key in said)
    share = f"{right / labels_found:.3f}" if labels_found else ""
    return {
        "sheets": sheets,
        "facts": labels_found,
        "found": anywhere,
        "on_the_line": right,
        "right_place": share,
        "contradicted": contradicted,
        "without_a_label": unlabelled,
    }


_OPPOSITE = {"yes": "no", "no": "yes"}


def _written(value: object) -> str:
    """A value as a label or a proposal has it: ``"85"`` and ``85.0`` are one."""
    if value is True or value is False:
        return "yes"
    try:
        return f"{float(str(value)):g}"
    except ValueError:
        return str(value)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--misses", action="store_true", help="each fact missed or invented, of the sheets not held back"
    )
    parser.add_argument("--sheets", type=Path, help="a folder of datasheets with their labels, measured alone")
    asked = parser.parse_args()
    if asked.sheets:
        _tell({asked.sheets.name: of_folder(asked.sheets)}, in_json=asked.json)
        return
    sheets = labelled_sheets()
    told = {
        "seen": figures(one for one in sheets if not one.held),
        "held_back": figures(one for one in sheets if one.held),
        "products_seen": of_product_sheets(looked_at=True),
        "products_unseen": of_product_sheets(looked_at=False),
        "rated_by_text": rated_by_text(),
    }
    _tell(told, in_json=asked.json)
    for sheet in (one for one in sheets if asked.misses and not asked.json and not one.held):
        for kind, labels in (("missed", sheet.labels - found_in(sheet)), ("invented", found_in(sheet) - sheet.labels)):
            for label in sorted(labels, key=str):
                print(
                    f"  {sheet.name} {kind}: {label.says} {label.fact}={label.value}  «{sheet.lines[label.line - 1]}»"
                )


def _tell(told: dict[str, dict[str, object]], *, in_json: bool) -> None:
    if in_json:
        print(json.dumps(told))
        return
    for name, one in told.items():
        print(f"{name:<15}", "  ".join(f"{key} {value}" for key, value in one.items()))


if __name__ == "__main__":
    main()
