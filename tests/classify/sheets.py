"""Small product sheets of made-up makers, what an adviser reads from each line, and what must follow.

What must follow is argued from the lists' text, beside each sheet; nothing was copied from an answer.
"""

from __future__ import annotations

from typing import NamedTuple

from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, Known, Value
from safeconduct.core.item import Datasheet, Declared, Item

Reading = tuple[Value, int]  # what is read, and the line it is read from


class Sheet(NamedTuple):
    """``shown`` maps list and code to the status expected; every other entry must be outside."""

    name: str
    lines: tuple[str, ...]
    facts: dict[str, Reading]
    shown: dict[str, str]
    because: str
    declared: tuple[Declared, ...] = ()

    def item(self) -> Item:
        return Item(1, self.name, datasheet=Datasheet(f"{self.name} sheet", self.lines), declared=self.declared)

    def known(self, by: str = "adviser") -> dict[str, Fact]:
        return {f"item.{key}": self.fact(f"item.{key}", *reading, by) for key, reading in self.facts.items()}

    def fact(self, key: str, value: Value, line: int, by: str = "adviser") -> Fact:
        assert 1 <= line <= len(self.lines), f"{self.name} has no line {line}"
        text = ", ".join(value) if isinstance(value, tuple) else str(value)
        source = Source("datasheet", ref=f"{self.name} sheet", place=f"line {line}")
        return Known(value, (Evidence(key, text, source, "line:1", by=by),))


def both(code: str, status: str) -> dict[str, str]:
    return {f"eu-annex1 {code}": status, f"us-ccl {code}": status}


J_FEATURES: dict[str, Reading] = {
    "kind": ("ip_network_surveillance", 1), "function": ("equipment", 1), "carrier_class_ip": (True, 2),
    "layer7_analysis": (True, 3), "extracts_content_and_metadata": (True, 4), "indexes_extracted_data": (True, 5),
    "searches_hard_selectors": (True, 6), "maps_relations": (True, 7), "surreptitious_interception": (False, 2),
}  # fmt: skip
J_LINES = (
    "Backbone probe in three chassis",
    "Runs on the national backbone at 100 Gbit/s",
    "Recognises 2,000 applications",
    "Keeps sessions with their messages and attachments",
    "Full index over all that was kept",
    "Query by telephone number, account or address",
    "Graph of contacts of one person or a group",
    "Report of delay and loss",
)

