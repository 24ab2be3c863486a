"""Whether two cases are alike in all that the policy's rules read, whoever the parties are and wherever they live.

Left out are names (no rule reads one), nationality and the figures on a State: of free text only whether it was stated
counts. What was found by screening stays in: that a party is listed is a fact about it, not its name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from safeconduct.assess.inputs import Inputs, settled_of
from safeconduct.assess.matches import screening_facts
from safeconduct.assess.ownership import ownership_facts
from safeconduct.classify import EntryTests, classify_line, listed_facts
from safeconduct.core import canonical
from safeconduct.core.fact import Fact, FactType, Known
from safeconduct.intake import facts_of
from safeconduct.policy.condition import Condition, checks_of
from safeconduct.policy.pack import Pack

Plain = dict[str, object]
FREE = ("text", "date", "incident")  # kinds of which only whether they are known counts


def read_by_rules(pack: Pack) -> tuple[FactType, ...]:
    """The facts that any rule, scenario, anchor, assurance or exception of the pack reads, by key, without figures on
    a State and without what only follows from the rest."""
    conditions: list[Condition] = [
        *(one.when for one in pack.rules),
        *(one.when for one in pack.scenarios),
        *(one.when for one in pack.likelihoods),
        *(one.when for one in pack.lowers),
        *(one.when for one in pack.exceptions),
        *(anchor.when for one in pack.scenarios for anchor in one.severity if anchor.when is not None),
    ]
    found = {check.fact.key: check.fact for one in conditions for check in checks_of(one)}
    kept = (one for one in found.values() if not _of_a_state(one) and one.key != "case.scenario_named")
    return tuple(sorted(kept, key=lambda one: one.key))


def _of_a_state(fact: FactType) -> bool:
    return fact.kind == "decimal" and fact.key.startswith("place.")


def facts_of_lines(inputs: Inputs, tests: Sequence[EntryTests]) -> tuple[dict[str, Fact], ...]:
    """All that is known of each line, from what one assessment read; figures on the destination are left out."""
    screened = {each.party: each for each in inputs.screened}
    shared: dict[str, Fact] = {
        **screening_facts(inputs.case_file.parties, screened, settled_of(inputs)),
        **ownership_facts(inputs.around, inputs.on),
    }
    lines = []
    for item in inputs.case_file.lines:
        facts = {**facts_of(inputs.case_file, f"line:{item.line}"), **shared}
        found = classify_line(item, facts, tests, dt.date.fromisoformat(inputs.on), ratings=inputs.rated)
        lines.append({**facts, **listed_facts(found)})
    return tuple(lines)


def neutral(facts: Mapping[str, Fact], read: Sequence[FactType]) -> Plain:
    """One line's facts by key as plain values that name nobody; ``None`` for what is not known."""
    return {one.key: _value(one, facts.get(one.key)) for one in read}


def _value(kind: FactType, fact: Fact | None) -> object:
    if not isinstance(fact, Known):
        return None
    if kind.kind in FREE:
        return "stated"
    return sorted(fact.value) if isinstance(fact.value, tuple) else fact.value


def fingerprint(kind: str, lines: Sequence[Plain]) -> str:
    """The digest by which like cases are found: of the kind of application, and its lines in whatever order."""
    return canonical.digest((kind, tuple(sorted(canonical.digest(line) for line in lines))))
