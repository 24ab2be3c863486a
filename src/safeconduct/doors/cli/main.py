"""The program itself: which commands there are, and how a refusal is told."""

from __future__ import annotations

import gc
import io
import os
import sys

import typer

from safeconduct.core.errors import Refusal, WrongUse
from safeconduct.doors.cli import (
    api_keys,
    assessors,
    cases,
    evidence,
    looking,
    matches,
    parties,
    people,
    policies,
    rescreen,
    running,
    screenings,
    sources,
)
from safeconduct.doors.cli.telling import tell_refusal
from safeconduct.doors.cli.unusable import PLACE_ERRORS, database_errors, unusable_database, unusable_place

app = typer.Typer(
    name="safeconduct",
    help="Decide which exports of surveillance and dual-use technology are safe to let go, with reasons.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
running.add_to(app)
cases.add_to(app)
looking.add_to(app)
people.add_to(app)
rescreen.add_to(app)
app.add_typer(api_keys.app, name="api-key")
app.add_typer(screenings.app, name="screening")
app.add_typer(sources.app, name="sources")
app.add_typer(matches.app, name="match")
app.add_typer(assessors.app, name="assessors")
app.add_typer(parties.app, name="parties")
app.add_typer(policies.app, name="policy")
app.add_typer(evidence.app, name="ledger")


@app.command("version")
def show_version() -> None:
    """Print the release."""
    from importlib.metadata import version  # it takes as long to import as the whole rule language

    print(version("safeconduct"))


def run_command() -> None:
    """Run it; a full disk, and a directory or database that cannot be used, are a ``Refusal`` as well."""
    try:
        app(standalone_mode=False)
    except OSError as error:
        if error.errno not in PLACE_ERRORS:
            raise
        raise unusable_place(error) from error
    except database_errors() as error:
        raise unusable_database(error) from error


def main() -> None:
    """Run one command; every refusal goes to standard error with what, where and remedy."""
    gc.set_threshold(
        100_000
    )  # what starting makes stays; to look it through every 700 objects takes a tenth of a second
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeconduct.settings")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without our letters still gets the words
    try:
        run_command()
    except Refusal as refusal:
        tell_refusal(refusal, as_json="--json" in sys.argv[1:])
        sys.exit(refusal.status)
    except typer.Abort:
        sys.exit(130)
    except typer.TyperException as error:
        if message := error.format_message():  # empty when the help was shown instead
            wrong = WrongUse(message, remedy="add --help to see how it is used")
            tell_refusal(wrong, as_json="--json" in sys.argv[1:])
        sys.exit(WrongUse.status)
    except BrokenPipeError:  # whoever read us has gone; nothing more to say
        sys.stdout = None
        sys.exit(0)
