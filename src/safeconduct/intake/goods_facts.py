"""Facts of the goods that an application may state, for each line (docs/facts.md, *Goods*)."""

from __future__ import annotations

from safeconduct.core.fact import FactType
from safeconduct.intake.declaring import (
    EXPORTER_OFFICER_ADVISER,
    OFFICER_ADVISER,
    decimal,
    flag,
    level,
    number,
    word,
    words,
)

GOODS: tuple[FactType, ...] = (
    word(
        "item.kind",
        EXPORTER_OFFICER_ADVISER,
        "the kind of goods, software, technology or service",
        "no misuse scenario can be chosen or ruled out",
        "ip_network_surveillance dpi_network_management lawful_intercept_monitoring intrusion_software "
        "mobile_forensics mobile_interception jammer facial_recognition video_analytics location_tracking "
        "biometrics social_media_analytics crowd_control restraint torture_implement vulnerability_research "
        "encryption emergency_radio network_equipment environment_sensor training technical_assistance "
        "other",
    ),
    level(
        "item.capability",
        EXPORTER_OFFICER_ADVISER,
        "how far it can be turned on people: not at all; as a side effect; made for it; at scale or unseen; "
        "into devices and lives, beyond repair",
        "severity cannot be bounded",
        "none incidental designed mass_or_covert intrusive",
    ),
    words(
        "item.capability_flags",
        EXPORTER_OFFICER_ADVISER,
        "what exactly it can do to people",
        "as above",
        "covert mass extraterritorial content_extraction device_control biometric location interruption "
        "relational_mapping",
    ),
    word(
        "item.function",
        EXPORTER_OFFICER_ADVISER,
        "the form in which it is supplied",
        "which entries of a list can apply is open",
        "equipment software technology component service training",
    ),
    words(
        "item.specially_designed_for",
        OFFICER_ADVISER,
        "what an officer finds it specially designed for, from its features; a seller's word does not settle it",
        "a note that frees such items can neither apply nor be ruled out",
        "marketing quality_of_service quality_of_experience billing mediation mobile_payment "
        "operator_equipment equipment_development analogue_radio_or_wlan owner_authorised_updates "
        "vulnerability_disclosure incident_response jailbreak_only device_production surveillance none",
    ),
    words(
        "item.made_for",
        EXPORTER_OFFICER_ADVISER,
        "software or technology specially designed to develop, produce or use equipment that does this, rather "
        "than doing it itself",
        "4D001.a, 5D001.a, 5D002.a.3, 5D980.b, 5E001.a, 5E002.a, 5E980 open",
        "cyber_intrusion network_surveillance mobile_interception jamming law_enforcement_monitoring cryptanalysis "
        "device_extraction covert_interception none",
    ),
    words(
        "item.marketed_for",
        EXPORTER_OFFICER_ADVISER,
        "what its maker says it is for",
        "nothing; it frees nothing and shows how it is sold",
        "marketing quality_of_service quality_of_experience billing lawful_interception covert_monitoring "
        "forensic_examination access_control safety protection_of_communications other",
    ),
    flag(
        "item.carrier_class_ip",
        EXPORTER_OFFICER_ADVISER,
        "works on a carrier-class IP network, such as a national backbone",
        "5A001.j open",
    ),
    flag("item.layer7_analysis", EXPORTER_OFFICER_ADVISER, "analyses traffic at the application layer", "5A001.j open"),
    flag(
        "item.extracts_content_and_metadata",
        EXPORTER_OFFICER_ADVISER,
        "extracts selected metadata and application content",
        "5A001.j open",
    ),
    flag("item.indexes_extracted_data", EXPORTER_OFFICER_ADVISER, "indexes what it extracts", "5A001.j open"),
    flag(
        "item.searches_hard_selectors",
        EXPORTER_OFFICER_ADVISER,
        "specially designed to search by data that name one person: name, e-mail, telephone, address",
        "5A001.j, 5D001.e open",
    ),
    flag(
        "item.maps_relations",
        EXPORTER_OFFICER_ADVISER,
        "specially designed to map who is related to whom",
        "5A001.j, 5D001.e open",
    ),
    flag("item.tracks_movement", EXPORTER_OFFICER_ADVISER, "tracks where targeted people move", "5D001.e open"),
    flag(
        "item.for_law_enforcement_monitoring",
        EXPORTER_OFFICER_ADVISER,
        "software specially designed or modified for monitoring or analysis by law enforcement",
        "5D001.e open",
    ),
    flag(
        "item.handover_interface",
        EXPORTER_OFFICER_ADVISER,
        "works on what a provider delivers by a handover interface",
        "5D001.e open",
    ),
    words(
        "item.intrusion_role",
        EXPORTER_OFFICER_ADVISER,
        "its part in software that defeats monitoring tools or protections of a device and extracts or "
        "changes what is on it or runs",
        "4A005, 4D004, 4E001 open",
        "generates commands delivers is_intrusion_software develops none",
    ),
    flag(
        "item.air_interface_content",
        EXPORTER_OFFICER_ADVISER,
        "interception designed to take voice or data from the air interface",
        "5A001.f.1 open",
    ),
    flag(
        "item.air_interface_identifiers",
        EXPORTER_OFFICER_ADVISER,
        "interception designed to take device or subscriber identifiers, signalling or metadata from the air interface",
        "5A001.f.2 open",
    ),
    flag(
        "item.selective_jamming",
        EXPORTER_OFFICER_ADVISER,
        "specially designed or modified to interfere on purpose and selectively with mobile services, using "
        "their protocol or simulating their network",
        "5A001.f.3 open",
    ),
    flag(
        "item.detects_interception",
        EXPORTER_OFFICER_ADVISER,
        "radio monitoring designed or modified to identify that such equipment is in operation",
        "5A001.f.4 open",
    ),
    flag(
        "item.counter_ied",
        EXPORTER_OFFICER_ADVISER,
        "radio transmitter designed or modified to set off improvised explosive devices early or to keep"
        " them from being set off",
        "5A001.h open",
    ),
    flag(
        "item.cryptanalytic",
        EXPORTER_OFFICER_ADVISER,
        "designed or modified to defeat cryptographic mechanisms in order to derive keys, passwords or clear text",
        "5A004.a open",
    ),
    flag(
        "item.extracts_raw_device_data",
        EXPORTER_OFFICER_ADVISER,
        "designed to retrieve binary data from a device's storage without its operating system",
        "5A004.b open",
    ),
    flag(
        "item.defeats_device_lock",
        EXPORTER_OFFICER_ADVISER,
        "designed to get round authentication or authorisation of the device for that purpose",
        "5A004.b open",
    ),
    words(
        "item.extraction_limited_to",
        EXPORTER_OFFICER_ADVISER,
        "the item is limited to these ways; `none`: it is not limited",
        "the note to 5A004.b open",
        "logical chip_off jtag debugger none",
    ),
    flag(
        "item.uses_standard_cryptography_only",
        EXPORTER_OFFICER_ADVISER,
        "its encryption is published or commercial standard, for the user's own protection",
        "5A002 and the mass-market note open",
    ),
    flag(
        "item.confidential_encryption",
        EXPORTER_OFFICER_ADVISER,
        "made to keep data confidential with keys above 56 bits (symmetric), 512 bits (RSA and the like), 112 bits "
        "(elliptic curves) or a post-quantum method; usable, or to be switched on without a secured activation",
        "5A002.a open",
    ),
    word(
        "item.encryption_role",
        EXPORTER_OFFICER_ADVISER,
        "what the encryption is to the item: security of information is its primary function; it is a communication "
        "or networking item; a computer or storage; a side function by a built-in part that 5A002 or its like would "
        "catch by itself; any other side function",
        "5A002.a.1 to a.4 open",
        "security communication computing listed_part side_function",
    ),
    words(
        "item.encryption_exception",
        OFFICER_ADVISER,
        "which exception an officer finds every part of to be met: the mass-market note, its paragraph on parts, or a "
        "paragraph of the note on 5A002.a; `none`: no exception",
        "the exceptions of 5A002.a can neither apply nor be ruled out",
        "mass_market mass_market_part smart_card banking civil_radiotelephone cordless_telephone customised_client "
        "personal_area_network small_radio_access maintenance_only general_computing connected_civil none",
    ),
    flag(
        "item.mass_market_classified",
        OFFICER_ADVISER,
        "classified as a mass-market encryption item by the authority, or reported so, as 15 CFR 740.17(b) asks",
        "5A992.c and, in the US list, the mass-market note open",
    ),
    flag(
        "item.surreptitious_interception",
        EXPORTER_OFFICER_ADVISER,
        "primarily useful for intercepting communications unseen",
        "5A980, 5D980, 5E980 open",
    ),
    flag(
        "item.microbolometer_camera",
        EXPORTER_OFFICER_ADVISER,
        "imaging camera with a two-dimensional infrared array of microbolometers for 8 to 14 micrometres",
        "6A003.b.4.b open",
    ),
    decimal(
        "item.frame_rate_hz",
        EXPORTER_OFFICER_ADVISER,
        "highest frame rate of the camera",
        "a note to 6A003.b.4.b, and 6A993.a, open",
        unit="hertz",
    ),
    words(
        "item.camera_limited_to",
        EXPORTER_OFFICER_ADVISER,
        "the camera meets every part of the note for a coarse fixed-lens camera of one application, or "
        "for one built into a passenger car; `none`: neither",
        "two notes to 6A003.b.4.b, and 6A993.a, open",
        "single_application fitted_to_car none",
    ),
    flag(
        "item.flies_out_of_sight",
        EXPORTER_OFFICER_ADVISER,
        "unmanned aircraft designed for controlled flight beyond the operator's natural sight",
        "9A012.a open",
    ),
    number(
        "item.endurance_minutes",
        EXPORTER_OFFICER_ADVISER,
        "longest flight of the unmanned aircraft in still air",
        "9A012.a open",
        unit="minutes",
    ),
    flag(
        "item.flies_in_gusts",
        EXPORTER_OFFICER_ADVISER,
        "unmanned aircraft designed to take off and fly steadily in gusts of 25 knots or more",
        "9A012.a.1 open",
    ),
    flag(
        "item.audit_log",
        EXPORTER_OFFICER_ADVISER,
        "keeps a log of each use that the user cannot alter",
        "rules on review of use open",
    ),
    flag("item.target_cap", EXPORTER_OFFICER_ADVISER, "limits how many people can be targeted", "safeguard not shown"),
    flag(
        "item.access_revocable",
        EXPORTER_OFFICER_ADVISER,
        "the supplier can end its working from afar",
        "leverage not shown",
    ),
    flag(
        "item.used_against_people",
        OFFICER_ADVISER,
        "the same or a similar item was used against people before",
        'not searched, never "no"',
    ),
    words(
        "item.reason_for",
        EXPORTER_OFFICER_ADVISER,
        "reasons *for* the export",
        "none on record yet",
        "protects_communications protects_sources rescue health education safety_of_workers "
        "scientific_research network_reliability justice_with_safeguards",
    ),
)