SHEETS = (
    Sheet(
        "Tarn Deepwater",
        J_LINES,
        J_FEATURES | {"specially_designed_for": (("surveillance",), 7), "marketed_for": (("other",), 1)},
        both("5A001.j", "caught"),
        "All of j.1 and j.2; designed for surveillance, so no part of the note.",
    ),
    Sheet(
        "Tarn Clearflow",
        J_LINES,
        J_FEATURES | {"specially_designed_for": (("surveillance",), 7), "marketed_for": (("quality_of_service",), 8)},
        both("5A001.j", "caught"),
        "The label says quality of service; the features are those of surveillance.",
    ),
    Sheet(
        "Tarn Clearflow, design not read",
        J_LINES,
        J_FEATURES | {"marketed_for": (("quality_of_service",), 8)},
        both("5A001.j", "cannot_tell"),
        "A label frees nothing, but without a finding the note cannot be ruled out either.",
    ),
    Sheet(
        "Tarn Clearflow, half index",
        J_LINES,
        {key: value for key, value in J_FEATURES.items() if key != "indexes_extracted_data"}
        | {"specially_designed_for": (("surveillance",), 7)},
        both("5A001.j", "cannot_tell"),
        "One element of six is not shown either way.",
    ),
    Sheet(
        "Marlo Campaign",
        J_LINES,
        J_FEATURES | {"specially_designed_for": (("marketing",), 7), "marketed_for": (("marketing",), 1)},
        both("5A001.j", "freed"),
        "An adviser finds that it is specially designed for marketing: note a.",
    ),
    Sheet(
        "Marlo Campaign with a second console",
        J_LINES,
        J_FEATURES | {"specially_designed_for": (("marketing", "surveillance"), 7)},
        both("5A001.j", "caught"),
        "Designed for marketing and for surveillance: the note frees what is specially designed for the first.",
    ),
    Sheet(
        "Vessen Shaper",
        ("Bandwidth manager", "On carrier links", "Recognises applications to shape them", "Keeps counters only"),
        {
            "kind": ("dpi_network_management", 1), "function": ("equipment", 1), "carrier_class_ip": (True, 2),
            "layer7_analysis": (True, 3), "extracts_content_and_metadata": (False, 4),
        },
        {},
        "Keeps no content, so j.1.b is not met.",
    ),
    Sheet(
        "Ordal Cellscope",
        ("Portable base station for investigators", "Collects IMSI and IMEI in 300 metres", "Does not take speech"),
        {
            "kind": ("mobile_interception", 1), "function": ("equipment", 1), "air_interface_identifiers": (True, 2),
            "air_interface_content": (False, 3), "specially_designed_for": (("surveillance",), 1),
            "surreptitious_interception": (False, 3),
        },
        both("5A001.f.2", "caught"),
        "Identifiers but no content: f.2, not f.1.",
    ),
    Sheet(
        "Ordal Cellscope, speech not said",
        ("Portable base station for investigators", "Collects IMSI and IMEI in 300 metres"),
        {
            "kind": ("mobile_interception", 1), "function": ("equipment", 1), "air_interface_identifiers": (True, 2),
            "specially_designed_for": (("surveillance",), 1), "surreptitious_interception": (False, 1),
        },
        both("5A001.f.2", "caught") | both("5A001.f.1", "cannot_tell"),
        "Whichever of f.1 and f.2 it is, one catches; whether it is f.1 is open.",
    ),
    Sheet(
        "Ordal Voicescope",
        ("Receiver of speech and data off the air", "Takes speech, messages and identifiers", "Works unseen"),
        {
            "kind": ("mobile_interception", 1), "function": ("equipment", 1), "air_interface_content": (True, 2),
            "air_interface_identifiers": (True, 2), "specially_designed_for": (("surveillance",), 1),
            "surreptitious_interception": (True, 3),
        },
        both("5A001.f.1", "caught"),
        "Content: f.1. That it also takes identifiers is not f.2, and 5A980 stands behind 5A001.f.1.",
    ),
    Sheet(
        "Nordvik Drive Test",
        ("Measuring receiver for network operators", "Decodes signalling and identifiers of the operator's own cells"),
        {
            "kind": ("mobile_interception", 1), "function": ("equipment", 1), "air_interface_identifiers": (True, 2),
            "air_interface_content": (False, 2), "specially_designed_for": (("operator_equipment",), 1),
            "marketed_for": (("quality_of_service",), 1), "surreptitious_interception": (False, 1),
        },
        both("5A001.f.2", "freed"),
        "Designed for operators of mobile networks: note b.",
    ),
    Sheet(
        "Skarn Silence",
        ("Jammer of single mobile phones", "Drops chosen subscribers by their protocol", "For operators"),
        {
            "kind": ("jammer", 1), "function": ("equipment", 1), "selective_jamming": (True, 2),
            "specially_designed_for": (("operator_equipment",), 3),
        },
        both("5A001.f.3", "caught"),
        "The note for operators frees f.1 and f.2 only; jammers have none.",
    ),
    Sheet(
        "Skarn Broadband",
        ("Barrage jammer against drones", "Noise over whole bands, no protocol"),
        {
            "kind": ("jammer", 1), "function": ("equipment", 1), "selective_jamming": (False, 2),
            "counter_ied": (False, 1),
        },
        {},
        "Not selective and not aimed at mobile services.",
    ),
    Sheet(
        "Heath Catchfinder",
        ("Finds false base stations", "Warns when a cell collects identifiers"),
        {"kind": ("other", 1), "function": ("equipment", 1), "detects_interception": (True, 2)},
        both("5A001.f.4", "caught"),
        "Monitoring that identifies f.2 equipment at work, whatever kind it is called.",
    ),
    Sheet(
        "Corrie Unlock 9",
        ("Takes full images of telephones", "Reads flash below the operating system", "Gets past the lock by exploit"),
        {
            "kind": ("mobile_forensics", 1), "function": ("equipment", 1), "extracts_raw_device_data": (True, 2),
            "defeats_device_lock": (True, 3), "extraction_limited_to": (("none",), 3), "cryptanalytic": (False, 3),
            "specially_designed_for": (("none",), 1), "intrusion_role": (("none",), 3),
        },
        both("5A004.b", "caught"),
        "Raw data past the lock and limited to none of the ways the note names.",
    ),
    Sheet(
        "Corrie Unlock 9, decrypting",
        ("Takes full images of telephones", "Reads flash below the operating system", "Recovers the key by guessing"),
        {
            "kind": ("mobile_forensics", 1), "function": ("equipment", 1), "extracts_raw_device_data": (True, 2),
            "defeats_device_lock": (True, 3), "extraction_limited_to": (("none",), 3), "cryptanalytic": (True, 3),
            "specially_designed_for": (("none",), 1), "intrusion_role": (("none",), 3),
        },
        both("5A004.a", "caught"),
        "Derives keys: 5A004.a, which goes before 5A004.b.",
    ),
    Sheet(
        "Corrie Chip Reader",
        ("Reads memory chips taken off the board", "No lock is met on a bare chip"),
        {
            "kind": ("mobile_forensics", 1), "function": ("equipment", 1), "extracts_raw_device_data": (True, 1),
            "defeats_device_lock": (True, 2), "extraction_limited_to": (("chip_off",), 1), "cryptanalytic": (False, 2),
            "specially_designed_for": (("none",), 1),
        },
        both("5A004.b", "freed"),
        "Chip-off and nothing else: note 2.c.",
    ),
    Sheet(
        "Corrie Backup",
        ("Copies contacts by the telephone's own interface", "Sold as logical extraction", "Also images flash"),
        {
            "kind": ("mobile_forensics", 1), "function": ("equipment", 1), "extracts_raw_device_data": (True, 3),
            "defeats_device_lock": (True, 3), "extraction_limited_to": (("logical",), 2), "cryptanalytic": (False, 3),
            "specially_designed_for": (("none",), 1),
        },
        both("5A004.b", "caught"),
        "Said to be limited to logical extraction, but it takes raw data: then it is not.",
    ),
    Sheet(
        "Corrie Suite",
        ("Program that images telephones", "Reads flash below the operating system", "Gets past the lock"),
        {
            "kind": ("mobile_forensics", 1), "function": ("software", 1), "extracts_raw_device_data": (True, 2),
            "defeats_device_lock": (True, 3), "extraction_limited_to": (("none",), 3), "cryptanalytic": (False, 3),
            "intrusion_role": (("none",), 3), "made_for": (("none",), 1), "specially_designed_for": (("none",), 1),
        },
        both("5D002.c.3.b", "caught"),
        "Software that performs what 5A004.b equipment does.",
    ),
    Sheet(
        "Corrie Bench",
        ("Operating program of the Unlock 9", "Steers the reader; takes nothing itself"),
        {
            "kind": ("mobile_forensics", 1), "function": ("software", 1), "extracts_raw_device_data": (False, 2),
            "cryptanalytic": (False, 2), "made_for": (("device_extraction",), 1),
        },
        both("5D002.a.3.b", "caught"),
        "Software for the use of 5A004.b equipment, not doing it itself.",
    ),
    Sheet(
        "Glasmere Agent",
        ("Remote agent for telephones", "Delivers and steers an agent that defeats the system's protection"),
        {
            "kind": ("intrusion_software", 1), "function": ("software", 1), "surreptitious_interception": (False, 2),
            "intrusion_role": (("generates", "commands", "delivers"), 2),
            "specially_designed_for": (("surveillance",), 2),
        },
        both("4D004", "caught"),
        "Generates, commands and delivers intrusion software.",
    ),
    Sheet(
        "Glasmere Server",
        ("Appliance that delivers agents to telephones",),
        {
            "kind": ("intrusion_software", 1), "function": ("equipment", 1), "surreptitious_interception": (False, 1),
            "intrusion_role": (("delivers",), 1), "specially_designed_for": (("surveillance",), 1),
        },
        both("4A005", "caught"),
        "The same as equipment: 4A005, which has no note.",
    ),
    Sheet(
        "Fernhill Update",
        ("Updates the customer's programs", "Runs with the administrator's consent", "Leaves nothing hidden"),
        {
            "kind": ("intrusion_software", 1), "function": ("software", 1), "surreptitious_interception": (False, 3),
            "made_for": (("none",), 1), "intrusion_role": (("delivers",), 1),
            "specially_designed_for": (("owner_authorised_updates",), 2),
        },
        both("4D004", "freed"),
        "Limited to updates the owner authorises, and no intrusion software stays behind.",
    ),
    Sheet(
        "Fernhill Update Plus",
        ("Updates programs of the customer's machines", "Can also place a watching module"),
        {
            "kind": ("intrusion_software", 1), "function": ("software", 1), "surreptitious_interception": (False, 1),
            "intrusion_role": (("delivers", "is_intrusion_software"), 2),
            "specially_designed_for": (("owner_authorised_updates", "surveillance"), 2),
        },
        both("4D004", "caught"),
        "Not limited to updates.",
    ),
    Sheet(
        "Larkwell Advisory",
        ("Report on a weakness, sent to the maker", "With a proof that develops an intrusion"),
        {
            "kind": ("vulnerability_research", 1), "function": ("technology", 1), "intrusion_role": (("develops",), 2),
            "specially_designed_for": (("vulnerability_disclosure",), 1), "surreptitious_interception": (False, 1),
            "made_for": (("none",), 2),
        },
        both("4E001.c", "freed"),
        "Technology for developing intrusion software, freed as vulnerability disclosure.",
    ),
    Sheet(
        "Larkwell Course",
        ("Course in writing intrusion software", "For security services"),
        {
            "kind": ("training", 1), "function": ("training", 1), "intrusion_role": (("develops",), 1),
            "specially_designed_for": (("surveillance",), 2), "surreptitious_interception": (False, 1),
            "crime_control_kind": ("none", 1), "made_for": (("none",), 1),
        },
        both("4E001.c", "caught"),
        "Technical assistance is technology, and its purpose is neither disclosure nor response.",
    ),
    Sheet(
        "Birkdal Centre",
        ("Monitoring centre for the police", "Takes what operators deliver over ETSI handover", "Contacts graph"),
        {
            "kind": ("lawful_intercept_monitoring", 1), "function": ("software", 1), "handover_interface": (True, 2),
            "for_law_enforcement_monitoring": (True, 1), "searches_hard_selectors": (True, 2),
            "maps_relations": (True, 3), "specially_designed_for": (("surveillance",), 1),
            "surreptitious_interception": (False, 2),
        },
        both("5D001.e", "caught"),
        "e, e.1 and e.2; relations are mapped, so movement need not be known.",
    ),
    Sheet(
        "Birkdal Mediation",
        ("Mediation device program", "Passes interception products on", "Searches and draws nothing else"),
        {
            "kind": ("lawful_intercept_monitoring", 1), "function": ("software", 1), "handover_interface": (True, 2),
            "for_law_enforcement_monitoring": (True, 1), "searches_hard_selectors": (True, 2),
            "tracks_movement": (True, 2), "specially_designed_for": (("mediation",), 1),
            "surreptitious_interception": (False, 3),
        },
        both("5D001.e", "freed"),
        "Specially designed for mediation devices: note d.",
    ),
    Sheet(
        "Tarn Deepwater, program only",
        J_LINES,
        J_FEATURES
        | {
            "function": ("software", 1), "specially_designed_for": (("surveillance",), 7), "made_for": (("none",), 1),
            "air_interface_content": (False, 2), "air_interface_identifiers": (False, 2),
            "selective_jamming": (False, 2),
        },
        both("5D001.c", "caught"),
        "The features of 5A001.j as software.",
    ),
    Sheet(
        "Moor Listener",
        ("Room transmitter in a wall socket", "Works unseen"),
        {"kind": ("other", 1), "function": ("equipment", 1), "surreptitious_interception": (True, 2)},
        {"us-ccl 5A980": "caught"},
        "Only the US list has an entry for devices that intercept unseen by other ways than the air interface.",
    ),
    Sheet(
        "Larkwell Manual",
        ("Manual for building a control server for remote agents",),
        {
            "kind": ("intrusion_software", 1), "function": ("technology", 1), "intrusion_role": (("commands",), 1),
            "specially_designed_for": (("surveillance",), 1), "surreptitious_interception": (False, 1),
        },
        both("4E001.a", "caught"),
        "Technology for what commands intrusion software; that it develops such software is not said to be so.",
    ),
    Sheet(
        "Glasmere Kit",
        ("Build system for remote agents", "Builds the server, delivers nothing"),
        {
            "kind": ("intrusion_software", 1), "function": ("software", 1), "intrusion_role": (("none",), 2),
            "made_for": (("cyber_intrusion",), 1), "surreptitious_interception": (False, 2),
        },
        both("4D001.a", "caught"),
        "Software for developing 4D004 software, not doing itself what that does.",
    ),
    Sheet(
        "Tarn Console",
        ("Operating program of the Deepwater probe", "Steers the probe; extracts nothing itself"),
        {
            "kind": ("ip_network_surveillance", 1), "function": ("software", 1),
            "extracts_content_and_metadata": (False, 2), "air_interface_content": (False, 2),
            "air_interface_identifiers": (False, 2), "selective_jamming": (False, 2),
            "detects_interception": (False, 2),
            "made_for": (("network_surveillance",), 1), "surreptitious_interception": (False, 2),
        },
        both("5D001.a", "caught"),
        "Software for the use of 5A001.j equipment.",
    ),
    Sheet(
        "Tarn Build File",
        ("Production drawings of the Deepwater probe",),
        {
            "kind": ("ip_network_surveillance", 1), "function": ("technology", 1),
            "made_for": (("network_surveillance",), 1), "surreptitious_interception": (False, 1),
        },
        both("5E001.a", "caught"),
        "Technology for producing 5A001.j equipment.",
    ),
    Sheet(
        "Corrie Guess",
        ("Program that tries passwords of encrypted images", "Reads no device"),
        {
            "kind": ("mobile_forensics", 1), "function": ("software", 1), "cryptanalytic": (True, 1),
            "extracts_raw_device_data": (False, 2), "made_for": (("none",), 2),
        },
        both("5D002.c.3.a", "caught"),
        "Software that derives passwords.",
    ),
    Sheet(
        "Corrie Guess Console",
        ("Operating program of a password engine", "Guesses nothing itself"),
        {
            "kind": ("mobile_forensics", 1), "function": ("software", 1), "cryptanalytic": (False, 2),
            "extracts_raw_device_data": (False, 2), "made_for": (("cryptanalysis",), 1),
        },
        both("5D002.a.3.a", "caught"),
        "Software for the use of 5A004.a equipment.",
    ),
    Sheet(
        "Moor Pocket",
        ("Program that records calls on a handset", "Unseen by whoever carries it"),
        {
            "kind": ("intrusion_software", 1), "function": ("software", 1), "surreptitious_interception": (True, 2),
            "made_for": (("none",), 1), "intrusion_role": (("none",), 1),
            "specially_designed_for": (("surveillance",), 1),
        },
        {"us-ccl 5D980.a": "caught"},
        "Installed by hand and defeating nothing, so no 4D004; mainly useful for interception unseen.",
    ),
    Sheet(
        "Moor Bench",
        ("Calibration program for room transmitters",),
        {
            "kind": ("other", 1), "function": ("software", 1), "surreptitious_interception": (False, 1),
            "made_for": (("covert_interception",), 1),
        },
        {"us-ccl 5D980.b": "caught"},
        "Software for producing 5A980 equipment.",
    ),
    Sheet(
        "Moor Drawings",
        ("Drawings of room transmitters that work unseen",),
        {"kind": ("other", 1), "function": ("technology", 1), "surreptitious_interception": (True, 1)},
        {"us-ccl 5E980": "caught"},
        "Technology for 5A980 equipment.",
    ),
    Sheet(
        "Holm Baton",
        ("Telescopic baton", "For police"),
        {"kind": ("crowd_control", 1), "function": ("equipment", 1), "crime_control_kind": ("striking_weapon", 1)},
        {"us-ccl 0A978": "caught"},
        "A striking weapon: reason for control CC. The EU's list of torture goods is another regulation.",
    ),
    Sheet(
        "Brae Visitor Camera",
        ("Door camera", "Recognises enrolled staff", "No export of pictures"),
        {"kind": ("facial_recognition", 1), "function": ("equipment", 1)},
        {},
        "No entry of either list is about faces; its kind answers the rest.",
    ),
    Sheet(
        "Strand Radio",
        ("Two-way radio for mountain rescue",),
        {"kind": ("emergency_radio", 1), "function": ("equipment", 1)},
        {},
        "No entry is about it.",
    ),
    Sheet(
        "Unsaid Box",
        ("Box",),
        {"function": ("equipment", 1)},
        {},  # looked at on its own: see the test of goods of which nothing is said
        "Nothing is said of it, so nothing can be told.",
    ),
)  # fmt: skip
