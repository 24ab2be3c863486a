"""Who holds a party: chains, shares of shares, and the treasury's own examples of its rule of half."""

from __future__ import annotations

from itertools import pairwise

import pytest

from safeconduct.core.finding import Verdict
from safeconduct.screen.held import controlled_by_listed, owned_by_listed
from safeconduct.screen.holdings import rounded, share
from safeconduct.screen.ownership import Held
from safeconduct.screen.shares import Bounds
from tests.screen.holdings import all_owners, asked, owns, people, tied


def half(found: Held) -> tuple[str, str]:
    return found.half.low, found.half.high


# OFAC, answer 401 to frequent questions: each case in our words, with what it says of the last company.
X_ONLY = people(listed="X", clear="A B C", persons="X")


def test_half_of_half_is_blocked_through_the_company_between() -> None:
    found = asked("B", X_ONLY, owns("X", "A", 50), owns("A", "B", 50))
    assert owned_by_listed(found, {}).verdict is Verdict.MET
    assert (found.multiplied.low, found.half.low) == ("25", "50")


def test_two_quarters_through_two_companies_add_up_to_half() -> None:
    found = asked("C", X_ONLY, owns("X", "A", 50), owns("X", "B", 50), owns("A", "C", 25), owns("B", "C", 25))
    assert owned_by_listed(found, {}).verdict is Verdict.MET
    assert (found.multiplied.low, found.half.low) == ("25", "50")


def test_a_direct_tenth_and_two_fifths_through_a_company_are_half() -> None:
    found = asked("B", X_ONLY, owns("X", "A", 50), owns("X", "B", 10), owns("A", "B", 40))
    assert (found.half.low, found.multiplied.low) == ("50", "30")


def test_a_quarter_of_a_company_does_not_make_what_that_company_owns_blocked() -> None:
    owners = (all_owners("A"), all_owners("B"), owns("P", "A", 75), owns("P", "B", 50))
    parties = people(listed="X", clear="A B P", persons="X P")
    found = asked("B", parties, owns("X", "A", 25), owns("A", "B", 50), *owners)
    assert owned_by_listed(found, {}).verdict is Verdict.NOT_MET
    assert half(found) == ("0", "0")
    assert found.multiplied == Bounds("12.5", "12.5")


def test_half_of_one_and_a_quarter_of_another_owner_are_reckoned_apart() -> None:
    parties = people(listed="X", clear="A B C P", persons="X P")
    rest = (owns("P", "A", 50), owns("P", "B", 75), owns("P", "C", 50), *(all_owners(name) for name in "ABC"))
    found = asked("C", parties, owns("X", "A", 50), owns("X", "B", 25), owns("A", "C", 25), owns("B", "C", 25), *rest)
    assert half(found) == ("25", "25")
    assert owned_by_listed(found, {}).verdict is Verdict.NOT_MET


def test_two_listed_persons_with_a_quarter_each_make_half() -> None:
    parties = people(listed="X Y", persons="X Y")
    assert asked("A", parties, owns("X", "A", 25), owns("Y", "A", 25)).half.low == "50"


def test_exactly_half_is_half_and_not_more_than_half() -> None:
    found = asked("A", people(listed="X", clear="P", persons="X P"), owns("X", "A", 50), owns("P", "A", 50))
    assert (found.half, found.over_half) == (Bounds("50", "50"), Bounds("50", "50"))
    below = asked(
        "B", people(listed="X", clear="A P", persons="P"), owns("X", "A", 50), owns("P", "A", 50), owns("A", "B", 100)
    )
    assert (below.half.low, below.over_half.low) == ("100", "0")


# What is not known.


def test_nothing_stated_is_nothing_known() -> None:
    found = asked("A", {})
    finding = owned_by_listed(found, {})
    assert half(found) == ("0", "100")
    assert finding.verdict is Verdict.CANNOT_TELL
    assert {(gap.fact, gap.why, gap.subject) for gap in finding.missing} == {("party.owners", "absent", "A")}


def test_an_owner_without_a_share_may_have_all_of_it() -> None:
    found = asked("A", people(listed="X"), owns("X", "A"))
    assert half(found) == ("0", "100")
    assert [chain.parties for chain in found.chains] == [("X", "A")]
    assert (found.chains[0].low, found.chains[0].high) == ("0", "100")


def test_a_range_stays_a_range() -> None:
    found = asked("A", people(listed="X", clear="P", persons="P"), owns("X", "A", 25, 50), owns("P", "A", 50, 75))
    assert half(found) == ("25", "50")
    assert owned_by_listed(found, {}).verdict is Verdict.CANNOT_TELL


def test_the_rest_of_a_company_may_be_anybodys_unless_all_owners_are_stated() -> None:
    parties = people(listed="X", clear="P", persons="X P")
    shares = (owns("X", "A", 30), owns("P", "A", 60))
    assert half(asked("A", parties, *shares)) == ("30", "40")
    assert half(asked("A", parties, *shares, all_owners("A"))) == ("30", "40"), "a tenth is nobody's: not harmless"
    assert half(asked("A", parties, owns("X", "A", 30), owns("P", "A", 70), all_owners("A"))) == ("30", "30")


