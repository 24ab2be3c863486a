"""A case on the bench: the starter's applications, judged with the reference pack and no database."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import msgspec

import safeconduct
from safeconduct import assess, classify, intake, screen
from safeconduct.assess import Assessment, Inputs, PolicyUsed, Screened, Series, judge
from safeconduct.assess.changeable import Changeable
from safeconduct.assess.changes import MOST_TRIED, changes_of
from safeconduct.assess.changes_model import Changes
from safeconduct.assess.judge import in_hand
from safeconduct.assess.supposing import Supposing
from safeconduct.classify import EntryTests, read_entry_tests
from safeconduct.core import canonical
from safeconduct.intake import CaseFile, read_application
from safeconduct.policy import Catalogue, Pack, load_pack
from safeconduct.screen import EditionUsed, Screening
from safeconduct.sources.model import Figure

STARTER = Path(safeconduct.__file__).parent / "starter"
CATALOGUE = Catalogue([*intake.FACTS, *classify.FACTS, *assess.FACTS, *screen.FACTS])
LISTS = (EditionUsed("un-sc", "0" * 64),)


@functools.cache
def reference() -> Pack:
    """The reference policy."""
    path = STARTER / "policy" / "reference.toml"
    return load_pack(path.read_bytes(), path.name, CATALOGUE)


@functools.cache
def entry_tests() -> tuple[EntryTests, ...]:
    """The control-entry tests of every list in the starter pack."""
    paths = sorted((STARTER / "control_tests").glob("*.toml"))
    return tuple(read_entry_tests(path.read_bytes(), path.name, CATALOGUE) for path in paths)


def application(name: str) -> dict[str, Any]:
    """A starter case as plain JSON, to be altered."""
    found: dict[str, Any] = json.loads((STARTER / "cases" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def expected(name: str) -> dict[str, Any]:
    """What is expected of a starter case, by argument."""
    found: dict[str, Any] = json.loads((STARTER / "cases" / f"{name}.expected.json").read_text(encoding="utf-8"))
    return found


def case_file(plain: dict[str, Any]) -> CaseFile:
    """An application as a case file."""
    return read_application(canonical.encode(plain), "application")


def nobody_listed(case: CaseFile) -> tuple[Screened, ...]:
    """Every party screened on current lists, and nobody resembles anybody."""
    return tuple(Screened(party.id, Screening(party.id, (), 1000, LISTS, "matcher")) for party in case.parties)


def inputs_of(case: CaseFile, **changes: Any) -> Inputs:
    """Recorded inputs with all parties screened and no figures, unless changed."""
    pack = reference()
    plain = Inputs(
        case="XX-2026-0001",
        on="2026-11-02",
        case_file=case,
        destination=assess.destination_of(case),
        screened=nobody_listed(case),
        clearances=(),
        series=(),
        suggestions=(),
        tests=tuple(each.sha256 for each in entry_tests()),
        policy=PolicyUsed(pack.name, pack.sha256, True),
        editions=(),
    )
    return msgspec.structs.replace(plain, **changes)


def judged(plain: dict[str, Any], **changes: Any) -> Assessment:
    """An application assessed on the bench."""
    return judge(inputs_of(case_file(plain), **changes), reference(), entry_tests(), CATALOGUE)


def changes_of_line(file: CaseFile, most: int = MOST_TRIED) -> Changes:
    """What would change the first line."""
    case = in_hand(inputs_of(file), reference(), entry_tests(), CATALOGUE)
    supposed = Supposing(case, file.lines[0])
    return changes_of(supposed, Changeable(case, supposed), file.lines[0].line, most)


def without(plain: dict[str, Any], fact: str) -> dict[str, Any]:
    """The application with every statement on one fact left out."""
    return {**plain, "statements": [each for each in plain["statements"] if each["fact"] != fact]}


def stating(plain: dict[str, Any], fact: str, value: Any, by: str = "officer") -> dict[str, Any]:
    """The application with one fact stated, instead of what was stated before."""
    about = {"subject": "line:1"} if fact.startswith("item.") else {}
    source = {"kind": "research", "ref": "note", "date": "2026-10-20"}
    kept = without(plain, fact)
    kept["statements"] = [*kept["statements"], {"fact": fact, "value": value, "by": by, "source": source, **about}]
    return kept


def figures(territory: str, libdem: str) -> tuple[Series, ...]:
    """Six years of one index for one territory."""
    rows = tuple(
        Figure("v2x_libdem", territory, year, libdem, f"row {year}", fictional=True) for year in range(2020, 2026)
    )
    return (Series("fictional-indicators", "2026-03-01", rows),)


def open_questions(found: Assessment) -> set[str]:
    """Decisive questions that stand in the way of an approval."""
    return {each.id for each in found.questions if each.decisive and not each.accepted}
