"""How much of the reference policy its own examples would notice: each rule is changed in one place, and tried.

``python benchmarks/mutation.py [--json] [--survivors N]``. Mutants of the conditions of every rule of the reference:
the whole turned round, one part of an *all* or *any* dropped, *all* and *any* exchanged, a *not* dropped, a bound moved
by one step, one of several values dropped, *has all* and *has any* exchanged. A mutant is killed where some example
of the pack no longer comes out as stated. It measures the examples of the rules alone: neither outcomes (``then``) nor
the operators of the language are changed, and a killed mutant shows that a slip would be noticed, not that the rule is
right.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import msgspec

from safeconduct.flows.catalogue import catalogue
from safeconduct.policy import Condition, Pack, load_pack
from safeconduct.policy.condition import AllOf, AnyOf, Check, Not, Term
from safeconduct.policy.examples import failed_examples

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
    return [value + 1, *([value - 1] if value > 0 else [])] if isinstance(value, int) else []


def score(pack: Pack) -> dict[str, Any]:
    """Killed of all, by group of rule; survivors as (rule, what was done)."""
    found: dict[str, list[int]] = {group: [0, 0] for group in GROUPS}
    survivors = []
    for place, rule in enumerate(pack.rules):
        own = tuple(example for example in pack.rule_examples if example.rule == rule.id)
        for what, when in mutants(rule.when):
            changed = msgspec.structs.replace(rule, when=when)
            rules = (*pack.rules[:place], changed, *pack.rules[place + 1 :])
            killed = bool(failed_examples(msgspec.structs.replace(pack, rules=rules, rule_examples=own)))
            found[rule.group][0] += killed
            found[rule.group][1] += 1
            if not killed:
                survivors.append((rule.id, what))
    killed, made = (sum(each[place] for each in found.values()) for place in (0, 1))
    groups = {group: {"killed": one, "made": all_} for group, (one, all_) in found.items()}
    return {"killed": killed, "made": made, "score": round(killed / made, 3), "groups": groups, "survivors": survivors}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one object, without line breaks")
    parser.add_argument("--survivors", type=int, default=1000, help="how many survivors to name")
    asked = parser.parse_args()
    data = (files("safeconduct") / "starter" / "policy" / "reference.toml").read_bytes()
    found = score(load_pack(data, "reference.toml", catalogue()))
    found["survivors"] = found["survivors"][: asked.survivors]
    found["peer"] = {"offered": False, "why": "Mutation tools change Python; these rules are data."}
    print(json.dumps(found, indent=None if asked.json else 1))


if __name__ == "__main__":
    main()
