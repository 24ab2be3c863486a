"""What cases judged by an earlier policy need to be judged by another: their entry tests, and what both find alike."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path
from typing import NamedTuple

from safeconduct.assess import Inputs
from safeconduct.assess.alike import alike
from safeconduct.assess.unmoved import Unmoved
from safeconduct.classify import EntryTests
from safeconduct.core.errors import Refusal
from safeconduct.flows.gathering import control_tests, pack_of, tests_of
from safeconduct.policy import Pack
from safeconduct.store import blobs

log = logging.getLogger(__name__)


class Earlier(NamedTuple):
    """An earlier policy beside the one that is tried: which cases that cannot move, and what both find alike."""

    unmoved: Unmoved
    alike: frozenset[str]


class JudgedBefore:
    """Earlier policies and kept tests, each read once, beside ``pack``."""

    def __init__(self, pack: Pack, home: Path) -> None:
        self._pack, self._home = pack, home
        self.earlier = cache(self._earlier)
        self._kept = cache(self._read)

    def tests(self, inputs: Inputs) -> list[EntryTests]:
        """The entry tests by which the case was judged."""
        shipped = {one.tests.sha256: one.tests for one in control_tests()}
        return [shipped.get(sha256) or self._kept(sha256) for sha256 in inputs.tests]

    def _read(self, sha256: str) -> EntryTests:
        return tests_of(blobs.read(self._home, sha256), sha256[:12]).tests

    def _earlier(self, policy: str) -> Earlier | None:
        """None where the earlier policy cannot be read any more: its cases are judged whole."""
        try:
            pack = pack_of(policy)
        except Refusal as refusal:
            log.warning("every case judged by policy %s is judged anew: %s", policy[:12], refusal)
            return None
        return Earlier(Unmoved(pack, self._pack), alike(pack, self._pack))
