"""Changing one table of a kept pack: the file that results. A signed pack is left alone, and another extends it."""

from __future__ import annotations

import re
import tomllib
from typing import Any, Literal

import msgspec

from safeconduct.flows.packs import resolve
from safeconduct.flows.reading_packs import PackRowView, PackView
from safeconduct.policy.writing import drop_tables, put_examples, put_in, put_table, put_top

Kind = Literal["rule", "scenario", "question"]
NAMED: dict[Kind, str] = {"rule": "id", "scenario": "id", "question": "fact"}
_NUMBERED = re.compile(r"(.*)-(\d+)", re.ASCII)


class Draft(msgspec.Struct, frozen=True):
    """The file that a change goes into, and what it and the packs it extends say, nearest first."""

    text: str
    documents: tuple[dict[str, Any], ...]

    @property
    def own(self) -> dict[str, Any]:
        return self.documents[0]

    def table(self, kind: Kind, name: str) -> dict[str, Any] | None:
        """The table as written nearest to this file; None where none has the name or a file took it away.

        What is inherited comes without its ground: that was given for another change.
        """
        for document in self.documents:
            if found := _table(document, kind, name):
                ours = document is self.own
                return {key: value for key, value in found.items() if ours or key != "ground"}
            if name in document.get("removes", []):
                return None
        return None

    def examples(self, kind: Kind, name: str) -> list[dict[str, Any]]:
        """The examples that hold for the table: those of the file that states it and of every file nearer."""
        found: list[dict[str, Any]] = []
        for document in self.documents:
            found += [each for each in document.get("example", []) if each.get("rule") == name]
            if _table(document, kind, name):
                break
        return found

    def grid(self) -> dict[str, list[str]]:
        return next(document["grid"] for document in self.documents if "grid" in document)

    def ground(self, name: str) -> str:
        """The ground that ``[weakening]`` of this file gives for a table."""
        return str(self.own.get("weakening", {}).get(name, ""))


def draft_of(found: PackView) -> Draft:
    """The pack itself where fewer than two have signed it; otherwise a new file that extends it and changes nothing."""
    text = found.text.replace("\r\n", "\n") if found.row.standing == "unsigned" else _extending(found.row, found.title)
    documents = [tomllib.loads(text)]
    while "extends" in documents[-1]:
        documents.append(tomllib.loads(resolve(documents[-1]["extends"]).decode()))
    return Draft(text, tuple(documents))


def with_table(
    draft: Draft, kind: Kind, name: str, table: dict[str, Any], examples: list[dict[str, Any]] | None = None
) -> str:
    """The file with the table as given. Nothing is written where a table or its examples say what they said."""
    if table == draft.table(kind, name) and examples in (None, draft.examples(kind, name)):
        return draft.text
    text = put_table(draft.text, kind, name, table)
    return text if examples is None else put_examples(text, name, examples)


def without_table(draft: Draft, kind: Kind, name: str, ground: str) -> str:
    """The file in which the table is taken away, with the ground of the State where it was inherited."""
    text = drop_tables(drop_tables(draft.text, kind, name), "example", name)
    inherited = Draft(text, draft.documents[1:]).table(kind, name) if len(draft.documents) > 1 else None
    if inherited is None:
        return text
    text = put_top(text, "removes", [*draft.own.get("removes", []), name])
    return put_in(text, "weakening", name, ground) if ground else text


def with_grid(draft: Draft, rows: dict[str, list[str]], ground: str) -> str:
    """The file with the whole grid, and the ground for a cell that is less strict."""
    text = draft.text
    if rows != draft.grid():
        for key, row in rows.items():
            text = put_in(text, "grid", key, row)
    return text if ground == draft.ground("grid") else put_in(text, "weakening", "grid", ground or None)


def with_heading(draft: Draft, name: str, title: str, threshold: str, begins: str) -> str:
    """The file under that name, title, test and first day; an inherited test is left to be inherited."""
    text = put_top(draft.text, "name", name)
    text = put_top(text, "title", {**draft.own["title"], "en": title})
    if threshold != heading_threshold(draft):
        text = put_top(text, "threshold", {**draft.own.get("threshold", {}), "en": threshold})
    return put_top(text, "begins", begins or None)


def heading_threshold(draft: Draft) -> str:
    """The test that the pack names, in English."""
    return str(next(document["threshold"]["en"] for document in draft.documents if "threshold" in document))


def line_at(text: str, where: str) -> tuple[str, str]:
    """Of a place such as ``pack, line 12``: the name of the table there and its key, each empty where there is none."""
    found = re.search(r"line (\d+)", where)
    if not found:
        return "", ""
    lines = text.split("\n")[: int(found[1])]
    start = max((number for number, line in enumerate(lines) if re.match(r"\[\[?\w+\]", line)), default=0)
    named = re.findall(r"(?m)^(?:id|fact|rule) = \"([^\"]+)\"", _table_text(text, start))
    keys = [key[1] for line in lines[start:] if (key := re.match(r"([a-z_]+)[ .=]", line))]
    head = lines[start].strip("[]") if lines else ""
    if any(line.startswith("[[scenario.severity]]") for line in lines[start:]):
        keys = ["severity"]
    return (named[0] if named else head), ("example" if head == "example" else keys[-1] if keys else "")


def _table_text(text: str, start: int) -> str:
    lines = text.split("\n")
    end = next((n for n in range(start + 1, len(lines)) if re.match(r"\[\[?\w+\]", lines[n])), len(lines))
    return "\n".join(lines[start:end])


def _table(document: dict[str, Any], kind: Kind, name: str) -> dict[str, Any] | None:
    return next((each for each in document.get(kind, []) if each.get(NAMED[kind]) == name), None)


def _extending(row: PackRowView, title: str) -> str:
    numbered = _NUMBERED.fullmatch(row.name)
    name = f"{numbered[1]}-{int(numbered[2]) + 1}" if numbered else f"{row.name[:36]}-2"
    text = put_top("", "language", 1)
    text = put_top(text, "name", name)
    text = put_top(text, "title", {"en": title})
    return put_top(text, "extends", f"{row.name}@sha256:{row.sha256}")
