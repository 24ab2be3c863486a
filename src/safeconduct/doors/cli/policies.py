"""``safeconduct policy``: check a pack, read it as sentences, compare two, sign one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from safeconduct.core.errors import Refusal
from safeconduct.doors.cli import ready
from safeconduct.doors.cli.people import As, acting
from safeconduct.doors.cli.telling import Json, print_json

if TYPE_CHECKING:
    from safeconduct.policy.pack import Pack

app = typer.Typer(help="Policy packs.", no_args_is_help=True)
SHIPPED = ("reference", "union-style", "clear-risk-style", "small-state-style")
PackFile = Annotated[
    str, typer.Argument(help=f"a pack's file, or one that comes with this release: {', '.join(SHIPPED)}")
]


def pack_bytes(pack: str) -> tuple[bytes, str]:
    named = ready.STARTER / "policy" / f"{pack}.toml"
    path = named if pack in SHIPPED else Path(pack)
    try:
        return path.read_bytes(), path.name
    except OSError as error:
        raise Refusal(error.strerror or "cannot be read", pack, "name a pack's file") from error


def _load(pack: str) -> Pack:
    ready.prepare()
    from safeconduct.flows.catalogue import catalogue
    from safeconduct.flows.packs import resolve
    from safeconduct.policy import load_pack

    data, name = pack_bytes(pack)
    return load_pack(data, name, catalogue(), resolve)


@app.command()
def check(pack: PackFile, as_json: Json = False) -> None:
    """Check a pack: words, values, grid, and that every example comes out as it says."""
    loaded = _load(pack)
    from safeconduct.flows.installation import here
    from safeconduct.flows.try_cases import case_runner
    from safeconduct.policy.examples import check_pack

    problems = check_pack(loaded, case_runner(loaded))
    remarks = _remarks(loaded, here().today())
    if as_json:
        found = [msgspec.to_builtins(each) for each in problems]
        print_json({"sha256": loaded.sha256, "problems": found, "remarks": remarks})
    else:
        print("".join(f"remark: {each}\n" for each in remarks), end="")
        for each in problems:
            print(f"{each.where}: {each.what}\n  remedy: {each.remedy}")
        examples = len(loaded.rule_examples) + len(loaded.case_examples)
        print(f"{loaded.name} {loaded.sha256[:12]}…: {len(loaded.rules)} rules, {examples} examples")
    if problems:
        raise Refusal(f"{len(problems)} problems", loaded.name, "mend what is named above")


def _remarks(pack: Pack, today: dt.date) -> list[str]:
    """What is allowed and yet may not be meant."""
    if pack.begins and pack.begins < today.isoformat():
        return [f"begins = {pack.begins} is past: the pack would be in force from the second signature on"]
    return []


@app.command()
def show(
    pack: PackFile = "reference",
    lang: Annotated[str, typer.Option(help="language of the texts")] = "en",
    as_json: Json = False,
) -> None:
    """Read a pack as numbered sentences."""
    from safeconduct.policy.show import numbered
    from safeconduct.policy.show import show as in_full

    loaded = _load(pack)
    spoken = {tag for texts in loaded.texts.values() for tag in texts}
    if not {lang, lang.split("-")[0]} & spoken:
        raise Refusal(f"{loaded.name} has no text in {lang!r}", "lang", f"one of {', '.join(sorted(spoken))}")
    if as_json:
        sentences = [msgspec.to_builtins(each) for each in numbered(loaded, lang)]
        print_json({"name": loaded.name, "sha256": loaded.sha256, "sentences": sentences})
        return
    print(in_full(loaded, lang), end="")


@app.command()
def diff(old: PackFile, new: PackFile, as_json: Json = False) -> None:
    """What differs between two packs, and which is stricter."""
    from safeconduct.policy.differences import differences

    found = differences(_load(old), _load(new))
    if as_json:
        print_json({"differences": [msgspec.to_builtins(each) for each in found]})
        return
    for each in found:
        print(f"{each.change:<9}{each.id}  {each.effect}")
        print("".join(f"           {line}\n" for line in each.what), end="")
    if not found:
        print("no difference in meaning")


@app.command(name="try")
def try_(
    pack: PackFile,
    as_json: Json = False,
    processes: Annotated[int, typer.Option(min=1, max=64, help="how many processes share the cases")] = 1,
    who: As = "policy",
) -> None:
    """Run a pack over the recorded facts of all past cases, before signing: who would change, by which rule."""
    actor = acting(who)
    from safeconduct.flows.try_on_cases import try_on_cases

    data, name = pack_bytes(pack)
    found = try_on_cases(actor, data, name, processes=processes)
    if as_json:
        print_json(msgspec.to_builtins(found))
        return
    print(f"{found.pack} {found.sha256[:12]}…: {found.cases} cases, {found.changing} would change")
    for flow in found.flows:
        turn = f"{flow.old} → {flow.new}" if flow.old != flow.new else f"{flow.old} stays"
        by = ", ".join(f"{rule} ({count})" for rule, count in flow.rules)
        print(f"{flow.cases:>7}  {turn}{'  by ' + by if by else ''}")
    for one in found.changed:
        print(f"  {one.case}  {one.old} → {one.new}  {', '.join(one.rules)}")
    if found.changing > len(found.changed):
        print(f"  and {found.changing - len(found.changed)} more")
    for case, why in found.failed:
        print(f"  {case} could not be judged: {why}")


@app.command()
def sign(pack: PackFile, as_json: Json = False, who: As = "policy") -> None:
    """Sign a pack as one person; two different people put the same bytes in force."""
    actor = acting(who)
    from safeconduct.flows.sign_pack import SignPack, sign_pack

    data, name = pack_bytes(pack)
    order = SignPack(pack=data, name=name)
    done = sign_pack(actor, order, key=f"sign/{order.content_key()}/{actor.id}")
    if as_json:
        print_json(msgspec.to_builtins(done))
        return
    state = "in force" if done.in_force else "not in force yet: another person must sign the same bytes"
    if len(done.signed_by) > 1 and not done.in_force:
        state = f"begins on {done.begins}" if done.begins else "another pack was signed since"
    print(f"{done.name} {done.sha256[:12]}…: signed by {', '.join(done.signed_by)}; {state}")
