"""What changed from one pack to another, and whether it lets more or less pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeVar

import msgspec

from safeconduct.policy.condition import AllOf, AnyOf, Check, Not, Term, spelt_out
from safeconduct.policy.pack import (
    STEPS,
    Definition,
    Exemption,
    Likelihood,
    Lowering,
    Pack,
    Question,
    Rule,
    Scenario,
    SecondPerson,
    Severity,
)
from safeconduct.policy.weakening import weakenings
from safeconduct.policy.words import outline

Effect = Literal["stricter", "weaker", "either", "none"]
Change = Literal["added", "removed", "changed"]
Named = Definition | Rule | Scenario | Exemption | SecondPerson | Question
Anchor = TypeVar("Anchor", bound=Likelihood | Lowering)


class Difference(msgspec.Struct, frozen=True):
    """One table that was added, removed or changed. ``what`` says it, one line for each change.

    ``effect``: ``weaker`` may let more pass, ``stricter`` less; ``either`` where neither can be
    ruled out (a condition was rewritten); ``none`` where the outcome cannot move.
    """

    id: str
    change: Change
    effect: Effect
    what: tuple[str, ...]


def differences(old: Pack, new: Pack) -> tuple[Difference, ...]:
    """Every difference of two packs. Anchors of likelihood and assurances, which have no id that
    lasts, are compared by what they say; lines and places are not compared."""
    weaker = {each.id for each in weakenings(old, new)}
    stricter = {each.id for each in weakenings(new, old)}
    return (
        *_titles(old, new),
        *_named(old, new, weaker, stricter),
        *_anchors("removed", old.likelihoods, new.likelihoods, weaker, "weaker"),
        *_anchors("added", new.likelihoods, old.likelihoods, stricter, "stricter"),
        *_anchors("removed", old.lowers, new.lowers, stricter, "stricter"),
        *_anchors("added", new.lowers, old.lowers, weaker, "weaker"),
        *_grid(old, new, weaker, stricter),
    )


def _titles(old: Pack, new: Pack) -> Iterator[Difference]:
    for name in ("title", "threshold"):
        if old.texts[name] != new.texts[name]:
            yield Difference(name, "changed", "none", (_turn(old.texts[name]["en"], new.texts[name]["en"]),))
    if old.begins != new.begins:
        yield Difference(
            "begins", "changed", "none", (_turn(old.begins or "when signed", new.begins or "when signed"),)
        )


def _named(old: Pack, new: Pack, weaker: set[str], stricter: set[str]) -> Iterator[Difference]:
    before, after = _by_name(old), _by_name(new)
    for name in sorted({*before, *after}):
        one, other = before.get(name), after.get(name)
        effect = _effect(name in weaker, name in stricter)
        if one is None and other is not None:
            yield Difference(name, "added", effect, (other.text["en"],))
        elif one is not None and other is None:
            yield Difference(name, "removed", effect, (one.text["en"],))
        elif one is not None and other is not None and (what := tuple(_changes(one, other))):
            yield Difference(name, "changed", effect, what)


def _by_name(pack: Pack) -> dict[str, Named]:
    named: dict[str, Named] = {each.fact: each for each in pack.questions}
    ruled: tuple[Definition | Rule | Scenario | Exemption | SecondPerson, ...] = (
        *pack.terms, *pack.rules, *pack.scenarios, *pack.exceptions, *pack.second_persons,
    )  # fmt: skip
    return named | {each.id: each for each in ruled}


def _effect(weaker: bool, stricter: bool) -> Effect:
    if weaker:
        return "either" if stricter else "weaker"
    return "stricter" if stricter else "none"


def _changes(one: Named, other: Named) -> Iterator[str]:
    if type(one) is not type(other):
        yield f"was a {type(one).__name__.lower()}, is a {type(other).__name__.lower()}"
        return
    for field in type(one).__struct_fields__:
        old, new = getattr(one, field), getattr(other, field)
        if field != "place" and _plain(old) != _plain(new):
            yield f"{field.replace('_', ' ')}: {_turn(_words(old), _words(new))}"


def _plain(value: Any) -> Any:
    """A value without the names of its terms: giving a condition a name changes nothing."""
    match value:
        case Check() | AllOf() | AnyOf() | Not() | Term():
            return spelt_out(value)
        case Severity(when=when) if when is not None:
            return msgspec.structs.replace(value, when=spelt_out(when))
        case tuple():
            return tuple(map(_plain, value))
    return value


def _turn(old: str, new: str) -> str:
    return f"was {old} | is {new}" if old != new else "changed in another language"


def _words(value: Any) -> str:
    match value:
        case Check() | AllOf() | AnyOf() | Not() | Term():
            return " ".join(line.strip() for line in outline(spelt_out(value)))
        case Severity():
            return f"{value.dimension} {value.level} when {_words(value.when or True)}: {value.text['en']}"
        case dict():
            return str(value["en"])
        case tuple():
            return "; ".join(_words(each) for each in value) or "none"
        case bool():
            return "always" if value else "never"
    return str(value) if value is not None else "none"


def _anchors(
    change: Change, held: Sequence[Anchor], other: Sequence[Anchor], moved: set[str], effect: Effect
) -> Iterator[Difference]:
    for each in held:
        if _said(each) not in map(_said, other):
            what = f"{_words(each.when)}: {each.text['en']}"
            yield Difference(each.id, change, effect if each.id in moved else "none", (what,))


def _said(anchor: Likelihood | Lowering) -> object:
    return getattr(anchor, "level", 0), spelt_out(anchor.when), anchor.text, anchor.cites


def _grid(old: Pack, new: Pack, weaker: set[str], stricter: set[str]) -> Iterator[Difference]:
    steps = range(1, STEPS + 1)
    what = tuple(
        f"severity {severity}, likelihood {likelihood}: {_turn(old_cell, new_cell)}"
        for severity in steps
        for likelihood in steps
        if (old_cell := old.grid.cell(severity, likelihood)) != (new_cell := new.grid.cell(severity, likelihood))
    )
    if what:
        yield Difference("grid", "changed", _effect("grid" in weaker, "grid" in stricter), what)
