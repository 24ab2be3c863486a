"""How much of a slip in the reference policy, or in the language it is written in, would be noticed.

``python benchmarks/mutation.py [--json] [--survivors N] [--language [--processes N]]``. Mutants of every rule of the
reference: the whole condition turned round, one part of an *all* or *any* dropped, *all* and *any* exchanged, a *not*
dropped, a bound moved by one step, one of several values dropped, *has all* and *has any* exchanged, ``then`` one step
softer or stricter, ``asks`` dropped, ``unknown`` exchanged. Killed *by examples*: some example of the pack no longer
comes out as stated. Killed: by these or by the table of rules (``tests/policy/reference_rules.toml``). With
``--language``, the functions that judge conditions and order outcomes too (``language_mutants.py``; some minutes). A
killed mutant shows that a slip would be noticed, not that the rule is right.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
from language_mutants import language_mutants, run

from safeconduct.flows.catalogue import catalogue
from safeconduct.policy import LICENSING, Condition, Outcome, Pack, load_pack
from safeconduct.policy.condition import AllOf, AnyOf, Check, Not, Term
from safeconduct.policy.examples import failed_examples
from safeconduct.policy.pack import Rule

GROUPS = ("code_test", "red_flag", "question", "reason_for")


def mutants(condition: Condition) -> Iterator[tuple[str, Condition]]:
    """Each condition that differs in one place, with what was done."""
    yield "turned round", Not(condition)
    yield from _inner(condition)


def _inner(condition: Condition) -> Iterator[tuple[str, Condition]]:
    match condition:
        case Check():
            yield from _check(condition)
        case Not(part):
            yield "not dropped", part
            yield from ((what, Not(each)) for what, each in _inner(part))
        case Term(name, says, when):
            yield from ((f"{name}: {what}", Term(name, says, each)) for what, each in _inner(when))
        case AllOf(parts) | AnyOf(parts):
            kind, other = (AllOf, AnyOf) if isinstance(condition, AllOf) else (AnyOf, AllOf)
            if len(parts) > 1:
                yield "all and any exchanged", other(parts)
            for place, part in enumerate(parts):
                rest = (*parts[:place], *parts[place + 1 :])
                if rest:
                    yield f"part {place + 1} dropped", kind(rest)
                for what, each in _inner(part):
                    yield f"part {place + 1}: {what}", kind((*parts[:place], each, *parts[place + 1 :]))


def _check(check: Check) -> Iterator[tuple[str, Condition]]:
    if check.form in ("at_least", "at_most"):
        for value in _beside(check):
            yield f"bound {value}", msgspec.structs.replace(check, values=(value,))
    if len(check.values) > 1:
        for value in check.values:
            kept = tuple(each for each in check.values if each != value)
            yield f"{value} dropped", msgspec.structs.replace(check, values=kept)
        if check.form in ("has_any", "has_all"):
            form = "has_all" if check.form == "has_any" else "has_any"
            yield "has all and has any exchanged", msgspec.structs.replace(check, form=form)


def _beside(check: Check) -> list[Any]:
    value, words = check.values[0], check.fact.words
    if check.fact.kind == "level":
        at = words.index(str(value))
        return [words[place] for place in (at - 1, at + 1) if 0 <= place < len(words)]
    if check.fact.kind == "decimal":
        return [str(Decimal(str(value)) + step) for step in (Decimal("0.01"), Decimal("-0.01"))]
    return [value + 1, *([value - 1] if value > 0 else [])] if isinstance(value, int) else []


def _rules(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """Each rule that differs from this in one place, with what was done."""
    for what, when in mutants(rule.when):
        yield what, msgspec.structs.replace(rule, when=when)
    for then in _then_beside(rule.then):
        yield f"then {then}", msgspec.structs.replace(rule, then=then)
    if rule.asks:
        yield "asks dropped", msgspec.structs.replace(rule, asks=())
    other = "show" if rule.unknown == "ask" else "ask"
    yield f"unknown {other}", msgspec.structs.replace(rule, unknown=other)


def _then_beside(then: Outcome | None) -> list[Outcome]:
    if then is None:
        return [LICENSING[-1]]
    at = LICENSING.index(then)
    return [LICENSING[place] for place in (at - 1, at + 1) if 0 <= place < len(LICENSING)]


def score(pack: Pack) -> dict[str, Any]:
    """Killed of all, by group of rule, in all and by the pack's examples alone; survivors as (rule, what was done)."""
    from tests.policy.reference_rules import read_stated, slips

    stated = read_stated(catalogue())
    groups = {group: {"killed": 0, "by_examples": 0, "made": 0} for group in GROUPS}
    survivors = []
    for place, rule in enumerate(pack.rules):
        own = tuple(example for example in pack.rule_examples if example.rule == rule.id)
        for what, changed in _rules(rule):
            rules = (*pack.rules[:place], changed, *pack.rules[place + 1 :])
            shown = bool(failed_examples(msgspec.structs.replace(pack, rules=rules, rule_examples=own)))
            killed = shown or bool(slips(stated[rule.id], changed))
            count = groups[rule.group]
            count["made"] += 1
            count["by_examples"] += shown
            count["killed"] += killed
            if not killed:
                survivors.append((rule.id, what))
    return {"groups": {name: _rated(count) for name, count in groups.items()}, "survivors": survivors}


def language(processes: int) -> dict[str, Any]:
    """Killed of the mutants of the language; survivors as (function, what was done)."""
    made = language_mutants()
    noticed = run(made, processes)
    survivors = [(mutant.function, mutant.what) for mutant, seen in zip(made, noticed, strict=True) if not seen]
    return {**_rated({"killed": sum(noticed), "made": len(made)}), "survivors": survivors}


def _rated(count: dict[str, int]) -> dict[str, Any]:
    return {**count, "score": round(count["killed"] / count["made"], 3)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one object, without line breaks")
    parser.add_argument("--survivors", type=int, default=0, help="how many survivors to name")
    parser.add_argument("--language", action="store_true", help="mutants of the language too")
    parser.add_argument("--processes", type=int, default=2, help="children at a time, with --language")
    asked = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    data = (files("safeconduct") / "starter" / "policy" / "reference.toml").read_bytes()
    found = score(load_pack(data, "reference.toml", catalogue()))
    found["survivors"] = found["survivors"][: asked.survivors]
    if asked.language:
        found["language"] = language(asked.processes)
        found["language"]["survivors"] = found["language"]["survivors"][: asked.survivors]
    found["peer"] = {"offered": False, "why": "Mutation tools change Python; these rules are data."}
    print(json.dumps(found, indent=None if asked.json else 1))


if __name__ == "__main__":
    main()
