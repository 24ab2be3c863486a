"""A pack edited as a form by somebody who writes no TOML: each step is a pack that could be signed."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from safeconduct.flows.try_pack import TryPack, try_pack
from safeconduct.store.models import Pack
from tests.doors.casework.test_workbench import BASE, OURS
from tests.doors.desk import Desk, words_of
from tests.people import COUNTERSIGNER, OFFICER, POLICY_LEAD


def at(kind: str, name: str, pack: str = BASE) -> str:
    return reverse("policy:change", kwargs={"sha256": pack, "kind": kind, "name": name})


def sent_from(client: Client, address: str) -> dict[str, Any]:
    """What the page's form would send, untouched."""
    form = client.get(address).context["form"]
    found: dict[str, Any] = {}
    for field in form:
        value = field.value()
        if value not in (None, "", []):
            found[field.html_name] = value
        elif field.field.widget.__class__.__name__ in ("Textarea", "TextInput", "Select"):
            found[field.html_name] = ""
    return found


def newest() -> dict[str, Any]:
    return tomllib.loads(Pack.objects.latest("pk").text)


@pytest.fixture
def lead(desk: Desk) -> Client:
    return desk.client(POLICY_LEAD)


UNTOUCHED = [
    ("rule", "CT-01"), ("scenario", "MS-01"), ("question", "user.named"), ("likelihood", "reference/likelihood-2"),
    ("lowers", "reference/lowers-1"), ("exception", "RE-01"), ("second_person", "SP-01"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "name"), UNTOUCHED)
def test_a_form_sent_as_it_came_changes_nothing(lead: Client, kind: str, name: str) -> None:
    address = at(kind, name)
    answer = lead.post(address, sent_from(lead, address) | {"check": "1"})
    assert answer.status_code == 200
    assert "It means the same as the pack in force." in words_of(answer.content.decode())


def test_a_stricter_rule_makes_a_pack_that_extends_the_signed_one_and_holds_only_the_difference(lead: Client) -> None:
    address = at("rule", "CT-01")
    answer = lead.post(address, sent_from(lead, address) | {"then": "minded-to-refuse", "keep": "1"}, follow=True)
    assert "CT-01 changed, stricter" in words_of(answer.content.decode())
    pack = newest()
    assert pack["extends"] == f"reference@sha256:{BASE}"
    assert [(each["id"], each["then"]) for each in pack["rule"]] == [("CT-01", "minded-to-refuse")]
    assert "grid" not in pack


def test_a_weaker_rule_needs_its_ground_beside_the_field(lead: Client) -> None:
    address = at("rule", "CT-01")
    weaker = sent_from(lead, address) | {"unknown": "show", "keep": "1"}
    answer = lead.post(address, weaker)
    assert answer.status_code == 422
    assert "CT-01 is weaker than in reference" in str(answer.context["form"].errors["ground"])
    assert Pack.objects.count() == 1
    lead.post(address, weaker | {"ground": "Export Act, section 5"})
    assert newest()["rule"][0]["ground"] == "Export Act, section 5"


def test_a_rule_is_taken_away_only_with_a_ground(lead: Client) -> None:
    assert lead.post(at("rule", "RF-09"), {"take": "1", "key": "a"}).status_code == 422
    assert Pack.objects.count() == 1
    lead.post(at("rule", "RF-09"), {"take": "1", "key": "a", "ground": "Act, section 5"})
    assert (newest()["removes"], newest()["weakening"]) == (["RF-09"], {"RF-09": "Act, section 5"})


def test_a_rule_is_added_row_by_row_and_its_examples_must_hold(lead: Client) -> None:
    address = reverse("policy:add", kwargs={"sha256": BASE, "kind": "rule"})
    given = sent_from(lead, address) | {
        "name": "NR-1", "text": "Every service is looked at twice.", "cites": "the test", "then": "refer",
        "row1_fact": "case.kind",
    }  # fmt: skip
    page = lead.post(address, given | {"more": "1"}).content.decode()
    assert 'name="row1_values" value="service"' in page
    given |= {"row1_compare": "in", "row1_values": ["service"], "row1_holds": "yes"}
    wrong = given | {"example1_facts": "case.kind: service", "example1_expect": "not_met"}
    answer = lead.post(address, wrong | {"keep": "1"})
    assert answer.status_code == 422
    assert "example1_facts" in answer.context["form"].errors
    for number, (facts, expect) in enumerate(
        [
            ("case.kind: service", "met"),
            ("case.kind: individual_licence", "not_met"),
            ("", "cannot_tell"),
            ("case.kind: service | individual_licence", "cannot_tell"),
        ],
        1,
    ):
        given |= {f"example{number}_facts": facts, f"example{number}_expect": expect}
    lead.post(address, given | {"keep": "1"})
    assert newest()["rule"][0]["when"] == {"fact": "case.kind", "is": "service"}
    assert len(newest()["example"]) == 4


