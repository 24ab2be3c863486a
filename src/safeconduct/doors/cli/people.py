"""Who acts on the command line, and links with which people sign in to the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from safeconduct.doors.cli import ready
from safeconduct.doors.cli.telling import Json, print_json

if TYPE_CHECKING:
    from safeconduct.access import Actor

As = Annotated[str, typer.Option("--as", help="short name of the person who acts", envvar="SAFECONDUCT_ACTOR")]


def acting(name_id: str) -> Actor:
    """The actor of this name, on an installation that is ready."""
    ready.prepare()
    from safeconduct.flows.people import actor_named

    return actor_named(name_id)


def add_to(app: typer.Typer) -> None:
    """The command ``sign-in``."""

    @app.command("sign-in")
    def sign_in(
        name: Annotated[str, typer.Argument(help="short name of the person who will sign in")],
        port: Annotated[int, typer.Option(min=1, max=65535, help="port the pages are served on")] = 8000,
        as_json: Json = False,
    ) -> None:
        """Print a link with which one person can sign in once."""
        ready.prepare()
        link = link_for(name, port)
        if as_json:
            print_json({"name": name, "link": link})
        else:
            print(link)


def link_for(name: str, port: int) -> str:
    """A one-time sign-in address of this installation."""
    from django.conf import settings

    from safeconduct.flows.people import CONSOLE
    from safeconduct.flows.sign_in import issue_link

    origin = settings.ORIGIN or f"http://127.0.0.1:{port}"
    return f"{origin}/sign-in/{issue_link(CONSOLE, name)}"
