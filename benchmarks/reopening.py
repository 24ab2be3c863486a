"""How long it takes until what changed reopens the pending cases and live licences that it touches.

``python benchmarks/reopening.py [--json] [--cases N] [--small N] [--sample N] [--seed N]`` makes an installation of its
own (SQLite; PostgreSQL where ``SAFECONDUCT_DATABASE`` names a database that may be filled): variants of the starter
cases, drawn from the seed, judged under the reference policy and repeated as N cases, every other one a licence, each
with parties of its own names. One party in a thousand cases is the same. Then, with ``--small`` cases and again with
all, come in turn: the worker begun anew (``restart``), a list edition, a denial, a finding, an indicator edition, a
policy with a rule more, and one with a question more that is decisive (``policy_question``).

``told_s`` are seconds by the clock until every touched case has its reason on record and every touched licence is
reopened; ``assessed_s`` until those are assessed anew too; ``cpu_s`` of the processor in all, ``database_cpu_s`` those
of the PostgreSQL process that serves it, where it is on this machine; ``load`` of the machine at the end. A worker that
sleeps wakes up to three seconds later. Beside it the plain way, ``plain``: each live case judged, each party of one
compared with the lists, each application read for the party, on a sample, and what all would take. Memory is the
largest resident size of the worker so far. The cases are written straight into the tables; their facts repeat, and who
is touched in life may be more.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from reopening_cases import STATES, fill, shared_entry, variants
from reopening_timed import Timed

RULE = """language = 1
name = "more-{number}"
title.en = "One rule more"
extends = "reference@sha256:{base}"
[[rule]]
id = "XX-{number}"
group = "red_flag"
when.all = [{{fact = "place.libdem", at_most = "{bound}"}}, {{fact = "item.capability", at_least = "designed"}}]
then = "refer"
cites = "made"
text.en = "Few freedoms, and goods made to watch people."
"""
EXAMPLE = """[[example]]
rule = "XX-{number}"
facts = {{{facts}}}
expect = "{expect}"
"""
EXAMPLES = {
    "met": '"place.libdem" = "0.01", "item.capability" = "designed"',
    "not_met": '"place.libdem" = "0.9", "item.capability" = "designed"',
    "cannot_tell": '"item.capability" = "designed"',
}
CONFLICT = '"place.libdem" = "0.01", "item.capability" = {conflict = ["designed", "incidental"]}'


def load_figures(home: Path, seed: int, edition: int) -> None:
    """An edition of figures on the destinations: each a little other than before, one much lower."""
    from safeconduct.flows.load_edition import load_edition, orders_for
    from safeconduct.flows.people import CONSOLE

    chance, lines = random.Random(seed), ["country_name,country_text_id,year,v2x_libdem"]
    for place, (code, name) in enumerate(STATES):
        value = 0.1 + 0.7 * chance.random() + 0.001 * edition
        if edition and place == edition:
            value = 0.02
        lines += [f"{name},{code},{year},{value:.3f}" for year in range(2010, 2025)]
    path = home / "vdem.csv"
    path.write_text("\n".join(lines) + "\n")
    (order,) = orders_for([path], published=f"2026-09-{edition + 1:02}", obtained=f"2026-10-{edition + 1:02}")
    if load_edition(CONSOLE, order, key=order.content_key()).held:
        raise SystemExit("the figures are held, and nothing would be measured")


def load_list(home: Path, names: list[str], edition: int) -> None:
    """An edition of our own form with these names and some strangers."""
    from rescreening import load, named

    entries = [named(f"N{number}", f"Qwvxz{number} Zxqwv{number}") for number in range(500 + 25 * edition)]
    load(home, [*entries, *(named(f"H{edition}-{number}", name) for number, name in enumerate(names))],
         f"2026-10-{edition + 1:02}")  # fmt: skip


def sign(text: bytes) -> None:
    """Put a pack in force by two of the example people."""
    from safeconduct.flows.people import actor_named
    from safeconduct.flows.sign_pack import SignPack, sign_pack

    for name in ("policy", "countersigner"):
        order = SignPack(pack=text, name="made.toml")
        sign_pack(actor_named(name), order, key=f"{name}/{order.content_key()}")


def with_a_rule_more(number: int) -> bytes:
    """The reference with one red flag more."""
    from safeconduct.core.canonical import sha256
    from safeconduct.doors.cli.ready import STARTER

    base = sha256((STARTER / "policy" / "reference.toml").read_bytes())
    text = RULE.format(number=number, base=base, bound=f"0.0{number + 1}")
    cases = [*EXAMPLES.items(), ("cannot_tell", CONFLICT)]
    return (text + "".join(EXAMPLE.format(number=number, facts=f, expect=e) for e, f in cases)).encode()


def with_another_question(number: int) -> bytes:
    """The pack with a rule more, and one question decisive wherever it was not."""
    more = f'[[question]]\nfact = "user.legal_basis"\ndecisive = true\ndays = {20 + number}\ncites = "made"\n'
    return with_a_rule_more(number) + more.encode() + b'text.en = "Under which law does he use it?"\n'


def state_about(kind: Any, number: int) -> None:
    """Something said of the party that a thousandth of the cases share."""
    from safeconduct.flows.people import actor_named
    from safeconduct.flows.state_finding import StateFinding, state_finding

    order = StateFinding(party=f"R-{shared_entry()}", kind=kind, said="made", source="made", date="2026-10-03")
    state_finding(actor_named("officer"), order, key=f"{kind}-{number}")


def run(turn: int, seed: int, sample: int) -> dict[str, Any]:
    """Every trigger in turn, in this process."""
    from safeconduct.flows.installation import here
    from safeconduct.store.models import Case

    at, timed, chance = here(), Timed(), random.Random(f"{seed}-{turn}")
    worker = timed.worker
    worker.prepare()
    worker.rescreen()
    found: dict[str, Any] = {"cases": Case.objects.count(), "restart": timed.until(worker.review_held)}
    load_list(at.home, some_names(chance, 25), turn)
    worker.sweep()
    found["list"] = timed.until(worker.rescreen)
    worker.review_held()
    state_about("denial", turn)
    found["denial"] = timed.until(worker.review_held)
    state_about("finding", turn)
    found["finding"] = timed.until(worker.review_held)
    load_figures(at.home, seed, turn)
    found["indicators"] = timed.until(worker.review_held)
    sign(with_a_rule_more(turn))
    found["policy"] = timed.until(worker.review_held)
    sign(with_another_question(turn))
    found["policy_question"] = timed.until(worker.review_held)
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found | {"plain": plain(worker, sample)}


def some_names(chance: random.Random, count: int) -> list[str]:
    """Names of parties of live cases."""
    from safeconduct.core import canonical
    from safeconduct.core.party import Party
    from safeconduct.store.models import Screening

    last = Screening.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    rows = Screening.objects.filter(pk__in=[chance.randrange(1, last) for _ in range(2 * count)], state="done")
    return [canonical.decode(row.party.encode(), Party).name for row in rows.order_by("pk")[:count]]


def plain(worker: Any, sample: int) -> dict[str, Any]:
    """What it takes to look at each case by itself, by what changed."""
    from django.db.models import F

    from safeconduct.assess import Assessment, Inputs
    from safeconduct.assess.under_another import under
    from safeconduct.core import canonical
    from safeconduct.core.party import Party
    from safeconduct.flows.casefile import case_file
    from safeconduct.flows.catalogue import catalogue
    from safeconduct.flows.editions import watchlists
    from safeconduct.flows.gathering import control_tests, pack_of
    from safeconduct.flows.packs import in_force
    from safeconduct.store.models import Case, Record, Screening

    force, matcher = in_force(), worker._matchers.of(watchlists())
    assert force is not None
    pack, tests = pack_of(force.sha256), [one.tests for one in control_tests()]
    all_, parties = Case.objects.count(), Screening.objects.filter(state="done").count()

    def judge_each() -> Iterator[object]:
        for row in Record.objects.filter(kind="assessment", number=F("case__assessment"))[:sample]:
            body = Record.objects.get(case=row.case_id, number=row.number - 1).body
            old = canonical.decode(row.body.encode(), Assessment)
            yield under(canonical.decode(body.encode(), Inputs), old, pack, tests, catalogue())

    def screen_each() -> Iterator[object]:
        for one in Screening.objects.filter(state="done")[:sample]:
            yield matcher.screen(canonical.decode(one.party.encode(), Party))

    def read_each() -> Iterator[object]:
        for case in Case.objects.all()[:sample]:
            yield [party.name for party in case_file(case).parties]

    return {
        "judge_every_case_s": _seconds(judge_each, all_),
        "screen_every_party_s": _seconds(screen_each, parties),
        "read_every_application_s": _seconds(read_each, all_),
    }


def _seconds(each: Callable[[], Iterator[object]], all_: int) -> float:
    began = time.monotonic()
    count = sum(1 for _ in each())
    return round((time.monotonic() - began) / max(1, count) * all_, 1)


def make(seed: int, start: int, stop: int) -> None:
    """Cases number ``start`` to ``stop``; the first time with the lists and figures they were judged by."""
    from safeconduct.flows.installation import here

    home = here().home
    if not start:
        load_figures(home, seed, 0)
        load_list(home, [], 0)
    fill(variants(seed), seed, start, stop)


def child(*arguments: object) -> str:
    """This file again, as a process of its own."""
    command = [sys.executable, __file__, "--step", *map(str, arguments)]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one object, without line breaks")
    parser.add_argument("--cases", type=int, default=30_000)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--sample", type=int, default=500)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.step:
        from safeconduct.doors.cli import ready

        ready.prepare()
        what, *numbers = asked.step
        done = {"make": make, "run": run}[what](*map(int, numbers))
        print(json.dumps(done))
        return
    with tempfile.TemporaryDirectory() as name:
        os.environ.update(SAFECONDUCT_HOME=str(Path(name) / "home"), DJANGO_SETTINGS_MODULE="safeconduct.settings")
        runs, before = [], 0
        for turn, size in enumerate(dict.fromkeys((min(asked.small, asked.cases), asked.cases)), 1):
            child("make", asked.seed, before, size)
            runs.append(json.loads(child("run", turn, asked.seed, asked.sample)))
            before = size
    store = "postgresql" if os.environ.get("SAFECONDUCT_DATABASE", "").startswith("postgres") else "sqlite"
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "load": round(os.getloadavg()[0], 1)}
    print(json.dumps({"machine": machine, "store": store, "runs": runs}, indent=None if asked.json else 1))


if __name__ == "__main__":
    main()
