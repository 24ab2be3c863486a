"""The register of parties on the command line: ``safeconduct parties …``."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from safeconduct.core.errors import WrongUse
from safeconduct.doors.cli.people import As, acting
from safeconduct.doors.cli.telling import Json, print_json, print_table

if TYPE_CHECKING:
    from safeconduct.flows.register_views import PartyRow, RegisterPage
    from safeconduct.flows.state_tie import ListedHolder

app = typer.Typer(help="Every party of every application, in one register: merges, ties, who holds whom.")
Party = Annotated[str, typer.Argument(metavar="PARTY", help="number in the register, such as R-7")]
Reason = Annotated[str, typer.Option("--reason", help="what shows it; kept with your name")]
Tie = Literal["owner", "parent", "director", "family", "associate", "linked", "all_owners"]
Kind = Literal["person", "company", "organization", "public_body", "vessel", "aircraft", "unknown"]
MOST = 10_000


@app.command("list")
def list_parties(
    search: Annotated[str, typer.Argument(help="words of a name, a number, or R-7")] = "",
    most: Annotated[int, typer.Option("--most", min=1, max=MOST, help="how many to print")] = 100,
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """Parties that you may see, the newest first."""
    actor = acting(who)
    from safeconduct.flows.reading_register import parties

    found = parties(actor, search)
    rows, count = found[:most], len(found)
    if as_json:
        import msgspec

        print_json({"count": count, "parties": [msgspec.to_builtins(row) for row in rows]})
        return
    print_table(
        ("party", "screening", "held", "cases", "territory", "name"),
        ((row.id, row.standing, _held(row), row.cases, row.territory or "-", row.name) for row in rows),
    )
    print(f"{count} parties" + (f", {count - len(rows)} more not printed" if count > len(rows) else ""))


def _held(row: PartyRow) -> str:
    """Whether listed parties are known to hold it."""
    return "listed" if "met" in (row.owned, row.controlled) else "-"


@app.command("show")
def show(name: Party, as_json: Json = False, who: As = "officer") -> None:
    """One party: where it appears, who holds it, what may be the same."""
    actor = acting(who)
    from safeconduct.flows.reading_register import party

    found = party(actor, name)
    if as_json:
        print_json(plain(found))
    else:
        _tell(found)


def plain(found: RegisterPage) -> dict[str, Any]:
    """A page as one JSON object."""
    import msgspec

    from safeconduct.flows.wording import words

    held, facts = found.held, msgspec.to_builtins(found, enc_hook=str)
    return {
        **{
            key: facts[key]
            for key in ("id", "entries", "party", "names", "identifiers", "noted", "standing", "matches")
        },
        **{key: facts[key] for key in ("appearances", "ties", "merges", "proposals")},
        "held": {
            "day": held.day,
            "multiplied": facts["held"]["multiplied"],
            "counted_from_half": facts["held"]["half"],
            "counted_over_half": facts["held"]["over_half"],
            "chains": [
                {"how": one.how, "parties": one.parties, "low": one.low, "high": one.high} for one in held.chains
            ],
            "rings": held.rings,
            "disputed": held.disputed,
            "cut": held.cut,
        },
        "parties": facts["parties"],
        "findings": [
            {**each, "reason": words(one.reason)} for each, one in zip(facts["findings"], found.findings, strict=True)
        ],
    }


def _tell(found: RegisterPage) -> None:
    from safeconduct.flows.wording import words

    also = f", shown with it: {', '.join(found.entries[1:])}" if len(found.entries) > 1 else ""
    print(f"{found.id}  {found.party.name}  ({found.standing}){also}")
    for match in found.matches:
        print(f"  {match.answer.replace('_', ' ')}: {match.name}, {match.source} {match.entry}")
    for one in found.appearances:
        print(f"  in {one.case} as {one.party.id}, {', '.join(one.party.roles) or 'no role'}")
    for tie in found.ties:
        share = f" {_share(tie.low, tie.high)}" if tie.low else ""
        past = "" if tie.holds else "  (does not count today)"
        way = "held by" if tie.above else "holds"
        print(f"  {tie.id}: {way} {tie.other or 'nobody else'}, {tie.what}{share}, by {tie.by}{past}")
    for chain in found.held.chains:
        names = " > ".join(found.parties[each].name for each in chain.parties)
        print(f"  {chain.how}: {names}" + (f"  {_share(chain.low, chain.high)}" if chain.low else ""))
    for finding in found.findings:
        print(f"  {finding.verdict.value.replace('_', ' ')}: {words(finding.reason)}")
    for each in found.proposals:
        against = f", against it: {', '.join(each.against)}" if each.against else ""
        print(f"  may be {each.id} {each.name}: same {', '.join(each.why)}{against}")


def _share(low: str, high: str) -> str:
    from safeconduct.screen.holdings import rounded

    low, high = rounded(low, high)
    return f"{low} %" if low == high else f"{low} to {high} %"


@app.command("report")
def report(
    name: Party,
    said: Annotated[str, typer.Argument(help="what was found")],
    source: Annotated[str, typer.Option(help="who found it, and where it stands")],
    date: Annotated[str, typer.Option(help="when: a year, month or day")],
    denial: Annotated[bool, typer.Option("--denial", help="another State's denial")] = False,
    sealed: Annotated[bool, typer.Option("--sealed", help="tell neither words nor source in the cases")] = False,
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """State a denial or a finding about a party: live cases in which it appears are opened again."""
    actor = acting(who)
    from safeconduct.flows.state_finding import StateFinding, state_finding

    kind: Literal["denial", "finding"] = "denial" if denial else "finding"
    order = StateFinding(party=name, kind=kind, said=said, source=source, date=date, sealed=sealed)
    done = state_finding(actor, order, key=uuid.uuid4().hex)
    _done(as_json, {"finding": done.finding}, f"{done.finding} is on record")


@app.command("merge")
def merge(one: Party, other: Party, reason: Reason, as_json: Json = False, who: As = "officer") -> None:
    """Say that two entries are one party; it can be taken back."""
    actor = acting(who)
    from safeconduct.flows.merge_parties import MergeParties, merge_parties

    done = merge_parties(actor, MergeParties(one=one, other=other, reason=reason), key=uuid.uuid4().hex)
    _done(as_json, {"party": done.party}, f"{one} and {other} are shown as {done.party}")


@app.command("unmerge")
def unmerge(one: Party, other: Party, reason: Reason, as_json: Json = False, who: As = "officer") -> None:
    """Take a merge back: each is again what it was."""
    actor = acting(who)
    from safeconduct.flows.unmerge_parties import UnmergeParties, unmerge_parties

    done = unmerge_parties(actor, UnmergeParties(one=one, other=other, reason=reason), key=uuid.uuid4().hex)
    _done(as_json, {"one": done.one, "other": done.other}, f"shown as {done.one} and {done.other}")


@app.command("separate")
def separate(
    name: Party,
    case: Annotated[str, typer.Argument(help="reference, such as XX-2026-0001")],
    party: Annotated[str, typer.Argument(help="id of the party in the application, such as P3")],
    reason: Reason,
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """Take one appearance out of an entry: it gets one of its own."""
    actor = acting(who)
    from safeconduct.flows.separate_party import SeparateParty, separate_party

    order = SeparateParty(entry=name, case=case, party=party, reason=reason)
    done = separate_party(actor, order, key=uuid.uuid4().hex)
    _done(as_json, {"party": done.party}, f"{case} {party} is {done.party} now")


@app.command("tie")
def tie(
    held: Party,
    what: Annotated[Tie, typer.Argument(help="what the other one is to it")],
    reason: Annotated[str, typer.Option("--reason", help="the document that shows it")],
    holder: Annotated[str, typer.Option(help="the other one's number in the register, such as R-9")] = "",
    name: Annotated[str, typer.Option(help="or its name, where it is not in the register yet")] = "",
    kind: Annotated[Kind, typer.Option(help="what that new one is")] = "unknown",
    country: Annotated[str, typer.Option(help="its seat or nationality")] = "",
    born: Annotated[str, typer.Option(help="its date of birth")] = "",
    listed: Annotated[str, typer.Option(help="or its list and entry, such as 'ofac-sdn 12345'")] = "",
    share: Annotated[str, typer.Option(help="per cent: 51, 25-50, 'more than 25', unknown")] = "",
    begins: Annotated[str, typer.Option(help="first day")] = "",
    ends: Annotated[str, typer.Option(help="last day")] = "",
    date: Annotated[str, typer.Option(help="date of the document")] = "",
    source: Annotated[str, typer.Option(help="kind of the document: research, letter, court …")] = "research",
    case: Annotated[str, typer.Option(help="keep it to readers of this case")] = "",
    sealed: Annotated[bool, typer.Option("--sealed", help="the source is sealed; needs --case")] = False,
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """State who owns, directs or is otherwise tied to a party."""
    actor = acting(who)
    from safeconduct.core.evidence import Source
    from safeconduct.core.party import Party as NewParty
    from safeconduct.flows.state_tie import StateTie, state_tie

    order = StateTie(
        held=held,
        what=what,
        source=Source(source, ref=reason, date=date, sealed=sealed),
        holder=holder,
        listed=_listed(listed),
        new=NewParty(id="P1", name=name, kind=kind, territory=country, born=born) if name else None,
        share=share,
        begins=begins,
        ends=ends,
        case=case,
    )
    done = state_tie(actor, order, key=uuid.uuid4().hex)
    _done(as_json, {"tie": done.tie, "holder": done.holder}, f"{done.tie} is stated")


def _listed(text: str) -> ListedHolder | None:
    from safeconduct.flows.state_tie import ListedHolder

    source, _space, entry = text.strip().partition(" ")
    if text and not entry:
        raise WrongUse(f"{text!r} names no entry", "--listed", "write the list, then the entry: 'ofac-sdn 12345'")
    return ListedHolder(source, entry.strip()) if text else None


@app.command("end-tie")
def end(
    name: Annotated[str, typer.Argument(metavar="TIE", help="such as T-4")],
    reason: Reason,
    last_day: Annotated[str, typer.Option(help="last day on which it held; none where it never did")] = "",
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """End a tie: from a day on, or on every day, because it was stated wrongly."""
    actor = acting(who)
    from safeconduct.flows.end_tie import EndTie, end_tie

    done = end_tie(actor, EndTie(tie=name, reason=reason, last_day=last_day), key=uuid.uuid4().hex)
    _done(as_json, {"tie": done.tie, "held": done.held}, f"{done.tie} is ended; it held {done.held}")


def _done(as_json: bool, found: dict[str, str], told: str) -> None:
    if as_json:
        print_json(found)
    else:
        print(told)
