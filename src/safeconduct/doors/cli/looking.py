"""Commands that look something up: names on all lists, one item on all control lists."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Annotated, Any

import typer

from safeconduct.core.errors import Refusal, WrongUse
from safeconduct.doors.cli import ready
from safeconduct.doors.cli.batch import screen_file
from safeconduct.doors.cli.cases import read_file
from safeconduct.doors.cli.people import As, acting
from safeconduct.doors.cli.rated import lines_of
from safeconduct.doors.cli.telling import Json, print_json, print_table, progress
from safeconduct.doors.cli.told import unsearched

if TYPE_CHECKING:
    from safeconduct.access import Actor

MOST_SECONDS = 600.0


def add_to(app: typer.Typer) -> None:
    """The commands ``screen``, ``classify`` and ``example``."""
    app.command("screen")(screen)
    app.command("classify")(classify)
    app.command("example")(example)


def screen(
    name: Annotated[str, typer.Argument(help="the name as it is written")] = "",
    kind: Annotated[str, typer.Option(help="person, company, organization, vessel …")] = "unknown",
    country: Annotated[str, typer.Option(help="territory of nationality or seat")] = "",
    born: Annotated[str, typer.Option(help="birth date: 1975, 1975-03, 1975-03-12, 12 Mar 1975 …")] = "",
    batch: Annotated[str, typer.Option("--batch", help="screen every row of this CSV file instead")] = "",
    out: Annotated[str, typer.Option("--out", help="where a batch goes: .csv or .jsonl")] = "",
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """Whom does this name resemble on the lists in use, and why. What was found is kept as a screening, S-1 and on.

    With --batch, every row of a CSV file: columns name, kind, country, born, aliases, identifiers, id.
    """
    if bool(name) == bool(batch):
        remedy = "safeconduct screen NAME, or safeconduct screen --batch FILE --out FILE"
        raise WrongUse("give one name, or a file with --batch", remedy=remedy)
    if bool(batch) != bool(out):
        raise WrongUse("a batch goes from --batch FILE to --out FILE", remedy="give both")
    actor = acting(who)
    if batch:
        screen_file(actor, batch, out, as_json=as_json)
        return
    found = _screened(actor, {"name": name, "kind": kind, "country": country, "born": born})
    if as_json:
        print_json(found)
        return
    if found["matches"]:
        print_table(
            ("score", "answer", "name", "list", "entry"),
            ((each["score"], each["answer"], each["name"], each["source"], each["entry"]) for each in found["matches"]),
        )
    for each in found["matches"]:
        parts = ", ".join(f"{part['part']} {part['finding']}".replace("_", " ") for part in each["parts"])
        print(f"  {each['source']} {each['entry']}: {each['reason']}")
        print(f"    compared: {parts}")
        if asks := each.get("asks"):
            print(f"    ask for: {', '.join(asks).replace('_', ' ')}")
    gaps = unsearched(found)
    print("\n".join([*gaps, ""]), end="")
    lists = ", ".join(each["source"] for each in found["editions"])
    but = ", but not every name could be looked for" if gaps else ""
    print(f"{found['id']}: {len(found['matches'])} matches on {lists}{but}")


def _screened(actor: Actor, words: dict[str, str]) -> dict[str, Any]:
    """Ask the worker, wait for its answer, and read it back."""
    from safeconduct.flows.ask_screening import AskScreening, ask_screening
    from safeconduct.flows.lookups import answered
    from safeconduct.flows.reading_lookups import as_plain, lookup, name_of
    from safeconduct.flows.waiting import with_worker
    from safeconduct.intake.party_words import party_in_words

    order = AskScreening(parties=(party_in_words(words, "screen"),))
    (number,) = ask_screening(actor, order, key=uuid.uuid4().hex).screenings
    with progress("screening") as step:
        with_worker(lambda wait: answered([number], wait, step), name_of(number), MOST_SECONDS)
    found = lookup(actor, name_of(number))
    if found.failure:
        raise Refusal(f"could not be screened: {found.failure}", found.id, "settle what is named, then ask again")
    return as_plain(found)


def classify(
    file: Annotated[str, typer.Argument(help="an application as JSON or a datasheet's text, or - for input")],
    lists: Annotated[list[str] | None, typer.Option("--list", help="only this control list; may be repeated")] = None,
    as_of: Annotated[
        str, typer.Option("--as-of", help="the lists of this day (YYYY-MM-DD), and what changed since")
    ] = "",
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """Which control entries catch the goods, which note frees them, what cannot be told.

    With --as-of, what applied on that day and what changed since.
    """
    actor = acting(who)
    from safeconduct.flows.classify_goods import classify_goods

    data, name = read_file(file)
    found = classify_goods(actor, data, name, as_of, lists or ())
    if as_json:
        print_json(found)
        return
    for line in lines_of(found, since=bool(as_of)):
        print(line)


def example(
    number: Annotated[int, typer.Argument(help="number of a starter case")],
    variant: Annotated[str, typer.Option(help="variant, such as b")] = "",
    _as_json: Annotated[bool, typer.Option("--json", help="changes nothing: an application is JSON")] = False,
) -> None:
    """Print a starter case as an application."""
    path = ready.STARTER / "cases" / f"{number}{variant}.json"
    if not path.is_file():
        known = sorted(each.stem for each in path.parent.glob("[0-9]*.json") if ".expected" not in each.name)
        raise Refusal("no such starter case", f"{number}{variant}", f"one of {', '.join(known)}")
    print(path.read_text(encoding="utf-8"), end="")
