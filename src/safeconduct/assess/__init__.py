"""Human-rights risk: misuse scenarios, the facts of a case, red flags, and the outcome they lead to."""

from safeconduct.assess.facts import FACTS
from safeconduct.assess.indicators import Series, usable
from safeconduct.assess.inputs import (
    Accepted,
    EditionUsed,
    Inputs,
    Inquiry,
    PolicyUsed,
    Raised,
    Suggested,
    destination_of,
)
from safeconduct.assess.judge import Assessment, judge
from safeconduct.assess.matches import Screened, Settled, open_matches
from safeconduct.assess.model import LineOutcome, Override, Question

__all__ = [
    "FACTS",
    "Accepted",
    "Assessment",
    "EditionUsed",
    "Inputs",
    "Inquiry",
    "LineOutcome",
    "Override",
    "PolicyUsed",
    "Question",
    "Raised",
    "Screened",
    "Series",
    "Settled",
    "Suggested",
    "destination_of",
    "judge",
    "open_matches",
    "usable",
]
