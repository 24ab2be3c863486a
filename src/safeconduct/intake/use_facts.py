"""Facts of the end-user and the end-use (docs/facts.md)."""

from __future__ import annotations

from safeconduct.core.fact import FactType
from safeconduct.intake.declaring import (
    ANYBODY,
    EXPORTER_OFFICER,
    EXPORTER_OFFICER_ADVISER,
    OFFICER_ADVISER,
    SYSTEM,
    flag,
    incident,
    number,
    text,
    word,
    words,
)

USER_AND_USE: tuple[FactType, ...] = (
    flag("user.named", SYSTEM, "an end-user with a name is among the parties", "no one is named"),
    word(
        "user.kind",
        EXPORTER_OFFICER_ADVISER,
        "what the end-user is",
        "who could do what to whom is open",
        "intelligence internal_security military paramilitary police prosecutor border_guard prison "
        "state_telecom private_telecom regulator health academia ngo media humanitarian emergency_service "
        "cert science private_company reseller municipality",
    ),
    words(
        "user.access_by",
        EXPORTER_OFFICER_ADVISER,
        "who else gets access through the end-user",
        "others may have access",
        "intelligence internal_security military paramilitary police vendor foreign_state none",
    ),
    word(
        "user.operator",
        EXPORTER_OFFICER_ADVISER,
        "who operates it after delivery",
        "operation by others open",
        "end_user vendor third_party",
    ),
    flag("user.legal_basis", ANYBODY, "a published law allows this use and limits it", "lawfulness open"),
    word(
        "user.prior_authorisation",
        ANYBODY,
        "which body approves each use before it starts",
        "whether anyone stops a wrongful use is open",
        "court independent_body prosecutor executive none",
    ),
    flag("user.oversight", ANYBODY, "a body outside the end-user's chain of command reviews its use", "as above"),
    flag(
        "user.remedy", (*OFFICER_ADVISER, "recipient"), "people affected can complain and obtain redress", "remedy open"
    ),
    flag("user.use_review", ANYBODY, "each use can be checked afterwards by somebody else", "accountability open"),
    incident(
        "user.incident",
        OFFICER_ADVISER,
        "one dated incident of misuse by the unit, its parent, its State or the supplier",
        "see incidents",
    ),
    text(
        "user.record_searched",
        OFFICER_ADVISER,
        "what was searched for incidents, and until when",
        "the record was not searched",
    ),
    number(
        "user.incidents",
        SYSTEM,
        "incidents of the unit, or of those who get access through it, that are more than alleged",
        'not searched; "none" needs a search',
        unit="incidents",
    ),
    number("user.incidents_established", SYSTEM, "of these, found by a court or UN body", "as above", unit="incidents"),
    number(
        "user.incidents_of_state",
        SYSTEM,
        "incidents of its State's other bodies or of the supplier",
        "as above",
        unit="incidents",
    ),
    flag(
        "user.named_in_findings",
        OFFICER_ADVISER,
        "the end-user or its parent is named in findings of courts or UN bodies",
        "not searched",
    ),
    flag(
        "user.persecutes",
        OFFICER_ADVISER,
        "the end-user is known for acting against critics, journalists, defenders or a group of people",
        "not searched",
    ),
    flag(
        "user.collusion_with_crime",
        OFFICER_ADVISER,
        "officials of the end-user are known to work with organised crime",
        "not searched",
    ),
    flag(
        "user.controlled_by_military",
        OFFICER_ADVISER,
        "a civil end-user is under military command or ownership",
        "not searched",
    ),
    flag(
        "user.signatory_authority",
        OFFICER_ADVISER,
        "whoever signs for the end-user may bind it",
        "assurance has no known signatory",
    ),
    flag("user.front_company", OFFICER_ADVISER, "signs of a company that stands for another", "not searched"),
    words(
        "user.refuses",
        EXPORTER_OFFICER_ADVISER,
        "what the buyer refuses",
        "not asked",
        "installation training audit explanation visit none",
    ),
    text("use.stated", EXPORTER_OFFICER, "the use in the applicant's words", "the use is not stated"),
    word(
        "use.purpose",
        EXPORTER_OFFICER_ADVISER,
        "the kind of use",
        "the use is open",
        "network_quality lawful_interception criminal_forensics access_control city_surveillance "
        "border_control public_order protection_of_communications training_for_protection incident_response "
        "research rescue health environment marketing counter_terrorism censorship other",
    ),
    word(
        "use.place",
        EXPORTER_OFFICER_ADVISER,
        "where it is used",
        "how many people are touched is open",
        "own_premises public_space network_of_operator nationwide_network seized_devices remote_devices "
        "laboratory field",
    ),
    word(
        "use.people",
        EXPORTER_OFFICER_ADVISER,
        "whom it touches",
        "scope is open",
        "none staff_who_agreed persons_under_warrant detainees public a_group customers",
    ),
    words(
        "use.sharing",
        EXPORTER_OFFICER_ADVISER,
        "to whom its results go",
        "others may receive them",
        "none police intelligence foreign_state private",
    ),
    flag(
        "use.fits_capability",
        OFFICER_ADVISER,
        "the stated use fits what the item can do",
        "a mismatch cannot be ruled out",
    ),
    flag("use.quantity_fits", OFFICER_ADVISER, "the quantity fits the stated need", "as above"),
    flag(
        "use.nationwide",
        EXPORTER_OFFICER_ADVISER,
        "sized for a whole country rather than for named cases",
        "scope is open",
    ),
    text("use.necessity", (*OFFICER_ADVISER, "recipient"), "why a less intrusive way does not do", "argument not made"),
    text(
        "use.proportionality", (*OFFICER_ADVISER, "recipient"), "how the use is kept in proportion", "argument not made"
    ),
)
