"""Where a screening stands, against a model that writes to every row what a rescreening did to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.flows.editions import written
from safeconduct.flows.rescreening_chain import Chain, hashes
from safeconduct.screen.model import EditionUsed
from safeconduct.store.models import Rescreening

Lists = dict[str, str]


def text(lists: Lists) -> str:
    return written(tuple(EditionUsed(key, lists[key]) for key in sorted(lists)))


def run(number: int, source: str, before: str, after: str, mark: int, **more: str) -> Rescreening:
    given = {"lists": text({}), "matcher": "m1", "upto": mark, "total": 0, "by": "x", "started": "x", **more}
    return Rescreening(pk=number, source=source, before=before, after=after, mark=mark, **given)


def test_a_screening_is_carried_only_as_far_as_the_mark() -> None:
    chain = Chain([run(1, "un", "1", "2", mark=50), run(2, "un", "2", "3", mark=40)])
    stands = {number: chain.stands("un", "1", number) for number in (1, 40, 41, 50, 51)}
    assert stands == {1: "3", 40: "3", 41: "2", 50: "2", 51: "1"}
    assert chain.stands("un", "9", 1) == "9"
    assert chain.stands("eu", "1", 1) == "1"


def test_a_list_that_comes_and_goes() -> None:
    chain = Chain([run(1, "eu", "", "a", mark=9), run(2, "un", "1", "", mark=9)])
    made = text({"un": "1"})
    assert chain.lists(made, 9, ("eu", "un")) == {"eu": "a"}
    assert chain.lists(made, 10, ("eu", "un")) == {"un": "1"}
    assert chain.is_current(made, 9, "m1", (EditionUsed("eu", "a"),))
    assert not chain.is_current(made, 9, "m1", (EditionUsed("eu", "a"), EditionUsed("un", "1")))


def test_everybody_on_whole_lists_brings_everybody_there_and_to_the_matcher() -> None:
    chain = Chain([run(1, "", "", "", mark=9, lists=text({"un": "7"}), matcher="m2")])
    made, now = text({"un": "1", "eu": "4"}), (EditionUsed("un", "7"),)
    assert chain.is_current(made, 9, "m1", now)
    assert not chain.is_current(made, 10, "m2", now)
    assert not chain.is_current(text({"un": "7"}), 10, "m1", now)
    assert chain.is_current(text({"un": "7"}), 10, "m2", now)


@pytest.mark.parametrize("made", ["m1", "m2"])
def test_before_the_first_of_them_no_matcher_is_the_older_one(made: str) -> None:
    assert Chain([]).is_current(text({"un": "1"}), 1, made, (EditionUsed("un", "1"),))


steps = st.lists(
    st.tuples(
        st.sampled_from(["un", "eu", ""]),
        st.sampled_from(["", "1", "2", "3"]),
        st.sampled_from(["", "1", "2", "3"]),
        st.integers(0, 6),
    ),
    max_size=12,
)


@given(steps, st.dictionaries(st.sampled_from(["un", "eu"]), st.sampled_from(["1", "2", "3"])))
def test_it_stands_where_a_row_would_that_each_rescreening_wrote_to(
    done: list[tuple[str, str, str, int]], made: Lists
) -> None:
    whole = {"un": "2", "eu": "1"}
    chain = Chain(run(n, *one[:3], mark=one[3], lists=text(whole)) for n, one in enumerate(done, 1))
    for number in range(1, 8):
        row = dict(made)
        for source, before, after, mark in done:
            if number > mark:
                continue
            if not source:
                row = dict(whole)
            elif row.get(source, "") == before:
                row = {**row, source: after}
        expected = {source: sha256 for source, sha256 in row.items() if sha256}
        assert chain.lists(text(made), number, ("un", "eu")) == expected
        assert hashes(text(made)) == made
