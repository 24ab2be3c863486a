"""Twin cases: the same facts for another State or nationality give the same outcome."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from tests.assess.bench import CATALOGUE, application, case_file, figures, judged, stating

TARN, ULVAR = "QT", "QU"  # fictional twins
PEOPLE = ("1", "1b", "1c", "2a", "2b", "2c", "3", "3a", "3b", "4", "5")
STATED = [
    kind
    for kind in CATALOGUE
    if "officer" in kind.may_state and kind.kind in ("flag", "word", "level") and not kind.key.startswith("item.caught")
]
DRAWS = 50  # of each of the eleven cases: 550 pairs


def _moved(plain: dict[str, Any], territory: str) -> dict[str, Any]:
    """Every party that is abroad is of one territory."""
    moved: dict[str, Any] = json.loads(json.dumps(plain))
    for party in moved["parties"]:
        if party.get("territory") != "XX":
            party["territory"] = territory
    return moved


@pytest.mark.parametrize("name", PEOPLE)
def test_outcomes_do_not_depend_on_which_state_it_is(name: str) -> None:
    draw = random.Random(f"twins {name}")
    for _ in range(DRAWS):
        plain = application(name)
        for kind in draw.sample(STATED, 4):
            value = draw.choice([True, False]) if kind.kind == "flag" else draw.choice(kind.words)
            plain = stating(plain, kind.key, value)
        libdem = draw.choice(["0.05", "0.25", "0.6", "0.9"])
        one, other = _moved(plain, TARN), _moved(plain, ULVAR)
        first = judged(one, series=figures(TARN, libdem))
        second = judged(other, series=figures(ULVAR, libdem))
        assert first.outcome == second.outcome
        assert [each.id for each in first.questions] == [each.id for each in second.questions]
        assert [(f.outcome, f.by) for line in first.lines for f in line.floors] == [
            (f.outcome, f.by) for line in second.lines for f in line.floors
        ]


def test_a_low_figure_alone_never_changes_an_outcome() -> None:
    for name in PEOPLE:
        plain = application(name)
        territory = case_file(plain).parties[1].territory
        assert (
            judged(plain, series=figures(territory, "0.01")).outcome
            == judged(plain, series=figures(territory, "0.99")).outcome
        ), name
