"""What follows for the rules: whether some entry catches the goods, and which."""

from __future__ import annotations

import itertools

from safeconduct.classify.facts import CAUGHT_BY, LISTED
from safeconduct.classify.model import LineClassification
from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, Known, Unknown
from safeconduct.policy.catalogue import NONE


def listed_facts(found: LineClassification) -> dict[str, Fact]:
    """``item.listed`` and ``item.caught_by`` of one line.

    Listed where an entry catches; not listed where every entry is freed or outside; else unknown.
    ``caught_by`` is a lower bound while an entry is open.
    """
    caught = [each for each in found.entries if each.status == "caught"]
    open_ = [each for each in found.entries if each.status == "cannot_tell"]
    subject = f"line:{found.line}"
    names = tuple(f"{each.list} {each.code}" for each in caught)
    resting = [each.evidence for each in caught]
    if not caught:
        resting = [each.evidence for each in found.entries] + [each.evidence for each in found.outside]
    beneath = tuple(dict.fromkeys(itertools.chain.from_iterable(resting)))
    if not caught and (open_ or not (found.entries or found.outside)):
        differ = any(gap.why == "conflicting" and gap.fact == LISTED for each in open_ for gap in each.questions)
        unknown = Unknown("conflicting" if differ else "absent", beneath)
        return {LISTED: unknown, CAUGHT_BY: unknown}
    source = Source("derived", ref="classification")
    return {
        LISTED: Known(bool(caught), (Evidence(LISTED, "yes" if caught else "no", source, subject), *beneath)),
        CAUGHT_BY: Known(
            names or (NONE,),
            (Evidence(CAUGHT_BY, ", ".join(names) or NONE, source, subject), *beneath),
            complete=not open_,
        ),
    }
