"""Twin cases: the same facts with another State, nationality and other names must come out the same.

``python benchmarks/twins.py [--twins 5500] [--json]`` draws cases from the starter's, states facts at random, and
judges each twice with the reference policy: as it is, and with every party abroad of another State, under another
name, the figures on both States being equal. It prints how many differ in outcome, floors, verdicts or questions: 0 is
what must come out. It proves nothing about facts that stand in for nationality; no program can.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path
from typing import Any

import safeconduct
from safeconduct import assess, classify, intake, screen
from safeconduct.assess import Assessment, Inputs, PolicyUsed, Screened, Series, judge
from safeconduct.classify import read_entry_tests
from safeconduct.core import canonical
from safeconduct.core.fact import FactType
from safeconduct.intake import read_application
from safeconduct.policy import Catalogue, load_pack
from safeconduct.screen import EditionUsed, Screening
from safeconduct.sources.model import Figure

STARTER = Path(safeconduct.__file__).parent / "starter"
CATALOGUE = Catalogue([*intake.FACTS, *classify.FACTS, *assess.FACTS, *screen.FACTS])
PLACES = ("QT", "QU", "MX", "SE", "KE", "XK", "IR", "TW")
CASES = ("1", "1b", "1c", "2a", "2b", "2c", "2d", "3", "3a", "3b", "4", "5")
STATED = [
    kind
    for kind in CATALOGUE
    if "officer" in kind.may_state and kind.kind in ("flag", "word", "level") and not kind.key.startswith("item.caught")
]
Plain = dict[str, Any]


class Judge:
    """The reference policy and the control-entry tests, read once."""

    def __init__(self) -> None:
        path = STARTER / "policy" / "reference.toml"
        self.pack = load_pack(path.read_bytes(), path.name, CATALOGUE)
        paths = sorted((STARTER / "control_tests").glob("*.toml"))
        self.tests = tuple(read_entry_tests(one.read_bytes(), one.name, CATALOGUE) for one in paths)

    def judged(self, plain: Plain, libdem: str) -> Assessment:
        """One case, everybody screened and resembling nobody, with the same figure whatever the State."""
        case = read_application(canonical.encode(plain), "application")
        destination = assess.destination_of(case)
        figures = tuple(
            Figure("v2x_libdem", destination, year, libdem, f"line {year}", fictional=True) for year in (2020, 2025)
        )
        lists = (EditionUsed("un-sc", "0" * 64),)
        inputs = Inputs(
            case="XX-2026-0001",
            on="2026-11-02",
            case_file=case,
            destination=destination,
            screened=tuple(Screened(one.id, Screening(one.id, (), 1000, lists, "matcher")) for one in case.parties),
            clearances=(),
            series=(Series("vdem", "2026-03-01", figures),),
            suggestions=(),
            tests=tuple(one.sha256 for one in self.tests),
            policy=PolicyUsed("reference", self.pack.sha256, in_force=True),
            editions=(),
        )
        return judge(inputs, self.pack, self.tests, CATALOGUE)


def moved(plain: Plain, territory: str, name: str) -> Plain:
    """Every party abroad of one State, by another name."""
    twin: Plain = json.loads(json.dumps(plain))
    for number, party in enumerate(twin["parties"], 1):
        if party.get("territory") != "XX":
            party["territory"] = territory
            party["name"] = f"{name} {number}"
            party.pop("aliases", None)
    return twin


def drawn(draw: random.Random) -> Plain:
    """A starter case with four facts stated at random, whatever it said of them before."""
    plain: Plain = json.loads((STARTER / "cases" / f"{draw.choice(CASES)}.json").read_text(encoding="utf-8"))
    for kind in draw.sample(STATED, 4):
        plain["statements"] = [one for one in plain["statements"] if one["fact"] != kind.key]
        plain["statements"].append(statement(kind, draw))
    return plain


def statement(kind: FactType, draw: random.Random) -> Plain:
    """One fact as an officer states it."""
    value = draw.choice([True, False]) if kind.kind == "flag" else draw.choice(kind.words)
    source = {"kind": "research", "ref": "drawn at random", "date": "2026-10-20"}
    subject = "line:1" if kind.subject == "line" else "case"
    return {"fact": kind.key, "value": value, "by": "officer", "source": source, "subject": subject}


def told(found: Assessment) -> object:
    """What of an assessment may not depend on who or where: all but the texts that name a party or a figure."""
    return (
        found.outcome,
        [(line.outcome, line.floors, [(one.scenario, one.severity, one.likelihood) for one in line.scenarios])
         for line in found.lines],
        sorted((one.subject, one.rule, one.verdict) for one in found.findings),
        [(one.id, one.decisive, one.to) for one in found.questions],
    )  # fmt: skip


def main() -> None:
    """Judge the twins; exit 1 where any pair differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--twins", type=int, default=5500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    draw, judging, changes, outcomes = random.Random(given.seed), Judge(), 0, set()
    for _ in range(given.twins):
        plain, libdem = drawn(draw), draw.choice(("0.05", "0.25", "0.6", "0.9"))
        one, other = draw.sample(PLACES, 2)
        first = judging.judged(moved(plain, one, "Northern Works"), libdem)
        second = judging.judged(moved(plain, other, "Al-Sharq Holding"), libdem)
        changes += told(first) != told(second)
        outcomes.add(first.outcome.value)
    found = {"twins": given.twins, "changes": changes, "outcomes": sorted(outcomes)}
    if given.json:
        print(json.dumps(found))
    else:
        print(f"{given.twins} twins, {changes} changes; outcomes seen: {', '.join(sorted(outcomes))}")
    sys.exit(changes > 0)


if __name__ == "__main__":
    main()
