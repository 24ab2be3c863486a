"""``safeconduct assessors``: how far those who assess apart agree, and like cases decided unlike."""

from __future__ import annotations

import msgspec
import typer

from safeconduct.doors.cli.people import As, acting
from safeconduct.doors.cli.telling import Json, print_json, print_table

app = typer.Typer(help="Agreement of assessors, and like cases decided unlike.", no_args_is_help=True)


@app.command()
def agreement(as_json: Json = False, who: As = "officer") -> None:
    """Per cent agreement and Krippendorff's alpha (ordinal), each with a range of 95 per cent, in all and by month."""
    actor = acting(who)
    from safeconduct.flows.reading_appraisals import agreement_report

    found = agreement_report(actor)
    if as_json:
        print_json(msgspec.to_builtins(found))
        return
    rows = [("outcome", found.outcome), ("severity", found.severity), ("likelihood", found.likelihood)]
    rows += [(f"outcome {one.month}", one.outcome) for one in found.months]
    print_table(
        ("what", "cases", "compared", "same", "share", "from", "to", "alpha", "from", "to"),
        (
            (
                name, one.cases, one.things, one.same, one.share or "-", one.share_low or "-", one.share_high or "-",
                one.alpha or "-", one.alpha_low or "-", one.alpha_high or "-",
            )
            for name, one in rows
        ),
    )  # fmt: skip
    if found.cut:
        print("There are more than are counted here: these are the newest.")


@app.command("like-cases")
def like_cases(as_json: Json = False, who: As = "officer") -> None:
    """Cases with the same facts in all that the policy's rules read, of which one was approved and one refused."""
    actor = acting(who)
    from safeconduct.flows.reading_likeness import likeness_report

    found = likeness_report(actor)
    if as_json:
        print_json(msgspec.to_builtins(found))
        return
    more = " (there are more)" if found.cut else ""
    print(f"{found.compared} decisions compared, {len(found.pairs)} pairs decided unlike{more}")
    for pair in found.pairs:
        print(f"\n{pair.one.case} {pair.one.decision} {pair.one.day} / {pair.other.case} {pair.other.decision} "
              f"{pair.other.day}")  # fmt: skip
        print_table(("what", "line", "one", "other"), ((d.what, d.line or "", d.one, d.other) for d in pair.differing))
