"""Live cases for ``reopening.py``: variants of the starter cases, repeated with parties of other names."""

from __future__ import annotations

import functools
import json
import random
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec
from portfolio import register

from safeconduct.core.party import Party

STARTERS = ("1", "1b", "1c", "2a", "2b", "2c", "3", "3a", "4", "5")
VARIANTS = 300
AT_ONCE = 200
SHARED_EVERY = 1000  # cases: the first party of one in so many is the same
AT = "2026-10-01T00:00:00Z"
CASE = "XX-0000-0000000"
STATES = (
    ("HUN", "Hungary"), ("MEX", "Mexico"), ("KEN", "Kenya"), ("THA", "Thailand"), ("GEO", "Georgia"),
    ("PER", "Peru"), ("JOR", "Jordan"), ("GHA", "Ghana"), ("SRB", "Serbia"), ("IDN", "Indonesia"),
    ("MAR", "Morocco"), ("COL", "Colombia"), ("ZMB", "Zambia"), ("NPL", "Nepal"), ("TUN", "Tunisia"),
    ("PAN", "Panama"), ("MNG", "Mongolia"), ("SEN", "Senegal"), ("ARM", "Armenia"), ("PHL", "Philippines"),
)  # fmt: skip


class Variant(NamedTuple):
    """A case judged: its parties under placeholders, and the bodies of its records by kind, in their order."""

    parties: tuple[Any, ...]
    records: tuple[tuple[str, str], ...]
    outcome: str
    policy: str


def variants(seed: int) -> list[Variant]:
    """Starter cases to other destinations, without a few of their statements, judged under the policy in force."""
    from safeconduct.assess import PolicyUsed, judge
    from safeconduct.core import canonical, territory
    from safeconduct.flows.casefile import ScreeningRecord, Submission
    from safeconduct.flows.catalogue import catalogue
    from safeconduct.flows.editions import watchlists
    from safeconduct.flows.gathering import compose, control_tests, pack_of
    from safeconduct.flows.installation import here
    from safeconduct.flows.matching import Matchers
    from safeconduct.flows.packs import in_force
    from safeconduct.intake.read import read_application

    chance, at, force = random.Random(seed), here(), in_force()
    if force is None:
        raise SystemExit("no policy is in force in the installation just made")
    pack, tests, matcher = pack_of(force.sha256), [one.tests for one in control_tests()], Matchers(at.home)
    screen = matcher.of(watchlists()).screen
    found = []
    for _ in range(VARIANTS):
        name, (_, state) = chance.choice(STARTERS), chance.choice(STATES)
        file = read_application((files("safeconduct") / "starter" / "cases" / f"{name}.json").read_bytes(), name)
        place = territory.find(state)
        parties = tuple(
            msgspec.structs.replace(one, name=f"Zxqplaceholder{number}", aliases=(), territory=place)
            for number, one in enumerate(file.parties)
        )
        said = tuple(one for one in file.statements if chance.random() > 0.15)
        file = msgspec.structs.replace(file, statements=said, parties=parties)
        seen = {one.id: screen(one) for one in parties}
        inputs = compose(CASE, file, seen, at.home, at.today())
        inputs = msgspec.structs.replace(inputs, policy=PolicyUsed(pack.name, pack.sha256, True))
        judged = judge(inputs, pack, tests, catalogue())
        documents: list[tuple[str, Any]] = [("submission", Submission(file, "made", "0" * 64))]
        documents += [("screening", ScreeningRecord(one, seen[one.id])) for one in parties]
        documents += [("inputs", inputs), ("assessment", judged)]
        records = tuple((kind, canonical.encode(body).decode()) for kind, body in documents)
        found.append(Variant(parties, records, judged.outcome.value, pack.sha256))
    return found


def fill(made: list[Variant], seed: int, start: int, stop: int) -> None:
    """Rows past the ledger, for this measurement alone."""
    from django.db import transaction

    chance = random.Random(f"{seed}-{start}")
    names = (one.name for one in register(10 * stop))
    for _ in range(4 * start):
        next(names)
    for first in range(start, stop, AT_ONCE):
        with transaction.atomic():
            _rows([(number, chance.choice(made)) for number in range(first, min(first + AT_ONCE, stop))], names)


def _rows(some: list[tuple[int, Variant]], names: Iterator[str]) -> None:
    from django.db.models import QuerySet

    from safeconduct.core import canonical
    from safeconduct.flows.editions import watchlists, written
    from safeconduct.screen import fingerprint, matcher_edition
    from safeconduct.store.models import Appearance, Case, Record, RegisterEntry, Screening

    lists, matcher = written(watchlists()), matcher_edition()
    cases, records, screenings, parties = [], [], [], []
    for number, one in some:
        licence, last = bool(number % 2), len(one.records)
        case = Case(
            reference=f"XX-0000-{number:07}", state="approved" if licence else "assessed", organisation="made",
            marking="open", opened=AT, closed=AT if licence else "", outcome=one.outcome, policy=one.policy,
            assessment=last, records=last, inputs=last, assessed_inputs=last,
        )  # fmt: skip
        named = [msgspec.structs.replace(party, name=next(names)) for party in one.parties]
        for place, (kind, template) in enumerate(one.records, 1):
            body = _filled(template, case.reference, named)
            records.append(
                Record(case=case, number=place, kind=kind, body=body, sha256="", author="made",
                       author_role="system", at=AT)
            )  # fmt: skip
        for place, party in enumerate(named, 2):
            body = canonical.encode(party).decode()
            screenings.append(
                Screening(case=case, party_id=party.id, party=body, fingerprint=fingerprint(party), editions=lists,
                          state="done", asked=AT, record=place, matcher=matcher)
            )  # fmt: skip
            parties.append((case, number, party, body))
        cases.append(case)
    QuerySet[Case](Case).bulk_create(cases)
    # one at a time: many go to PostgreSQL as one array, and psycopg escapes each quotation mark of the JSON by itself
    QuerySet[Record](Record).bulk_create(records, batch_size=1)
    QuerySet[Screening](Screening).bulk_create(screenings)
    entries = [RegisterEntry(opened=AT, opened_by="made") for _ in parties]
    QuerySet[RegisterEntry](RegisterEntry).bulk_create(entries)
    appearances, before = [], None
    for (case, number, party, body), entry in zip(parties, entries, strict=True):
        turn, rest = divmod(number, SHARED_EVERY)
        shared = rest == turn % 2 and case is not before  # a pending case and a licence in turn
        before = case
        appearances.append(
            Appearance(case=case, entry_id=shared_entry() if shared else entry.pk, party_id=party.id, party=body,
                       fingerprint=fingerprint(party), linked="new", at=AT)
        )  # fmt: skip
    QuerySet[Appearance](Appearance).bulk_create(appearances)


def _filled(template: str, reference: str, named: list[Party]) -> str:
    """A record of the variant with this case's reference and the names of its parties."""
    swaps = [(f"Zxqplaceholder{at}", json.dumps(one.name, ensure_ascii=False)[1:-1]) for at, one in enumerate(named)]
    return functools.reduce(lambda text, swap: text.replace(*swap), [*swaps, (CASE, reference)], template)


def shared_entry() -> int:
    """The number of the entry that many cases share."""
    from safeconduct.store.models import RegisterEntry

    first = RegisterEntry.objects.order_by("pk").values_list("pk", flat=True).first()
    return first or 0
