"""Commands on one case: assess, answer, lapse, clear, decide, replay; and old spreadsheets."""

from __future__ import annotations

import json
import re
import sys
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from safeconduct.core.canonical import sha256
from safeconduct.core.errors import Refusal, WrongUse
from safeconduct.doors.cli.people import As, acting
from safeconduct.doors.cli.telling import Json, print_json, progress, tell_replay
from safeconduct.doors.cli.told import tell_assessment

if TYPE_CHECKING:
    from safeconduct.flows.assess_case import SetByHand
    from safeconduct.flows.lapse_question import Lapsed
    from safeconduct.flows.record_decision import Decided

WAIT_SECONDS = 600.0
Case = Annotated[str, typer.Argument(help="reference, such as XX-2026-0001")]
MAX_BYTES = 5_000_000
_BY_HAND = re.compile(r"([A-Za-z0-9_-]{1,40}):(severity|likelihood)=([1-5])")
_REFERENCE = re.compile(r"[A-Z]{2,3}-\d{4}-\d{4,}")


def add_to(app: typer.Typer) -> None:
    """The commands of this file."""
    for name, command in (
        ("assess", assess),
        ("answer", answer),
        ("lapse", lapse),
        ("clear", clear),
        ("decide", decide),
        ("replay", replay),
        ("import-cases", import_cases),
    ):
        app.command(name)(command)


def read_file(file: str) -> tuple[bytes, str]:
    """The bytes of a file or of standard input (``-``), and how refusals call them."""
    if file == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1), "standard input"
    try:
        with Path(file).open("rb") as stream:
            return stream.read(MAX_BYTES + 1), Path(file).name
    except OSError as error:
        raise Refusal(
            error.strerror or "cannot be read", file, "name a file that can be read, or - for input"
        ) from error


