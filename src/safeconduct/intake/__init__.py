"""Application → complete case file: read strictly, facts with their evidence, what is missing."""

from safeconduct.intake.facts import FACTS
from safeconduct.intake.facts_of import facts_of
from safeconduct.intake.missing import completeness, missing
from safeconduct.intake.model import CaseFile, CaseKind
from safeconduct.intake.read import check_case, read_application, read_statement
from safeconduct.intake.texts import TEXTS

__all__ = [
    "FACTS",
    "TEXTS",
    "CaseFile",
    "CaseKind",
    "check_case",
    "completeness",
    "facts_of",
    "missing",
    "read_application",
    "read_statement",
]
