"""Argue a misuse scenario: an adviser picks one from the library or writes his own, or says why none is plausible."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import msgspec

from safeconduct.access import Action
from safeconduct.assess.argued import Argued, Picked, read_library
from safeconduct.core.canonical import refuse_unsafe_text
from safeconduct.core.errors import Refusal
from safeconduct.flows.casefile import case_file
from safeconduct.flows.order import CaseOrder
from safeconduct.flows.work import Work, flow

STEPS = range(1, 6)


class Argue(CaseOrder, frozen=True, kw_only=True):
    """``argued`` as in ``Argued``, without its id, author and time (they are given here)."""

    argued: Argued


class ScenarioArgued(msgspec.Struct, frozen=True):
    """The scenario's id in the case (``AS-12``), after the number of its record."""

    case: str
    scenario: str


@lru_cache(maxsize=1)
def library() -> tuple[Picked, ...]:
    """The scenarios that come with this release."""
    path = files("safeconduct") / "starter" / "scenarios" / "library.toml"
    return read_library(path.read_bytes(), path.name)


@flow(Action.ARGUE)
def argue_scenario(work: Work, order: Argue) -> ScenarioArgued:
    """Keep the argument; the case is to be assessed again."""
    said = order.argued
    refuse_unsafe_text(msgspec.to_builtins(said), order.case)
    lines = [f"line:{item.line}" for item in case_file(work.case).lines]
    if said.subject not in ("case", *lines):
        raise Refusal("it is about no line of the case", said.subject[:40], f"one of: case, {', '.join(lines)}")
    if said.picked and said.picked not in {one.id for one in library()}:
        raise Refusal("the library has no such scenario", said.picked[:60], "pick another, or write your own")
    if not said.why.strip():
        raise Refusal("no reason is given", order.case, "say why, in words that may be disclosed")
    if said.plausible and not all((said.right.strip(), said.at_risk.strip(), said.how.strip())):
        raise Refusal("a scenario says who could do what to whom", order.case, "give right, those at risk, and how")
    for one in (said.scale, said.scope, said.irremediability, said.likelihood):
        if one.low not in STEPS or one.high not in STEPS or one.low > one.high:
            raise Refusal("a range goes from a step to the same or a higher one", order.case, "steps are 1 to 5")
    name = f"AS-{work.case.records + 1}"
    work.record("scenario", msgspec.structs.replace(said, id=name, by=work.actor.id, at=work.now))
    work.case.inputs += 1
    work.case.save()
    return ScenarioArgued(order.case, name)
