"""Deciding about matches on the pages: one at a time, several in one go, in the order of the queue."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from safeconduct.access import Actor
from safeconduct.flows.answer_question import Answer, answer_question
from safeconduct.flows.reading import open_matches
from safeconduct.store.models import Adjudication, Case, Clearance, Record
from tests.doors.desk import NAMESAKE, Desk, words_of
from tests.flows.office import NSO, OTHERS, starter
from tests.flows.test_adjudication import listed_pack
from tests.people import ADVISER, COUNTERSIGNER, EXPORTER, OFFICER, OTHER_EXPORTER

pytestmark = pytest.mark.one_database
LISTED = {"name": "Eric Badege", "aliases": [], "country": "Democratic Republic of the Congo"}
TWIN = {**LISTED, "name": "Eric Badege Jr", "aliases": ["Eric Badege"]}
THIRD = {**LISTED, "name": "Eric Badege Senior", "aliases": ["Eric Badege"]}
HIDDEN = ("csrfmiddlewaretoken", "key", "act", "party_facts", "entry_facts")


@pytest.fixture
def listed(desk: Desk) -> Desk:
    desk.load_list(NSO, NAMESAKE, LISTED, *OTHERS, day="2026-10-10")
    return desk


def waiting(desk: Desk, count: int = 1, **more: Any) -> list[str]:
    """So many cases, each with one match that cannot be told; the addresses of their pages."""
    for number in range(count):
        desk.worked({**starter("2d"), "reference": f"number {number}"}, **more)
    return [address(one) for one in open_matches(OFFICER)]


def address(one: Any) -> str:
    given = {"reference": one.case, "party": one.party.id, "source": one.match.source, "entry": one.match.entry}
    return reverse("casework:match", kwargs=given)


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


def fields(html: str, act: str) -> dict[str, str]:
    """The hidden fields of one of the page's forms, as a browser would send them."""
    form = next(one for one in re.findall(r"<form method=\"post\">.*?</form>", html, re.S) if f'value="{act}"' in one)
    return {name: value for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form) if name in HIDDEN}


def test_parts_stand_under_what_they_speak_for_with_list_date_and_place(listed: Desk) -> None:
    (path,) = waiting(listed)
    said = words_of(shown(listed.client(OFFICER), path))
    for words in ("Speaks for it", "One side says nothing", "Listed by US Bureau of Industry"):
        assert words in said
    assert "Edition of 10 October 2026" in said
    assert "Keys of this page" in said


def test_each_key_that_the_page_tells_of_is_there_once(listed: Desk) -> None:
    listed.load_list(NSO, NAMESAKE, LISTED, TWIN, THIRD, *OTHERS, day="2026-10-11")
    paths = waiting(listed)
    html = shown(listed.client(OFFICER), f"{paths[1]}?by=party")
    told = set(re.findall(r"<kbd[^>]*>(\w)</kbd>", html.partition("Keys of this page")[2]))
    there = re.findall(r'accesskey="(\w)"', html)
    assert sorted(there) == sorted(told) == ["1", "2", "3", "l", "n", "p"]


def test_not_the_same_needs_a_ground_and_reasons_and_opens_the_next(listed: Desk) -> None:
    listed.load_list(NSO, NAMESAKE, LISTED, TWIN, *OTHERS, day="2026-10-11")
    paths = waiting(listed)
    client = listed.client(OFFICER)
    html = shown(client, f"{paths[0]}?by=party")
    sent = fields(html, "clear")
    refused = words_of(client.post(f"{paths[0]}?by=party", sent).content.decode())
    assert "Choose what tells them apart" in refused
    assert "Say what shows that they are not the same" in refused
    assert not Adjudication.objects.exists()
    done = client.post(f"{paths[0]}?by=party", sent | {"ground": "document", "grounds": "His file says so"})
    assert done.status_code == HTTPStatus.FOUND
    assert Clearance.objects.count() == 1
    follow = client.get(done["Location"]).content.decode()
    assert "is not Eric Badege" in follow
    assert done["Location"] == f"{paths[1]}?by=party"
    assert "Match 1 of 1 that wait" in words_of(follow)


