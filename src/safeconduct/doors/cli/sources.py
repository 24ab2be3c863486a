"""``safeconduct sources``: load publishers' files, see what is in use, and tell two editions apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from safeconduct.core.errors import Refusal
from safeconduct.doors.cli import fetching
from safeconduct.doors.cli.people import As, acting
from safeconduct.doors.cli.telling import Json, print_json, print_table, progress

app = typer.Typer(help="Editions of lists and indicators.", no_args_is_help=True)
MOST_SHOWN = 20
fetching.add_to(app)


@app.command()
def load(
    files: Annotated[list[Path], typer.Argument(help="publishers' own files; those of one list together")],
    published: Annotated[str, typer.Option(help="the publisher's date, where the file states none")] = "",
    source: Annotated[str, typer.Option(help="key of the source, where the content does not tell")] = "",
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """Load editions. One that lost over a tenth of its entries is held for a person (exit status 1)."""
    actor = acting(who)
    from safeconduct.flows.load_edition import load_edition, orders_for

    absent = [str(path) for path in files if not path.is_file()]
    if absent:
        raise Refusal("no such file", absent[0], "give the publishers' files")
    orders = orders_for(files, published=published, source=source)
    done = []
    with progress(f"loading {len(orders)} editions") as step:
        for number, order in enumerate(orders, 1):
            done.append(load_edition(actor, order, key=order.content_key()))
            step(number, len(orders), "")
    _tell_loaded(done, as_json)
    held = next((each for each in done if each.held), None)
    if held:
        from safeconduct.flows.wording import said_of

        raise Refusal(said_of(held.held), held.source, f"look at it, then: safeconduct sources release {held.source}")


def _tell_loaded(done: list[Any], as_json: bool) -> None:
    if as_json:
        print_json({"loaded": [msgspec.to_builtins(each) for each in done]})
        return
    print_table(
        ("source", "records", "skipped", "unexplained", "state"),
        ((each.source, each.count, each.skipped, each.unexplained, _state(each.held, each.new)) for each in done),
    )


def _state(held: str, new: bool) -> str:
    return "held" if held else "loaded" if new else "loaded before"


@app.command("list")
def list_(as_json: Json = False, who: As = "officer") -> None:
    """Every edition: source, dates, records, state."""
    actor = acting(who)
    from safeconduct.flows.reading import editions

    _tell_editions(editions(actor), as_json)


@app.command("as-of")
def as_of_(day: Annotated[str, typer.Argument(help="YYYY-MM-DD")], as_json: Json = False, who: As = "officer") -> None:
    """The edition of each source that held on a day, and by which of its dates."""
    actor = acting(who)
    from safeconduct.flows.reading import as_of

    _tell_editions(as_of(actor, day), as_json)


def _tell_editions(found: Any, as_json: bool) -> None:
    if as_json:
        print_json({"editions": [msgspec.to_builtins(each) for each in found]})
        return
    print_table(
        ("source", "publisher", "published", "obtained", "age", "records", "state", "sha256"),
        (
            (
                each.source,
                each.publisher,
                each.published or "unknown",
                each.obtained[:10] + (" (used: published unknown)" if each.basis == "obtained" else ""),
                "today" if each.age_days < 1 else f"{each.age_days} d",
                each.count,
                each.state,
                each.sha256[:12],
            )
            for each in found
        ),
    )


@app.command()
def show(
    edition: Annotated[str, typer.Argument(help="source, or the beginning of an edition's sha256")],
    entry: Annotated[str, typer.Option(help="one entry or code")] = "",
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """One edition: its metadata, the rows that were left out and why, and its records or one of them."""
    actor = acting(who)
    from safeconduct.flows.reading import edition_shown

    found = edition_shown(actor, edition, entry)
    if as_json:
        print_json(found)
        return
    for name, value in found["edition"].items():
        print(f"{name:<12}{value if not isinstance(value, list) else ', '.join(map(str, value))}")
    for row in found["skipped"][:MOST_SHOWN]:
        print(f"left out  {row['place']}: {row['why']}")
    for record in found["records"][:MOST_SHOWN]:
        print(json.dumps(record, ensure_ascii=False))


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="source, or the beginning of a sha256")],
    new: Annotated[str, typer.Argument(help="source, or the beginning of a sha256")],
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """What was added, removed and changed between two editions."""
    actor = acting(who)
    from safeconduct.flows.reading import edition_differences

    found = edition_differences(actor, old, new)
    if as_json:
        print_json(found)
        return
    print(f"added {len(found['added'])}, removed {len(found['removed'])}, changed {len(found['changed'])}")
    for sign, key in (("+", "added"), ("-", "removed")):
        for entry in found[key][:MOST_SHOWN]:
            print(f"  {sign} {entry}")
    for change in found["changed"][:MOST_SHOWN]:
        print(f"  ~ {change['id']}: {', '.join(change['fields'])}")


@app.command()
def release(
    edition: Annotated[str, typer.Argument(help="the held edition's source, or the beginning of its sha256")],
    grounds: Annotated[str, typer.Option(help="why the smaller list is right")],
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """Put a held edition in use, with grounds."""
    actor = acting(who)
    from safeconduct.flows.reading import edition_named
    from safeconduct.flows.release_edition import ReleaseEdition, release_edition

    found = edition_named(actor, edition, held=True)
    order = ReleaseEdition(source=found.source, normalised=found.sha256, grounds=grounds)
    released = release_edition(actor, order, key=f"release/{found.sha256}")
    if as_json:
        print_json({"released": msgspec.to_builtins(released)})
        return
    print(f"{released.source}: in use")
