"""Parts of a match under their headings, matches in groups: nothing is lost, nothing stands on the wrong side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.message import Message
from safeconduct.core.party import Party
from safeconduct.doors.casework.match_forms import grounds
from safeconduct.doors.casework.match_groups import WAYS, distinct, grouped, in_order, pair_of, value_of
from safeconduct.doors.casework.match_parts import GROUPS, differing, group_of
from safeconduct.doors.casework.match_parts import grouped as parts_grouped
from safeconduct.flows.reading import OpenMatch
from safeconduct.screen.model import Match, Part
from safeconduct.screen.rules import WEIGHTS
from safeconduct.screen.texts import TEXTS

FINDINGS = sorted({key.rpartition(".")[2] for key in TEXTS if key.startswith("screen.finding.")})
PARTS = sorted({key.rpartition(".")[2] for key in TEXTS if key.startswith("screen.part.")})


def match(*parts: Part, source: str = "un-sc", entry: str = "1", answer: str = "cannot_tell") -> Match:
    return Match(source, entry, "B", answer, 500, parts, Message("screen.reason.name_resembles"), "f")  # type: ignore[arg-type]


@pytest.mark.parametrize("finding", FINDINGS)
def test_every_finding_has_a_heading(finding: str) -> None:
    assert group_of(Part("birth_date", finding)) in dict(GROUPS)


@pytest.mark.parametrize(
    ("finding", "group"),
    [
        ("contradict", "against"), ("differs", "against"), ("different", "against"), ("omitted", "omitted"),
        ("not_stated", "silent"), ("not_listed", "silent"), ("same_day", "agrees"), ("near", "close"),
        ("one_letter_apart", "close"), ("initial", "close"),
    ],
)  # fmt: skip
def test_what_contradicts_is_neither_an_omission_nor_a_silence(finding: str, group: str) -> None:
    assert group_of(Part("birth_date", finding)) == group


def test_what_lowers_a_score_never_stands_under_what_speaks_for_it() -> None:
    against = [Part(part, finding) for (part, finding), weight in WEIGHTS.items() if weight < 0]
    assert against
    assert all(group_of(part) != "agrees" for part in against)


@given(st.lists(st.builds(Part, st.sampled_from(PARTS), st.sampled_from(FINDINGS)), max_size=12))
def test_no_part_is_lost_or_shown_twice(parts: list[Part]) -> None:
    groups = parts_grouped(match(*parts))
    assert sum(len(group["parts"]) for group in groups) == len(parts)
    assert all(group["parts"] for group in groups)


def test_the_grounds_to_choose_from_are_the_facts_that_differ() -> None:
    one = match(
        Part("birth_date", "contradict", "1970", "1950"), Part("territory", "differs", "NO", "RU"),
        Part("sex", "agree"), Part("birth_place", "not_stated", "", "Oslo"),
    )  # fmt: skip
    assert [part for part, _words in differing(one)] == ["birth_date", "territory"]
    assert dict(differing(one))["birth_date"] == "Birth date: 1970 / 1950"
    assert [value for value, _words in grounds(differing(one))] == [
        "birth_date", "territory", "several", "document", "another_entry", "other",
    ]  # fmt: skip
    assert [value for value, _words in grounds([])] == ["document", "another_entry", "other"]


answers = st.sampled_from(["likely_same", "cannot_tell"])
waiting = st.builds(
    lambda case, party, source, entry, answer, standing: OpenMatch(
        f"XX-{case}", "2026-11-02", Party(f"P{party}", f"name {party}"), f"facts {party}",
        match(source=source, entry=entry, answer=answer), standing,
    ),
    st.integers(1, 3), st.integers(1, 3), st.sampled_from(["a", "b"]), st.sampled_from(["1", "2"]), answers,
    st.sampled_from(["open", "proposed"]),
)  # fmt: skip


@given(st.lists(waiting, max_size=12, unique_by=value_of))
def test_each_question_is_in_one_group_once_whatever_the_way(found: list[OpenMatch]) -> None:
    for way in WAYS:
        pairs = {pair_of(one) for one in found if one.standing == "proposed" or not way.second}
        groups = grouped(tuple(found), way)
        held = [pair_of(one.first) for group in groups for one in group.waiting]
        assert sorted(held) == sorted(pairs)
        assert len({group.id for group in groups}) == len(groups)
        assert [pair_of(one) for one in in_order(tuple(found), way)] == held


@given(st.lists(waiting, min_size=1, max_size=12, unique_by=value_of))
def test_a_question_names_each_case_that_asks_it(found: list[OpenMatch]) -> None:
    for one in distinct(found):
        asked = [each for each in found if pair_of(each) == pair_of(one.first)]
        assert sorted(one.cases) == sorted({each.case for each in asked})


@given(st.permutations(range(6)))
def test_the_order_of_work_does_not_depend_on_the_order_found(order: list[int]) -> None:
    every = [
        OpenMatch(f"XX-{n % 2}", "2026-11-02", Party("P1", "A"), f"facts {n % 3}", match(entry=str(n)), "open")
        for n in range(6)
    ]
    expected = in_order(tuple(every), WAYS[0])
    assert in_order(tuple(every[place] for place in order), WAYS[0]) == expected