def test_what_was_decided_is_told_with_name_day_ground_and_reasons(listed: Desk) -> None:
    (path,) = waiting(listed)
    client = listed.client(OFFICER)
    sent = fields(shown(client, path), "clear") | {"ground": "document", "grounds": "His file says so"}
    client.post(path, sent)
    said = words_of(shown(client, path))
    for words in ("Not the same", "Ada Verhoeven", "Document", "His file says so", "remembered"):
        assert words in said
    assert "They are not the same" not in said, "there is nothing left to decide"


def test_the_same_is_decided_with_reasons_and_changes_the_outcome(listed: Desk) -> None:
    (path,) = waiting(listed)
    client = listed.client(OFFICER)
    sent = fields(shown(client, path), "same")
    assert "Say what shows that they are the same" in words_of(client.post(path, sent).content.decode())
    client.post(path, sent | {"reasons": "The passport is his"})
    assert Case.objects.get().outcome == "minded-to-refuse"
    said = words_of(shown(client, path))
    assert "Found the same" in said
    withdrawn = fields(shown(client, path), "withdraw") | {"reasons": "The passport was another's"}
    client.post(path, withdrawn)
    assert "Withdrawn by Ada Verhoeven" in words_of(shown(client, path))
    assert Case.objects.get().outcome != "minded-to-refuse"


def test_one_press_asks_the_exporter_and_the_list_is_not_named(listed: Desk) -> None:
    (path,) = waiting(listed, organisation=EXPORTER.organisation)
    client = listed.client(OFFICER)
    sent = fields(shown(client, path), "ask") | {"asked": "identifier exporter"}
    assert client.post(path, sent).status_code == HTTPStatus.FOUND
    case = Case.objects.get().reference
    asked = listed.client(EXPORTER).get(reverse("portal:application", kwargs={"reference": case})).content.decode()
    assert "registration or document number" in words_of(asked)
    match = open_matches(OFFICER)[0].match
    assert match.entry not in asked
    assert match.source not in asked


def test_two_officers_at_once_have_one_effect_and_the_other_is_told(listed: Desk) -> None:
    (path,) = waiting(listed)
    first, second = listed.client(OFFICER), listed.client(COUNTERSIGNER)
    both = [
        fields(shown(client, path), "clear") | {"ground": "other", "grounds": f"As {who}"}
        for who, client in (("Ada", first), ("Bo", second))
    ]
    assert first.post(path, both[0]).status_code == HTTPStatus.FOUND
    late = second.post(path, both[1])
    assert late.status_code == HTTPStatus.OK
    said = words_of(late.content.decode())
    assert re.search(r"Ada Verhoeven decided on .* that they are not the same: As Ada", said)
    assert Adjudication.objects.count() == Clearance.objects.count() == 1


def test_a_button_pressed_twice_has_one_effect(listed: Desk) -> None:
    (path,) = waiting(listed)
    client = listed.client(OFFICER)
    sent = fields(shown(client, path), "clear") | {"ground": "other", "grounds": "As Ada"}
    assert [client.post(path, sent).status_code for _ in range(2)] == [HTTPStatus.FOUND] * 2
    assert Record.objects.filter(kind="clearance").count() == 1


def test_where_two_are_needed_the_page_says_so_and_the_second_confirms(listed: Desk) -> None:
    listed.put_in_force(listed_pack('when = {fact = "match.score", at_least = 1}'))
    (path,) = waiting(listed)
    first, second = listed.client(OFFICER), listed.client(COUNTERSIGNER)
    html = shown(first, path)
    assert "Takes two people:" in words_of(html)
    first.post(path, fields(html, "clear") | {"ground": "other", "grounds": "Another man"})
    assert "You proposed this" in words_of(shown(first, path))
    assert 'value="second"' not in shown(first, path)
    html = shown(second, path)
    assert "Another man" in words_of(html)
    sent = fields(html, "second")
    assert "Give the reasons for which you decline" in words_of(
        second.post(path, sent | {"confirm": "no"}).content.decode()
    )
    assert second.post(path, sent | {"confirm": "yes"}).status_code == HTTPStatus.FOUND
    said = words_of(shown(first, path))
    assert "Confirmed by Bo Adeyemi" in said
    assert Clearance.objects.count() == 1


