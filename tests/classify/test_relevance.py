"""The kind of goods makes idle questions idle, and nothing else."""

import pytest

from safeconduct.classify import listed_facts
from safeconduct.classify.relevance import relevance_of, words_of
from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, Known, Unknown
from safeconduct.core.item import Datasheet, Item
from tests.classify.tests_at_hand import classified, entry_tests, result, statuses


def fact(key: str, value: bool | str, by: str) -> dict[str, Fact]:
    return {key: Known(value, (Evidence(key, str(value), Source("application"), "line:1", by=by),))}


def item(*lines: str, name: str = "AX-1") -> Item:
    return Item(1, name, datasheet=Datasheet("AX-1 sheet", lines) if lines else None)


def facts(kind: str, by: str, **more: bool) -> dict[str, Fact]:
    found = fact("item.kind", kind, by) | fact("item.function", "equipment", by)
    for key, value in more.items():
        found |= fact(f"item.{key}", value, by)
    return found


PLAIN = ("Edge router", "Forwards packets")
SIGNS = ("Edge router", "Ships with an IMSI catcher module")


@pytest.mark.parametrize("by", ["officer", "adviser"])
def test_a_kind_that_somebody_found_answers_for_entries_about_other_kinds(by: str) -> None:
    found = classified(item(*SIGNS), facts("network_equipment", by))
    assert statuses(found) == {}
    assert {each.why.key for each in found.outside} >= {"classify.outside.kind"}


def test_a_kind_that_somebody_found_against_the_goods_own_words_is_told_with_entries_and_words() -> None:
    (told,) = classified(item(*SIGNS), facts("network_equipment", "officer")).findings
    assert told.rule == "classify.kind_found"
    for tests in entry_tests():
        assert f"{tests.list} 5A001.f.1 (“imsi" in str(told.reason.params["entries"])
    assert {each.by for each in told.evidence} == {"officer"}
    assert classified(item(*PLAIN), facts("network_equipment", "officer")).findings == ()


def test_a_claimed_kind_answers_where_the_datasheet_has_no_sign_against_it() -> None:
    assert statuses(classified(item(*PLAIN), facts("network_equipment", "exporter"))) == {}


def test_a_claimed_kind_does_not_answer_where_the_datasheet_has_a_sign_of_the_entry() -> None:
    found = classified(item(*SIGNS), facts("network_equipment", "exporter"))
    assert set(statuses(found)) == {f"{tests.list} 5A001.f.{n}" for tests in entry_tests() for n in (1, 2)}
    asked = {gap.fact for each in found.entries for gap in each.questions}
    assert {"item.air_interface_content", "item.air_interface_identifiers"} <= asked
    assert isinstance(listed_facts(found)["item.listed"], Unknown)


@pytest.mark.parametrize("by", ["officer", "exporter"])
def test_what_may_be_built_in_is_asked_where_the_words_are_a_sign_of_it_and_nowhere_else(by: str) -> None:
    encrypts = item("Edge router", "IPsec tunnels with AES-256 encryption")
    caught = {f"{tests.list} 5A002.a" for tests in entry_tests()}
    assert caught <= set(statuses(classified(encrypts, facts("network_equipment", by))))
    assert not caught & set(statuses(classified(item(*PLAIN), facts("network_equipment", by))))
    assert not caught & set(statuses(classified(encrypts, facts("crowd_control", "officer"))))


def test_a_sign_is_a_whole_word() -> None:
    assert (
        statuses(classified(item("Edge router", "Simsimilar to others"), facts("network_equipment", "exporter"))) == {}
    )


def test_a_claimed_kind_without_a_datasheet_answers_nothing_and_the_kind_is_to_be_found() -> None:
    found = classified(item(), facts("network_equipment", "exporter"))
    assert "cannot_tell" in statuses(found).values()
    gaps = {(gap.fact, gap.why) for each in found.entries for gap in each.questions}
    assert gaps == {("item.kind", "not_searched")}


@pytest.mark.parametrize(("by", "open_"), [("exporter", True), ("officer", False)])
def test_other_says_nothing_unless_somebody_found_that_no_kind_fits(by: str, open_: bool) -> None:
    assert bool(statuses(classified(item(*PLAIN), facts("other", by)))) is open_


@pytest.mark.parametrize("by", ["exporter", "officer"])
def test_no_kind_overrules_an_element_that_is_met(by: str) -> None:
    found = classified(item(*PLAIN), facts("network_equipment", by, selective_jamming=True))
    assert statuses(found) == {"eu-annex1 5A001.f.3": "caught", "us-ccl 5A001.f.3": "caught"}


def test_one_element_met_opens_the_whole_entry_whatever_the_kind() -> None:
    found = classified(item(*PLAIN), facts("network_equipment", "officer", layer7_analysis=True))
    assert statuses(found) == {"eu-annex1 5A001.j": "cannot_tell", "us-ccl 5A001.j": "cannot_tell"}
    assert "item.maps_relations" in {gap.fact for gap in result(found, "us-ccl 5A001.j").questions}


def test_an_entry_made_idle_cites_the_kind() -> None:
    found = classified(item(*PLAIN), facts("network_equipment", "officer"))
    idle = [each for each in found.outside if each.why.key == "classify.outside.kind"]
    assert idle
    assert all([each.fact for each in one.evidence] == ["item.kind"] for one in idle if one.code == "5A001.f.1")


def test_a_conflicting_kind_is_asked_with_its_reason() -> None:
    known = facts("network_equipment", "officer")
    conflicting = known | {"item.kind": Unknown("conflicting", known["item.kind"].evidence)}
    found = classified(item(*PLAIN), conflicting)
    assert {(gap.fact, gap.why) for each in found.entries for gap in each.questions} == {("item.kind", "conflicting")}


def test_the_words_are_those_of_name_description_and_sheet() -> None:
    assert words_of(item("One LINE", name="AX-2")) == "ax-2\n\none line"
    assert relevance_of(item(), {}).words == ""


STUN = ("Handheld device", "A stun gun that delivers 50 kV for five seconds")


def crime_control(value: str, by: str) -> dict[str, Fact]:
    found = fact("item.crime_control_kind", value, by)
    return facts("crowd_control", "exporter") | found


def test_an_exporter_who_denies_what_his_datasheet_says_is_asked() -> None:
    found = classified(item(*STUN), crime_control("none", "exporter"))
    assert statuses(found).get("us-ccl 0A503") == "cannot_tell"
    asked = {gap.fact for each in found.entries if each.code == "0A503" for gap in each.questions}
    assert "item.crime_control_kind" in asked


def test_what_an_officer_found_and_what_the_words_do_not_gainsay_stand() -> None:
    assert "us-ccl 0A503" not in statuses(classified(item(*STUN), crime_control("none", "officer")))
    assert "us-ccl 0A503" not in statuses(classified(item(*PLAIN), crime_control("none", "exporter")))
    assert (
        statuses(classified(item(*STUN), crime_control("less_lethal_projectile", "exporter")))["us-ccl 0A503"]
        == "caught"
    )
