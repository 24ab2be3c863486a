"""A pack as numbered sentences, for the lawyer who answers for it (``safeconduct policy show``)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import msgspec

from safeconduct.policy.condition import Condition
from safeconduct.policy.inheritance import reference
from safeconduct.policy.pack import (
    STEPS,
    CaseExample,
    Exemption,
    Likelihood,
    Lowering,
    Pack,
    Question,
    Rule,
    Scenario,
    SecondPerson,
)
from safeconduct.policy.words import outline

_GROUPS = {
    "code_test": "Tests of the Code",
    "red_flag": "Red flags",
    "safeguard": "Safeguards",
    "reason_for": "Reasons for an export",
    "question": "Questions only",
}
Entry = tuple[str, list[str]]  # the name of a table, and its lines


class Sentence(msgspec.Struct, frozen=True):
    """One entry of a pack under its number; ``more`` are the lines that belong to it.
    ``kind`` is the policy language's word for its table (``case``: the example of a whole case); ``name`` its id or
    fact, or where it has none the name of its pack and its place there (``ours/likelihood-2``)."""

    number: int
    section: str
    text: str
    more: tuple[str, ...]
    kind: str
    name: str


def numbered(pack: Pack, lang: str = "en") -> list[Sentence]:
    """Every table numbered through, so that a sentence can be cited by its number and the first twelve digits of the
    hash."""
    entries = ((title, kind, *entry) for title, kind, section in _sections(pack, lang) for entry in section)
    return [
        Sentence(number, title, first, tuple(rest), kind, name)
        for number, (title, kind, name, (first, *rest)) in enumerate(entries, 1)
    ]


def show(pack: Pack, lang: str = "en") -> str:
    """The whole pack as plain text; the pack's own texts in ``lang`` where it has them."""
    lines = [*_heading(pack, lang)]
    for title, sentences in groupby(numbered(pack, lang), lambda one: one.section):
        lines += ["", title, "-" * len(title)]
        for one in sentences:
            lines += [f"{one.number}. {one.text}", *(f"   {line}" for line in one.more)]
    return "\n".join([*lines, "", *_grid(pack), ""])


def _heading(pack: Pack, lang: str) -> Iterator[str]:
    yield pack.text("title", lang)
    yield f"Pack {reference(pack)}"
    for ancestor in pack.ancestry:
        yield f"extends {ancestor}"
    if pack.begins:
        yield f"Begins on {pack.begins}, if two people have signed it by then"
    yield f"Test: {pack.text('threshold', lang)}"
    for name, ground in sorted(pack.grounds.items()):
        yield f"Weaker than the pack it extends in {name}, because: {ground}"


def _sections(pack: Pack, lang: str) -> Iterator[tuple[str, str, list[Entry]]]:
    yield (
        "Terms",
        "term",
        [(each.id, [f"{each.id}: {pack.text(each.id, lang)}", *_when(each.when)]) for each in pack.terms],
    )
    for group, title in _GROUPS.items():
        yield title, "rule", [(each.id, _rule(each, pack, lang)) for each in pack.rules if each.group == group]
    yield "Scenarios of misuse", "scenario", [(each.id, _scenario(each, pack, lang)) for each in pack.scenarios]
    yield (
        "What makes misuse likely (1 to 5; the highest that holds)", "likelihood",
        [(each.id, _anchor(f"Likelihood {each.level}", each, pack, lang)) for each in pack.likelihoods],
    )  # fmt: skip
    yield (
        "What lowers likelihood by one step, once", "lowers",
        [(each.id, [*_anchor("One step less", each, pack, lang), *_ground(each.ground)]) for each in pack.lowers],
    )  # fmt: skip
    yield "Exceptions", "exception", [(each.id, _exception(each, pack, lang)) for each in pack.exceptions]
    people = [(each.id, _second_person(each, pack, lang)) for each in pack.second_persons]
    yield "When two people are needed", "second_person", people
    yield "How facts are asked for", "question", [(each.fact, _question(each, pack, lang)) for each in pack.questions]
    cases = [(f"{pack.name}/case-{number}", _case(each)) for number, each in enumerate(pack.case_examples, 1)]
    yield "Whole cases that must come out so", "case", cases