def test_a_match_that_is_open_again_says_what_was_decided_and_what_changed(listed: Desk) -> None:
    (path,) = waiting(listed)
    client = listed.client(OFFICER)
    client.post(path, fields(shown(client, path), "clear") | {"ground": "other", "grounds": "Another man"})
    listed.load_list(NSO, NAMESAKE, {**LISTED, "aliases": ["Colonel Eric"]}, *OTHERS, day="2026-10-20")
    case = Case.objects.get().reference
    listed.assess(case)
    listed.worker.work_off()
    listed.assess(case)
    said = words_of(shown(client, path))
    for words in ("Decided before, on other facts", "Another man", "Ada Verhoeven", "Colonel Eric", "The listed entry"):
        assert words in said


def test_a_party_that_changed_shows_old_and_new(listed: Desk) -> None:
    (path,) = waiting(listed)
    client = listed.client(OFFICER)
    client.post(path, fields(shown(client, path), "clear") | {"ground": "other", "grounds": "Another man"})
    case = Case.objects.get().reference
    party = path.split("/")[4]
    answer = Answer(case=case, question=f"party.birth_place@{party}", value="Goma")
    answer_question(OFFICER, answer, key="1", at=listed.at)
    listed.worker.work_off()
    listed.assess(case)
    said = words_of(shown(client, path))
    for words in ("Decided before, on other facts", "Birth place", "Goma", "The party", "Not stated"):
        assert words in said


def test_like_ones_are_cleared_in_one_go_and_remembered_in_each_case(listed: Desk) -> None:
    listed.load_list(NSO, NAMESAKE, LISTED, TWIN, *OTHERS, day="2026-10-11")
    waiting(listed, 3)
    client = listed.client(OFFICER)
    queue = shown(client, reverse("matches"))
    (together,) = re.findall(r'href="(/matches/together/[^"]+)"', queue)
    together = together.replace("&amp;", "&")
    html = shown(client, together)
    values = [value.replace("&quot;", '"') for value in re.findall(r'name="chosen" id="[^"]+" value="([^"]+)"', html)]
    assert (len(values), len(open_matches(OFFICER))) == (2, 6), (
        "three cases share the party, and it resembles two entries"
    )
    key = re.findall(r'name="key" value="([^"]+)"', html)[0]
    sent = {
        "act": "clear",
        "key": key,
        "ground": "another_entry",
        "grounds": "The same man in six guises",
        "chosen": values[:1],
    }
    done = client.post(together, sent)
    assert done.status_code == HTTPStatus.FOUND
    assert {row.author for row in Record.objects.filter(kind="clearance")} == {OFFICER.id}
    assert len(open_matches(OFFICER)) == 3, "the other entry, in each of the cases"
    count = Record.objects.count()
    late = client.post(together, sent)
    assert "Some of these were decided, or have changed" in words_of(late.content.decode())
    assert Record.objects.count() == count


def together_of(client: Client) -> str:
    """The one page on which like matches are decided together."""
    (found,) = set(re.findall(r'href="(/matches/together/[^"]+)"', shown(client, reverse("matches"))))
    return str(found).replace("&amp;", "&")


def picks(html: str) -> list[str]:
    return [value.replace("&quot;", '"') for value in re.findall(r'name="chosen" id="[^"]+" value="([^"]+)"', html)]


def test_the_second_person_confirms_several_in_one_go_and_each_is_on_record_by_itself(listed: Desk) -> None:
    listed.load_list(NSO, NAMESAKE, LISTED, TWIN, THIRD, *OTHERS, day="2026-10-11")
    listed.put_in_force(listed_pack('when = {fact = "match.score", at_least = 1}'))
    waiting(listed)
    first, second = listed.client(OFFICER), listed.client(COUNTERSIGNER)
    together = together_of(first)
    chosen = picks(shown(first, together))
    grounds = {"ground": "other", "grounds": "His file says so"}
    first.post(together, {"act": "clear", "key": "a", "chosen": chosen[:2], **grounds})
    assert {row.state for row in Adjudication.objects.all()} == {"proposed"}
    assert picks(shown(first, together)) == chosen[2:], "what he proposed is not his to confirm"
    html = shown(second, together)
    said = words_of(html)
    assert said.count("His file says so") == 2
    assert "Proposed by somebody else" in said
    proposed = [value for value in picks(html) if value in chosen[:2]]
    order = {"act": "second", "key": "b", "chosen": proposed}
    assert second.post(together, order | {"chosen": []}).status_code == HTTPStatus.OK
    assert not Clearance.objects.exists()
    assert second.post(together, order).status_code == HTTPStatus.FOUND
    assert Clearance.objects.count() == Record.objects.filter(kind="adjudication").count() == 2
    assert {row.second for row in Adjudication.objects.all()} == {COUNTERSIGNER.id}
    assert picks(shown(second, together)) == chosen[2:]


