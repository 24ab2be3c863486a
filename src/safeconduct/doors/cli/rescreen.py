"""``safeconduct rescreen``: look at the parties of open cases and live licences again, for newer lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from safeconduct.core.errors import WrongUse
from safeconduct.doors.cli.people import As, acting
from safeconduct.doors.cli.telling import Json, print_json, print_table, progress

if TYPE_CHECKING:
    from safeconduct.flows.reading_rescreening import RescreeningView


def add_to(app: typer.Typer) -> None:
    """The command ``rescreen``."""
    app.command("rescreen")(rescreen)


def rescreen(
    edition: Annotated[str, typer.Option(help="one list: its source, or the beginning of its edition's sha256")] = "",
    everybody: Annotated[bool, typer.Option("--all", help="everybody again, on the whole of every list")] = False,
    cluster: Annotated[str, typer.Option(help="look by the workers of this dask scheduler, tcp://HOST:PORT")] = "",
    as_json: Json = False,
    who: As = "officer",
) -> None:
    """Look again at every party that a newer list may touch, and reopen the cases that it does.

    A worker does this by itself whenever a list is loaded. Interrupted or killed, it goes on where it was at the next
    call. Whoever is not touched is carried over to the newer list, which the ledger has on record.
    """
    if edition and everybody:
        raise WrongUse("--edition and --all do not go together", remedy="give one of them")
    actor = acting(who)
    from safeconduct.flows.rescreen_by_hand import rescreen as go

    done: dict[int, RescreeningView] = {}
    with progress("rescreening") as step:
        for each in go(actor, edition=edition, everybody=everybody, cluster=cluster):
            done[each.number] = each
            step(each.looked, max(each.total, 1), _doing(each))
    if any(one.touched for one in done.values()):
        from safeconduct.flows.waiting import ensure_worker

        ensure_worker()  # to assess what was touched
    _tell([done[number] for number in sorted(done)], as_json)


def _hash(one: RescreeningView, sha256: str) -> str:
    return sha256[:12] or ("not in use" if one.source else "")


def _doing(one: RescreeningView) -> str:
    return f"{one.source or 'all lists'}: {one.looked} of {one.total} parties, {one.touched} touched"


def _tell(done: list[RescreeningView], as_json: bool) -> None:
    import msgspec

    sums = {name: sum(getattr(one, name) for one in done) for name in ("looked", "touched", "reopened")}
    if as_json:
        print_json({"rescreenings": [msgspec.to_builtins(one) for one in done], **sums})
        return
    if not done:
        print("Every party stands at the lists in use: nothing to do.")
        return
    print_table(
        ("list", "from", "to", "looked at", "touched", "licences reopened", "state"),
        (
            (
                one.source or "all lists",
                _hash(one, one.before),
                _hash(one, one.after),
                one.looked,
                one.touched,
                one.reopened,
                one.state,
            )
            for one in done
        ),
    )
    if sums["touched"]:
        print("What was touched is in the queue, with the reason; a worker assesses it anew.")
