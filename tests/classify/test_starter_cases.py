"""The starter cases' goods against the entries that were argued for them by hand."""

import json
import os
import subprocess
import sys
from importlib import resources
from typing import Any

import pytest

from safeconduct.classify import LineClassification
from safeconduct.core import canonical
from safeconduct.core.finding import Verdict
from safeconduct.intake import facts_of, read_application
from tests.classify.tests_at_hand import classified, statuses

FOLDER = resources.files("safeconduct.starter").joinpath("cases")
CASES = sorted(file.name[: -len(".expected.json")] for file in FOLDER.iterdir() if ".expected." in file.name)


def expected(name: str) -> Any:
    return json.loads(FOLDER.joinpath(f"{name}.expected.json").read_bytes())


def first_line(name: str) -> LineClassification:
    case = read_application(FOLDER.joinpath(f"{name}.json").read_bytes(), name)
    return classified(case.lines[0], facts_of(case, "line:1"))


@pytest.mark.parametrize("name", CASES)
def test_a_starter_case_has_the_entries_argued_for_it(name: str) -> None:
    of_this_list = {key: each for key, each in statuses(first_line(name)).items() if key.startswith("eu-annex1 ")}
    assert of_this_list == expected(name)["entries"]


@pytest.mark.parametrize("name", CASES)
def test_both_lists_agree_where_they_share_an_entry(name: str) -> None:
    found = statuses(first_line(name))
    shared = {key.removeprefix("eu-annex1 "): each for key, each in found.items() if key.startswith("eu-annex1 ")}
    assert {code: found[f"us-ccl {code}"] for code in shared} == shared


def test_case_1_cites_the_lines_that_refute_the_label() -> None:
    remark = next(each for each in first_line("1").findings if each.rule == "eu-annex1 5A001.j Note b label")
    places = {item.source.place for item in remark.evidence}
    assert set(expected("1")["findings_must_cite"]) <= places
    assert "line 1" in places
    assert remark.verdict is Verdict.NOT_MET


def test_case_1c_asks_for_the_index_and_nothing_else() -> None:
    for each in first_line("1c").entries:
        assert [gap.fact for gap in each.questions] == expected("1c")["asks"]


def test_the_answers_are_the_same_bytes_whatever_the_hash_seed_and_locale() -> None:
    program = (
        "from tests.classify.test_starter_cases import *\n"
        "print(*(canonical.digest(first_line(name)) for name in CASES))"
    )
    here = " ".join(canonical.digest(first_line(name)) for name in CASES)
    for seed, locale in (("1", "C"), ("4711", "tr_TR.UTF-8")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": "Pacific/Kiritimati"}
        out = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        )
        assert out.stdout.strip() == here
