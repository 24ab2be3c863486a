"""Reads what the rules of the reference policy must say (``reference_rules.toml``) and holds a pack to it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from safeconduct.core.fact import Fact
from safeconduct.core.finding import Verdict
from safeconduct.policy import Catalogue, Condition, Pack, Place, evaluate
from safeconduct.policy.example_reading import read_fact
from safeconduct.policy.pack import Rule

WHERE = Path(__file__).with_name("reference_rules.toml")
HEADINGS = tuple(str(verdict) for verdict in Verdict)
Part = dict[str, list[dict[str, Any]]]  # facts in short form, by the verdict they lead to


class Stated(NamedTuple):
    """What one rule must say; ``cases`` are facts and the verdict on them."""

    id: str
    says: str
    then: str | None
    asks: tuple[str, ...]
    unknown: str
    cases: tuple[tuple[dict[str, Fact], Verdict], ...]


def read_stated(catalogue: Catalogue) -> dict[str, Stated]:
    """The table, by the id of the rule."""
    raw = tomllib.loads(WHERE.read_text(encoding="utf-8"))
    return {rule["id"]: _stated(rule, raw["part"], catalogue) for rule in raw["rule"]}


def slips(stated: Stated, rule: Rule) -> list[str]:
    """Where a rule differs from what it must say; empty where it does not."""
    wanted = (stated.says, stated.then, stated.asks, stated.unknown)
    found = (rule.text["en"], rule.then, rule.asks, rule.unknown)
    follows = [
        f"{rule.id}: {one!r} is stated, {other!r} found"
        for one, other in zip(wanted, found, strict=True)
        if one != other
    ]
    return follows + list(wrong_verdicts(stated, rule.when))


def wrong_verdicts(stated: Stated, when: Condition) -> Iterator[str]:
    """The facts on which a condition comes out otherwise than stated."""
    for facts, expected in stated.cases:
        verdict = evaluate(when, facts).verdict
        if verdict is not expected:
            yield f"{stated.id}: {expected} is stated, {verdict} found on {facts}"


def any_slip(pack: Pack, stated: dict[str, Stated]) -> list[str]:
    """Every slip of a pack's rules."""
    return [slip for rule in pack.rules for slip in slips(stated[rule.id], rule)]


def _stated(rule: dict[str, Any], named: dict[str, Any], catalogue: Catalogue) -> Stated:
    parts = [_part(each if isinstance(each, dict) else named[each]) for each in rule["parts"]]
    cases = tuple(
        ({key: read_fact(key, value, catalogue, Place(rule["id"])) for key, value in facts.items()}, verdict)
        for facts, verdict in _cases(parts)
    )
    asks, unknown = tuple(rule.get("asks", ())), rule.get("unknown", "show")
    return Stated(rule["id"], rule["says"], rule.get("then"), asks, unknown, cases)


def _part(raw: dict[str, Any]) -> Part:
    if "yes" in raw or "no" in raw:
        key, holds = (raw["yes"], True) if "yes" in raw else (raw["no"], False)
        open_ = [{}, {key: {"conflict": [True, False]}}]
        return {"met": [{key: holds}], "not_met": [{key: not holds}], "cannot_tell": open_}
    if "fact" in raw:
        return {heading: [{raw["fact"]: value} for value in raw.get(heading, [])] for heading in HEADINGS}
    return {heading: raw[heading] for heading in HEADINGS}


def _cases(parts: list[Part]) -> Iterator[tuple[dict[str, Any], Verdict]]:
    """Each line of each part, with the first *met* of every other; its own facts go before theirs."""
    for place, part in enumerate(parts):
        others = [other["met"][0] for number, other in enumerate(parts) if number != place]
        given = {key: value for other in others for key, value in other.items()}
        for heading in HEADINGS:
            for facts in part[heading]:
                yield {**given, **facts}, Verdict(heading)
