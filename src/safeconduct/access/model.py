"""What a permission speaks of: an actor, an action, and the few facts of a case that matter for it."""

from __future__ import annotations

import enum

import msgspec

from safeconduct.core.message import Message


class Role(enum.StrEnum):
    """One role a person acts in. ``system`` is the screening worker; ``operator`` keeps the installation running
    (admits people, loads lists) and sees no case."""

    OFFICER = "officer"
    ADVISER = "adviser"
    COUNTERSIGNER = "countersigner"
    POLICY_LEAD = "policy_lead"
    EXPORTER = "exporter"
    CONTACT_POINT = "contact_point"
    AUDITOR = "auditor"
    OPERATOR = "operator"
    SYSTEM = "system"


class Action(enum.StrEnum):
    """Everything that needs permission. The first group is always about one case, the second never."""

    READ = "read"
    READ_CLOSED = "read_closed"
    SUBMIT = "submit"
    SCREEN = "screen"
    ASSESS = "assess"
    APPRAISE = "appraise"
    ARGUE = "argue"
    ANSWER = "answer"
    LAPSE = "lapse"
    CLEAR_MATCH = "clear_match"
    DECIDE = "decide"
    REOPEN = "reopen"
    EXPORT_RECORD = "export_record"

    LOOK_UP = "look_up"
    SEE_LISTS = "see_lists"
    READ_LOOKUPS = "read_lookups"
    RECORD_LOOKUP = "record_lookup"
    KEEP_API_KEYS = "keep_api_keys"
    LOAD_EDITION = "load_edition"
    FETCH_EDITION = "fetch_edition"
    RELEASE_EDITION = "release_edition"
    RESCREEN = "rescreen"
    READ_REGISTER = "read_register"
    KEEP_REGISTER = "keep_register"
    TAKE_IN_PARTIES = "take_in_parties"
    SIGN_PACK = "sign_pack"
    ADMIT_PERSON = "admit_person"
    VERIFY_LEDGER = "verify_ledger"
    EXPORT_LEDGER = "export_ledger"


WITHOUT_CASE = frozenset(
    {
        Action.LOOK_UP,
        Action.SEE_LISTS,
        Action.READ_LOOKUPS,
        Action.RECORD_LOOKUP,
        Action.KEEP_API_KEYS,
        Action.LOAD_EDITION,
        Action.FETCH_EDITION,
        Action.RELEASE_EDITION,
        Action.RESCREEN,
        Action.READ_REGISTER,
        Action.KEEP_REGISTER,
        Action.TAKE_IN_PARTIES,
        Action.SIGN_PACK,
        Action.ADMIT_PERSON,
        Action.VERIFY_LEDGER,
        Action.EXPORT_LEDGER,
    }
)


class State(enum.StrEnum):
    """Where a case stands. A stopped clock is an overlay, not a state.

    ``approved`` is a live licence; ``reopened`` one that a new list touches, to be decided again, and that stands until
    then; ``revoked`` one that was ended.
    """

    SUBMITTED = "submitted"
    AWAITING_INFORMATION = "awaiting_information"
    ASSESSED = "assessed"
    APPROVED = "approved"
    REFUSED = "refused"
    REOPENED = "reopened"
    REVOKED = "revoked"


OPEN_STATES = (State.SUBMITTED, State.AWAITING_INFORMATION, State.ASSESSED, State.REOPENED)
LIVE_STATES = (*OPEN_STATES, State.APPROVED)
"""States of a case whose parties matter: still to be decided, or holding a licence."""


class Marking(enum.StrEnum):
    """Protection of a case, least first; a clearance reaches up to one of them."""

    OPEN = "open"
    RESTRICTED = "restricted"
    SECRET = "secret"


MARKINGS = tuple(Marking)


class Actor(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Whoever acts. ``may_read_closed``: sealed sources and what is taken from them.

    ``cleared_to`` is the highest marking; ``teams`` the compartments entered. An empty
    ``organisation`` owns nothing.
    """

    id: str
    name: str
    role: Role
    organisation: str = ""
    may_read_closed: bool = False
    cleared_to: Marking = Marking.OPEN
    teams: tuple[str, ...] = ()


class CaseFacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What permission depends on. ``organisation`` is the exporter's; ``compartment`` is empty where there is none."""

    reference: str
    organisation: str
    state: State = State.SUBMITTED
    marking: Marking = Marking.OPEN
    compartment: str = ""


class Permission(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The answer, with the rule that gave it (empty when none did) and a reason for a person."""

    allowed: bool
    rule: str
    reason: Message
