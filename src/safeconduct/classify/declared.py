"""The entry an applicant declares, held against what the facts say; and what was caught undeclared."""

from __future__ import annotations

from collections.abc import Iterable

from safeconduct.classify.model import EntryResult, Outside
from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.finding import Finding, Gap, Verdict
from safeconduct.core.item import Declared, Item
from safeconduct.core.message import Message, Param

RULE, UNDECLARED = "classify.declared", "classify.undeclared"


def covers(one: str, other: str) -> bool:
    """Whether one code is the other, or stands above or below it (``5A001`` and ``5A001.j``)."""
    shorter, longer = sorted((one, other), key=len)
    return longer == shorter or longer.startswith(f"{shorter}.")


def untested(
    item: Item, entries: Iterable[tuple[str, str]], outside: Iterable[tuple[str, str]]
) -> tuple[EntryResult, ...]:
    """Declared entries that no test reaches: shown as *cannot tell*, for a person to rate.

    Tests of some paragraphs below a declared entry say nothing of the others: where all that are tested are
    ``outside``, the declared entry is still to be rated.
    """
    shown, beyond = tuple(entries), tuple(outside)
    return tuple(
        _unrated(item, entry)
        for entry in item.declared
        if not any(list_ == entry.list and covers(code, entry.code) for list_, code in shown)
        and not any(list_ == entry.list and stands_above(code, entry.code) for list_, code in beyond)
    )


def stands_above(code: str, other: str) -> bool:
    """Whether one code is the other, or stands above it."""
    return other == code or other.startswith(f"{code}.")


def declared_findings(
    item: Item, entries: tuple[EntryResult, ...], outside: tuple[Outside, ...]
) -> tuple[Finding, ...]:
    """One finding for each declared entry, and one for each caught entry that nobody declared."""
    declared = tuple(_borne_out(item, entry, entries, outside) for entry in item.declared)
    return declared + tuple(
        _undeclared(item, result)
        for result in entries
        if result.status == "caught"
        and not any(entry.list == result.list and covers(entry.code, result.code) for entry in item.declared)
    )


def _borne_out(item: Item, entry: Declared, entries: tuple[EntryResult, ...], outside: tuple[Outside, ...]) -> Finding:
    """Met where an entry it covers catches, not met where all are freed or outside, else cannot tell."""
    results = [each for each in entries if each.list == entry.list and covers(each.code, entry.code)]
    beyond = [each for each in outside if each.list == entry.list and covers(each.code, entry.code)]
    gaps = tuple(dict.fromkeys(gap for each in results for gap in each.questions))
    caught = [each for each in results if each.status == "caught"]
    open_ = [each for each in results if each.status == "cannot_tell"]
    freed = [each for each in results if each.status == "freed"]
    if caught:
        verdict, key = Verdict.MET, "caught"
    elif open_:
        verdict, key = Verdict.CANNOT_TELL, "open"
    else:
        verdict, key = Verdict.NOT_MET, "freed" if freed else "not_borne_out"
    rests_on = caught or open_ or freed or beyond
    params: dict[str, Param] = {
        "list": entry.list,
        "code": entry.code,
        "note": ", ".join(each.note for each in freed if each.note),
    }
    return Finding(
        rule=f"{RULE} {entry.list} {entry.code}",
        verdict=verdict,
        reason=Message(f"classify.declared.{key}", params),
        citation=f"{entry.list} {entry.code}",
        subject=f"line:{item.line}",
        evidence=(_declaration(item, entry), *dict.fromkeys(found for each in rests_on for found in each.evidence)),
        missing=gaps if verdict is Verdict.CANNOT_TELL else (),
    )


def _undeclared(item: Item, result: EntryResult) -> Finding:
    return Finding(
        rule=f"{UNDECLARED} {result.list} {result.code}",
        verdict=Verdict.MET,
        reason=Message("classify.undeclared", {"list": result.list, "code": result.code}),
        citation=f"{result.list} {result.code}",
        subject=f"line:{item.line}",
        evidence=result.evidence,
    )


def _unrated(item: Item, entry: Declared) -> EntryResult:
    return EntryResult(
        list=entry.list,
        code=entry.code,
        status="cannot_tell",
        paragraph=entry.code,
        note="",
        text={},
        elements=(),
        notes=(),
        evidence=(_declaration(item, entry),),
        questions=(Gap("item.listed", "not_searched", f"line:{item.line}"),),
    )


def _declaration(item: Item, entry: Declared) -> Evidence:
    source = Source("application", place=f"line {item.line}, declared")
    return Evidence("line.declared", f"{entry.list} {entry.code}", source, f"line:{item.line}", by="exporter")
