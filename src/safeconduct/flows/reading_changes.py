"""What would change a recorded assessment: worked out when it is read, once for the same inputs."""

from __future__ import annotations

from functools import lru_cache

from safeconduct.assess import Inputs
from safeconduct.assess.changes import changes_in
from safeconduct.assess.changes_model import Changes
from safeconduct.assess.judge import in_hand
from safeconduct.core import canonical
from safeconduct.flows.catalogue import catalogue
from safeconduct.flows.gathering import control_tests, pack_of
from safeconduct.store.models import Record


def changes_of(inputs: Record) -> tuple[Changes, ...] | None:
    """What would change each line; None where the control-entry tests of this release are not those it rests on."""
    read = canonical.decode(inputs.body.encode(), Inputs)
    if read.tests != tuple(one.tests.sha256 for one in control_tests()):
        return None
    return _changes(inputs.body)


@lru_cache(maxsize=64)
def _changes(body: str) -> tuple[Changes, ...]:
    inputs = canonical.decode(body.encode(), Inputs)
    tests = [one.tests for one in control_tests()]
    return changes_in(in_hand(inputs, pack_of(inputs.policy.sha256), tests, catalogue()))
