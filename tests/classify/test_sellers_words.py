"""What sellers write of kinds, purposes, limits and extras, line by line in three languages."""

import pytest

from safeconduct.classify import proposals_of
from safeconduct.core.item import Datasheet

FRENCH = "Le produit est livré au client avec la notice et sans les outils."
SPANISH = "El producto se entrega al cliente con el manual y sin las herramientas."


def said(*lines: str) -> set[tuple[str, object, str]]:
    """Fact without ``item.``, value, and how it is said, of a sheet of these lines."""
    found = proposals_of(Datasheet("sheet", lines))
    return {(each.fact.removeprefix("item."), each.value, each.says) for each in found}


@pytest.mark.parametrize(
    ("line", "fact", "value", "says"),
    [
        ("Schematics and source code of our phone jammers", "made_for", "jamming", "yes"),
        ("No source code of the phone jammers is handed over", "made_for", "jamming", "no"),
        ("Training for engineers who will build wiretap probes", "made_for", "network_surveillance", "yes"),
        ("Soil moisture probes and a tide gauge", "kind", "environment_sensor", "yes"),
        ("Pagers for volunteer firefighters", "kind", "emergency_radio", "yes"),
        ("This program contains no encryption", "kind", "encryption", "no"),
        ("Fewer dropped packets at busy hours", "marketed_for", "quality_of_service", "yes"),
        ("Not offered for billing", "marketed_for", "billing", "no"),
        ("Acquisition is confined to the boundary-scan interface", "extraction_limited_to", "jtag", "yes"),
        ("Not limited to desoldered chips", "extraction_limited_to", "chip_off", "no"),
        ("The wizard packs the trojan into a harmless document", "intrusion_role", "generates", "yes"),
        ("Faces are pixelated before recording", "capability_flags", "biometric", "no"),
    ],
)
def test_what_goods_are_do_and_are_made_for_is_read(line: str, fact: str, value: str, says: str) -> None:
    assert (fact, value, says) in said(line)


@pytest.mark.parametrize(
    ("language", "line", "fact", "says"),
    [
        (FRENCH, "Plans et nomenclatures du brouilleur remis au client", "made_for", "yes"),
        (FRENCH, "Conçu exclusivement pour la facturation", "specially_designed_for", "yes"),
        (FRENCH, "Le relevé des IMSI viendra avec une licence supplémentaire", "air_interface_identifiers", "perhaps"),
        (FRENCH, "Menottes vendues séparément, tarif à part", "crime_control_kind", "perhaps"),
        (FRENCH, "Le nombre de cibles est illimité", "target_cap", "no"),
        (SPANISH, "Planos del inhibidor entregados al licenciatario", "made_for", "yes"),
        (SPANISH, "Diseñado exclusivamente para facturación", "specially_designed_for", "yes"),
        (SPANISH, "Grafo de vínculos como complemento de pago", "maps_relations", "perhaps"),
        (SPANISH, "Esposas vendidas por separado", "crime_control_kind", "perhaps"),
        (SPANISH, "Objetivos ilimitados: sin tope", "target_cap", "no"),
    ],
)
def test_purpose_extras_and_limits_are_read_in_french_and_spanish(
    language: str, line: str, fact: str, says: str
) -> None:
    assert (fact, says) in {(each[0], each[2]) for each in said(language, line)}


@pytest.mark.parametrize(
    "line", ["The novelist imagines a country of jammers", "A museum of jamming", "A paper jam stops the copier"]
)
def test_a_kind_that_others_tell_of_names_no_goods(line: str) -> None:
    assert not [each for each in said(line) if each[0] == "kind" and each[2] == "yes"]


def test_wider_words_that_only_deny_do_not_keep_a_sheet_from_saying_what_it_is() -> None:
    sheet = "Academia Ofensiva — Curso 3: desarrollo de implantes", "Cada alumno escribe uno."
    assert ("kind", "training", "yes") in said(*sheet)
