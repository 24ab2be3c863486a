"""Joining a pack with the one it extends: what replaces what, and that all names lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from safeconduct.core.errors import Refusal
from safeconduct.policy.catalogue import nearest
from safeconduct.policy.outcome import is_stricter
from safeconduct.policy.pack import Exemption, Likelihood, Lowering, Pack, Question, Rule, Scenario, SecondPerson
from safeconduct.policy.reading import Draft, refuse_repeated, tables_of
from safeconduct.policy.weakening import weakenings

Named = Rule | Scenario | Exemption | SecondPerson | Likelihood | Lowering | Question
Kind = TypeVar("Kind", bound=Named)


def join(base: Pack | None, draft: Draft) -> Pack:
    """The whole pack. Tables of the same id replace, ``removes`` takes away, all others are added.

    Refused: names that do not exist in the whole pack, and a weakening without ground.
    """
    held = base if base is not None else _nothing(draft)
    _refuse_idle_removals(held, draft)
    pack = _joined(held, draft)
    refuse_repeated([*tables_of(pack), *((each.id, each.place) for each in pack.terms)])
    _refuse_dead_names(pack)
    if base is not None:
        _refuse_groundless(base, pack, draft)
    return pack


def _nothing(draft: Draft) -> Pack:
    """What a pack that extends none starts from: its own grid and threshold, which it must have."""
    if draft.grid is None:
        draft.place.refuse("'grid' is missing", "add [grid] with s1 to s5")
    if draft.threshold is None:
        draft.place.refuse("'threshold' is missing", 'add threshold.en = "…"')
    texts = {"threshold": draft.threshold}
    return Pack("", "", "", (), (), (), (), (), (), (), draft.grid, (), (), (), (), texts, {})


def _joined(held: Pack, draft: Draft) -> Pack:
    gone = set(draft.removes)
    rules = _merged(held.rules, draft.rules, gone)
    questions = _merged(held.questions, draft.questions, gone)
    scenarios = _merged(held.scenarios, draft.scenarios, gone)
    likelihoods = _merged(held.likelihoods, draft.likelihoods, gone)
    lowers = _merged(held.lowers, draft.lowers, gone)
    exceptions = _merged(held.exceptions, draft.exceptions, gone)
    second_persons = _merged(held.second_persons, draft.second_persons, gone)
    texts = {"title": draft.title, "threshold": draft.threshold or held.texts["threshold"]}
    named: tuple[Named, ...] = (*rules, *questions, *scenarios, *likelihoods, *lowers, *exceptions, *second_persons)
    texts |= {_name(each): each.text for each in named} | {each.id: each.text for each in draft.terms}
    for scenario in scenarios:
        texts |= {f"{scenario.id}/{number}": each.text for number, each in enumerate(scenario.severity, 1)}
    stale = gone | {name for name, _ in tables_of(draft)}
    return Pack(
        name=draft.name,
        sha256=draft.sha256,
        meaning=draft.meaning,
        ancestry=(reference(held), *held.ancestry) if held.name else (),
        terms=draft.terms,
        rules=rules,
        questions=questions,
        scenarios=scenarios,
        likelihoods=likelihoods,
        lowers=lowers,
        grid=draft.grid or held.grid,
        exceptions=exceptions,
        second_persons=second_persons,
        rule_examples=(*(each for each in held.rule_examples if each.rule not in stale), *draft.rule_examples),
        case_examples=draft.case_examples,
        texts=texts,
        grounds=draft.grounds,
        begins=draft.begins,
    )


def reference(pack: Pack) -> str:
    """The pack as another names it in ``extends``."""
    return f"{pack.name}@sha256:{pack.sha256}"


def _name(each: Named) -> str:
    return each.fact if isinstance(each, Question) else each.id


def _merged(old: tuple[Kind, ...], new: tuple[Kind, ...], gone: set[str]) -> tuple[Kind, ...]:
    replacing: dict[str, Kind] = {_name(each): each for each in new}
    kept: list[Kind] = [replacing.pop(_name(each), each) for each in old if _name(each) not in gone]
    return (*kept, *replacing.values())


def _refuse_idle_removals(held: Pack, draft: Draft) -> None:
    names = [name for name, _ in tables_of(held)]
    stated = {name for name, _ in tables_of(draft)}
    for number, name in enumerate(draft.removes):
        place = draft.place.at("removes", number)
        if name not in names:
            place.refuse_word(f"nothing named {name!r} is inherited", name, names)
        if name in stated:
            place.refuse(f"{name!r} is both removed and stated", "drop one of the two")


def _refuse_dead_names(pack: Pack) -> None:
    questions = {each.fact for each in pack.questions}
    for rule in pack.rules:
        for fact in rule.asks:
            if fact not in questions:
                raise Refusal(f"{rule.id} asks for {fact}, which has no question", rule.place, "add a [[question]]")
    for exception in pack.exceptions:
        for name in exception.lowers:
            _refuse_idle_lowering(exception, name, pack)
    examined = set(pack.conditions())
    for example in pack.rule_examples:
        _refuse_unknown(example.rule, examined, "rule, scenario, exception or second person", example.place)
    for case in pack.case_examples:
        for name in case.verdicts:
            _refuse_unknown(name, examined, "rule, scenario, exception or second person", case.place)


def _refuse_idle_lowering(exception: Exemption, name: str, pack: Pack) -> None:
    floors = {rule.id: rule.then for rule in pack.rules}
    _refuse_unknown(name, {*floors, *(each.id for each in pack.scenarios)}, "rule or scenario", exception.place)
    if name not in floors:
        return
    floor = floors[name]
    if floor is None or not is_stricter(floor, exception.to):
        what = f"{exception.id} lowers {name} to {exception.to}, but its outcome is {floor or 'none'}"
        raise Refusal(what, exception.place, "name a rule whose outcome is stricter")


def _refuse_unknown(name: str, known: Iterable[str], kind: str, place: str) -> None:
    known = sorted(known)
    if name not in known:
        near = nearest(name, known)
        raise Refusal(f"no {kind} is named {name!r}", place, f"did you mean {near!r}?" if near else f"add the {kind}")


def _refuse_groundless(base: Pack, pack: Pack, draft: Draft) -> None:
    """Each weakening has a ground, and each ground in ``[weakening]`` a table it can belong to."""
    names = {"grid", *(name for name, _ in (*tables_of(base), *tables_of(pack)))}
    for name in draft.grounds:
        _refuse_unknown(name, names, "table", str(draft.place.at("weakening", name)))
    places = dict(tables_of(pack)) | ({"grid": str(draft.place.at("grid"))} if draft.grid else {})
    for each in weakenings(base, pack):
        if not each.ground:
            place = places.get(each.id, str(draft.place.at("removes")))
            remedy = f"name the ground of the State, in this table or as [weakening] {each.id!r}"
            raise Refusal(f"{each.id} is weaker than in {base.name}: {each.what}", place, remedy)
