"""Load an edition of outside data: read it, keep its bytes, and hold it where it lost too much."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from safeconduct.access import Action, Actor
from safeconduct.core import canonical
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.loading import Files, Found, Loaded, put_in_use, read_files
from safeconduct.flows.order import Order
from safeconduct.flows.work import Work, flow
from safeconduct.sources.editions import gather


class LoadEdition(Order, frozen=True, kw_only=True):
    """The files of one edition, in the order of its reader, each with the SHA-256 it had when the order was given.

    ``source`` names the source where the content does not; ``published`` overrides what the
    file states; ``obtained`` is the day or the moment at which the files were fetched.
    """

    paths: tuple[str, ...]
    sha256: tuple[str, ...]
    obtained: str
    source: str = ""
    published: str = ""

    def content_key(self) -> str:
        """A key that is the same for the same order."""
        return canonical.digest(self)[:40]


def orders_for(
    paths: Sequence[Path], *, published: str = "", obtained: str = "", source: str = "", at: Installation | None = None
) -> tuple[LoadEdition, ...]:
    """One order for each edition that the files make up; a ``Refusal`` for a file no reader knows."""
    moment = obtained or (at or here()).now()  # of two editions obtained on one day the later one holds
    by_name = {path.name: path for path in paths}
    orders = []
    for group in gather(list(paths), key=source or None):
        files = list(group.files.values())
        orders.append(
            LoadEdition(
                paths=tuple(str(by_name[file.name].absolute()) for file in files),
                sha256=tuple(file.sha256() for file in files),
                obtained=moment,
                source=source,
                published=published,
            )
        )
    return tuple(orders)


def _read(_actor: Actor, order: LoadEdition, at: Installation) -> Found:
    return read_files(Files(order.paths, order.sha256, order.obtained, order.source, order.published), at)


@flow(Action.LOAD_EDITION, _read)
def load_edition(work: Work, order: LoadEdition, found: Found) -> Loaded:
    """Put the edition in use, or hold it; loading the same one again changes nothing."""
    return put_in_use(work, order.published, found)
