"""How a fact is declared: the kinds of facts.md as functions, and who may state one."""

from __future__ import annotations

from functools import partial
from typing import Literal

from safeconduct.core.fact import By, FactType, Kind

EXPORTER_OFFICER_ADVISER: tuple[By, ...] = ("exporter", "officer", "adviser")
OFFICER_ADVISER: tuple[By, ...] = ("officer", "adviser")
EXPORTER_OFFICER: tuple[By, ...] = ("exporter", "officer")
ANYBODY: tuple[By, ...] = ("exporter", "officer", "adviser", "recipient")
SYSTEM: tuple[By, ...] = ("system",)


def _declare(
    kind: Kind, key: str, may_state: tuple[By, ...], means: str, unknown_means: str, words: str = "", unit: str = ""
) -> FactType:
    subject: Literal["line", "case"] = "line" if key.startswith("item.") else "case"
    return FactType(
        key=key,
        kind=kind,
        may_state=may_state,
        means=means,
        unknown_means=unknown_means,
        words=tuple(words.split()),
        unit=unit,
        subject=subject,
    )


flag = partial(_declare, "flag")
level = partial(_declare, "level")
word = partial(_declare, "word")
words = partial(_declare, "words")
number = partial(_declare, "number")
decimal = partial(_declare, "decimal")
text = partial(_declare, "text")
incident = partial(_declare, "incident")
