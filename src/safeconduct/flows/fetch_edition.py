"""Record what came of fetching a source: its edition is loaded, or held, or is the one at hand, or nothing came."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action, Actor
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.flows.fetches import FileFetched, reader_names
from safeconduct.flows.installation import Installation
from safeconduct.flows.loading import Files, Found, Loaded, put_in_use, read_files
from safeconduct.flows.order import Order
from safeconduct.flows.wording import said_of
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import EditionRow, Fetch

_HELD = EditionRow.State.HELD


class FetchEdition(Order, frozen=True, kw_only=True):
    """What was got, by ``source`` of the catalogue and ``reader`` of its format.

    ``files`` as the publisher has them now, ``paths`` where they lie, in the same order; without ``paths`` they are
    those of ``edition``, which is at hand. ``failure`` says why nothing could be got (then there are no files).
    """

    source: str
    reader: str
    obtained: str
    files: tuple[FileFetched, ...] = ()
    paths: tuple[str, ...] = ()
    edition: str = ""
    failure: str = ""


class Fetched(msgspec.Struct, frozen=True):
    """What came of it: ``outcome`` is *new*, *unchanged*, *held* or *failed*, the last two with ``reason``."""

    source: str
    outcome: str
    reason: str
    edition: str = ""
    count: int = 0


def _read(_actor: Actor, order: FetchEdition, at: Installation) -> Found | None:
    if not order.paths:
        return None
    named = order.source if order.source != order.reader else ""
    hashes = tuple(file.sha256 for file in order.files)
    found = read_files(Files(order.paths, hashes, order.obtained, named), at)
    if found.edition.key != order.source or found.edition.reader not in reader_names(order.reader):
        raise Refusal(
            f"the file is of {found.edition.key} (read by {found.edition.reader})",
            order.source,
            f"the catalogue says it is read by {order.reader}; check the address with its publisher",
        )
    return found


@flow(Action.FETCH_EDITION, _read)
def fetch_edition(work: Work, order: FetchEdition, found: Found | None) -> Fetched:
    """One row for each attempt, with the edition it brought in the same act."""
    if found is not None:
        result = _brought(put_in_use(work, "", found))
    elif order.failure:
        result = Fetched(order.source, Fetch.Outcome.FAILED.value, order.failure)
    else:
        result = _at_hand(order)
    Fetch.objects.create(
        source=order.source,
        at=work.now,
        by=work.actor.id,
        outcome=result.outcome,
        reason=result.reason,
        files=canonical.encode(order.files).decode() if order.files else "",
        edition=result.edition,
    )
    return result


def _brought(loaded: Loaded) -> Fetched:
    row = EditionRow.objects.get(key=loaded.source, normalised=loaded.normalised)
    if row.state == _HELD:
        return Fetched(loaded.source, Fetch.Outcome.HELD.value, said_of(loaded.held), loaded.normalised, loaded.count)
    outcome = Fetch.Outcome.NEW.value if loaded.new else Fetch.Outcome.UNCHANGED.value
    return Fetched(loaded.source, outcome, "", loaded.normalised, loaded.count)


def _at_hand(order: FetchEdition) -> Fetched:
    row = EditionRow.objects.filter(key=order.source, normalised=order.edition).first()
    if row is None:
        raise Refusal("the edition at hand is not there", order.source, "fetch it anew")
    count = msgspec.json.decode(row.document).get("count", 0)
    held = row.state == _HELD
    outcome = Fetch.Outcome.HELD.value if held else Fetch.Outcome.UNCHANGED.value
    return Fetched(order.source, outcome, said_of(row.held) if held else "", row.normalised, count)
