"""``safeconduct ledger``: verify the record, and export it for whoever must check it elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safeconduct.core.errors import Refusal
from safeconduct.doors.cli import ready
from safeconduct.doors.cli.cases import read_file
from safeconduct.doors.cli.people import As, acting
from safeconduct.doors.cli.telling import Json, print_json, progress

app = typer.Typer(help="The record of everything that happened.", no_args_is_help=True)


@app.command()
def verify(
    checkpoint: Annotated[list[str] | None, typer.Option(help="an earlier checkpoint somebody kept")] = None,
    as_json: Json = False,
    who: As = "",
) -> None:
    """Check every row, blob and entry against the ledger; exit status 1 where something was altered.

    Without --as nobody's row is read: it may be the altered one.
    """
    held = tuple(_checkpoint(path) for path in checkpoint or ())
    ready.make_tables()
    from safeconduct.flows.people import CONSOLE, actor_named
    from safeconduct.flows.verify_ledger import verify_ledger

    actor = actor_named(who) if who else CONSOLE
    with progress("verifying the ledger"):
        report = verify_ledger(actor, held)
    if as_json:
        print_json(report_object(report))
    else:
        for problem in report.problems:
            print(problem)
        print(f"{report.size} entries, root {report.root.hex()[:16]}…, {len(report.problems)} problems")
    if report.problems:
        raise Refusal(
            f"{len(report.problems)} alterations found, the first: {report.problems[0]}",
            "ledger",
            "keep everything as it is, and investigate",
        )


def _checkpoint(path: str) -> str:
    data, name = read_file(path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(f"not UTF-8 at byte {error.start}", name, "give a checkpoint as it was kept") from error


def report_object(report: object) -> object:
    """A report as plain JSON."""
    import msgspec

    return msgspec.to_builtins(report)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="where to write the bundle (.zip)")],
    as_json: Json = False,
    who: As = "auditor",
) -> None:
    """Write a bundle that ``safeconduct-verify`` reads without this system."""
    actor = acting(who)
    from safeconduct.flows.verify_ledger import export_bundle

    with progress("exporting the ledger"):
        export_bundle(actor, file)
    if as_json:
        print_json({"file": str(file), "bytes": file.stat().st_size})
        return
    print(f"{file}: check it with safeconduct-verify {file}")
