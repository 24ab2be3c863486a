"""Past exports judged by the reference policy: what comes out for those that led to harm, and for benign ones.

``python benchmarks/past_exports.py FILE [--coded FILE] [--json]`` prints two tables, from the facts a
row itself states and with the decisive answers supplied, beside a cut-off on the liberal-democracy index
in the same run. A third says what comes out when every question still open is answered as of a careful user
(``coded/careful_user.json``, the same for every row): whether a benign case is let go once it is answered, and
what a misuser could buy by false answers. The cases find blunders; they prove no accuracy (their ``limits`` say why).

Each case is judged at its snapshot year, with indicator periods up to the year before; later editions of
those periods are hindsight and are labelled so. ``control_entry_today``, harm and aftermath are never read.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from blind import blind_id

import safeconduct
from safeconduct import assess, classify, intake, screen
from safeconduct.assess import Assessment, Inputs, PolicyUsed, Screened, Series, judge, usable
from safeconduct.assess.inputs import EditionUsed
from safeconduct.classify import EntryTests, read_entry_tests
from safeconduct.core import canonical, territory
from safeconduct.intake import read_application
from safeconduct.policy import Catalogue, Pack, load_pack
from safeconduct.policy.outcome import LICENSING
from safeconduct.screen import EditionUsed as Searched
from safeconduct.screen import Screening
from safeconduct.sources.editions import read
from safeconduct.sources.model import Figure

STARTER = Path(safeconduct.__file__).parent / "starter"
DATA = Path(os.environ.get("SAFECONDUCT_DATA", "../shared/data"))
INDICATORS = ("vdem_v15_indices_1990_2024.csv", "fariss_hr_protection_1990_2019.csv")
LIBDEM_CUT_OFF = Decimal("0.3")
CATALOGUE = Catalogue([*intake.FACTS, *classify.FACTS, *assess.FACTS, *screen.FACTS])
CAREFUL = Path(__file__).parent / "coded" / "careful_user.json"
ROUNDS = 8  # of questions, each of which may open others
PASSES = ("no-objection", "conditions")
Case = dict[str, Any]


class Bench:
    """The pack, the entry tests and the indicator figures, read once."""

    def __init__(self) -> None:
        path = STARTER / "policy" / "reference.toml"
        self.pack: Pack = load_pack(path.read_bytes(), path.name, CATALOGUE)
        paths = sorted((STARTER / "control_tests").glob("*.toml"))
        self.tests: tuple[EntryTests, ...] = tuple(read_entry_tests(p.read_bytes(), p.name, CATALOGUE) for p in paths)
        self.editions: list[EditionUsed] = []
        self.figures: list[tuple[str, str, tuple[Figure, ...]]] = []
        for name in INDICATORS:
            if (DATA / "indicators" / name).is_file():
                self._read(DATA / "indicators" / name)

    def _read(self, path: Path) -> None:
        reading = read([path], obtained="2026-11-24")
        figures = tuple(record for record in reading.records() if isinstance(record, Figure))
        edition = reading.edition
        self.figures.append((edition.key, edition.published, figures))
        self.editions.append(
            EditionUsed(
                edition.key, edition.publisher, edition.published, edition.obtained, edition.normalised, hindsight=True
            )
        )

    def series(self, destination: str, year: int) -> tuple[Series, ...]:
        """The figures that may be used for one destination and year."""
        return tuple(
            Series(key, published, usable(figures, frozenset({destination}), year))
            for key, published, figures in self.figures
        )

    def judged(self, case: Case, coded: Case, *, answers: bool) -> Assessment:
        """One case judged from its coded facts, with or without the answers supplied."""
        destination = territory.from_code(case["destination"])
        case_file = read_application(canonical.encode(_application(case, coded, destination, answers)), case["id"])
        return judge(
            Inputs(
                case=case["id"],
                on=f"{case['snapshot_year']}-07-01",
                case_file=case_file,
                destination=destination,
                screened=tuple(_nobody(party.id) for party in case_file.parties),
                clearances=(),
                series=self.series(destination, case["snapshot_year"]),
                suggestions=(),
                tests=tuple(each.sha256 for each in self.tests),
                policy=PolicyUsed(self.pack.name, self.pack.sha256, True),
                editions=tuple(self.editions),
            ),
            self.pack,
            self.tests,
            CATALOGUE,
        )

    def answered_carefully(self, case: Case, coded: Case) -> Assessment:
        """The case judged when whatever decisive question is open is answered as of a careful user."""
        careful = json.loads(CAREFUL.read_text(encoding="utf-8"))["answers"]
        answers = list(coded["answers"])
        for _ in range(ROUNDS):
            found = self.judged(case, {**coded, "answers": answers}, answers=True)
            asked = {one.id.partition("@")[0] for one in found.questions if one.decisive}
            open_still = asked & careful.keys() - {each["fact"] for each in answers}
            if not open_still:
                break
            answers += [{"fact": fact, "value": careful[fact], "from": CAREFUL.name} for fact in sorted(open_still)]
        return found

    def cut_off(self, case: Case) -> str:
        """What a bare number would have said: the peer."""
        destination = territory.from_code(case["destination"])
        found = [
            figure
            for series in self.series(destination, case["snapshot_year"])
            for figure in series.figures
            if figure.variable == "v2x_libdem"
        ]
        if not found:
            return "no figure"
        return "flagged" if Decimal(found[-1].value) < LIBDEM_CUT_OFF else "passed"


def _nobody(party: str) -> Screened:
    """Screening is not what is tried here: nobody is on a list."""
    return Screened(party, Screening(party, (), 0, (Searched("none", ""),), "not screened"))


def _application(case: Case, coded: Case, destination: str, answers: bool) -> Case:
    home = territory.from_code(case["exporter_state"])
    stated = [*coded["facts"], *(coded["answers"] if answers else [])]
    settled = {each["fact"]: each for each in stated if each["fact"] != "user.incident"}  # an answer adds, or repeats
    incidents = [each for each in stated if each["fact"] == "user.incident"]
    return {
        "v": 1,
        "kind": "individual_licence",
        "reference": case["id"],
        "submitted": f"{case['snapshot_year']}-07-01",
        "parties": [
            {"id": "P1", "name": "the exporter", "kind": "company", "roles": ["exporter"], "territory": home},
            {"id": "P2", "name": "the end-user", "roles": ["end_user"], "territory": destination},
        ],
        "lines": [{"line": 1, "name": case["item"]}],
        "statements": [_statement(each, case) for each in (*settled.values(), *incidents)],
    }


def _statement(coded: Case, case: Case) -> Case:
    fact = CATALOGUE.get(coded["fact"])
    if fact is None:
        raise SystemExit(f"{case['id']}: {coded['fact']} is not in docs/facts.md")
    by = next(who for who in ("officer", "adviser", "exporter") if who in fact.may_state)
    source = {"kind": "research", "ref": coded.get("from", ""), "date": str(case["snapshot_year"])}
    about = {"subject": "line:1"} if fact.subject == "line" else {}
    return {"fact": fact.key, "value": coded["value"], "by": by, "source": source, **about}


def main() -> None:
    """Judge the cases of FILE and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=DATA / "cases" / "past_exports.json")
    parser.add_argument("--coded", type=Path)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    found = figures(arguments.file, arguments.coded)
    print(json.dumps(found, indent=1)) if arguments.json else _tell(found)


