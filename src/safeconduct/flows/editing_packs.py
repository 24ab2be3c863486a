"""Changing one table of a kept pack: the file that results. A signed pack is left alone, and another extends it."""

from __future__ import annotations

import re
import tomllib
from typing import Any, Literal, get_args

import msgspec

from safeconduct.flows.packs import resolve
from safeconduct.flows.reading_packs import PackRowView, PackView
from safeconduct.policy.writing import drop_tables, put_examples, put_in, put_table, put_top

Kind = Literal[
    "rule", "scenario", "question", "term", "likelihood", "lowers", "exception", "second_person", "case"
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
EXEMPLIFIED: tuple[Kind, ...] = ("rule", "scenario", "exception", "second_person")
_COUNTED = ("likelihood", "lowers", "case")  # kinds without names: a table is named by its pack and place
_OWN = ("term", "case")  # what an inherited one means is fixed; examples of cases are not inherited
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

        What is inherited comes without its ground, which was given for another change; that of an exception is part of
        what it says. An anchor of likelihood has its ground in ``[weakening]``.
        """
        for document in self.documents[:1] if kind in _OWN else self.documents:
            if found := _table(document, kind, name):
                ours = document is self.own or kind == "exception"
                kept = {key: value for key, value in found.items() if ours or key != "ground"}
                ground = next(filter(None, map(self.ground, self.weakened(kind, name))), "")
                return kept | {"ground": ground} if ground else kept
            if name in document.get("removes", []):
                return None
        return None

    def place(self, kind: Kind, name: str) -> str | int:
        """How ``policy.writing`` finds the table in this file: by name, or by number where tables are counted."""
        names = [each for each, _ in _named(self.own, kind)]
        if kind not in _COUNTED:
            return name
        return names.index(name) + 1 if name in names else 0

    def name_after(self, kind: Kind, name: str) -> str:
        """The name of the table in the file that results; a counted one that is not of this file is added to it."""
        if kind not in _COUNTED or self.place(kind, name):
            return name
        return f"{self.own['name']}/{kind}-{len(_named(self.own, kind)) + 1}"

    def weakened(self, kind: Kind, name: str) -> list[str]:
        """Inherited anchors of likelihood that a change of this one may weaken: itself, or those taken away for it."""
        if kind != "likelihood" or not name:
            return []
        return (
            [each for each in self.own.get("removes", []) if "/likelihood-" in each]
            if self.place(kind, name)
            else [name]
        )

    def examples(self, kind: Kind, name: str) -> list[dict[str, Any]]:
        """The examples that hold for the table: those of the file that states it and of every file nearer."""
        found: list[dict[str, Any]] = []
        for document in self.documents if kind in EXEMPLIFIED and name else ():
            found += [each for each in document.get("example", []) if each.get("rule") == name]
            if _table(document, kind, name):
                break
        return found

    def terms_above(self, name: str) -> dict[str, str]:
        """What each term says that a condition may use; of those of this file, where ``name`` is one, those above."""
        found: dict[str, str] = {}
        for document in reversed(self.documents):
            for each in document.get("term", []):
                if document is self.own and each["id"] == name:
                    return found
                found[each["id"]] = each["text"]["en"]
        return found

    def grid(self) -> dict[str, list[str]]:
        return next(document["grid"] for document in self.documents if "grid" in document)

    def takes_ground(self, kind: Kind, name: str) -> bool:
        """Whether a change of the table may be a weakening for which it has no ground of its own."""
        return kind in ("rule", "scenario", "question", "lowers", "second_person") or bool(self.weakened(kind, name))

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
    """The file with the table as given. Nothing is written where a table or its examples say what they said.

    An inherited table without name is taken away, and stated anew.
    """
    if table == draft.table(kind, name) and examples in (None, draft.examples(kind, name)):
        return draft.text
    place, text, gone = draft.place(kind, name), draft.text, draft.own.get("removes", [])
    if name in gone:
        text = put_top(text, "removes", [each for each in gone if each != name] or None)
    elif name and not place:
        text = put_top(text, "removes", [*gone, name])
    if kind == "likelihood":
        for each in draft.weakened(kind, name):
            text = put_in(text, "weakening", each, table.get("ground"))
        table = {key: value for key, value in table.items() if key != "ground"}
    text = put_table(text, kind, place, table)
    return text if examples is None else put_examples(text, name, examples)


def without_table(draft: Draft, kind: Kind, name: str, ground: str) -> str:
    """The file in which the table is taken away, with the ground of the State where it was inherited."""
    text = drop_tables(draft.text, kind, place := draft.place(kind, name))
    for each in draft.weakened(kind, name) if ground else ():
        text = put_in(text, "weakening", each, ground)
    if isinstance(place, int):
        return _counted_anew(draft, text, kind, place) if place else _removed(draft, text, name, ground)
    text = drop_tables(text, "example", name)
    inherited = Draft(text, draft.documents[1:]).table(kind, name) if len(draft.documents) > 1 else None
    return text if inherited is None else _removed(draft, text, name, ground)


def _removed(draft: Draft, text: str, name: str, ground: str) -> str:
    text = put_top(text, "removes", [*draft.own.get("removes", []), name])
    return put_in(text, "weakening", name, ground) if ground else text


def _counted_anew(draft: Draft, text: str, kind: Kind, gone: int) -> str:
    """Grounds that name a table after the one that is gone, under its number now."""
    stem = f"{draft.own['name']}/{kind}-"
    count = len(_named(draft.own, kind))
    held = [draft.ground(f"{stem}{number}") for number in range(1, count + 1)]
    for number, ground in enumerate([*held[: gone - 1], *held[gone:], ""], 1):
        if ground != held[number - 1]:
            text = put_in(text, "weakening", f"{stem}{number}", ground or None)
    return text


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
    for each, ground in draft.own.get("weakening", {}).items() if name != draft.own["name"] else ():
        if each.startswith(old := f"{draft.own['name']}/"):
            text = put_in(
                put_in(text, "weakening", each, None), "weakening", f"{name}/{each.removeprefix(old)}", ground
            )
    text = put_top(text, "title", {**draft.own["title"], "en": title})
    if threshold != heading_threshold(draft):
        text = put_top(text, "threshold", {**draft.own.get("threshold", {}), "en": threshold})
    return put_top(text, "begins", begins or None)


def heading_threshold(draft: Draft) -> str:
    """The test that the pack names, in English."""
    return str(next(document["threshold"]["en"] for document in draft.documents if "threshold" in document))


def line_at(text: str, where: str) -> tuple[str, str]:
    """Of a place such as ``pack, line 12``: the name of the table there and its key, each empty where there is none.

    A table without name goes by its kind.
    """
    found = re.search(r"line (\d+)", where)
    if not found:
        return "", ""
    lines = text.split("\n")[: int(found[1])]
    start = max((number for number, line in enumerate(lines) if re.match(r"\[\[?\w+\]", line)), default=0)
    named = re.findall(r"(?m)^(id|fact|rule|case) = \"([^\"]+)\"", _table_text(text, start))
    keys = [key[1] for line in lines[start:] if (key := re.match(r"([a-z_]+)[ .=]", line))]
    head = lines[start].strip("[]") if lines else ""
    if any(line.startswith("[[scenario.severity]]") for line in lines[start:]):
        keys = ["severity"]
    if named and named[0][0] == "case":
        return "case", keys[-1] if keys else "expect"
    return (named[0][1] if named else head), ("example" if head == "example" else keys[-1] if keys else "")


def _table_text(text: str, start: int) -> str:
    lines = text.split("\n")
    end = next((n for n in range(start + 1, len(lines)) if re.match(r"\[\[?\w+\]", lines[n])), len(lines))
    return "\n".join(lines[start:end])


def _table(document: dict[str, Any], kind: Kind, name: str) -> dict[str, Any] | None:
    return next((table for each, table in _named(document, kind) if each == name), None)


def _named(document: dict[str, Any], kind: Kind) -> list[tuple[str, dict[str, Any]]]:
    """The tables of a kind, each with its name."""
    tables = document.get("example" if kind == "case" else kind, [])
    if kind in _COUNTED:
        counted = [each for each in tables if kind != "case" or "case" in each]
        return [(f"{document['name']}/{kind}-{number}", each) for number, each in enumerate(counted, 1)]
    return [(each.get("fact" if kind == "question" else "id", ""), each) for each in tables]


def _extending(row: PackRowView, title: str) -> str:
    numbered = _NUMBERED.fullmatch(row.name)
    name = f"{numbered[1]}-{int(numbered[2]) + 1}" if numbered else f"{row.name[:36]}-2"
    text = put_top("", "language", 1)
    text = put_top(text, "name", name)
    text = put_top(text, "title", {"en": title})
    return put_top(text, "extends", f"{row.name}@sha256:{row.sha256}")
