"""Words of a datasheet propose; they settle nothing."""

import json
from pathlib import Path

import pytest
from datasheet_facts import found_in, of_folder
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.classify import FACTS, classify_provisionally
from safeconduct.classify.facts_from_text import proposals, proposals_of
from safeconduct.classify.language import language_of
from safeconduct.classify.phrases import Suggests, raw_tables, table
from safeconduct.classify.provisional import PROPOSED, SETS, provisional_facts
from safeconduct.core.fact import Known, Unknown
from safeconduct.core.item import Datasheet, Item
from safeconduct.intake.facts import BY_KEY
from tests.classify.datasheets_at_hand import Labelled, labelled_sheets
from tests.classify.sheets import SHEETS, Sheet
from tests.classify.tests_at_hand import DAY, entry_tests


def item(*lines: str) -> Item:
    return Item(1, "AX-1", datasheet=Datasheet("AX-1 sheet", lines))


def said(*lines: str) -> set[tuple[str, str, int]]:
    return {(each.fact.removeprefix("item."), each.says, each.line) for each in proposals(item(*lines))}


def provisional(*lines: str) -> dict[str, str]:
    raw = item(*lines)
    found = classify_provisionally(raw, provisional_facts(raw), entry_tests(), DAY)
    assert found.outside == ()
    return {f"{each.list} {each.code}": each.status for each in found.entries}


def test_a_phrase_proposes_its_fact_with_document_line_and_wording() -> None:
    (found,) = proposals(item("The Probe", "Analyses at the Application Layer"))[-1:]
    assert (found.fact, found.value, found.says, found.document, found.place, found.words) == (
        "item.layer7_analysis",
        True,
        "yes",
        "AX-1 sheet",
        "line 2",
        "Analyses at the Application Layer",
    )


def test_words_broken_over_two_lines_are_found_with_both_lines() -> None:
    found = proposals(item("The unit works unattended for months and its deep packet", "inspection needs no updates."))
    assert ("lines 1-2", "deep packet inspection") in {(each.place, each.words) for each in found}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("The tool decrypts backups", "yes"),
        ("The tool never decrypts backups", "no"),
        ("It does not read flash memory", "no"),
        ("No cable is needed; it reads flash memory", "yes"),
        ("It is not small but reads flash memory", "yes"),
        ("No operator is needed to intercept calls", "yes"),
        ("Not only text: it intercepts calls", "yes"),
        ("Call interception: no", "no"),
        ("Call interception function: none", "no"),
        ("Call interception | technically impossible", "no"),
        ("Call interception: not part of the software", "no"),
        ("Call interception: no cable needed", "yes"),
        ("Call interception function: no", "no"),
        ("Call interception: not processed", "no"),
        ("Interception des appels : hors périmètre", "no"),
        ("Interceptación de llamadas: no se ofrece", "no"),
        ("Not included: call interception", "no"),
        ("No camera, recorder or call interception", "no"),
        ("✗ Call interception", "no"),
        ("☑ Call interception", "yes"),
        ("Calls and messages are not intercepted", "no"),
        ("Call interception | optional", "perhaps"),
        ("Call interception is not included in the base unit", "no"),
        ("Interception of calls is available as a module", "perhaps"),
        ("On the roadmap: the unit intercepts calls", "perhaps"),
        ("N'intercepte pas les appels", "no"),
        ("Interception des appels en option", "perhaps"),
        ("Intercepte les appels", "yes"),
        ("No intercepta llamadas", "no"),
        ("Interceptación de llamadas bajo pedido", "perhaps"),
        ("Intercepta llamadas", "yes"),
    ],
)
def test_denial_and_option_in_the_same_clause_are_read(line: str, says: str) -> None:
    wanted = {"item.air_interface_content", "item.cryptanalytic", "item.extracts_raw_device_data"}
    assert {each.says for each in proposals(item("IMSI catcher", line)) if each.fact in wanted} == {says}


def test_what_stands_under_a_heading_of_options_is_optional() -> None:
    assert ("air_interface_content", "perhaps", 3) in said("IMSI catcher", "Options:", "Intercepts calls")
    assert ("air_interface_content", "perhaps", 3) in said("IMSI catcher", "Options we offer", "- Intercepts calls")
    assert ("air_interface_content", "yes", 5) in said("IMSI catcher", "Options:", "Case", "", "Intercepts calls")


@pytest.mark.parametrize(
    "line",
    [
        "Shields the user from IMSI catchers",
        "It blocks spyware",
        "Undecryptsable",
        "The reindexer of Locksmith",
    ],
)
def test_what_the_goods_act_against_and_letters_inside_words_propose_nothing(line: str) -> None:
    assert said(line) == set()