def assess(
    file: Annotated[str, typer.Argument(help="an application as JSON, - for standard input, or a case's reference")],
    as_of: Annotated[str, typer.Option("--as-of", help="assess as on this day (YYYY-MM-DD)")] = "",
    policy: Annotated[str, typer.Option(help="a policy pack to try instead of the one in force")] = "",
    by_hand: Annotated[list[str] | None, typer.Option("--set", help="MS-01:severity=3 or MS-01:likelihood=2")] = None,
    reason: Annotated[str, typer.Option(help="why it is set by hand")] = "",
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """Take an application in, screen every party, and assess it; the same file again gives the same case.

    With a reference instead of a file, assess that case again: on newer lists, or under a newer policy.
    """
    actor = acting(who)
    if _REFERENCE.fullmatch(file) and not Path(file).exists():
        show(actor, assessed(actor, file, keep_policy(policy), _set_by_hand(by_hand or [], reason)), as_json=as_json)
        return
    if by_hand:
        raise WrongUse("only a case can be set by hand", "--set", "give a case's reference instead of a file")
    from safeconduct.flows.submit_application import Submit, submit_application

    data, name = read_file(file)
    pack = keep_policy(policy)
    order = Submit(application=data, name=name, as_of=as_of)
    opened = submit_application(actor, order, key=f"assess/{sha256(data)}/{as_of}")
    show(actor, assessed(actor, opened.case, pack), as_json=as_json)


def _set_by_hand(texts: list[str], reason: str) -> tuple[SetByHand, ...]:
    """``MS-01:severity=3`` as what a person sets; the flow asks for the reason."""
    from safeconduct.flows.assess_case import SetByHand

    found = []
    for text in texts:
        read = _BY_HAND.fullmatch(text)
        if read is None:
            raise WrongUse(
                f"{text!r} sets nothing", "--set", "write SCENARIO:severity=1 to 5, or SCENARIO:likelihood=…"
            )
        what: Literal["severity", "likelihood"] = "severity" if read[2] == "severity" else "likelihood"
        found.append(SetByHand(read[1], what, int(read[3]), reason))
    return tuple(found)


def assessed(actor: Any, case: str, policy: str = "", by_hand: tuple[SetByHand, ...] = ()) -> str:
    """Assess a case, waiting for its screenings with progress; the assessment's id."""
    from django.conf import settings

    from safeconduct.flows.assess_case import Assess, assess_case
    from safeconduct.flows.gathering import read_ahead
    from safeconduct.flows.waiting import screened

    result = assess_case(actor, Assess(case=case, policy=policy, by_hand=by_hand), key=uuid.uuid4().hex)
    if result.waiting:
        read_ahead(settings.HOME)
    while result.waiting:  # again where lists were loaded meanwhile
        with progress(f"screening the parties of {case}") as step:
            screened(case, WAIT_SECONDS, step)
        result = assess_case(actor, Assess(case=case, policy=policy, by_hand=by_hand), key=uuid.uuid4().hex)
    return result.assessment


def show(actor: Any, assessment_id: str, *, as_json: bool) -> None:
    """Print one assessment."""
    from safeconduct.flows.reading import assessment

    found = assessment(actor, assessment_id)
    if as_json:
        print_json(found)
    else:
        tell_assessment(found)


def keep_policy(path: str) -> str:
    """The SHA-256 of a pack to try; kept, not put in force. Empty for the one in force."""
    if not path:
        return ""
    from safeconduct.doors.cli.policies import pack_bytes
    from safeconduct.flows.try_pack import TryPack, try_pack

    data, name = pack_bytes(path)
    return try_pack(acting("policy"), TryPack(pack=data, name=name), key=f"try/{sha256(data)}").sha256


def answer(
    case: Case,
    question: Annotated[str, typer.Argument(help="the question's id, such as user.kind")],
    value: Annotated[str, typer.Argument(help="the answer: yes, a word, words with commas, a number, a text, or JSON")],
    source: Annotated[str, typer.Option(help="where the answer comes from")] = "",
    searched: Annotated[str, typer.Option(help="for “none”: what was searched")] = "",
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """Answer one question of a case, and assess it again."""
    actor = acting(who)
    from safeconduct.core.evidence import Source
    from safeconduct.flows.answer_question import Answer, answer_question

    stated = Source("letter", ref=source) if source else None
    order = Answer(case=case, question=question, value=_value(value), source=stated, searched=searched)
    answer_question(actor, order, key=uuid.uuid4().hex)
    show(actor, assessed(actor, case), as_json=as_json)


def _value(text: str) -> Any:
    """JSON where it is an object; else the text, which the flow reads by the fact's type."""
    if text.lstrip().startswith("{"):
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            raise Refusal(f"not JSON: {error.msg}", "VALUE", "correct it, or answer in plain words") from error
    return text


def lapse(
    case: Case,
    ending: Annotated[
        Literal["refuse", "accept"], typer.Argument(help="refuse, or accept a question that stays unanswered")
    ],
    question: Annotated[str, typer.Option(help="the question that is accepted as unanswered")] = "",
    reasons: Annotated[str, typer.Option(help="why")] = "",
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """End the waiting for an answer, once the lawful time is over."""
    actor = acting(who)
    from safeconduct.flows.lapse_question import Lapse, lapse_question

    done = lapse_question(
        actor, Lapse(case=case, ending=ending, question=question, reasons=reasons), key=uuid.uuid4().hex
    )
    _tell_state(done, as_json=as_json)


def _tell_state(done: Lapsed | Decided, *, as_json: bool) -> None:
    """Where an act has brought a case."""
    if as_json:
        import msgspec

        print_json(msgspec.to_builtins(done))
    else:
        print(f"{done.case}: {done.state}")


def clear(
    case: Case,
    party: Annotated[str, typer.Argument(help="id of the party in the application, such as P3")],
    source: Annotated[str, typer.Argument(help="the list, such as ofac-sdn")],
    entry: Annotated[str, typer.Argument(help="the entry on it")],
    grounds: Annotated[str, typer.Option(help="why they are not the same")],
    ground: Annotated[str, typer.Option(help="what tells them apart, such as birth_date or document")] = "",
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """Record that a party is not the one on the list, and assess the case again."""
    actor = acting(who)
    from safeconduct.flows.clear_match import ClearMatch, clear_match

    order = ClearMatch(case=case, party=party, source=source, entry=entry, grounds=grounds, ground=ground)
    done = clear_match(actor, order, key=uuid.uuid4().hex)
    if done.second_person:
        rules = ", ".join(done.second_person)
        print(f"it takes two people ({rules}): another confirms it by `safeconduct match second`", file=sys.stderr)
    show(actor, assessed(actor, case), as_json=as_json)


def decide(
    case: Case,
    decision: Annotated[Literal["approve", "refuse"], typer.Argument(help="approve or refuse")],
    reasons: Annotated[str, typer.Option(help="the reasons, as the letter will give them")] = "",
    as_json: Json = False,
    who: As = "countersigner",
) -> None:
    """Decide a case; an approval is refused while anything decisive is open."""
    actor = acting(who)
    from safeconduct.flows.record_decision import Decide, record_decision

    done = record_decision(actor, Decide(case=case, decision=decision, reasons=reasons), key=uuid.uuid4().hex)
    _tell_state(done, as_json=as_json)


def replay(
    assessment_id: Annotated[str, typer.Argument(metavar="ID", help="an assessment, such as XX-2026-0001/7")],
    observe: Annotated[bool, typer.Option("--observe", help="screen again too, with the recorded editions")] = False,
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """Judge a recorded assessment again: the same bytes, whatever was loaded since."""
    actor = acting(who)
    from safeconduct.flows.replay import observe_again
    from safeconduct.flows.replay import replay as judge_again

    if observe:
        with progress("screening again with the recorded editions"):
            seen = observe_again(actor, assessment_id)
    else:
        seen = judge_again(actor, assessment_id)
    tell_replay(assessment_id, seen.bytes, same=seen.same, as_json=as_json)


def import_cases(
    file: Annotated[str, typer.Argument(help="a spreadsheet saved as CSV")],
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """Take old cases in from a spreadsheet, one a row, with a report of what was left out and why."""
    actor = acting(who)
    from safeconduct.core import canonical
    from safeconduct.flows.submit_application import Submit, submit_application
    from safeconduct.intake.spreadsheet import read_spreadsheet

    data, name = read_file(file)
    sheet = read_spreadsheet(data, name)
    opened, total = [], len(sheet.cases)
    with progress(f"taking in {total} cases") as step:
        for done, row in enumerate(sheet.cases, 1):
            application = canonical.encode(row.case_file)
            key = f"import/{sha256(application)}"
            order = Submit(application=application, name=f"{name}, row {row.row}")
            opened.append({"row": row.row, "case": submit_application(actor, order, key=key).case})
            step(done, total, "")
    skipped = [{"row": each.row, "why": each.why} for each in sheet.skipped]
    if as_json:
        print_json({"cases": opened, "skipped": skipped, "columns_ignored": list(sheet.ignored)})
        return
    print(f"{len(opened)} cases taken in, {len(skipped)} rows left out")
    for left in skipped:
        print(f"  row {left['row']}: {left['why']}")
    if sheet.ignored:
        print(f"  columns not read: {', '.join(sheet.ignored)}")
