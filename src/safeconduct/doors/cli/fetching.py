"""``safeconduct sources fetch`` and ``catalogue``: fresh lists, and where they are looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from safeconduct.core.errors import Refusal
from safeconduct.doors.cli.people import As, acting
from safeconduct.doors.cli.telling import Json, print_json, print_table

if TYPE_CHECKING:
    from safeconduct.flows.fetch_edition import Fetched

SAID = {"new": "new edition", "unchanged": "unchanged", "held": "held for a person", "failed": "failed"}
Show = Callable[[str, int, int], None]


def add_to(app: typer.Typer) -> None:
    """The commands of this file."""
    app.command()(fetch)
    app.command("catalogue")(catalogue_)


def fetch(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="sources of the catalogue")] = None,
    every: Annotated[bool, typer.Option("--all", help="also those that are not switched on")] = False,
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """Fetch lists from their publishers and load what is new. Without a NAME: every source that is switched on.

    One that fails does not keep the others from being fetched; the exit status is then 1.
    """
    actor = acting(who)
    from safeconduct.flows.fetch_edition import Fetched
    from safeconduct.flows.fetches import catalogue
    from safeconduct.flows.fetching import chosen
    from safeconduct.flows.fetching import fetch as fetch_one
    from safeconduct.flows.installation import here

    at = here()
    found = catalogue(at)
    done: list[Fetched] = []
    sources = chosen(found, names or (), every=every)
    with _bars(len(sources)) as show:
        for publisher in sources:
            try:
                one = fetch_one(actor, publisher, found.fetching, at, partial(_shown, show, publisher.key))
            except Refusal as refusal:  # somebody else is fetching it; the others are fetched all the same
                one = Fetched(publisher.key, "failed", f"{refusal.what}; {refusal.remedy}")
            if one:
                done.append(one)
    _tell(done, as_json)
    failed = [one for one in done if one.outcome == "failed"]
    if failed:
        raise Refusal(
            f"{len(failed)} of {len(done)} sources could not be fetched: {', '.join(one.source for one in failed)}",
            "sources fetch",
            "see the reasons above; the addresses are in safeconduct sources catalogue",
        )


def _shown(show: Show, source: str, what: str, done: int, total: int) -> None:
    show(f"{source}: {what}", done, total)


def _tell(done: list[Fetched], as_json: bool) -> None:
    if as_json:
        print_json({"fetched": [msgspec.to_builtins(one) for one in done]})
        return
    print_table(
        ("source", "outcome", "records", "edition", "reason"),
        ((one.source, SAID[one.outcome], one.count or "", one.edition[:12], one.reason) for one in done),
    )


def catalogue_(as_json: Json = False, who: As = "officer") -> None:
    """Where each publisher keeps its lists, as the shipped catalogue and this State's own file say."""
    acting(who)
    from safeconduct.flows.fetches import catalogue, catalogue_file
    from safeconduct.flows.installation import here

    at = here()
    found, path = catalogue(at), catalogue_file(at)
    if as_json:
        print_json({"file": str(path), "used": path.is_file(), **msgspec.to_builtins(found)})
        return
    print(f"own file: {path} ({'in use' if path.is_file() else 'not there'})")
    print(f"fetched by the worker when due: {'on' if found.fetching.on else 'off'}")
    for one in found.sources:
        print(f"\n{one.key}  ({one.publisher}; {one.licence or 'no licence stated'})")
        print(
            f"  reader {one.reader}, every {one.every_hours} hours, {'on' if one.on else 'off'}, checked: {one.checked}"
        )
        for part, text in one.addresses.items():
            print(f"  {part:<8}{text}")
        for host in one.redirects:
            print(f"  may send us on to {host}")
        if one.note:
            print(f"  note: {one.note}")


@contextmanager
def _bars(total: int) -> Iterator[Show]:
    """A bar for the file that is coming, on a terminal; elsewhere one line when it starts."""
    import sys

    if not sys.stderr.isatty():
        print(f"fetching {total} sources …", file=sys.stderr)
        yield lambda _what, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("fetching", total=None)
        yield lambda what, done, size: bar.update(task, description=what, completed=done, total=size or None)