def test_every_word_of_the_tables_is_a_fact_and_a_value_of_the_catalogue() -> None:
    for each in (one for one in table().phrases.keys if isinstance(one, Suggests)):
        fact = BY_KEY[each.fact]
        assert each.value in fact.words if fact.words else each.value is True, each
        assert (fact.kind == "words") == (each.fact in SETS)
    assert FACTS


@pytest.mark.parametrize(
    ("line", "fact", "value"),
    [
        ("Thermal camera, 50 Hz video", "frame_rate_hz", "50"),
        ("Frame rate: 8.3 fps", "frame_rate_hz", "8.3"),
        ("Endurance of the drone: 90 min", "endurance_minutes", 90),
        ("The aircraft flies 1.5 hours", "endurance_minutes", 90),
        ("Flight time 20 to 40 minutes", "endurance_minutes", 40),
        ("Net weight 1,200 g", "container_net_weight", "1200"),
        ("3 oz net of pepper", "container_net_weight", "85.05"),
        ("Adjusted peak performance 1.2 WT", "adjusted_peak_performance", "1.2"),
        ("Withstands gusts of 13 m/s", "flies_in_gusts", True),
        ("Mains 230 V, 50 Hz", "frame_rate_hz", None),
        ("Battery life 8 hours", "endurance_minutes", None),
    ],
)
def test_a_quantity_is_read_in_the_unit_of_its_fact(line: str, fact: str, value: object) -> None:
    assert [each.value for each in proposals(item(line)) if each.fact == f"item.{fact}"] == [value] * (
        value is not None
    )


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("Withstands wind of 20 knots", "flies_in_gusts"),
        ("A red lamp lights when it records", "surreptitious_interception"),
        ("Works with unlocked devices only", "defeats_device_lock"),
        ("It never jams", "selective_jamming"),
        ("Nothing is installed on the target device", "intrusion_role"),
    ],
)
def test_words_that_state_the_contrary_or_deny_more_widely_deny(line: str, fact: str) -> None:
    assert {each.says for each in proposals(item(line)) if each.fact == f"item.{fact}"} == {"no"}


def test_of_a_table_of_editions_that_differ_the_fact_is_perhaps() -> None:
    assert ("defeats_device_lock", "perhaps", 2) in said("Edition      Small   Large", "Lock bypass    no      yes")
    assert ("defeats_device_lock", "no", 2) in said("Edition      Small   Large", "Lock bypass    no      no")


def test_a_question_proposes_nothing() -> None:
    assert said("Is it a jammer? It is a lamp.") == {("function", "yes", 1)}


@pytest.mark.parametrize("language", raw_tables())
def test_every_language_has_words_for_the_entries_that_matter(language: str) -> None:
    facts = raw_tables()[language].facts
    assert set(BY_KEY["item.kind"].words) - {"other"} == set(facts["item.kind"])
    assert set(BY_KEY["item.function"].words) == set(facts["item.function"])
    kinds = "water_cannon striking_weapon helmet_or_shield execution_equipment restraint torture_implement polygraph "
    kinds += (
        "less_lethal_projectile riot_agent fingerprint_kit voice_print fingerprint_computer infrared_viewer shotgun"
    )
    assert set(kinds.split()) <= set(facts["item.crime_control_kind"])


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_proposed_feature_on_a_sheet_contradicts_what_an_adviser_read(sheet: Sheet) -> None:
    for each in proposals(sheet.item()):
        adviser = sheet.facts.get(each.fact.removeprefix("item."))
        if each.value is True and adviser and each.says != "perhaps":
            assert adviser[0] is (each.says == "yes"), each


@pytest.mark.parametrize("sheet", labelled_sheets(), ids=lambda sheet: sheet.name)
def test_nothing_is_proposed_that_its_line_does_not_say(sheet: Labelled) -> None:
    assert found_in(sheet) - sheet.labels == frozenset()


