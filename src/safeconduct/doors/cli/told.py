"""An assessment in words, as ``assess`` and ``run`` print it."""

from __future__ import annotations

from typing import Any

from safeconduct.doors.cli.telling import print_table

MOST_LINES = 8
MOST_DOCUMENTS = 3


def tell_assessment(found: dict[str, Any]) -> None:
    """Reference and outcome first, then what decided it, what is missing, and what would change it."""
    print(f"{found['case']}  {found['outcome'].replace('-', ' ').upper()}   (assessment {found['assessment_id']})")
    for line in found["lines"]:
        _tell_line(line)
    _tell_matches(found["parties"])
    _tell_findings(found)
    _tell_questions(found["questions"])
    if found["would_change"]:
        print("  would change it")
        for text in found["would_change"][:MOST_LINES]:
            print(f"    {text}")
    print(f"  policy  {found['policy']['name']} {found['policy']['sha256'][:12]}…")
    print_table(
        ("  edition", "published", "obtained", "sha256"),
        (
            (f"  {each['source']}", each["published"] or "unknown", each["obtained"], f"{each['sha256'][:12]}…")
            for each in found["editions"]
        ),
    )


def _tell_line(line: dict[str, Any]) -> None:
    print(f"  line {line['line']}: {line['outcome']}")
    for entry in line["entries"]:
        _row(entry["status"], f"{entry['list']} {entry['code']}{note_of(entry)}  {places(entry['evidence'])}")
    for scenario in line["scenarios"]:
        severity, likelihood = scenario["severity"], scenario["likelihood"]
        print(f"    scenario    {scenario['scenario']} {scenario['text']}")
        print(f"                severity {_span(severity)}, likelihood {_span(likelihood)}: {_ends(scenario)}")


def _row(label: str, text: str) -> None:
    print(f"    {label.replace('_', ' '):<12}{text}")


def _span(step: dict[str, int]) -> str:
    return str(step["low"]) if step["low"] == step["high"] else f"{step['low']} to {step['high']}"


def _ends(scenario: dict[str, Any]) -> str:
    lower, upper = scenario["lower"], scenario["upper"]
    return str(upper) if lower == upper else f"between {lower} and {upper}"


def asks_of(entry: dict[str, Any]) -> str:
    """The facts that are asked for one entry; of those on which statements differ, that they do."""
    told = [f"{fact} (statements differ)" if fact in entry["conflicting"] else fact for fact in entry["asks"]]
    return f"  ask {', '.join(told)}" if told else ""


def note_of(entry: dict[str, Any]) -> str:
    """The note that frees an entry, or the one its seller's label claims in vain."""
    if not entry["note"]:
        return ""
    return f", freed by {entry['note']}" if entry["status"] == "freed" else f", {entry['note']} does not free it"


def places(evidence: list[dict[str, Any]]) -> str:
    """Where the evidence stands: each document once with its lines and date; the first three."""
    documents: dict[tuple[str, str], list[str]] = {}
    for source in (each["source"] for each in evidence):
        if source["kind"] != "derived":
            found = documents.setdefault((source.get("ref", "") or source["kind"], source.get("date", "")), [])
            found += [source["place"]] if source.get("place") and source["place"] not in found else []
    told = [", ".join([ref, *places, date]).strip(", ") for (ref, date), places in documents.items()]
    return "<" + "; ".join(told[:MOST_DOCUMENTS]) + ">" if told else ""


def _tell_matches(parties: list[dict[str, Any]]) -> None:
    for party in parties:
        for match in party["matches"]:
            state = ", ".join(filter(None, (match["answer"].replace("_", " "), settled_as(match))))
            print(f"  match       {party['party']} / {match['name']} ({match['source']} {match['entry']}): {state}")
            print(f"              {match['reason']}")


def unsearched(found: dict[str, Any]) -> list[str]:
    """What a screening did not look for, and how to mend it, a line each: without, no match would read as clean."""
    lines = [f"could not be read: {name}" for name in found.get("unread", ())]
    lines += [f"tells too little: {one['name']}. {one['reason']}" for one in found.get("tells_too_little", ())]
    remedy = "give the whole name, another name of it, or its kind; until then nothing found says nothing"
    return [*lines, f"  remedy: {remedy}"] if lines else []


def settled_as(match: dict[str, Any]) -> str:
    """What people made of a match, in a few words; ``""`` while it is open, and where screening says it differs."""
    if match["confirmed"]:
        return "found to be the same"
    return "" if match["open"] or match["answer"] == "different" else "cleared"


def _tell_findings(found: dict[str, Any]) -> None:
    deciding = {floor["by"] for line in found["lines"] for floor in line["because"]}
    for finding in found["findings"]:
        if finding["rule"] in deciding and finding["verdict"] != "not_met":
            _row(finding["verdict"], f"{finding['rule']} {finding['reason']}  {places(finding['evidence'])}")


def _tell_questions(questions: list[dict[str, Any]]) -> None:
    for question in questions:
        if question["decisive"]:
            mark = "accepted as unknown" if question["accepted"] else "ask"
            print(f"  {mark:<12}{question['id']}: {question['text']}")
    others = [question["id"] for question in questions if not question["decisive"]]
    if others:
        more = f", {len(others) - MOST_LINES} more" if len(others) > MOST_LINES else ""
        print(f"  also asked  {', '.join(others[:MOST_LINES])}{more}")
