"""Facts of the transaction, the assurances, the destination and the case itself (docs/facts.md)."""

from __future__ import annotations

from safeconduct.core.fact import FactType
from safeconduct.intake.declaring import (
    EXPORTER_OFFICER,
    EXPORTER_OFFICER_ADVISER,
    OFFICER_ADVISER,
    SYSTEM,
    flag,
    word,
    words,
)

TRADE_AND_PLACE: tuple[FactType, ...] = (
    flag("trade.distributor", EXPORTER_OFFICER, "the buyer is a distributor or reseller", "not stated"),
    flag("trade.final_user_known_to_seller", EXPORTER_OFFICER, "the seller knows who will use it", "the user is open"),
    flag("trade.end_user_changed", EXPORTER_OFFICER_ADVISER, "the end-user was changed late", "not stated"),
    flag("trade.false_end_user", OFFICER_ADVISER, "an end-user named earlier turned out false", "not searched"),
    flag(
        "trade.payment_unusual",
        EXPORTER_OFFICER_ADVISER,
        "payment is unusual for the trade: cash, third party, off the books",
        "not stated",
    ),
    flag(
        "trade.asks_logging_removed",
        EXPORTER_OFFICER_ADVISER,
        "the buyer asks for logging or safeguards to be taken out",
        "not stated",
    ),
    flag("trade.route_through_hub", EXPORTER_OFFICER, "goods pass through a re-export hub", "not stated"),
    flag("trade.donor_funded", EXPORTER_OFFICER, "another State or organisation pays", "not stated"),
    flag("trade.affiliate_seller", EXPORTER_OFFICER, "an affiliate is seller of record", "not stated"),
    flag("trade.component_for_integrator", EXPORTER_OFFICER, "a component for somebody else's system", "not stated"),
    flag(
        "trade.technical_assistance",
        EXPORTER_OFFICER,
        "help, training, updates or remote work rather than goods",
        "not stated",
    ),
    flag(
        "trade.embargo",
        (*OFFICER_ADVISER, "system"),
        "the destination is under an arms or surveillance embargo that the State applies",
        "not searched",
    ),
    flag(
        "trade.supplier_under_inquiry",
        OFFICER_ADVISER,
        "the supplier is under inquiry, or was sanctioned, for an earlier sale",
        "not searched",
    ),
    flag(
        "trade.temporary_with_return",
        EXPORTER_OFFICER,
        "goods return after use and are tracked by serial number",
        "not stated",
    ),
    words(
        "assurance.given",
        (*EXPORTER_OFFICER, "recipient"),
        "clauses the recipient has signed",
        "not asked",
        "no_misuse no_reexport no_transfer none",
    ),
    flag(
        "assurance.verifiable",
        OFFICER_ADVISER,
        "somebody can check that they are kept",
        "treated as not lowering anything",
    ),
    flag(
        "assurance.signatory_is_suspect",
        OFFICER_ADVISER,
        "the signatory is the suspected abuser",
        "treated as not lowering anything",
    ),
    flag(
        "assurance.broken_before",
        OFFICER_ADVISER,
        "the signatory has broken an assurance",
        "treated as not lowering anything",
    ),
    flag(
        "assurance.post_shipment_check",
        (*EXPORTER_OFFICER, "recipient"),
        "the recipient agrees to checks after delivery",
        "not asked",
    ),
    flag(
        "place.courts_independent",
        OFFICER_ADVISER,
        "courts decide against the government and are obeyed",
        "not searched",
    ),
    flag(
        "place.torture_or_disappearance",
        OFFICER_ADVISER,
        "a finding of torture, disappearance or killing by security bodies in the last 36 months",
        "not searched",
    ),
    flag(
        "place.critics_pursued",
        OFFICER_ADVISER,
        "journalists, defenders, opponents or a group were prosecuted, tracked or attacked in the last 36 months",
        "not searched",
    ),
    flag("place.pursued_abroad", OFFICER_ADVISER, "critics are tracked or attacked outside the State", "not searched"),
    flag("place.impunity", OFFICER_ADVISER, "known abuses by security bodies stay unpunished", "not searched"),
    flag("place.emergency_law", OFFICER_ADVISER, "emergency or security law suspends safeguards", "not searched"),
    flag("place.election_within_a_year", OFFICER_ADVISER, "a national election within twelve months", "not searched"),
    flag("place.armed_conflict", OFFICER_ADVISER, "armed conflict or mass atrocity on its territory", "not searched"),
    flag("place.media_blocked", OFFICER_ADVISER, "news or civic sites are blocked at scale", "not searched"),
    words(
        "place.laws_of_concern",
        OFFICER_ADVISER,
        "laws under which ordinary acts are crimes",
        "not searched",
        "criminalised_speech banned_encryption foreign_agents terrorism_as_dissent none",
    ),
    word(
        "case.kind",
        SYSTEM,
        "what is asked for",
        "cannot be unknown",
        "individual_licence global_licence classification_enquiry licence_needed service temporary_export",
    ),
    flag("case.datasheet", SYSTEM, "every line has a datasheet", "cannot be unknown"),
)