def test_when_all_owners_are_stated_what_the_others_cannot_hold_is_held_by_the_listed() -> None:
    parties = people(listed="X", clear="P", persons="X P")
    found = asked("A", parties, owns("X", "A"), owns("P", "A", 10, 40), all_owners("A"))
    assert half(found) == ("60", "90")
    assert owned_by_listed(found, {}).verdict is Verdict.MET


def test_an_owner_whom_nobody_compared_with_the_lists_is_not_taken_for_harmless() -> None:
    found = asked("A", people(persons="P"), owns("P", "A", 100))
    assert half(found) == ("0", "100")
    assert found.unseen == ("P",)
    assert ("party.screening", "P") in {(gap.fact, gap.subject) for gap in owned_by_listed(found, {}).missing}


def test_a_match_that_nobody_settled_raises_what_may_be_and_not_what_is() -> None:
    found = asked("A", people(perhaps="M", clear="P", persons="M P"), owns("M", "A", 60), owns("P", "A", 40))
    assert half(found) == ("0", "60")
    assert found.chains[0].parties == ("M", "A")


def test_clear_persons_who_hold_more_than_half_settle_it() -> None:
    found = asked("A", people(clear="P Q", persons="P Q"), owns("P", "A", 30), owns("Q", "A", 30))
    assert half(found) == ("0", "40")
    assert owned_by_listed(found, {}).verdict is Verdict.NOT_MET


def test_a_person_is_owned_by_nobody() -> None:
    found = asked("P", people(clear="P", persons="P"), owns("X", "P", 100))
    assert owned_by_listed(found, people(clear="P", persons="P")).verdict is Verdict.NOT_MET


def test_that_it_is_listed_itself_does_not_make_it_held() -> None:
    found = asked("A", people(listed="A", clear="P", persons="P"), owns("P", "A", 100), owns("A", "P", 10))
    assert half(found) == ("0", "0")
    assert found.chains == ()


# Statements beside each other.


def test_the_same_share_stated_twice_counts_once() -> None:
    found = asked("A", people(listed="X"), owns("X", "A", 30, id="T-1"), owns("X", "A", 30, id="T-2"))
    assert found.half.low == "30"
    assert len(found.chains) == 1
    assert [one.id for one in found.chains[0].bonds[0].said] == ["T-1", "T-2"]


def test_a_figure_narrows_down_a_share_that_somebody_else_left_open() -> None:
    found = asked("A", people(listed="X"), owns("X", "A"), owns("X", "A", 25, 75), owns("X", "A", 50, 100))
    assert (found.chains[0].low, found.chains[0].high) == ("50", "75")


def test_figures_that_exclude_each_other_are_all_kept_and_told() -> None:
    parties = people(listed="X", clear="P", persons="P")
    found = asked(
        "A", parties, owns("X", "A", 30, id="T-1"), owns("X", "A", 60, id="T-2"), owns("P", "A", 40, id="T-3")
    )
    assert half(found) == ("30", "60")
    assert found.disputed == ("T-1", "T-2")
    assert "conflicting" in {gap.why for gap in owned_by_listed(found, {}).missing}


def test_shares_that_make_more_than_the_whole_are_told() -> None:
    found = asked("A", people(listed="X Y"), owns("X", "A", 80, id="T-1"), owns("Y", "A", 40, id="T-2"))
    assert found.half.low == "100"
    assert found.disputed == ("T-1", "T-2")


# Days.


def test_a_tie_that_has_ended_or_not_begun_counts_on_no_other_day() -> None:
    parties, tie = people(listed="X"), owns("X", "A", 60, begins="2024-01-01", ends="2025-06-30")
    assert asked("A", parties, tie, day="2025-06-30").half.low == "60"
    for day in ("2023-12-31", "2025-07-01"):
        found = asked("A", parties, tie, day=day)
        assert (found.half.low, found.chains) == ("0", ())


def test_a_year_alone_leaves_the_days_within_it_open() -> None:
    parties = people(listed="X", clear="P", persons="P")
    tie = owns("X", "A", 60, ends="2025")
    assert half(asked("A", parties, tie, owns("P", "A", 40), day="2025-03-01")) == ("0", "60")
    assert half(asked("A", parties, tie, owns("P", "A", 40), day="2024-03-01")) == ("60", "60")
    assert asked("A", parties, tie, owns("P", "A", 40), day="2026-01-01").half.low == "0"


# Rings, depth and width.


def test_companies_that_own_one_another_end_and_are_told() -> None:
    parties = people(listed="X", clear="A B")
    found = asked("A", parties, owns("X", "B", 20), owns("A", "B", 50), owns("B", "A", 40))
    assert found.rings == (("A", "B"),)
    assert [chain.parties for chain in found.chains] == [("X", "B", "A")]
    # x = 0.4 (0.2 + 0.5 x): 10 per cent in the end, 8 on the straight way
    assert found.chains[0].low == "8"
    assert rounded(found.multiplied.low, "100")[0] == "9.9999"