def figures(file: Path, coded_file: Path | None = None) -> Case:
    """All figures of one file of past exports."""
    data = file.read_bytes()
    coded_file = coded_file or _coded_beside(file)
    coded = json.loads(coded_file.read_text(encoding="utf-8"))["cases"]
    digest = canonical.sha256(data)
    bench = Bench()
    rows = []
    for case in json.loads(data)["cases"]:
        mine = coded.get(blind_id(digest, case["id"])) or coded.get(case["id"])
        if mine is None:
            raise SystemExit(f"{coded_file}: nothing coded for {case['id']}; code it from benchmarks/blind.py")
        answered = bench.judged(case, mine, answers=True)
        rows.append(
            {
                "id": case["id"],
                "label": case["label"],
                "stated": bench.judged(case, mine, answers=False).outcome.value,
                "answered": answered.outcome.value,
                "carefully": bench.answered_carefully(case, mine).outcome.value,
                "cut_off": bench.cut_off(case),
                "unanswered": sorted(one.id for one in answered.questions if one.decisive),
            }
        )
    return _figures(rows, bench)


def _coded_beside(file: Path) -> Path:
    name = f"{file.stem}.coded.json"
    ours = Path(__file__).parent / "coded" / name
    return ours if ours.is_file() else file.with_name(name)


def _figures(rows: list[Case], bench: Bench) -> Case:
    def count(label: str, key: str) -> dict[str, int]:
        found = Counter(row[key] for row in rows if row["label"] == label)
        order = [each.value for each in LICENSING] + sorted(set(found) - {each.value for each in LICENSING})
        return {outcome: found[outcome] for outcome in order if found[outcome]}

    return {
        "misuse": count("misuse", "answered"),
        "benign": count("benign", "answered"),
        "from_stated_facts_alone": {"misuse": count("misuse", "stated"), "benign": count("benign", "stated")},
        "with_the_rest_answered_carefully": {
            "misuse": count("misuse", "carefully"),
            "benign": count("benign", "carefully"),
        },
        "peer": {
            "what": f"liberal-democracy index below {LIBDEM_CUT_OFF} in the latest period before the snapshot year",
            "misuse": count("misuse", "cut_off"),
            "benign": count("benign", "cut_off"),
        },
        "limits": "chosen cases, constructed benign ones: they find blunders and prove no accuracy",
        "policy": bench.pack.sha256,
        "editions": [{"source": each.source, "sha256": each.sha256, "hindsight": True} for each in bench.editions],
        "cores": os.cpu_count(),
        "cases": rows,
    }


def _tell(found: Case) -> None:
    for title, tables in (
        ("with the decisive answers supplied", found),
        ("from the facts a row states, alone", found["from_stated_facts_alone"]),
        ("with every other decisive question answered as of a careful user", found["with_the_rest_answered_carefully"]),
        (found["peer"]["what"], found["peer"]),
    ):
        print(title)
        for label in ("misuse", "benign"):
            print(f"  {label:<7} " + ", ".join(f"{outcome} {number}" for outcome, number in tables[label].items()))
    print("benign ones that do not pass, with the decisive questions to which the file has no answer")
    for row in found["cases"]:
        if row["label"] == "benign" and row["answered"] not in PASSES:
            print(f"  {row['id']}: {row['answered']}; {', '.join(row['unanswered']) or 'none is without an answer'}")
    print(found["limits"])


if __name__ == "__main__":
    main()