def test_other_peoples_sheets_are_scored_by_line_value_and_denial(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Drone X\nFlies 26 minutes\nIt never jams phones\n", encoding="utf-8")
    labels = [
        {"fact": "item.endurance_minutes", "value": 26, "says": "yes", "line": 1},
        {"fact": "item.endurance_minutes", "value": 26, "says": "yes", "line": 2},
        {"fact": "item.function", "value": "equipment", "says": "yes", "line": 3},
        {"fact": "item.selective_jamming", "value": True, "says": "yes", "line": 3},
    ]
    (tmp_path / "one.json").write_text(json.dumps({"facts": labels}), encoding="utf-8")
    told = of_folder(tmp_path)
    assert (told["facts"], told["found"], told["on_the_line"], told["contradicted"]) == (3, 2, 1, 1)


def test_without_a_datasheet_nothing_is_proposed() -> None:
    assert proposals(Item(1, "Decrypts everything")) == ()


def test_a_provisional_fact_is_marked_as_nobodys_statement() -> None:
    fact = provisional_facts(item("It decrypts backups"))["item.cryptanalytic"]
    assert isinstance(fact, Known)
    assert fact.value is True
    assert [(each.by, each.source.place) for each in fact.evidence] == [(PROPOSED, "line 1")]


def test_what_a_seller_denies_or_only_offers_stays_unknown_and_two_places_that_differ_conflict() -> None:
    def why(*lines: str) -> str:
        fact = provisional_facts(item(*lines))["item.cryptanalytic"]
        assert isinstance(fact, Unknown)
        return fact.why

    assert why("It never decrypts backups") == "absent"
    assert why("It decrypts backups (option)") == "not_searched"
    assert why("It decrypts backups", "It does not decrypt backups") == "conflicting"


def test_two_documents_that_contradict_each_other_conflict_whatever_their_order() -> None:
    one, other = Datasheet("sheet", ("It decrypts backups",)), Datasheet("manual", ("It never decrypts backups",))
    for documents in ((one, other), (other, one)):
        proposed = [each for document in documents for each in proposals_of(document)]
        fact = provisional_facts(Item(1, "AX-1"), proposed)["item.cryptanalytic"]
        assert isinstance(fact, Unknown)
        assert fact.why == "conflicting"
        assert {each.source.ref for each in fact.evidence} == {"sheet", "manual"}


def test_a_members_set_of_a_datasheet_is_never_known_to_be_whole() -> None:
    fact = provisional_facts(item("Software for logical extraction only"))["item.extraction_limited_to"]
    assert isinstance(fact, Known)
    assert not fact.complete


@pytest.mark.parametrize("sheet", [*SHEETS, *(one.datasheet() for one in labelled_sheets())], ids=str)
def test_no_raw_datasheet_frees_or_puts_outside(sheet: Sheet | Datasheet) -> None:
    lines = sheet.lines
    assert set(provisional(*lines).values()) <= {"caught", "cannot_tell"}


def test_a_denial_and_a_wrong_form_or_kind_leave_an_entry_open_with_its_question() -> None:
    raw = item("Software for logical extraction only", "No layer 7 analysis of backbone traffic")
    found = classify_provisionally(raw, provisional_facts(raw), entry_tests(), DAY)
    (probe,) = (each for each in found.entries if each.code == "5A001.j" and each.list == "eu-annex1")
    assert probe.status == "cannot_tell"
    assert probe.questions


def test_a_riot_water_cannon_is_caught_by_its_words() -> None:
    found = provisional("Vehicle-mounted water cannon for riot control")
    assert found["us-ccl 0A977"] == "caught"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The unit decrypts backups of the phone", "en"),
        ("L'appareil déchiffre les sauvegardes du téléphone", "fr"),
        ("El equipo descifra las copias de seguridad", "es"),
        ("Das Gerät entschlüsselt nicht und ist kein IMSI-Catcher für die Polizei", "de"),
        ("L'apparecchio non è un IMSI-catcher per la polizia, è usato dalle imprese che sono nel settore", "it"),
        ("O aparelho não é um IMSI-catcher para a polícia, são dados dos usuários", "pt"),
        ("جهاز اعتراض المكالمات IMSI", "arabic"),
        ("手机信号拦截设备 IMSI", "cjk"),
        ("Устройство перехвата IMSI", "cyrillic"),
        ("", "none"),
        ("12 34 --", "none"),
    ],
)
def test_a_language_that_is_not_read_is_said_and_nothing_is_proposed_from_it(text: str, language: str) -> None:
    assert language_of([text]) == language
    assert bool(proposals(item(text))) is (language in raw_tables())


@given(st.lists(st.text(max_size=200), max_size=20))
def test_any_text_is_read_without_harm_and_every_proposal_stands_on_its_line(lines: list[str]) -> None:
    for each in proposals(item(*lines)):
        assert 1 <= each.line <= each.last <= len(lines)
        if each.line == each.last:
            assert each.words in lines[each.line - 1]