def _rule(rule: Rule, pack: Pack, lang: str) -> list[str]:
    lines = [f"{rule.id}: {pack.text(rule.id, lang)}", *_when(rule.when)]
    if rule.then:
        lines.append(f"Then the outcome is at least: {rule.then}.")
    if rule.asks:
        lines.append(f"Then ask for: {', '.join(rule.asks)}.")
    lines.append("What is unknown is asked for." if rule.unknown == "ask" else "What is unknown is shown.")
    return [*lines, *_sources(rule.cites, rule.ground)]


def _scenario(scenario: Scenario, pack: Pack, lang: str) -> list[str]:
    lines = [f"{scenario.id}: {pack.text(scenario.id, lang)}"]
    actor = "a violation, by a State" if scenario.actor == "violation" else "an abuse, by others"
    lines += [f"At risk: {scenario.at_risk}; {scenario.right}; {actor}.", *_when(scenario.when)]
    lines.append("Severity is the worst of scale, scope and irremediability:")
    for number, anchor in enumerate(scenario.severity, 1):
        lines.append(f"   {anchor.dimension} {anchor.level}: {pack.text(f'{scenario.id}/{number}', lang)}")
        lines += _when(anchor.when, "      ") if anchor.when else ["      Always."]
    return [*lines, *_sources(scenario.cites, scenario.ground)]


def _anchor(head: str, anchor: Likelihood | Lowering, pack: Pack, lang: str) -> list[str]:
    return [f"{head}: {pack.text(anchor.id, lang)}", *_when(anchor.when), f"Source: {anchor.cites}."]


def _exception(exception: Exemption, pack: Pack, lang: str) -> list[str]:
    lowered = f"Lowers {', '.join(exception.lowers)} to: {exception.to}."
    head = f"{exception.id}: {pack.text(exception.id, lang)}"
    return [head, *_when(exception.when), lowered, *_sources(exception.cites, exception.ground)]


def _second_person(each: SecondPerson, pack: Pack, lang: str) -> list[str]:
    head = f"{each.id}: {pack.text(each.id, lang)}"
    return [head, *_when(each.when), "Likewise where this cannot be told.", *_sources(each.cites, each.ground)]


def _question(question: Question, pack: Pack, lang: str) -> list[str]:
    lines = [f"{question.fact}: {pack.text(question.fact, lang)}", f"To be answered in {question.days} days."]
    if isinstance(question.decisive, bool):
        lines.append("Decisive: no approval without it." if question.decisive else "Not decisive.")
    else:
        lines += [
            "Decisive (no approval without it) unless this is known not to hold:",
            *outline(question.decisive, "   "),
        ]
    return [*lines, *_sources(question.cites, question.ground)]


def _case(example: CaseExample) -> list[str]:
    wanted = f": {example.outcome}" if example.outcome else ""
    return [
        f"Case {example.case}{wanted}",
        *(f"{name}: {verdict.replace('_', ' ')}" for name, verdict in example.verdicts.items()),
    ]


def _when(condition: Condition, indent: str = "") -> list[str]:
    first, *rest = outline(condition, indent)
    return [f"{indent}When {first.strip()}", *rest]


def _sources(cites: str, ground: str) -> list[str]:
    return [f"Source: {cites}.", *_ground(ground)]


def _ground(ground: str) -> list[str]:
    return [f"Ground: {ground}."] if ground else []


def _grid(pack: Pack) -> list[str]:
    """The grid as a table: rows are severity, columns likelihood."""
    cells = [[str(pack.grid.cell(s, c)) for c in range(1, STEPS + 1)] for s in range(1, STEPS + 1)]
    width = max(len(cell) for row in cells for cell in row)
    head = "severity \\ likelihood".ljust(22) + "  ".join(str(step).ljust(width) for step in range(1, STEPS + 1))
    rows = [f"{step}".ljust(22) + "  ".join(cell.ljust(width) for cell in row) for step, row in enumerate(cells, 1)]
    return ["Outcome by severity and likelihood", head.rstrip(), *(row.rstrip() for row in rows)]
