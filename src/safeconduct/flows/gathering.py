"""Everything one assessment reads, gathered from what is recorded; judging it is pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import msgspec

from safeconduct.assess import (
    Accepted,
    EditionUsed,
    Inputs,
    Override,
    PolicyUsed,
    Raised,
    Screened,
    Series,
    Suggested,
    usable,
)
from safeconduct.assess.argued import Argued
from safeconduct.assess.inputs import destination_of
from safeconduct.classify import EntryTests, LineRating, read_entry_tests
from safeconduct.classify.suggesting import suggest
from safeconduct.core import canonical
from safeconduct.flows.casefile import LapsedRecord, case_file
from safeconduct.flows.catalogue import catalogue
from safeconduct.flows.editions import Chosen, active, of_day
from safeconduct.flows.packs import in_force, kept, resolve
from safeconduct.flows.precedents import Rated, open_facts
from safeconduct.flows.register_reach import around
from safeconduct.flows.requesting import observed
from safeconduct.flows.settled import clearances, confirmations, inquiries
from safeconduct.flows.word_index import word_index
from safeconduct.intake.model import CaseFile
from safeconduct.policy import Pack, load_pack
from safeconduct.screen.model import Screening
from safeconduct.sources.model import Edition, Figure
from safeconduct.store import blobs
from safeconduct.store.models import Case, Question, Record
from safeconduct.store.models import Pack as PackRow


class Tests(NamedTuple):
    """The control-entry tests of one list: as they are kept, and as they are read."""

    data: bytes
    tests: EntryTests


class Gathered(NamedTuple):
    """Inputs, and the documents they name by hash."""

    inputs: Inputs
    pack: Pack
    tests: tuple[Tests, ...]


def gather(case: Case, policy: PackRow, home: Path, today: dt.date, overrides: tuple[Override, ...]) -> Gathered:
    """The inputs of an assessment of ``case`` under ``policy``, dated today or the day the case is fixed to."""
    force, seen = in_force(today), observed(case)
    composed = compose(case.reference, case_file(case), seen, home, today, case.as_of)
    inputs = msgspec.structs.replace(
        composed,
        policy=PolicyUsed(policy.name, policy.sha256, force is not None and force.pk == policy.pk),
        overrides=overrides,
        accepted=accepted(case),
        inquiries=inquiries(case, seen),
        around=around(case, home),
        raised=raised(case),
        argued=argued(case),
        rated=rated(case, composed.case_file),
    )
    return Gathered(inputs, pack_of(policy.sha256), control_tests())


def compose(
    reference: str, file: CaseFile, seen: Mapping[str, Screening], home: Path, today: dt.date, as_of: str = ""
) -> Inputs:
    """Inputs from a case file, what was seen of its parties, and the editions in use; no policy is named yet."""
    fingerprints = frozenset(one.party for one in seen.values())
    day, tests, destination = as_of or today.isoformat(), control_tests(), destination_of(file)
    lists, figures, controls = (of_day(active(kind), as_of) for kind in ("watchlist", "indicator", "control_list"))
    return Inputs(
        case=reference,
        on=day,
        case_file=file,
        destination=destination,
        screened=tuple(Screened(party, seen[party]) for party in sorted(seen)),
        clearances=clearances(fingerprints),
        confirmations=confirmations(fingerprints),
        series=tuple(_series(one, home, destination, int(day[:4])) for one in figures),
        suggestions=suggested(file, tuple(one.edition for one in controls), home),
        tests=tuple(one.tests.sha256 for one in tests),
        policy=PolicyUsed("", "", False),
        editions=(
            *(used(one, day) for one in (*lists, *figures, *controls)),
            *(tested(one.tests, day) for one in tests),
        ),
    )


def read_ahead(home: Path) -> None:
    """Have at hand what any assessment under the policy in force reads; for a process that must wait anyway."""
    control_tests()
    if force := in_force():
        pack_of(force.sha256)
    if lists := of_day(active("control_list")):
        word_index((one.edition for one in lists), home)


def control_tests() -> tuple[Tests, ...]:
    """The control-entry tests that come with this release, by list."""
    return _control_tests()


@lru_cache(maxsize=1)
def _control_tests() -> tuple[Tests, ...]:
    folder = files("safeconduct") / "starter" / "control_tests"
    found = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name)
    return tuple(tests_of(one.read_bytes(), one.name) for one in found)


@lru_cache(maxsize=16)
def tests_of(data: bytes, where: str) -> Tests:
    """Control-entry tests from the bytes kept."""
    return Tests(data, read_entry_tests(data, where, catalogue()))


@lru_cache(maxsize=16)
def pack_of(sha256: str) -> Pack:
    """A kept pack, read."""
    return load_pack(kept(sha256).text.encode(), f"policy pack {sha256[:12]}", catalogue(), resolve)


def accepted(case: Case) -> tuple[Accepted, ...]:
    """Questions that an official accepted as unknown, with the reasons on record."""
    found = []
    for row in Question.objects.filter(case=case, state=Question.State.ACCEPTED).order_by("name"):
        record = Record.objects.get(case=case, number=row.answer)
        reasons = canonical.decode(record.body.encode(), LapsedRecord).reasons
        found.append(Accepted(row.name, record.author, reasons, record.at))
    return tuple(found)


def raised(case: Case) -> tuple[Raised, ...]:
    """Facts that people asked for, each as it was asked last."""
    found = {}
    for record in Record.objects.filter(case=case, kind="question").order_by("number"):
        asked = msgspec.json.decode(record.body)
        key = (asked["fact"], asked["subject"])
        found[key] = Raised(*key, record.author, record.at)
    return tuple(found[key] for key in sorted(found))


def argued(case: Case) -> tuple[Argued, ...]:
    """The scenarios that advisers argued, in order."""
    documents = Record.objects.filter(case=case, kind="scenario").order_by("number").values_list("body", flat=True)
    return tuple(canonical.decode(body.encode(), Argued) for body in documents)


def rated(case: Case, file: CaseFile) -> tuple[LineRating, ...]:
    """What people rated, in order. *Freed* and *outside* were found of goods as they were described and known then: of
    goods that are described or known otherwise now, only *caught* stands."""
    found = []
    for record in Record.objects.filter(case=case, kind="rating").order_by("number"):
        said, ref = canonical.decode(record.body.encode(), Rated), f"{case.reference}/{record.number}"
        if said.rating == "caught" or _are_as_rated(said, file):
            person = (record.author, str(record.author_role), record.at[:10])
            found.append(LineRating(said.line, said.list, said.code, said.rating, *person, record.number, ref))
    return tuple(found)


def _are_as_rated(said: Rated, file: CaseFile) -> bool:
    described = {(item.line, item.name, item.description) for item in file.lines}
    return (said.line, said.name, said.description) in described and open_facts(file, said.line) == said.facts


def suggested(file: CaseFile, editions: tuple[Edition, ...], home: Path) -> tuple[Suggested, ...]:
    """Places in the control lists that share words with the goods, for each line."""
    if not editions:
        return ()
    index = word_index(editions, home)
    return tuple(Suggested(item.line, found) for item in file.lines for found in suggest(index, item))


def series_now(home: Path, destination: str, year: int) -> tuple[Series, ...]:
    """The figures on the destination that an assessment of this year would use, from the editions in use."""
    return tuple(_series(one, home, destination, year) for one in of_day(active("indicator")))


def _series(chosen: Chosen, home: Path, destination: str, year: int) -> Series:
    """The figures on the destination, none where it is not known; records of other territories are passed over."""
    edition = chosen.edition
    figures = figures_on(edition, home, destination)
    return Series(edition.key, edition.published, usable(figures, frozenset({destination}), year))


def figures_on(edition: Edition, home: Path, territory: str) -> Iterator[Figure]:
    """Every figure of an indicator edition on a territory; none where the territory is not known."""
    mark = b'"territory":' + canonical.encode(territory)
    lines = _lines_with(mark, blobs.read(home, edition.normalised)) if territory else ()
    return (canonical.decode(line, Figure) for line in lines)


def _lines_with(mark: bytes, data: bytes) -> Iterator[bytes]:
    """Each line that holds ``mark``; of megabytes of others not one is cut out."""
    at = data.find(mark)
    while at >= 0:
        start, end = data.rfind(b"\n", 0, at) + 1, data.find(b"\n", at)
        end = end if end >= 0 else len(data)
        yield data[start:end]
        at = data.find(mark, end)


def used(chosen: Chosen, day: str) -> EditionUsed:
    """An edition as an assessment of ``day`` (ISO) cites it."""
    edition = chosen.edition
    return EditionUsed(
        source=edition.key,
        publisher=edition.publisher,
        published=edition.published,
        obtained=edition.obtained,
        sha256=edition.normalised,
        basis="published" if chosen.basis == "published" else "obtained",
        hindsight=(edition.published or edition.obtained)[:10] > day,
        fictional=edition.fictional,
    )


def tested(tests: EntryTests, day: str) -> EditionUsed:
    """The control-entry tests of one list, cited likewise."""
    return EditionUsed(
        source=tests.list,
        publisher=tests.publisher,
        published=tests.published,
        obtained="",
        sha256=tests.sha256,
        hindsight=tests.published > day,
    )
