"""Made-up datasheets with the facts written beside their lines (``datasheets/*.txt``).

Behind ``##`` stands what the line says: ``fact`` or ``fact=value``; ``!`` before it where the line denies it, ``?``
where it is optional or planned. A sheet named ``held-…`` was not looked at while the tables of phrases were made.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from safeconduct.classify.implied import IMPLIED, NARROWER
from safeconduct.core.item import Datasheet

FOLDER = Path(__file__).parent / "datasheets"


class Label(NamedTuple):
    """``fact`` (without ``item.``) is ``value``, as ``line`` says or denies."""

    fact: str
    value: str | bool
    says: str
    line: int


class Labelled(NamedTuple):
    """One sheet: its text, and everything that its lines say."""

    name: str
    lines: tuple[str, ...]
    labels: frozenset[Label]

    @property
    def held(self) -> bool:
        return self.name.startswith("held-")

    def datasheet(self) -> Datasheet:
        return Datasheet(self.name, self.lines)


def labelled_sheets() -> tuple[Labelled, ...]:
    """All of them, in the order of their names."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.txt")))


def _read(path: Path) -> Labelled:
    lines, labels = [], set[Label]()
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text, _, said = raw.partition("##")
        lines.append(text.rstrip())
        labels |= {_label(each.strip(), number) for each in said.split(";") if each.strip()}
    return Labelled(path.stem, tuple(lines), frozenset(labels | set(_implied(labels))))


def _implied(labels: set[Label]) -> Iterator[Label]:
    """What a labelled fact says of another by its meaning."""
    for label in labels:
        fact = f"item.{label.fact}"
        implied = IMPLIED.get((fact, label.value))
        if implied and not (label.says == "no" and fact in NARROWER):
            yield Label(implied[0].removeprefix("item."), str(implied[1]), label.says, label.line)


def _label(said: str, line: int) -> Label:
    says = {"!": "no", "?": "perhaps"}.get(said[0], "yes")
    fact, _, value = said.lstrip("!?").partition("=")
    return Label(fact, value or True, says, line)
