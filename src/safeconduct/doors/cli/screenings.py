"""``safeconduct screening``: the record of one screening, to read, to take away, and to judge again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from safeconduct.core.canonical import sha256
from safeconduct.core.errors import Refusal, WrongUse
from safeconduct.doors.cli.people import As, acting
from safeconduct.doors.cli.telling import print_table, progress, tell_replay
from safeconduct.doors.cli.told import unsearched

app = typer.Typer(help="The record of a screening.", no_args_is_help=True)
Id = Annotated[str, typer.Argument(metavar="ID", help="a screening, such as S-12")]


@app.command()
def show(
    name: Id,
    as_json: Annotated[bool, typer.Option("--json", help="the whole record as JSON")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="as one table for a spreadsheet")] = False,
    as_pdf: Annotated[bool, typer.Option("--pdf", help="as a tagged PDF")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="write it to this file")] = None,
    who: As = "officer",
) -> None:
    """What one screening compared with which editions, what it found, and who decided what."""
    kinds = [kind for kind, wanted in (("json", as_json), ("csv", as_csv), ("pdf", as_pdf)) if wanted]
    if len(kinds) > 1:
        raise WrongUse(f"{' and '.join(kinds)} at once", "screening show", "choose one of --json, --csv, --pdf")
    if not kinds and out is not None:
        raise WrongUse("a file of which kind?", "--out", "add --json, --csv or --pdf")
    if kinds == ["pdf"] and out is None and sys.stdout.isatty():
        raise WrongUse("a PDF is not for a terminal", "--pdf", "add --out FILE.pdf")
    actor = acting(who)
    from safeconduct.flows.reading_screening import screening_record

    record = screening_record(actor, name, export=bool(kinds))
    if not kinds:
        _tell(record)
        return
    from safeconduct.doors.page.screening_files import FILES

    data = FILES[kinds[0]][0](record)
    if out is None:
        sys.stdout.buffer.write(data)
        return
    try:
        out.write_bytes(data)
    except OSError as error:
        raise Refusal(error.strerror or "cannot be written", str(out), "name a file that can be written") from error
    print(f"{name}: {out}, {len(data)} bytes, SHA-256 {sha256(data)}")


@app.command()
def replay(
    name: Id,
    observe: Annotated[bool, typer.Option("--observe", help="compare again too, with the recorded editions")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="print the new bytes")] = False,
    who: As = "officer",
) -> None:
    """Judge a recorded screening again from its parts: the same bytes, whatever was loaded since."""
    actor = acting(who)
    from safeconduct.flows.replay_screening import judge_screening_again, observe_screening_again

    if observe:
        with progress("comparing again with the recorded editions"):
            seen = observe_screening_again(actor, name)
    else:
        seen = judge_screening_again(actor, name)
    tell_replay(name, seen.bytes, same=seen.same, as_json=as_json)


def _tell(record: dict[str, Any]) -> None:
    """For a reader at a terminal: the party, the editions, each match with its parts and what was decided."""
    print(f"{record['screening']}  {record['party']['name']}  {record['case'] or 'outside a case'}  {record['state']}")
    if record.get("failure"):
        print(f"  {record['failure']}")
    if "matcher" in record:
        print(f"  {record['considered']} listed parties compared by {record['matcher']}")
    print_table(
        ("  list", "published", "obtained", "sha256"),
        (
            (f"  {one['source']}", one.get("published") or "unknown", one.get("obtained", ""), one["sha256"])
            for one in record["editions"]
        ),
    )
    for line in unsearched(record):
        print(f"  {line}")
    for match in record.get("matches", ()):
        standing = f", {match['standing']}" if match["standing"] else ""
        print(f"  {match['answer'].replace('_', ' ')}{standing}: {match['name']} ({match['source']} {match['entry']})")
        print(f"    {match['reason']}")
        for part in match["parts"]:
            sides = " / ".join(filter(None, (part["query"], part["listed"])))
            print(f"    {part['words']}{f'  <{sides}>' if sides else ''}")
        for one in match["decisions"]:
            who, why = one.get("author", "in another case"), one.get("reasons", "")
            print(f"    {one['at']} {who}: {one['answer'].replace('_', ' ')}, {one['state']}. {why}".rstrip())
            if "second" in one:
                print(
                    f"    {one['second_at']} {one['second']}: {one['second_answer']}. {one.get('second_reasons', '')}"
                )