def test_what_waits_for_a_second_person_stands_together_whatever_the_party(listed: Desk) -> None:
    listed.load_list(NSO, NAMESAKE, LISTED, TWIN, *OTHERS, day="2026-10-11")
    listed.put_in_force(listed_pack('when = {fact = "match.score", at_least = 1}'))
    first = starter("2d")
    parties = [{**one, "born": "1971"} if one["name"] == "Eric Badege" else one for one in first["parties"]]
    for number, application in enumerate((first, {**first, "parties": parties})):
        listed.worked({**application, "reference": f"number {number}"})
    client, second = listed.client(OFFICER), listed.client(COUNTERSIGNER)
    assert "For a second person" not in words_of(shown(second, reverse("matches")))
    one_of_each = {one.case: address(one) for one in open_matches(OFFICER)}
    for path in one_of_each.values():
        client.post(path, fields(shown(client, path), "clear") | {"ground": "other", "grounds": "Another man"})
    html = shown(second, reverse("matches"))
    assert "For a second person 2" in words_of(html)
    by_second = shown(second, f"{reverse('matches')}?by=second")
    assert "2 matches wait for a decision" in words_of(by_second)
    (together,) = set(re.findall(r'href="(/matches/together/[^"]+)"', by_second))
    together = together.replace("&amp;", "&")
    order = {"act": "second", "key": "a", "chosen": picks(shown(second, together))}
    assert len(order["chosen"]) == 2
    assert second.post(together, order).status_code == HTTPStatus.FOUND
    assert Clearance.objects.count() == 2
    assert "No match waits" in words_of(shown(second, f"{reverse('matches')}?by=second"))


def test_nobody_confirms_in_one_go_what_he_proposed_himself(listed: Desk) -> None:
    listed.load_list(NSO, NAMESAKE, LISTED, TWIN, *OTHERS, day="2026-10-11")
    listed.put_in_force(listed_pack('when = {fact = "match.score", at_least = 1}'))
    waiting(listed)
    client = listed.client(OFFICER)
    together = together_of(client)
    chosen = picks(shown(client, together))
    grounds = {"ground": "other", "grounds": "His file says so"}
    client.post(together, {"act": "clear", "key": "a", "chosen": chosen, **grounds})
    said = words_of(shown(client, together))
    assert "Somebody else has to confirm them" in said
    late = client.post(together, {"act": "second", "key": "b", "chosen": chosen})
    assert "Some of these were decided, or have changed" in words_of(late.content.decode())
    assert not Clearance.objects.exists()


def test_a_batch_without_ground_reason_or_choice_is_not_taken(listed: Desk) -> None:
    listed.load_list(NSO, NAMESAKE, LISTED, TWIN, *OTHERS, day="2026-10-11")
    waiting(listed)
    client = listed.client(OFFICER)
    (together,) = re.findall(r'href="(/matches/together/[^"]+)"', shown(client, reverse("matches")))
    said = words_of(client.post(together.replace("&amp;", "&"), {"key": "k", "act": "clear"}).content.decode())
    for words in ("Choose the matches it holds for", "Choose what tells them apart", "Say what shows"):
        assert words in said
    assert not Adjudication.objects.exists()


def test_the_queue_is_put_together_by_party_entry_or_what_was_found(listed: Desk) -> None:
    waiting(listed, 2)
    client = listed.client(OFFICER)
    for by, heading in (
        ("party", "Eric Badege"),
        ("entry", "Eric Badege, bis-el"),
        ("grounds", "Nationality or seat: not stated"),
    ):
        said = words_of(shown(client, f"{reverse('matches')}?by={by}"))
        assert "1 match waits for a decision" in said, "both cases ask the same"
        assert heading in said


