"""Keeping, beside a decision, the digest of the facts it was taken on, so that like cases are found."""

from __future__ import annotations

from pathlib import Path

from safeconduct.assess import Inputs
from safeconduct.assess.likeness import Plain, facts_of_lines, fingerprint, neutral, read_by_rules
from safeconduct.core import canonical
from safeconduct.flows.gathering import pack_of, tests_of
from safeconduct.flows.work import Work
from safeconduct.policy import Pack
from safeconduct.store import blobs
from safeconduct.store.models import Case, Decided, Record


def keep_likeness(work: Work, decision: str) -> None:
    """Note what the case was decided on; nothing where it was never assessed."""
    inputs = inputs_of(work.case)
    if inputs is None:
        return
    row = Decided.objects.filter(case=work.case).first() or Decided(case=work.case)
    row.facts = fingerprint(inputs.case_file.kind, lines_of(inputs, pack_of(work.case.policy), work.at.home))
    row.decision, row.outcome, row.policy, row.at = decision, work.case.outcome, work.case.policy, work.now
    row.save()


def inputs_of(case: Case) -> Inputs | None:
    """What the newest assessment read; None where there is none."""
    record = Record.objects.filter(case=case, number=case.assessment - 1, kind="inputs").first()
    return canonical.decode(record.body.encode(), Inputs) if record else None


def lines_of(inputs: Inputs, pack: Pack, home: Path) -> tuple[Plain, ...]:
    """Each line by the facts that the pack's rules read."""
    tests = [tests_of(blobs.read(home, sha256), sha256[:12]).tests for sha256 in inputs.tests]
    read = read_by_rules(pack)
    return tuple(neutral(facts, read) for facts in facts_of_lines(inputs, tests))
