"""Every table, by subject."""

from safeconduct.store.models.adjudication import Adjudication
from safeconduct.store.models.api_keys import ApiKey
from safeconduct.store.models.appraisal import Appraisal, Decided
from safeconduct.store.models.case import Case, ClockStop, Question, Record
from safeconduct.store.models.fetching import Fetch, FetchLease
from safeconduct.store.models.ledger import Checkpoint, Frontier, LedgerEntry
from safeconduct.store.models.people import Person, SignInLink
from safeconduct.store.models.policy import Pack, PackSignature
from safeconduct.store.models.rating import Rating
from safeconduct.store.models.register import Appearance, Merge, PartyFinding, RegisterEntry, RegisterKey, Tie
from safeconduct.store.models.rescreening import Rescreening, RescreeningLease
from safeconduct.store.models.screening import Clearance, Lease, Screening
from safeconduct.store.models.sources import Blob, EditionRow
from safeconduct.store.models.work import IdempotencyKey

__all__ = [
    "Adjudication",
    "ApiKey",
    "Appearance",
    "Appraisal",
    "Blob",
    "Case",
    "Checkpoint",
    "Clearance",
    "ClockStop",
    "Decided",
    "EditionRow",
    "Fetch",
    "FetchLease",
    "Frontier",
    "IdempotencyKey",
    "Lease",
    "LedgerEntry",
    "Merge",
    "Pack",
    "PackSignature",
    "PartyFinding",
    "Person",
    "Question",
    "Rating",
    "Record",
    "RegisterEntry",
    "RegisterKey",
    "Rescreening",
    "RescreeningLease",
    "Screening",
    "SignInLink",
    "Tie",
]
