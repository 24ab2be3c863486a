"""Judge the starter cases under a pack, so that its examples of whole cases can be held to what they say."""

from __future__ import annotations

import re
from importlib.resources import files

import msgspec

from safeconduct.assess import PolicyUsed, judge
from safeconduct.core.errors import Refusal
from safeconduct.core.finding import Verdict
from safeconduct.flows.catalogue import catalogue
from safeconduct.flows.editions import watchlists
from safeconduct.flows.gathering import compose, control_tests
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.matching import Matchers
from safeconduct.intake.read import read_application
from safeconduct.policy import Pack
from safeconduct.policy.examples import CaseResult, RunCase

_NAME = re.compile(r"[0-9a-z]{1,12}")
_STRENGTH = (Verdict.NOT_MET, Verdict.CANNOT_TELL, Verdict.MET)


def case_runner(pack: Pack, *, at: Installation | None = None) -> RunCase:
    """Runs a starter case under ``pack`` on the lists in use; a verdict is the strongest over all lines.

    Loads the name library into this process: for the command line, never for pages.
    """
    place = at or here()
    matchers = Matchers(place.home)

    def run(name: str) -> CaseResult:
        found = files("safeconduct") / "starter" / "cases" / f"{name}.json"
        if not _NAME.fullmatch(name) or not found.is_file():
            raise Refusal("no such starter case", name[:40], "name one that `safeconduct example` knows")
        file = read_application(found.read_bytes(), f"starter case {name}")
        matcher = matchers.of(watchlists())
        seen = {party.id: matcher.screen(party) for party in file.parties}
        inputs = compose(f"starter/{name}", file, seen, place.home, place.today())
        inputs = msgspec.structs.replace(inputs, policy=PolicyUsed(pack.name, pack.sha256, False))
        judged = judge(inputs, pack, [one.tests for one in control_tests()], catalogue())
        verdicts: dict[str, Verdict] = {}
        for finding in judged.findings:
            before = verdicts.get(finding.rule, Verdict.NOT_MET)
            verdicts[finding.rule] = max(before, finding.verdict, key=_STRENGTH.index)
        return CaseResult(judged.outcome, verdicts)

    return run
