"""``safeconduct match``: what waits for a decision, and the decisions besides ``clear``."""

from __future__ import annotations

import uuid
from typing import Annotated, Any, Literal

import typer

from safeconduct.doors.cli.cases import assessed, show
from safeconduct.doors.cli.people import As, acting
from safeconduct.doors.cli.telling import Json, print_json, print_table

app = typer.Typer(help="Matches that wait for a decision, and decisions about them.", no_args_is_help=True)
Case = Annotated[str, typer.Argument(help="reference, such as XX-2026-0001")]
Party = Annotated[str, typer.Argument(help="id of the party in the application, such as P3")]
Source = Annotated[str, typer.Argument(metavar="LIST", help="the list, such as ofac-sdn")]
Entry = Annotated[str, typer.Argument(help="the entry on it")]
Reasons = Annotated[str, typer.Option(help="why")]


@app.command("list")
def waiting(as_json: Json = False, who: As = "officer") -> None:
    """Every match that waits in a case you may read, the oldest case first."""
    actor = acting(who)
    from safeconduct.flows.reading import open_matches

    rows = [
        {
            "case": one.case,
            "party": one.party.id,
            "name": one.party.name,
            "source": one.match.source,
            "entry": one.match.entry,
            "listed": one.match.name,
            "answer": one.match.answer,
            "score": one.match.score,
            "standing": one.standing,
        }
        for one in open_matches(actor)
    ]
    if as_json:
        print_json({"matches": rows})
        return
    head = ("case", "party", "source", "entry", "answer", "standing", "name", "listed")
    print_table(head, ([row[key] for key in head] for row in rows))


@app.command()
def same(
    case: Case,
    party: Party,
    source: Source,
    entry: Entry,
    reasons: Reasons = "",
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """Record that a party is the one on the list, and assess the case again."""
    actor = acting(who)
    from safeconduct.flows.confirm_match import ConfirmMatch, confirm_match

    order = ConfirmMatch(case=case, party=party, source=source, entry=entry, reasons=reasons)
    confirm_match(actor, order, key=uuid.uuid4().hex)
    _assess(actor, case, as_json)


@app.command()
def ask(
    case: Case,
    party: Party,
    source: Source,
    entry: Entry,
    asked: Annotated[str, typer.Argument(help="birth_date, birth_place, territory, identifier, sex or address")],
    to: Annotated[Literal["exporter", "authority"], typer.Option(help="of whom")] = "exporter",
    reasons: Reasons = "",
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """Ask for the fact that would settle a match; the question says nothing of the list."""
    actor = acting(who)
    from safeconduct.flows.ask_about_match import AskAboutMatch, ask_about_match

    order = AskAboutMatch(case=case, party=party, source=source, entry=entry, asked=asked, to=to, reasons=reasons)
    ask_about_match(actor, order, key=uuid.uuid4().hex)
    _assess(actor, case, as_json)


@app.command()
def second(
    case: Case,
    party: Party,
    source: Source,
    entry: Entry,
    answer: Annotated[Literal["confirm", "decline"], typer.Argument(help="confirm or decline")],
    reasons: Reasons = "",
    as_json: Json = False,
    who: As = "countersigner",
) -> None:
    """Confirm, as the second person, a clearance that another proposed; or decline it, with reasons."""
    actor = acting(who)
    from safeconduct.flows.confirm_clearance import ConfirmClearance, confirm_clearance

    confirm = answer == "confirm"
    order = ConfirmClearance(case=case, party=party, source=source, entry=entry, confirm=confirm, reasons=reasons)
    confirm_clearance(actor, order, key=uuid.uuid4().hex)
    _assess(actor, case, as_json)


@app.command()
def withdraw(
    case: Case,
    party: Party,
    source: Source,
    entry: Entry,
    reasons: Reasons = "",
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """Withdraw what was decided or proposed about a match: it is open again."""
    actor = acting(who)
    from safeconduct.flows.withdraw_decision import WithdrawDecision, withdraw_decision

    order = WithdrawDecision(case=case, party=party, source=source, entry=entry, reasons=reasons)
    withdraw_decision(actor, order, key=uuid.uuid4().hex)
    _assess(actor, case, as_json)


def _assess(actor: Any, case: str, as_json: bool) -> None:
    show(actor, assessed(actor, case), as_json=as_json)
