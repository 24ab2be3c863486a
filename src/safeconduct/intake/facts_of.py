"""Statements become facts: what agrees is merged, what differs is unknown, a finding settles a claim.

A *finding* is stated by an officer or adviser, a *claim* by exporter or recipient. Nobody's
statement is lost: each stands in the evidence with its author, also where it was overruled.
"""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.core import canonical
from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, FactType, Incident, Known, Statement, Unknown, Value
from safeconduct.intake.facts import BY_KEY
from safeconduct.intake.incidents import incident_facts
from safeconduct.intake.model import CaseFile
from safeconduct.intake.stated import evidence_of, text_of
from safeconduct.policy.catalogue import NONE

_USERS = ("end_user", "ultimate_end_user")


def facts_of(case: CaseFile, subject: str = "case") -> dict[str, Fact]:
    """The facts that ``case`` states, in the order of the catalogue.

    For ``case`` those of the case, with what follows from its parties, lines and incidents; for
    ``line:N`` those of the line *and* of the case, as rules about a line read both. A fact that
    nobody stated is left out, which is *unknown, absent*.
    """
    facts = {**_stated(case, "case"), **incident_facts(case), **_derived(case)}
    if subject != "case":
        facts = {**_stated(case, subject), **facts}
    return facts


def settle(fact: FactType, statements: Sequence[Statement]) -> Fact:
    """One fact from at least one statement about one subject."""
    ordered = sorted(statements, key=_order) if len(statements) > 1 else statements
    findings = [each for each in ordered if each.by not in ("exporter", "recipient")]
    claims = [each for each in ordered if each.by in ("exporter", "recipient")]
    evidence = tuple(dict.fromkeys(evidence_of(each) for each in (*findings, *claims)))
    merged = _merge(fact, findings or claims)
    if merged and findings and claims and not merged[1]:
        merged = _merge(fact, [*findings, *claims]) or merged  # a partial finding and a fitting claim add up
    return Known(merged[0], evidence, merged[1]) if merged else Unknown("conflicting", evidence)


def _stated(case: CaseFile, subject: str) -> dict[str, Fact]:
    by_fact: dict[str, list[Statement]] = {}
    for statement in case.statements:
        if statement.subject == subject and not isinstance(statement.value, Incident):
            by_fact.setdefault(statement.fact, []).append(statement)
    return {key: settle(fact, by_fact[key]) for key, fact in BY_KEY.items() if key in by_fact}


def _merge(fact: FactType, statements: list[Statement]) -> tuple[Value, bool] | None:
    """The value all of ``statements`` allow, and whether it is complete; None where they differ."""
    if fact.kind == "words":
        return _merge_sets(fact, statements)
    values = [each.value for each in statements if not isinstance(each.value, Incident)]
    if fact.kind != "text" and len(set(values)) > 1:
        return None
    return values[0], any(each.complete for each in statements)  # of a text only its presence matters


def _merge_sets(fact: FactType, statements: list[Statement]) -> tuple[Value, bool] | None:
    """Complete sets must be equal, parts of a set add up and must fit into a complete one."""
    sets = [(_members(each), each.complete) for each in statements]
    whole = {members for members, complete in sets if complete}
    union = frozenset[str]().union(*(members for members, _ in sets))
    if len(whole) > 1 or (whole and union not in whole):
        return None
    words = tuple(word for word in fact.words if word in union) if fact.words else tuple(sorted(union))
    return words or ((NONE,) if NONE in fact.words else ()), bool(whole)


def _members(statement: Statement) -> frozenset[str]:
    return frozenset(statement.value) - {NONE} if isinstance(statement.value, tuple) else frozenset()


def _order(statement: Statement) -> tuple[str, str, bytes]:
    return (statement.by, statement.source.date, canonical.encode(statement))


def _derived(case: CaseFile) -> dict[str, Fact]:
    """What the application itself shows: its kind, a named end-user, a datasheet for every line."""
    named = any(set(party.roles) & set(_USERS) for party in case.parties)
    sheets = bool(case.lines) and all(item.datasheet and item.datasheet.lines for item in case.lines)
    shown: tuple[tuple[str, bool | str, str], ...] = (
        ("user.named", named, "parties"),
        ("case.kind", case.kind, "kind"),
        ("case.datasheet", sheets, "lines"),
    )
    return {key: _shown(case, key, value, place) for key, value, place in shown}


def _shown(case: CaseFile, key: str, value: bool | str, place: str) -> Known:
    source = Source("application", ref=case.reference, date=case.submitted, place=place)
    return Known(value, (Evidence(key, text_of(value), source, by="system"),))