def test_a_question_is_added_and_is_decisive_when_its_condition_holds(lead: Client) -> None:
    address = reverse("policy:add", kwargs={"sha256": BASE, "kind": "question"})
    given = sent_from(lead, address) | {
        "name": "case.kind", "text": "What is applied for?", "cites": "the test", "days": "20", "decisive": "when",
        "row1_fact": "term:security_user", "row1_holds": "yes", "keep": "1",
    }  # fmt: skip
    lead.post(address, given)
    assert [(each["fact"], each["decisive"]) for each in newest()["question"]] == [
        ("case.kind", {"term": "security_user"})
    ]


def test_a_step_of_severity_without_words_is_told_beside_it(lead: Client) -> None:
    address = reverse("policy:add", kwargs={"sha256": BASE, "kind": "scenario"})
    given = sent_from(lead, address) | {
        "name": "NS-1", "text": "It is turned on the press.", "at_risk": "the press", "right": "expression",
        "actor": "violation", "cites": "the test", "row1_fact": "user.named", "row1_compare": "in",
        "row1_values": "yes",
        "severity1_dimension": "scale", "severity1_level": "3", "keep": "1",
        "example1_facts": "user.named: yes", "example1_expect": "met",
        "example2_facts": "user.named: no", "example2_expect": "not_met",
    }  # fmt: skip
    assert list(lead.post(address, given).context["form"].errors) == ["severity1_text"]
    lead.post(address, given | {"severity1_text": "Sources are found."})
    assert newest()["scenario"][0]["severity"] == [
        {"dimension": "scale", "level": 3, "text": {"en": "Sources are found."}}
    ]


def test_a_condition_without_value_is_told_beside_its_row(lead: Client) -> None:
    address = reverse("policy:add", kwargs={"sha256": BASE, "kind": "rule"})
    given = sent_from(lead, address) | {
        "name": "NR-1", "text": "x", "cites": "x", "then": "refer", "row1_fact": "case.kind",
    }  # fmt: skip
    assert "row1_values" in lead.post(address, given | {"keep": "1"}).context["form"].errors


def test_a_grid_cell_that_lets_more_pass_needs_a_ground_and_a_stricter_one_none(lead: Client) -> None:
    address = reverse("policy:grid", kwargs={"sha256": BASE})
    given = sent_from(lead, address)
    answer = lead.post(address, given | {"s5_5": "refer", "keep": "1"})
    assert answer.status_code == 422
    lead.post(address, given | {"s5_5": "prohibited", "keep": "1"})
    assert newest()["grid"]["s5"][4] == "prohibited"


def test_the_draft_is_gone_on_with_and_its_comments_stay(desk: Desk, lead: Client) -> None:
    text = OURS.replace("[[rule]]", "# Asked for by the Ministry.\n[[rule]]")
    first = try_pack(POLICY_LEAD, TryPack(pack=text.encode()), key="t", at=desk.at)
    address = at("rule", "XX-1", first.sha256)
    lead.post(address, sent_from(lead, address) | {"cites": "Act, section 1", "keep": "1"})
    assert Pack.objects.latest("pk").text == text.replace('"the test"', '"Act, section 1"')


def test_a_term_is_added_used_and_changed_and_an_inherited_one_is_fixed(lead: Client) -> None:
    assert lead.get(at("term", "security_user")).status_code == 404
    address = reverse("policy:add", kwargs={"sha256": BASE, "kind": "term"})
    given = sent_from(lead, address) | {
        "name": "service", "text": "it is a service", "row1_fact": "case.kind", "row1_compare": "in",
        "row1_values": ["service"], "row1_holds": "yes", "keep": "1",
    }  # fmt: skip
    lead.post(address, given)
    term = {"id": "service", "when": {"fact": "case.kind", "is": "service"}, "text": {"en": "it is a service"}}
    assert newest()["term"] == [term]
    kept = Pack.objects.latest("pk").sha256
    offered = dict(lead.get(at("second_person", "SP-01", kept)).context["form"].fields["row1_fact"].choices)
    assert "term:service" in dict(offered["Conditions of this pack that have a name"])
    own = lead.get(at("term", "service", kept)).context["form"].fields["row1_fact"].choices
    assert "term:service" not in dict(dict(own)["Conditions of this pack that have a name"])
    again = at("term", "service", kept)
    lead.post(again, sent_from(lead, again) | {"text": "it is only a service", "keep": "1"})
    assert newest()["term"] == [{**term, "text": {"en": "it is only a service"}}]