@pytest.mark.parametrize(
    ("written", "fact", "says"),
    [
        ("Without touching the phone, the agent installs itself on the target device.", "intrusion_role", {"yes"}),
        ("Sin inhibición alguna, el equipo graba las llamadas de los teléfonos.", "air_interface_content", {"yes"}),
        ("No camera, microphone or recording of calls in the unit.", "extracts_content_and_metadata", {"no"}),
        ("No se exige interfaz de entrega con los operadores.", "handover_interface", set()),
        ("An audit log is not required.", "audit_log", set()),
        ("No operator is needed to intercept calls of phones.", "air_interface_content", {"yes"}),
        ("Journal d'audit : absent", "audit_log", {"no"}),
        ("Journal d'audit : néant", "audit_log", {"no"}),
        ("Registro de auditoría: no disponible", "audit_log", {"no"}),
        ("Audit log: none", "audit_log", {"no"}),
        ("It detects the drone and jams the chosen phones.", "selective_jamming", {"yes"}),
        ("It protects from jamming and from interception of calls.", "air_interface_content", set()),
        ("Follow a handset on a map: location data are dropped at import.", "tracks_movement", set()),
        ("It raises an alarm when an IMSI catcher is switched on.", "air_interface_identifiers", set()),
        ("Faces of strangers are not saved.", "capability_flags", set()),
        ("Link analysis reveals the key persons of a network.", "cryptanalytic", set()),
        ("Decodes up to six streams of video.", "layer7_analysis", set()),
        ("Voit dans le brouillard et la fumée.", "capability_flags", set()),
        ("It plays video for a regional ISP.", "extracts_raw_device_data", set()),
        ("Uncooled core, 8-14 µm", "microbolometer_camera", {"yes"}),
        ("8 antennas and 14 m of cable", "microbolometer_camera", set()),
        ("No payload of the calls is stored.", "extracts_content_and_metadata", set()),
        ("Message content is never retained.", "capability_flags", set()),
        ("Payloads are neither extracted nor stored.", "extracts_content_and_metadata", {"no"}),
        ("Le contenu des appels n'est jamais conservé.", "extracts_content_and_metadata", set()),
        ("El contenido de los mensajes nunca se almacena.", "extracts_content_and_metadata", set()),
        ("Stores the content of all messages.", "extracts_content_and_metadata", {"yes"}),
        ("The recorder is used with the written consent of the persons.", "surreptitious_interception", set()),
        ("Animal prods, all types: discontinued.", "crime_control_kind", {"perhaps"}),
        ("Fusils de chasse, livrés jusqu'en 1998 : cette activité a cessé.", "crime_control_kind", {"perhaps"}),
        ("A physical dump of phones: see the separate sheet.", "extracts_raw_device_data", {"perhaps"}),
        ("Reads chats without an alert, and returns messages and photos.", "capability_flags", {"yes"}),
        ("Log entries may be purged.", "audit_log", {"no"}),
        ("Logs cannot be edited by anybody.", "audit_log", {"yes"}),
        ("Listens without notice to calls.", "capability_flags", {"yes"}),
        ("Specifications subject to change without notice.", "surreptitious_interception", set()),
        ("Interception of calls: licence sold apart.", "air_interface_content", {"perhaps"}),
        ("Interception of calls will be added.", "air_interface_content", {"perhaps"}),
        ("Locked phones are opened with written consent.", "defeats_device_lock", {"yes"}),
    ],
)
def test_how_far_denial_opposition_and_words_reach(written: str, fact: str, says: set[str]) -> None:
    assert {each[1] for each in said(written) if each[0] == fact} == says


def test_a_clause_is_read_by_the_tables_of_its_language_or_of_the_sheet() -> None:
    english = "There is no camera in the box of the unit, which intercepts calls of the phones."
    assert ("air_interface_content", "yes", 1) in said(english)
    french = ("Le boîtier est destiné aux services et il résiste aux chocs.", "Barrage hydraulique")
    assert not any(each[0] == "selective_jamming" for each in said(*french))


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (("Does it record calls of phones? No.",), {("extracts_content_and_metadata", "no", 1)}),
        (("Q. Does it record calls of phones?", "A. No, never."), {("extracts_content_and_metadata", "no", 1)}),
        (("¿Graba las llamadas de los teléfonos?", "Sí, todas."), {("air_interface_content", "yes", 1)}),
        (("Is it a jammer?", "No. It answers phones."), set()),
    ],
)
def test_a_question_states_what_yes_or_no_answers(lines: tuple[str, ...], says: set[tuple[str, str, int]]) -> None:
    asked = {"extracts_content_and_metadata", "air_interface_content", "selective_jamming"}
    found = {each for each in said(*lines) if each[0] in asked}
    assert says <= found
    assert len({each[1] for each in found}) == bool(says)
