"""Cases judged under the reference policy, and policies that differ from it in one thing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from safeconduct.assess import Assessment, Inputs, judge
from safeconduct.intake import CaseFile
from safeconduct.policy import Pack
from safeconduct.policy.condition import Not
from safeconduct.policy.outcome import Outcome
from tests.assess.bench import CATALOGUE, application, case_file, entry_tests, inputs_of, reference

CASES = ("1", "1b", "1c", "2a", "2b", "2c", "3", "3a", "4", "5")


@cache
def judged() -> tuple[tuple[Inputs, Assessment], ...]:
    """Starter cases as they are, and with a third of their statements left out; and one of two lines."""
    chance, found = random.Random("unmoved"), []
    files = [case_file(application(name)) for name in CASES]
    for file in (*files, of_two_lines()):
        fewer = tuple(one for one in file.statements if chance.random() > 0.33)
        for each in (file, msgspec.structs.replace(file, statements=fewer)):
            inputs = inputs_of(each)
            found.append((inputs, judge(inputs, reference(), entry_tests(), CATALOGUE)))
    return tuple(found)


def of_two_lines() -> CaseFile:
    """Goods that no scenario is stated for, before goods that cannot be turned on people."""
    plain = application("2a")
    of_line = [one for one in plain["statements"] if one.get("subject") == "line:1"]
    turned = {"item.kind": "encryption", "item.capability": "designed"}
    first = [{**one, "value": turned.get(one["fact"], one["value"])} for one in of_line]
    second = [{**one, "subject": "line:2"} for one in of_line]
    others = [one for one in plain["statements"] if one not in of_line]
    lines = [*plain["lines"], {**plain["lines"][0], "line": 2}]
    return case_file({**plain, "lines": lines, "statements": [*others, *first, *second]})


def policies() -> Iterator[Pack]:
    """The reference with one rule gone, turned round, more or less strict, or asking; with a question decisive or gone;
    or with an exception gone."""
    old = reference()
    for place, rule in enumerate(old.rules):
        other = "show" if rule.unknown == "ask" else "ask"
        others: list[Any] = [
            (),
            (msgspec.structs.replace(rule, when=Not(rule.when)),),
            (msgspec.structs.replace(rule, then=Outcome.MINDED_TO_REFUSE),),
            (msgspec.structs.replace(rule, unknown=other),),
        ]
        for more in others[place % 2 :: 2]:
            yield msgspec.structs.replace(old, rules=(*old.rules[:place], *more, *old.rules[place + 1 :]))
    for place, question in enumerate(old.questions):
        turned = question.decisive is not True
        others = [(), (msgspec.structs.replace(question, decisive=turned),)]
        for more in others[place % 2 :: 2]:
            yield msgspec.structs.replace(old, questions=(*old.questions[:place], *more, *old.questions[place + 1 :]))
    for place in range(len(old.exceptions)):
        kept = (*old.exceptions[:place], *old.exceptions[place + 1 :])
        yield msgspec.structs.replace(old, exceptions=kept)