def test_an_inherited_anchor_is_taken_away_and_stated_anew_and_the_new_one_is_changed_in_place(lead: Client) -> None:
    address = at("likelihood", "reference/likelihood-2")
    lead.post(address, sent_from(lead, address) | {"level": "4", "keep": "1"})
    first = newest()
    assert first["removes"] == ["reference/likelihood-2"]
    assert [each["level"] for each in first["likelihood"]] == [4]
    again = at("likelihood", "reference-2/likelihood-1", Pack.objects.latest("pk").sha256)
    weaker = sent_from(lead, again) | {"level": "2", "keep": "1"}
    answer = lead.post(again, weaker)
    assert answer.status_code == 422
    assert "reference/likelihood-2 is weaker" in str(answer.context["form"].errors["ground"])
    lead.post(again, weaker | {"ground": "Act, section 5"})
    last = newest()
    assert (last["removes"], [each["level"] for each in last["likelihood"]]) == (first["removes"], [2])
    assert last["weakening"] == {"reference/likelihood-2": "Act, section 5"}
    final = at("likelihood", "reference-2/likelihood-1", Pack.objects.latest("pk").sha256)
    assert lead.get(final).context["form"]["ground"].value() == "Act, section 5"


def test_an_assurance_that_lowers_likelihood_needs_its_ground(lead: Client) -> None:
    address = reverse("policy:add", kwargs={"sha256": BASE, "kind": "lowers"})
    given = sent_from(lead, address) | {
        "text": "somebody looks", "cites": "the test", "row1_fact": "user.oversight", "row1_compare": "in",
        "row1_values": "yes", "keep": "1",
    }  # fmt: skip
    assert "ground" in lead.post(address, given).context["form"].errors
    lead.post(address, given | {"ground": "Act, section 5"})
    (found,) = newest()["lowers"]
    assert (found["when"], found["ground"]) == ({"fact": "user.oversight"}, "Act, section 5")


def test_an_exception_names_what_it_lowers_to_what_and_why(lead: Client) -> None:
    address = at("exception", "RE-01")
    given = sent_from(lead, address) | {"keep": "1"}
    assert "ground" in lead.post(address, given | {"ground": ""}).context["form"].errors
    slip = lead.post(address, given | {"lowers": "RF-20, RF-99"}).context["form"].errors
    assert "RF-99" in str(slip)
    lead.post(address, given | {"lowers": "RF-20, RF-09", "ground": "rescue of life"})
    (found,) = newest()["exception"]
    assert (found["lowers"], found["to"], found["ground"]) == (["RF-20", "RF-09"], "conditions", "rescue of life")


def test_fewer_matches_that_two_people_clear_need_a_ground_and_more_need_none(lead: Client) -> None:
    address = at("second_person", "SP-01")
    given = sent_from(lead, address) | {"keep": "1"}
    fewer = given | {"row2_fact": "user.named", "row2_compare": "in", "row2_values": "yes"}
    assert "SP-01 is weaker" in str(lead.post(address, fewer).context["form"].errors)
    examples = {"example2_facts": "match.answer: different\nuser.named: no", "joint": "any"}
    lead.post(address, fewer | examples)
    assert list(newest()["second_person"][0]["when"]) == ["any"]


def test_a_whole_case_is_an_example_that_is_added_changed_and_taken_away(lead: Client) -> None:
    address = reverse("policy:add", kwargs={"sha256": BASE, "kind": "case"})
    given = sent_from(lead, address) | {"case": "2a", "expect": "refer", "keep": "1"}
    assert "expect" in lead.post(address, given).context["form"].errors
    assert "expect" in lead.post(address, given | {"expect": "CT-1: met"}).context["form"].errors
    lead.post(address, given | {"expect": "outcome: no objection\nCT-01: not met"})
    kept = Pack.objects.latest("pk")
    assert newest()["example"] == [{"case": "2a", "expect": {"outcome": "no-objection", "CT-01": "not_met"}}]
    own = at("case", "reference-2/case-1", kept.sha256)
    assert "Case 2a: no-objection" in words_of(lead.get(f"/policy/{kept.sha256}/").content.decode())
    lead.post(own, sent_from(lead, own) | {"expect": "outcome: refer", "keep": "1"})
    assert newest()["example"] == [{"case": "2a", "expect": {"outcome": "refer"}}]
    lead.post(at("case", "reference-2/case-1", Pack.objects.latest("pk").sha256), {"take": "1", "key": "b"})
    assert "example" not in newest()


