"""What the command line prints: refusals, tables, JSON, and progress on anything over a second."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from safeconduct.core.canonical import sha256
from safeconduct.core.errors import Refusal

Json = Annotated[bool, typer.Option("--json", help="print one JSON object")]
Step = Callable[[int, int, str], None]


def tell_refusal(refusal: Refusal, *, as_json: bool) -> None:
    """On standard error; with ``--json`` as an object there too."""
    if as_json:
        print(json.dumps({"error": refusal.as_object()}, ensure_ascii=False), file=sys.stderr)
        return
    place = f"{refusal.where}: " if refusal.where else ""
    print(f"safeconduct: {place}{refusal.what}", file=sys.stderr)
    if refusal.remedy:
        print(f"  remedy: {refusal.remedy}", file=sys.stderr)


def print_json(value: Any) -> None:
    """One object on standard output, keys in a fixed order."""
    print(json.dumps(value, indent=1, ensure_ascii=False, sort_keys=False))


def tell_replay(name: str, made: bytes, *, same: bool, as_json: bool) -> None:
    """What judging ``name`` again gave; a ``Refusal`` where that is not what was recorded."""
    if as_json:
        sys.stdout.buffer.write(made + b"\n")
    else:
        print(f"{name}: {'the same bytes' if same else 'NOT the same'} ({sha256(made)[:16]}…)")
    if not same:
        raise Refusal("judging again does not give what was recorded", name, "verify the ledger")


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Plain columns, as wide as what is in them; the last is not padded."""
    cells = [tuple(head), *(tuple(str(cell) for cell in row) for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(head))]
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@contextmanager
def progress(what: str) -> Iterator[Step]:
    """A bar on a terminal; elsewhere one line when it starts, on standard error either way."""
    if not sys.stderr.isatty():
        print(f"{what} …", file=sys.stderr)
        yield lambda _done, _total, _what: None
        return
    from rich.console import Console  # rich takes a tenth of a second to import
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total, now: bar.update(task, completed=done, total=total, description=now or what)
