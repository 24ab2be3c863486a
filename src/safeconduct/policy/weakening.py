"""Where a pack is weaker than the one it extends. What cannot be shown to be as strict counts as weaker."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from safeconduct.policy.condition import AnyOf, Condition, spelt_out
from safeconduct.policy.outcome import is_stricter
from safeconduct.policy.pack import STEPS, Lowering, Pack, Question, Rule, Scenario, SecondPerson


class Weakening(msgspec.Struct, frozen=True):
    """One change that may let more pass; ``ground`` is the State's reason, empty where it gave none."""

    id: str
    what: str
    ground: str


def weakenings(base: Pack, pack: Pack) -> tuple[Weakening, ...]:
    """Every weakening of ``pack`` against ``base``, sorted by id; ``grid`` is the id of the grid.

    A changed condition is one, unless the new one is ``any`` of the old and others: whether
    another condition holds as often cannot be told by looking at it.
    """
    found = [
        *_rules(base, pack),
        *_questions(base, pack),
        *_scenarios(base, pack),
        *_grid(base, pack),
        *_likelihoods(base, pack),
        *_exceptions(base, pack),
        *_second_persons(base, pack),
    ]
    return tuple(sorted(found, key=lambda each: (each.id, each.what)))


def is_as_wide(old: Condition | None, new: Condition | None) -> bool:
    """Whether ``new`` surely holds wherever ``old`` does; no condition always holds."""
    if new is None:
        return True
    if old is None:
        return False
    old, new = spelt_out(old), spelt_out(new)
    if old == new:
        return True
    if not isinstance(new, AnyOf):
        return False
    olds = old.parts if isinstance(old, AnyOf) else (old,)
    return all(part in new.parts for part in olds)


def _rules(base: Pack, pack: Pack) -> Iterator[Weakening]:
    kept = {rule.id: rule for rule in pack.rules}
    for old in base.rules:
        new = kept.get(old.id)
        changes = ["the rule is removed"] if new is None else list(_rule(old, new))
        yield from (Weakening(old.id, what, _ground(pack, old.id, new)) for what in changes)


def _rule(old: Rule, new: Rule) -> Iterator[str]:
    if old.then and new.then is None:
        yield f"no outcome any more, was {old.then}"
    if old.then and new.then and is_stricter(old.then, new.then):
        yield f"outcome {new.then}, was {old.then}"
    if old.unknown == "ask" and new.unknown == "show":
        yield "what is unknown is only shown, was asked"
    if lost := [fact for fact in old.asks if fact not in new.asks]:
        yield f"no longer asks for {', '.join(lost)}"
    if (old.then or old.asks or old.unknown == "ask") and not is_as_wide(old.when, new.when):
        yield "its condition may be met less often"


def _questions(base: Pack, pack: Pack) -> Iterator[Weakening]:
    for old in base.questions:
        new = pack.question(old.fact)
        what = "the question is removed" if new is None else _question(old, new)
        if what:
            yield Weakening(old.fact, what, _ground(pack, old.fact, new))


def _question(old: Question, new: Question) -> str:
    if old.decisive is False or new.decisive is True:
        return ""
    if new.decisive is False:
        return "not decisive any more"
    if old.decisive is True or not is_as_wide(old.decisive, new.decisive):
        return "may be decisive less often"
    return ""


def _scenarios(base: Pack, pack: Pack) -> Iterator[Weakening]:
    kept = {scenario.id: scenario for scenario in pack.scenarios}
    for old in base.scenarios:
        new = kept.get(old.id)
        changes = ["the scenario is removed"] if new is None else list(_scenario(old, new))
        yield from (Weakening(old.id, what, _ground(pack, old.id, new)) for what in changes)


def _scenario(old: Scenario, new: Scenario) -> Iterator[str]:
    if not is_as_wide(old.when, new.when):
        yield "its condition may be met less often"
    for anchor in old.severity:
        if not any(
            each.dimension == anchor.dimension and each.level >= anchor.level and is_as_wide(anchor.when, each.when)
            for each in new.severity
        ):
            yield f"{anchor.dimension} {anchor.level} may be reached less often"


def _grid(base: Pack, pack: Pack) -> Iterator[Weakening]:
    for severity in range(1, STEPS + 1):
        for likelihood in range(1, STEPS + 1):
            old, new = base.grid.cell(severity, likelihood), pack.grid.cell(severity, likelihood)
            if is_stricter(old, new):
                what = f"severity {severity}, likelihood {likelihood}: {new}, was {old}"
                yield Weakening("grid", what, pack.grounds.get("grid", ""))


def _likelihoods(base: Pack, pack: Pack) -> Iterator[Weakening]:
    """Anchors have no id of their own: one is kept where another is as high and as wide."""
    for old in base.likelihoods:
        if not any(new.level >= old.level and is_as_wide(old.when, new.when) for new in pack.likelihoods):
            yield Weakening(old.id, f"likelihood {old.level} may be reached less often", _ground(pack, old.id, None))
    for lowering in pack.lowers:
        if not any(is_as_wide(lowering.when, old.when) for old in base.lowers):
            what = "an assurance lowers likelihood that did not, or not as often"
            yield Weakening(lowering.id, what, _ground(pack, lowering.id, lowering))


def _exceptions(base: Pack, pack: Pack) -> Iterator[Weakening]:
    held = {each.id: each for each in base.exceptions}
    for new in pack.exceptions:
        old = held.get(new.id)
        if old is None:
            yield Weakening(new.id, "an exception is added", new.ground)
        elif set(new.lowers) - set(old.lowers) or is_stricter(old.to, new.to) or not is_as_wide(new.when, old.when):
            yield Weakening(new.id, "the exception lowers more, or more often", new.ground)


def _second_persons(base: Pack, pack: Pack) -> Iterator[Weakening]:
    kept = {each.id: each for each in pack.second_persons}
    for old in base.second_persons:
        new = kept.get(old.id)
        if new is None:
            yield Weakening(old.id, "one person alone may clear what took two", _ground(pack, old.id, None))
        elif not is_as_wide(old.when, new.when):
            yield Weakening(old.id, "a second person may be needed less often", _ground(pack, old.id, new))


def _ground(pack: Pack, name: str, own: Rule | Question | Scenario | Lowering | SecondPerson | None) -> str:
    return pack.grounds.get(name, "") or (own.ground if own else "")