def test_when_a_counted_table_goes_the_grounds_of_those_after_it_go_with_them(desk: Desk, lead: Client) -> None:
    lowering = """
[[lowers]]
when = {{fact = "user.oversight"}}
cites = "the test"
text.en = "{0}"
"""
    grounds = '\n[weakening]\n"ours/lowers-1" = "First."\n"ours/lowers-2" = "Second."\n'
    text = OURS + lowering.format("one") + lowering.format("two") + grounds
    first = try_pack(POLICY_LEAD, TryPack(pack=text.encode()), key="t", at=desk.at)
    lead.post(at("lowers", "ours/lowers-1", first.sha256), {"take": "1", "key": "c"})
    found = newest()
    assert [each["text"]["en"] for each in found["lowers"]] == ["two"]
    assert found["weakening"] == {"ours/lowers-1": "Second."}
    kept = reverse("policy:heading", kwargs={"sha256": Pack.objects.latest("pk").sha256})
    lead.post(kept, sent_from(lead, kept) | {"name": "theirs", "keep": "1"})
    assert newest()["weakening"] == {"theirs/lowers-1": "Second."}


def test_a_rule_taken_away_can_be_stated_again(lead: Client) -> None:
    lead.post(at("rule", "RF-09"), {"take": "1", "key": "a", "ground": "Act, section 5"})
    address = at("rule", "RF-09")
    given = sent_from(lead, address) | {"name": "RF-09", "ground": "Act, section 5", "keep": "1"}
    lead.post(reverse("policy:add", kwargs={"sha256": Pack.objects.latest("pk").sha256, "kind": "rule"}), given)
    assert "removes" not in newest()
    assert [each["id"] for each in newest()["rule"]] == ["RF-09"]


def test_many_boxes_are_folded_under_what_is_chosen_and_open_where_nothing_is(lead: Client) -> None:
    address = at("exception", "RE-01")
    page = lead.get(address)
    folds = re.findall(r'<details class="govuk-details"( open)?><summary[^>]*>(.*?)</summary>', page.content.decode())
    opened, says = folds[0]
    assert (opened, words_of(says).strip()) == ("", "Condition 1: value: NGO, Media, Humanitarian, Emergency service")
    chosen = sent_from(lead, address) | {"row4_fact": "use.purpose", "more": "values"}
    assert '<details class="govuk-details" open>' in lead.post(address, chosen).content.decode()


def test_a_row_is_added_where_it_is_asked_for_and_what_was_typed_stays(lead: Client) -> None:
    address = at("rule", "CT-01")
    given = sent_from(lead, address)
    fields = lead.get(address).context["form"].fields
    assert [name for name in fields if name.endswith("_fact")] == ["row1_fact", "row2_fact"]
    held = sum(name.endswith("_facts") for name in fields)
    typed = given | {"text": "Half a sen", "example1_facts": "user.named: n", "more": "example"}
    form = lead.post(address, typed).context["form"]
    assert sum(name.endswith("_facts") for name in form.fields) == held + 1
    assert "row3_fact" not in form.fields
    assert (form["text"].value(), form["example1_facts"].value()) == ("Half a sen", "user.named: n")
    assert "row3_fact" in lead.post(address, given | {"more": "row"}).context["form"].fields
    assert "row3_fact" not in lead.post(address, given | {"more": "values"}).context["form"].fields


def test_name_and_first_day_are_changed(lead: Client) -> None:
    address = reverse("policy:heading", kwargs={"sha256": BASE})
    lead.post(
        address, sent_from(lead, address) | {"name": "ours", "title": "Ours", "begins": "2099-01-01", "keep": "1"}
    )
    assert (newest()["name"], newest()["title"], newest()["begins"]) == ("ours", {"en": "Ours"}, "2099-01-01")
    loop = lead.post(address, sent_from(lead, address) | {"name": "reference", "keep": "1"})
    assert "extends itself" in str(loop.context["form"].errors)


def test_only_the_policy_lead_edits_and_only_with_the_token(desk: Desk) -> None:
    for person in (OFFICER, COUNTERSIGNER):
        assert desk.client(person).post(at("rule", "CT-01"), {"take": "1"}).status_code == 403
    guarded = desk.client(POLICY_LEAD, enforce_csrf_checks=True)
    assert guarded.post(at("rule", "CT-01"), {"take": "1"}).status_code == 403
    assert desk.client(POLICY_LEAD).get(at("rule", "XX-9")).status_code == 404
    assert "Change" not in words_of(desk.client(COUNTERSIGNER).get(f"/policy/{BASE}/").content.decode())


def test_signers_are_named(desk: Desk, lead: Client) -> None:
    said = words_of(lead.get(reverse("policy:index")).content.decode())
    assert POLICY_LEAD.name in said
    assert COUNTERSIGNER.name in said