def test_a_ring_of_clear_companies_makes_nobody_listed() -> None:
    parties = people(clear="A B P", persons="P")
    found = asked("A", parties, owns("B", "A", 100), owns("A", "B", 60), owns("P", "B", 40))
    assert half(found) == ("0", "0")


def test_a_long_chain_is_cut_and_what_lies_beyond_is_not_harmless() -> None:
    names = [f"N{number:02}" for number in range(20)]
    ties = [owns(upper, lower, 100) for lower, upper in pairwise(names)]
    found = asked(names[0], people(listed=names[-1], clear=" ".join(names[:-1])), *ties)
    assert found.cut
    assert half(found) == ("0", "100")
    assert owned_by_listed(found, {}).verdict is Verdict.CANNOT_TELL


def test_very_many_owners_and_ways_are_bounded() -> None:
    layers = [[f"L{depth}.{number}" for number in range(12)] for depth in range(8)]
    ties = [owns(up, low, "8.3") for one, two in pairwise(layers) for low in one for up in two]
    found = asked("L0.0", people(listed=" ".join(layers[-1])), *ties)
    assert found.cut
    assert len(found.chains) <= 60
    assert float(found.multiplied.low) > 97, "shares are reckoned over every way, drawn or not"


# Control and what is neither.


def test_a_listed_director_controls_and_does_not_own() -> None:
    found = asked("A", people(listed="X", persons="X"), tied("director", "X", "A"))
    assert half(found) == ("0", "100")
    assert [chain.how for chain in found.chains] == ["control"]
    assert controlled_by_listed(found, {}).verdict is Verdict.MET


def test_a_sub_unit_of_a_company_that_a_listed_one_owns_by_majority_is_controlled() -> None:
    parties = people(listed="X", clear="A")
    ties = (tied("parent", "A", "U"), owns("X", "A", 51))
    assert controlled_by_listed(asked("U", parties, *ties), parties).verdict is Verdict.MET
    minority = (tied("parent", "A", "U"), owns("X", "A", 50))
    assert controlled_by_listed(asked("U", parties, *minority), parties).verdict is Verdict.CANNOT_TELL


def test_family_and_unexplained_links_are_shown_from_either_end_and_prove_nothing() -> None:
    for tie in (tied("family", "X", "A"), tied("linked", "A", "X"), tied("associate", "A", "X")):
        found = asked("A", people(listed="X"), tie)
        assert [(chain.how, chain.parties) for chain in found.chains] == [("relation", ("X", "A"))]
        assert controlled_by_listed(found, {}).verdict is Verdict.CANNOT_TELL
        assert found.half.low == "0"


def test_a_finding_cites_each_statement_with_its_source() -> None:
    found = asked("B", people(listed="X"), owns("X", "A", 60, by="ada.verhoeven"), owns("A", "B", 80))
    finding = owned_by_listed(found, {})
    assert {(item.value, item.by) for item in finding.evidence} >= {
        ("X owner 60 % of A", "ada.verhoeven"),
        ("A owner 80 % of B", ""),
    }
    assert all(item.source.ref for item in finding.evidence)
    assert "2014" in finding.citation


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("51", ("51", "51")),
        ("51.50 %", ("51.5", "51.5")),
        ("33,3%", ("33.3", "33.3")),
        ("25-50", ("25", "50")),
        ("More than 25% but not more than 50%", ("25.000000000001", "50")),
        ("25 to 50 percent", ("25", "50")),
        (">50", ("50.000000000001", "100")),
        (">= 50", ("50", "100")),
        ("at least 10%", ("10", "100")),
        ("up to 5 %", ("0", "5")),
        ("less than 50", ("0", "49.999999999999")),
        ("not more than 50", ("0", "50")),
        ("", ("0", "100")),
        ("majority", ("0", "100")),
        ("-5", ("0", "100")),
        ("101", ("0", "100")),
        ("more than 100", ("0", "100")),
        ("less than 0", ("0", "100")),
        ("60-40", ("0", "100")),
        ("1e9", ("0", "100")),
        ("٥٠ per cent", ("50", "50")),
        ("100", ("100", "100")),
        ("0", ("0", "0")),
        ("9" * 100_000, ("0", "100")),
        ("> " * 50_000, ("0", "100")),
    ],
)
def test_a_written_share_becomes_bounds_and_what_cannot_be_read_is_unknown(text: str, bounds: tuple[str, str]) -> None:
    assert share(text) == bounds


def test_more_than_half_is_more_than_half_and_less_is_less() -> None:
    parties = people(listed="X", clear="P", persons="X P")
    above = asked("A", parties, owns("X", "A", *share("more than 50")))
    assert above.half.low == above.over_half.low == "50.000000000001"
    assert controlled_by_listed(above, parties).verdict is Verdict.MET
    below = asked("A", parties, owns("X", "A", *share("less than 50")), owns("P", "A", *share("more than 50")))
    assert owned_by_listed(below, parties).verdict is Verdict.NOT_MET
