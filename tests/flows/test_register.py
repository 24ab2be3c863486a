"""Merging and taking apart, ties stated and ended, and who sees what of it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safeconduct.access import Marking
from safeconduct.core.errors import Refusal
from safeconduct.core.evidence import Source
from safeconduct.core.finding import Verdict
from safeconduct.flows.clear_match import ClearMatch, clear_match
from safeconduct.flows.merge_parties import MergeParties, merge_parties
from safeconduct.flows.reading_lookups import lookup
from safeconduct.flows.reading_register import parties, party
from safeconduct.flows.state_tie import ListedHolder
from safeconduct.flows.verify_ledger import verify_ledger
from safeconduct.store.models import Merge, RegisterEntry, Screening, Tie
from tests.flows.office import Office
from tests.flows.register import EXTRACT, HOUSE, PLANT, Register, entity, entry, new
from tests.people import ADVISER, AUDITOR, COUNTERSIGNER, EXPORTER, OFFICER, OPEN_ADVISER, OUTSIDER, POLICY_LEAD

SECRET = {"marking": Marking.SECRET}


@pytest.fixture
def register(office: Office) -> Register:
    return Register(office)


def two(register: Register) -> tuple[str, str]:
    """Two entries of like names."""
    first = register.case_with(PLANT)
    second = register.case_with({**PLANT, "territory": "SE"})
    return entry(first), entry(second)


def shape(page: object) -> object:
    """A page as plain values, to compare it with another."""
    return msgspec.to_builtins(page, enc_hook=str)


# Merging.


def test_what_is_merged_is_shown_together_under_the_lower_number(register: Register) -> None:
    one, other = two(register)
    assert register.merge(other, one) == one
    page = register.page(other)
    assert (page.id, page.entries) == (one, (one, other))
    assert {each.entry for each in page.appearances} == {one, other}
    assert [(each.one, each.other, each.reason, each.by) for each in page.merges] == [
        (one, other, "the same tax number", "Ada Verhoeven")
    ]
    assert register.found("larkholm") == ["Larkholm Instruments"]
    assert not verify_ledger(OFFICER, at=register.office.at).problems


def test_taking_a_merge_back_restores_both_exactly_and_keeps_what_was(register: Register) -> None:
    one, other = two(register)
    before = [msgspec.structs.replace(register.page(name), merges=()) for name in (one, other)]
    register.merge(one, other)
    register.unmerge(other, one)
    after = [register.page(name) for name in (one, other)]
    assert [shape(msgspec.structs.replace(page, merges=())) for page in after] == [shape(page) for page in before]
    assert all(page.merges[0].undone_reason == "two houses of one name" for page in after)
    assert len(register.found("larkholm")) == 2


def test_of_three_merged_in_a_row_the_middle_link_parts_them(register: Register) -> None:
    names = [entry(register.case_with({**PLANT, "territory": place})) for place in ("NO", "SE", "FI")]
    register.merge(names[0], names[1])
    register.merge(names[1], names[2])
    assert register.page(names[2]).entries == tuple(names)
    with pytest.raises(Refusal, match="one party already"):
        register.merge(names[2], names[0])
    with pytest.raises(Refusal, match="not merged with each other") as refused:
        register.unmerge(names[0], names[2])
    assert names[1] in refused.value.remedy
    register.unmerge(names[0], names[1])
    assert register.page(names[2]).entries == tuple(names[1:])
    assert register.page(names[0]).entries == (names[0],)


def test_a_second_officer_who_merges_the_same_two_is_told(register: Register) -> None:
    one, other = two(register)
    order = MergeParties(one=one, other=other, reason="seen")
    done = merge_parties(OFFICER, order, key="twice", at=register.office.at)
    assert merge_parties(OFFICER, order, key="twice", at=register.office.at) == done
    with pytest.raises(Refusal, match="one party already"):
        merge_parties(COUNTERSIGNER, order, key="twice", at=register.office.at)
    assert Merge.objects.count() == 1


def test_a_merge_needs_a_reason_that_can_be_read(register: Register) -> None:
    one, other = two(register)
    for reason in ("", "  \n", "x" * 10_001, "fine\u202eenif"):
        with pytest.raises(Refusal):
            register.merge(one, other, reason=reason)
    assert not Merge.objects.exists()


def test_what_is_no_entry_is_not_found(register: Register) -> None:
    one, _ = two(register)
    for name in ("", "R-0", "R-01", "R--1", "r-1", "R-1 OR 1=1", "R-" + "9" * 30, "R-٣", "T-1"):
        for call in (register.page, lambda name: register.merge(one, name)):
            with pytest.raises(Refusal, match="no such party"):
                call(name)


def test_an_appearance_that_the_machine_joined_can_be_taken_out_and_put_back(register: Register) -> None:
    first, second = (register.case_with(PLANT) for _ in range(2))
    old = entry(first)
    assert entry(second) == old
    fresh = register.separate(old, second, "X1")
    assert (entry(first), entry(second)) == (old, fresh)
    assert register.page(fresh).merges[0].undone_reason == "another plant"
    assert [each.id for each in register.page(old).proposals] == [fresh]
    third = register.case_with(PLANT)
    assert entry(third) not in (old, fresh), "two stand apart: which it is, a person says"
    register.merge(old, fresh)
    assert len(register.page(old).appearances) == 2
    with pytest.raises(Refusal, match="only one under its entry"):
        register.separate(fresh, second, "X1")


def test_who_may_keep_the_register(register: Register) -> None:
    one, other = two(register)
    for actor in (ADVISER, OPEN_ADVISER, POLICY_LEAD, AUDITOR):
        assert not register.page(one, actor).may_keep
        with pytest.raises(Refusal, match="may not keep_register"):
            register.merge(one, other, actor)
    for stranger in (EXPORTER, OUTSIDER):
        with pytest.raises(Refusal, match="may not read_register"):
            parties(stranger, at=register.office.at)
        with pytest.raises(Refusal, match="may not read_register"):
            party(stranger, one, at=register.office.at)


# Need to know.


def test_a_case_that_may_not_be_read_leaves_no_trace_in_the_register(register: Register) -> None:
    open_case = register.case_with(PLANT)
    before = shape(register.page(entry(open_case), OPEN_ADVISER)), register.found("", OPEN_ADVISER)
    secret_case = register.case_with(PLANT, HOUSE, **SECRET)
    assert entry(secret_case) != entry(open_case)
    register.merge(entry(secret_case), entry(open_case))
    register.tie(entry(open_case), holder=entry(secret_case, "X2"), share="60")
    register.tie(entry(secret_case), new=new("Hidden Owner"), share="10")
    assert (shape(register.page(entry(open_case), OPEN_ADVISER)), register.found("", OPEN_ADVISER)) == before
    for hidden in ("Osprey", "Hidden", entry(secret_case)):
        assert register.found(hidden, OPEN_ADVISER) == []
    with pytest.raises(Refusal, match="no such party"):
        register.page(entry(secret_case), OPEN_ADVISER)
    everything = register.page(entry(open_case))
    assert len(everything.appearances) == 2
    assert {tie.other for tie in everything.ties} == {"Osprey Trading House", "Hidden Owner"}


def test_who_reads_both_sees_what_the_machine_did_not_join_proposed(register: Register) -> None:
    open_case, secret_case = register.case_with(PLANT), register.case_with(PLANT, **SECRET)
    (only,) = register.page(entry(open_case)).proposals
    assert (only.id, only.why, only.against) == (entry(secret_case), ("facts", "name"), ())
    assert register.page(entry(open_case), OPEN_ADVISER).proposals == ()


def test_a_tie_from_the_papers_of_a_case_is_for_its_readers(register: Register) -> None:
    held = entry(register.case_with(PLANT))
    secret_case = register.case_with(**SECRET)
    register.tie(held, new=new("Hidden Owner"), share="60", case=secret_case)
    assert [tie.other for tie in register.page(held).ties] == ["Hidden Owner"]
    assert register.page(held, OPEN_ADVISER).ties == ()
    assert register.found("hidden", OPEN_ADVISER) == []


def test_a_sealed_source_needs_a_case_and_who_may_read_closed_text(register: Register) -> None:
    case = register.case_with(PLANT)
    sealed = msgspec.structs.replace(EXTRACT, sealed=True, ref="a source that must not be named")
    with pytest.raises(Refusal, match="belongs to a case"):
        register.tie(entry(case), new=new("Hidden Owner"), source=sealed)
    register.tie(entry(case), new=new("Hidden Owner"), source=sealed, case=case)
    assert register.page(entry(case)).ties
    assert register.page(entry(case), OPEN_ADVISER).ties == ()
    assert register.found("hidden", OPEN_ADVISER) == []
    assert register.found("hidden") == ["Hidden Owner"]


def test_an_owner_of_an_owner_is_seen_by_whoever_sees_both(register: Register) -> None:
    case = register.case_with(PLANT)
    register.tie(entry(case), new=new("First Holding", "company", territory="CY"), share="100")
    first = register.page(entry(case)).ties[0].other_id
    register.tie(first, new=new("Last Owner"), share="75")
    assert register.found("last owner", OPEN_ADVISER) == ["Last Owner"]
    page = register.page(entry(case), OPEN_ADVISER)
    assert {one.name for one in page.parties.values()} >= {"First Holding", "Last Owner"}


# Ties.


def test_a_share_is_kept_as_bounds_and_unknown_stays_unknown(register: Register) -> None:
    case = register.case_with(PLANT, HOUSE)
    held, holder = entry(case), entry(case, "X2")
    for text in ("51", "25-50", "unknown", ""):
        register.tie(held, holder=holder, share=text)
    assert list(Tie.objects.order_by("pk").values_list("low", "high")) == [
        ("51", "51"), ("25", "50"), ("0", "100"), ("0", "100"),
    ]  # fmt: skip


REFUSED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"share": "most"}, "no share"),
    ({"share": "120"}, "no share"),
    ({"what": "director", "share": "51"}, "only an owner has a share"),
    ({"what": "friend"}, "no such tie"),
    ({"holder": ""}, "one holder is needed"),
    ({"new": new("Another")}, "one holder is needed"),
    ({"what": "all_owners"}, "one holder is needed"),
    ({"source": Source("research")}, "no document"),
    ({"source": Source("", ref="x")}, "no document"),
    ({"begins": "2024-02-30"}, "not a date"),
    ({"begins": "2024", "ends": "2023"}, "ends before it begins"),
    ({"case": "XX-2026-9999"}, "no such case"),
    ({"holder": "self"}, "not tied to itself"),
    ({"source": Source("research", ref="a\u202eb")}, "not allowed in text"),
)


def test_a_statement_that_says_nothing_or_two_things_is_refused(register: Register) -> None:
    case = register.case_with(PLANT, HOUSE)
    for more, what in REFUSED:
        order = {"holder": entry(case, "X2"), **more}
        if order["holder"] == "self":
            order["holder"] = entry(case)
        with pytest.raises(Refusal, match=what):
            register.tie(entry(case), **order)
    assert not Tie.objects.exists()


def test_a_new_party_is_checked_as_one_of_an_application_is(register: Register) -> None:
    held = entry(register.case_with(PLANT))
    count = RegisterEntry.objects.count()
    for bad in ({"name": "---"}, {"name": "x" * 400}, {"name": "A\u202eB"}, {"name": "A", "territory": "QQQ"}):
        with pytest.raises(Refusal):
            register.tie(held, new=new(**bad))
    assert RegisterEntry.objects.count() == count


def test_a_tie_ends_on_a_day_or_never_was_and_stays_on_record(register: Register) -> None:
    case = register.case_with(PLANT, HOUSE)
    held, holder = entry(case), entry(case, "X2")
    sold, wrong = register.tie(held, holder=holder, share="60"), register.tie(held, holder=holder, share="90")
    register.end(sold, "2026-10-31")
    register.end(wrong, reason="another company of that name")
    page = register.page(held)
    assert [(tie.holds, tie.ended) for tie in page.ties] == [
        (False, "Ada Verhoeven: sold"), (False, "Ada Verhoeven: another company of that name"),
    ]  # fmt: skip
    assert page.held.chains == ()
    for tie in (sold, wrong):
        with pytest.raises(Refusal, match="ended already"):
            register.end(tie)
    with pytest.raises(Refusal, match="no reason"):
        register.end(sold, reason=" ")
    assert not verify_ledger(OFFICER, at=register.office.at).problems


def test_a_tie_between_merged_entries_is_the_partys(register: Register) -> None:
    one, other = two(register)
    register.tie(other, new=new("An Owner"), share="40")
    register.merge(one, other)
    page = register.page(one)
    assert [tie.other for tie in page.ties] == ["An Owner"]
    with pytest.raises(Refusal, match="not tied to itself"):
        register.tie(one, holder=other)


def test_a_parent_of_the_application_ties_without_anybodys_doing(register: Register) -> None:
    case = register.case_with(HOUSE, {**PLANT, "part_of": "X1"})
    unit = entry(case, "X2")
    (tie,) = register.page(unit).ties
    assert (tie.what, tie.other, tie.other_id, tie.source.ref) == ("parent", "Osprey Trading House", entry(case), case)
    (below,) = register.page(entry(case)).ties
    assert (below.above, below.other) == (False, "Larkholm Instruments")


# Held by a listed one.

BARON = entity("Q1", "Person", name="Ruben Castellan Ibarra", birthDate="1961-04-05", nationality="ve")
SHELL = entity("C1", "Company", name="Meridiana Blue Holdings", country="cy", target="no")
FAR = [entity(f"F{number}", "Person", name=f"Quite Someone Else {number}") for number in range(20)]


def test_a_company_that_a_listed_person_owns_is_found_through_an_officers_ties(register: Register) -> None:
    case = register.case_with(PLANT)
    held = entry(case)
    register.tie(held, new=new("Cellar Holding", "company", territory="CY"), share="80")
    shell = register.page(held).ties[0].other_id
    register.tie(shell, listed=register.listed("NSO Group"), share="70")
    page = register.page(held)
    assert (page.held.multiplied.low, page.held.half.low) == ("56", "80")
    assert page.findings[0].verdict is Verdict.MET
    assert [page.parties[name].name for name in page.held.chains[0].parties] == [
        "NSO Group", "Cellar Holding", "Larkholm Instruments",
    ]  # fmt: skip
    with pytest.raises(Refusal, match="no such entry on a list"):
        register.tie(held, listed=ListedHolder("bis-el", "no such"), share="70")


def test_owners_that_a_publisher_names_are_followed_with_their_shares(register: Register) -> None:
    owns = entity("O1", "Ownership", owner="Q1", asset="C1", percentage="60", startDate="2019")
    leads = entity("D1", "Directorship", director="Q1", organization="C1")
    register.load_entities(BARON, SHELL, owns, leads, *FAR)
    case = register.screened({"kind": "company", "name": "Meridiana Blue Holdings", "territory": "CY"})
    page = register.page(entry(case))
    assert page.held.half.low == "60"
    assert [(tie.what, tie.other, tie.low, tie.by, tie.begins) for tie in page.ties] == [
        ("director", "Ruben Castellan Ibarra", "", "ftm-made", ""),
        ("owner", "Ruben Castellan Ibarra", "60", "ftm-made", "2019"),
    ]
    assert [finding.verdict for finding in page.findings] == [Verdict.MET, Verdict.MET]
    assert {chain.how for chain in page.held.chains} == {"ownership", "control"}


def test_a_share_that_both_an_officer_and_a_publisher_state_counts_once(register: Register) -> None:
    owns = entity("O1", "Ownership", owner="Q1", asset="C1", percentage="40")
    register.load_entities(BARON, SHELL, owns, *FAR)
    baron = {"kind": "person", "name": "Ruben Castellan Ibarra", "born": "1961-04-05", "territory": "VE"}
    case = register.screened({"kind": "company", "name": "Meridiana Blue Holdings", "territory": "CY"}, baron)
    register.tie(entry(case), holder=entry(case, "X2"), share="40")
    page = register.page(entry(case))
    assert page.held.half.low == "40"
    assert len([chain for chain in page.held.chains if chain.how == "ownership"]) == 1
    assert page.parties[entry(case, "X2")].standing == "listed"


def test_a_company_that_only_resembles_the_one_with_a_listed_owner_is_not_certainly_held(register: Register) -> None:
    owns = entity("O1", "Ownership", owner="Q1", asset="C1", percentage="90")
    register.load_entities(BARON, SHELL, owns, *FAR)
    case = register.screened({"kind": "company", "name": "Meridiana Blue Holdings"})
    page = register.page(entry(case))
    assert [match.answer for match in page.matches] == ["cannot_tell"]
    assert (page.held.half.low, page.held.half.high) == ("0", "100")
    assert page.findings[0].verdict is Verdict.CANNOT_TELL


def test_a_noted_owner_whose_name_tells_too_little_is_not_clear(register: Register) -> None:
    case = register.case_with(PLANT)
    register.tie(entry(case), new=new("Ruben"), share="55")
    register.office.worker.work_off()
    assert {one.name: one.standing for one in register.page(entry(case)).parties.values()}["Ruben"] == "unseen"


def test_a_noted_owner_is_compared_with_the_lists_and_again_when_they_change(register: Register) -> None:
    case = register.case_with(PLANT)
    register.tie(entry(case), new=new("Ruben Castellan Ibarra", born="1961-04-05", territory="VE"), share="55")
    register.tie(entry(case), new=new("Quite Another Name", born="1961-04-05", territory="VE"), share="45")
    register.office.worker.work_off()
    assert {one.standing for one in register.page(entry(case)).parties.values()} == {"clear"}
    assert register.page(entry(case)).findings[0].verdict is Verdict.NOT_MET
    register.load_entities(BARON, *FAR)
    assert {one.standing for one in register.page(entry(case)).parties.values()} == {"unseen"}
    register.office.worker.sweep()
    register.office.worker.work_off()
    page = register.page(entry(case))
    assert {one.name: one.standing for one in page.parties.values()} == {
        "Larkholm Instruments": "unseen",
        "Ruben Castellan Ibarra": "listed",
        "Quite Another Name": "clear",
    }
    assert page.findings[0].verdict is Verdict.MET


def test_the_screening_of_a_noted_party_is_nobodys_look_up(register: Register) -> None:
    secret_case = register.case_with(PLANT, **SECRET)
    register.tie(entry(secret_case), new=new("Hidden Owner"), share="55")
    row = Screening.objects.get(case=None)
    for actor in (OFFICER, AUDITOR):
        with pytest.raises(Refusal):
            lookup(actor, f"S-{row.pk}")


# Looking for somebody.


def test_a_search_finds_words_in_any_order_aliases_numbers_and_ids(register: Register) -> None:
    party_ = {**PLANT, "aliases": ["Lärkholm Mätteknik"], "identifiers": [{"kind": "lei", "value": "5493-00AB-CD"}]}
    case = register.case_with(party_)
    for text in ("larkholm", "INSTRUMENTS larkholm", "matteknik", "5493 00ab cd", entry(case), entry(case).lower()):
        assert register.found(text) == ["Larkholm Instruments"], text
    for text in ("larkholm optics", "%", "_", "' OR 1=1", "5493 00AB XX", "\x00", "x" * 5_000):
        assert "Larkholm Instruments" not in register.found(text), text


def test_the_list_is_cut_by_the_database_and_counts_no_more_than_is_seen(register: Register) -> None:
    for number in range(3):
        register.case_with({**PLANT, "name": f"Larkholm {number}"})
    register.case_with({**PLANT, "name": "Larkholm secret"}, **SECRET)
    assert len(parties(OFFICER, "larkholm", at=register.office.at)) == 4
    seen = parties(OPEN_ADVISER, "larkholm", at=register.office.at)
    assert len(seen) == 3
    assert [row.name for row in seen[1:2]] == ["Larkholm 1"]


def test_the_same_facts_compared_anew_in_one_case_count_for_the_party(register: Register) -> None:
    old = register.screened(PLANT)
    register.load_entities(BARON, *FAR)
    assert register.page(entry(old)).standing == "unseen"
    register.screened(PLANT)
    register.case_with(PLANT)
    assert register.page(entry(old)).standing == "clear"


def test_matches_are_shown_with_what_became_of_them_and_where_they_can_be_seen(register: Register) -> None:
    register.load_entities(BARON, *FAR)
    case = register.screened({"kind": "person", "name": "Ruben Castellan Ibarra", "territory": "VE"})
    page = register.page(entry(case))
    assert [(one.answer, one.case, one.party) for one in page.matches] == [("cannot_tell", case, "X1")]
    assert page.standing == "perhaps"
    match = page.matches[0]
    order = ClearMatch(case=case, party="X1", source=match.source, entry=match.entry, grounds="Another birth date")
    clear_match(OFFICER, order, key=register.office.key(), at=register.office.at)
    page = register.page(entry(case))
    assert [one.answer for one in page.matches] == ["cleared"]
    assert page.standing == "clear"


# The list at once and row by row.


def rows_of(register: Register, most: int) -> tuple[list[Any], int]:
    """The first rows of the list and how many questions the database was asked for them."""
    found = parties(OFFICER, at=register.office.at)
    with CaptureQueriesContext(connection) as asked:
        rows = found[:most]
    return rows, len(asked)


def test_a_page_says_of_each_party_what_is_said_of_it_alone(register: Register) -> None:
    one, other = two(register)
    register.screened({**HOUSE, "part_of": "X2"}, PLANT)
    register.merge(one, other)
    found = parties(OFFICER, at=register.office.at)
    alone = [parties(OFFICER, at=register.office.at)[place] for place in range(len(found))]
    assert found[: len(found)] == alone


def test_more_parties_on_a_page_cost_no_more_questions(register: Register) -> None:
    plants = [{**PLANT, "name": f"Larkholm {word} Works"} for word in ("Copper", "Tin", "Lead", "Zinc", "Iron", "Salt")]
    register.screened(*plants)
    few, more = rows_of(register, 2), rows_of(register, 6)
    assert (len(few[0]), len(more[0])) == (2, 6)
    assert more[1] <= few[1]