def test_matches_of_closed_compartments_and_of_others_are_not_in_the_queue(listed: Desk) -> None:
    waiting(listed, 2)
    row = Case.objects.order_by("id").first()
    assert row is not None
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_case SET compartment = 'north' WHERE id = %s", [row.pk])
    assert len(open_matches(OFFICER)) == 1
    said = shown(listed.client(OFFICER), reverse("matches"))
    assert row.reference not in said


@pytest.mark.parametrize(
    ("who", "status"),
    [(EXPORTER, HTTPStatus.FORBIDDEN), (OTHER_EXPORTER, HTTPStatus.FORBIDDEN), (None, HTTPStatus.FOUND)],
)
def test_matches_are_not_for_strangers(listed: Desk, who: Actor | None, status: HTTPStatus) -> None:
    (path,) = waiting(listed, organisation=EXPORTER.organisation)
    client = listed.client(who)
    for page in (path, reverse("matches"), reverse("matches-together")):
        assert client.get(page).status_code == status


def test_whoever_may_not_decide_sees_the_match_and_no_form(listed: Desk) -> None:
    (path,) = waiting(listed)
    client = listed.client(ADVISER)
    html = shown(client, path)
    assert "Speaks for it" in html
    assert '<form method="post">' not in html.split("<main")[1]


def test_whoever_may_not_decide_is_not_offered_to_decide_together(listed: Desk) -> None:
    listed.load_list(NSO, NAMESAKE, LISTED, TWIN, *OTHERS, day="2026-10-11")
    waiting(listed)
    offered = [
        b"/matches/together/" in listed.client(who).get(reverse("matches")).content for who in (OFFICER, ADVISER)
    ]
    assert offered == [True, False]
    assert listed.client(ADVISER).get(reverse("matches-together")).status_code == HTTPStatus.FORBIDDEN


def test_what_one_proposed_waits_once_for_the_second_in_whichever_cases(listed: Desk) -> None:
    listed.put_in_force(listed_pack('when = {fact = "match.score", at_least = 1}'))
    paths = waiting(listed, 3)
    client = listed.client(OFFICER)
    client.post(paths[1], fields(shown(client, paths[1]), "clear") | {"ground": "other", "grounds": "Another man"})
    html = shown(listed.client(COUNTERSIGNER), reverse("matches"))
    assert "1 match waits for a decision" in words_of(html)
    assert "Second person" in words_of(html)
    second = listed.client(COUNTERSIGNER)
    for path in paths:
        assert "Another man" in words_of(shown(second, path))
        assert 'value="clear"' not in shown(client, path), "it is not proposed twice"
    second.post(paths[0], fields(shown(second, paths[0]), "second") | {"confirm": "yes"})
    assert open_matches(OFFICER) == ()


def test_an_empty_queue_says_so(desk: Desk) -> None:
    assert "No match waits" in words_of(shown(desk.client(OFFICER), reverse("matches")))


def test_what_is_remembered_in_one_case_shows_in_another(listed: Desk) -> None:
    paths = waiting(listed, 2)
    client = listed.client(OFFICER)
    client.post(paths[0], fields(shown(client, paths[0]), "clear") | {"ground": "other", "grounds": "Another man"})
    said = words_of(shown(client, paths[1]))
    assert "Another man" in said
    assert "Cleared" in said


def test_namesakes_are_told_apart_in_the_queue(listed: Desk) -> None:
    first = starter("2d")
    parties = [{**one, "born": "1971-05-02"} if one["name"] == "Eric Badege" else one for one in first["parties"]]
    for number, application in enumerate((first, {**first, "parties": parties})):
        listed.worked({**application, "reference": f"number {number}"})
    said = words_of(shown(listed.client(OFFICER), reverse("matches")))
    assert "Eric Badege, born 2 May 1971 1" in said
    assert "Eric Badege 1" in said


def test_a_match_of_many_cases_names_a_few_and_counts_the_rest(listed: Desk) -> None:
    waiting(listed, 6)
    assert re.search(r"XX-\d+-\d+ and 2 more", words_of(shown(listed.client(OFFICER), reverse("matches"))))
