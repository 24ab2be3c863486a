"""What ``safeconduct run`` prints: lists, policy, what was found for each case, the ledger, and where to go on."""

from __future__ import annotations

import textwrap
import time
from typing import TYPE_CHECKING, Any

from safeconduct.core.errors import Refusal
from safeconduct.doors.cli.people import link_for
from safeconduct.doors.cli.ready import example_people
from safeconduct.doors.cli.starter import Worked, work_starter_cases
from safeconduct.doors.cli.told import note_of, places, settled_as

if TYPE_CHECKING:
    from safeconduct.ledger import Report

MOST = 6
WIDTH = 118


def report(started: float, port: int, *, links: bool) -> None:
    """Print the report; a ``Refusal`` where the record was altered or an assessment cannot be repeated."""
    from django.conf import settings
    from django.db import connection

    worked = list(work_starter_cases())
    database = "SQLite, this machine only" if connection.vendor == "sqlite" else "PostgreSQL"
    print(f"safeconduct: ready in {time.monotonic() - started:.0f} s ({database})")
    _tell_lists()
    for each in worked:
        _tell_case(each)
    _tell_ledger()
    changed = [each.reference for each in worked if not each.same]
    if changed:
        raise Refusal("judging again does not give what was recorded", changed[0], "verify the ledger")
    if links:
        _tell_links(port)
    else:
        print(f"  data      {settings.HOME}")


def _tell_lists() -> None:
    from safeconduct.flows.people import actor_named
    from safeconduct.flows.reading import editions, policy_in_force

    found = editions(actor_named("officer"))
    fictional = sum(each.fictional for each in found)
    pack = policy_in_force()
    examples = len(pack.rule_examples) + len(pack.case_examples) if pack else 0
    told = f"{pack.name} {pack.sha256[:8]}…, {examples} examples hold" if pack else "none in force"
    print(
        f"  lists     {len(found)} editions, {sum(each.count for each in found):,} records"
        f" ({fictional} of them fictional)        policy  {told}"
    )


def _tell_case(worked: Worked) -> None:
    found = worked.assessment
    print(
        f"  case      {worked.reference}  {found['outcome'].replace('-', ' ').upper()}   {worked.case}: {worked.title}"
    )
    for line in found["lines"]:
        for entry in line["entries"]:
            _row(entry["status"], f"{entry['list']} {entry['code']}{note_of(entry)}", places(entry["evidence"]))
        for scenario in line["scenarios"]:
            levels = f"severity {_span(scenario['severity'])}, likelihood {_span(scenario['likelihood'])}"
            _row("scenario", f"{scenario['scenario']} for {scenario['at_risk']}", f"<{levels}>")
    _tell_matches(found)
    _tell_deciding(found)
    for step in worked.steps:
        _row("then", step)


def _tell_matches(found: dict[str, Any]) -> None:
    for party in found["parties"]:
        for match in party["matches"]:
            settled = f" ({settled})" if (settled := settled_as(match)) else ""
            told = f"{party['party']} / {match['name']}, {match['source']} {match['entry']}"
            _row("match", told, f"{match['answer'].replace('_', ' ')}{settled}: {match['reason']}")


def _tell_deciding(found: dict[str, Any]) -> None:
    deciding = {floor["by"] for line in found["lines"] for floor in line["because"]}
    rules = [each for each in found["findings"] if each["rule"] in deciding and each["verdict"] == "met"]
    shown = [each for each in rules if not each["rule"].startswith("MS-")]
    for finding in shown[:MOST]:
        _row("met", f"{finding['rule']} {finding['reason']}", places(finding["evidence"]))
    if len(shown) > MOST:
        _row("", f"and {len(shown) - MOST} more rules")
    for finding in found["findings"]:
        if finding["rule"].startswith("RS-") and finding["verdict"] == "met":
            _row("for it", f"{finding['rule']} {finding['reason']}", places(finding["evidence"]))
    asked = [each for each in found["questions"] if each["decisive"] and not each["accepted"]]
    for question in asked[:MOST]:
        _row("cannot tell", question["id"], f"ask: {question['text']}")
    if len(asked) > MOST:
        _row("", f"and {len(asked) - MOST} more questions")
    if not shown and not asked and found["would_change"]:
        _row("would change", found["would_change"][0])


def _row(label: str, what: str, why: str = "") -> None:
    text = f"    {label.replace('_', ' '):<12} {what}" + (f"  {why}" if why else "")
    print(textwrap.fill(text, WIDTH, subsequent_indent=" " * 17, break_long_words=False, break_on_hyphens=False))


def _span(step: dict[str, int]) -> str:
    return str(step["low"]) if step["low"] == step["high"] else f"{step['low']}–{step['high']}"


def _tell_ledger() -> None:
    found = verified()
    print(f"  ledger    {found.size} entries, checkpoint {found.root.hex()[:8]}…, verified")


def refuse_altered() -> None:
    """Before anything is read; whether all is signed is asked last: a run killed in its first step signed nothing."""
    verified(signed=False)


def verified(*, signed: bool = True) -> Report:
    """What the ledger says of every row and file; a ``Refusal`` that names the entry where one was altered.

    It asks as whoever runs this installation: the row that says who an auditor is may be the altered one.
    """
    from safeconduct.flows.people import CONSOLE
    from safeconduct.flows.verify_ledger import verify_ledger

    found = verify_ledger(CONSOLE)
    problems = [each for each in found.problems if signed or each.kind != "checkpoint"]
    for problem in problems[:MOST]:
        print(f"  ALTERED   {problem}")
    if problems:
        raise Refusal(
            f"{len(problems)} alterations of the record found, the first: {problems[0]}",
            "ledger",
            "keep everything as it is, and investigate",
        )
    return found


def _tell_links(port: int) -> None:
    print(f"  next      http://127.0.0.1:{port}    one-time link for each role; Ctrl-C ends everything")
    for person in example_people():
        print(f"    {person['is']:<28} {person['name']:<16} {link_for(person['name_id'], port)}")
