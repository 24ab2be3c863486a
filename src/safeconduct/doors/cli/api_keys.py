"""``safeconduct api-key``: keys with which programs act as a person."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from safeconduct.doors.cli import ready
from safeconduct.doors.cli.telling import Json, print_json, print_table

app = typer.Typer(help="Make, list and revoke the keys with which programs use the API as a person.")


@app.command("make")
def make(
    person: Annotated[str, typer.Option("--as", help="short name of the person for whom programs will act")],
    label: Annotated[str, typer.Option(help="what the key is for")] = "",
    days: Annotated[int, typer.Option(help="how long it lasts")] = 365,
    as_json: Json = False,
) -> None:
    """Make a key. It is shown once, and only its hash is kept."""
    ready.prepare()
    from safeconduct.flows.api_keys import SHOWN, hash_of, new_token
    from safeconduct.flows.make_api_key import MakeApiKey, make_api_key
    from safeconduct.flows.people import CONSOLE

    token = new_token()
    order = MakeApiKey(person=person, token_sha256=hash_of(token), start=token[:SHOWN], label=label, days=days)
    made = make_api_key(CONSOLE, order, key=f"api-key/{order.token_sha256}")
    if as_json:
        print_json({"id": made.id, "person": person, "expires": made.expires, "key": token})
        return
    print(f"{made.id} for {person}, until {made.expires}. It is shown this once:")
    print(token)


@app.command("list")
def show(as_json: Json = False) -> None:
    """Which keys there are, and until when."""
    ready.prepare()
    from safeconduct.flows.api_keys import api_keys
    from safeconduct.flows.people import CONSOLE

    keys = api_keys(CONSOLE)
    if as_json:
        print_json({"keys": [msgspec.to_builtins(one) for one in keys]})
        return
    print_table(
        ("key", "begins", "person", "expires", "revoked", "for"),
        ((one.id, one.start, one.person, one.expires, one.revoked, one.label) for one in keys),
    )


@app.command("revoke")
def revoke(
    key: Annotated[str, typer.Argument(help="the key's name, such as K-3")],
    as_json: Json = False,
) -> None:
    """End a key now."""
    ready.prepare()
    from safeconduct.flows.people import CONSOLE
    from safeconduct.flows.revoke_api_key import RevokeApiKey, revoke_api_key

    done = revoke_api_key(CONSOLE, RevokeApiKey(key=key), key=f"revoke/{key[:60]}")
    if as_json:
        print_json(msgspec.to_builtins(done))
        return
    print(f"{done.id} opens nothing since {done.revoked}")
