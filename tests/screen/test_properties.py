"""What must hold for every name and every fact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.party import Party
from safeconduct.screen import Match, Matcher
from tests.screen.listed import LISTED, address, matcher, nationality, party, person

RANK = {"different": 0, "cannot_tell": 1, "likely_same": 2}
NAMES = st.sampled_from([name.text for one in LISTED for name in one.names])
WORDS = ["zorab", "vishtu", "kelmendar", "okshel", "tirvan", "drashik", "pelmo", "morlo", "khan", "ahmed", "maria"]
NAME = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
KINDS = st.sampled_from(["person", "company", "unknown"])
ACCENT = str.maketrans({"a": "á", "o": "ö", "e": "ê", "u": "ů", "i": "ī"})


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    return matcher(tmp_path_factory.mktemp("empty"), LISTED[-1])


def seen(found: Matcher, one: Party) -> list[tuple[str, str, int]]:
    return [(match.entry, match.answer, match.score) for match in found.screen(one).matches]


@given(NAMES, KINDS)
def test_case_accents_and_spacing_change_nothing(made: Matcher, name: str, kind: str) -> None:
    usual = seen(made, party(name, kind=kind))
    for other in (
        name.upper(),
        name.lower(),
        name.lower().translate(ACCENT),
        f"  {name.replace(' ', chr(160) + ' ')} ",
    ):
        assert seen(made, party(other, kind=kind)) == usual


@given(st.permutations(["Zorab", "Kelmendar", "Vishtu"]))
def test_the_order_of_a_persons_names_changes_nothing(made: Matcher, order: list[str]) -> None:
    usual = seen(made, party("Zorab Kelmendar Vishtu", kind="person"))
    assert seen(made, party(" ".join(order), kind="person")) == usual


@given(st.permutations(["Vantrex", "Group", "Ltd"]))
def test_the_order_of_an_organisations_words_changes_nothing(made: Matcher, order: list[str]) -> None:
    assert seen(made, party(" ".join(order), kind="company")) == seen(made, party("Vantrex Group Ltd", kind="company"))


def both_ways(found: Matcher, one: str, other: str) -> tuple[Match | None, Match | None]:
    return (
        found.compare(party(one, kind="person"), person("X", other)),
        found.compare(party(other, kind="person"), person("X", one)),
    )


@given(NAME, NAME)
def test_two_names_alone_compare_alike_from_either_side(empty: Matcher, one: str, other: str) -> None:
    there, back = both_ways(empty, one, other)
    assert there is not None
    assert back is not None
    assert (there.answer, there.score) == (back.answer, back.score)


@given(NAME)
def test_a_name_is_itself(empty: Matcher, name: str) -> None:
    there, _ = both_ways(empty, name, name)
    assert there is not None
    assert there.answer == "cannot_tell"
    assert there.score == 610  # all of the name's points, and the same kind


FACTS = st.fixed_dictionaries(
    {
        "born": st.sampled_from(["", "1971-03-09", "1971", "1972-03-09"]),
        "birth_place": st.sampled_from(["", "Orvela", "Elsewhere"]),
        "territory": st.sampled_from(["", "QM"]),
        "sex": st.sampled_from(["", "male"]),
    }
)
AGAINST = st.sampled_from(
    [{"born": "1990-05-02"}, {"territory": "QP"}, {"sex": "female"}, {"birth_place": "Elsewhere"}, {"kind": "company"}]
)


@given(NAMES, FACTS, AGAINST)
def test_a_contradiction_never_makes_it_likelier(
    made: Matcher, name: str, facts: dict[str, str], against: dict[str, str]
) -> None:
    without = party(name, **{"kind": "person", **facts, **dict.fromkeys(against, "")} | {"kind": "person"})
    agreeing = party(name, **{"kind": "person", **facts})
    contradicted = party(name, **{"kind": "person", **facts, **against})
    for listed in LISTED:
        if listed.kind != "person":
            continue
        worse = made.compare(contradicted, listed)
        for other in (without, agreeing):
            better = made.compare(other, listed)
            if worse is not None and better is not None and not _spoiled(facts, against, other):
                assert RANK[worse.answer] <= RANK[better.answer]
                assert worse.score <= better.score


def _spoiled(facts: dict[str, str], against: dict[str, str], other: Party) -> bool:
    """Whether the other party already has that very contradiction."""
    return any(getattr(other, field) == value for field, value in against.items())


@given(st.sampled_from(["QM", "QN", "QP"]), st.sampled_from(["QM", "QN", "QP"]))
def test_only_whether_nationalities_are_equal_counts(empty: Matcher, mine: str, theirs: str) -> None:
    one = empty.compare(
        party("Tirvan Okshel", kind="person", territory=mine),
        person("X", "Tirvan Okshel", territories=(nationality(theirs),)),
    )
    two = empty.compare(
        party("Tirvan Okshel", kind="person", territory="QQ"),
        person("X", "Tirvan Okshel", territories=(nationality("QQ" if mine == theirs else "QR"),)),
    )
    assert one is not None
    assert two is not None
    assert (one.answer, one.score) == (two.answer, two.score)


@given(NAME, FACTS)
def test_the_same_question_twice_has_the_same_answer(made: Matcher, name: str, facts: dict[str, str]) -> None:
    assert made.screen(party(name, **facts)) == made.screen(party(name, **facts))


@given(NAME, KINDS)
def test_an_alias_can_only_add(made: Matcher, name: str, kind: str) -> None:
    alone = {(match.entry, match.answer) for match in made.screen(party("Zorab Vishtu", kind=kind)).matches}
    more = {
        match.entry: match.answer for match in made.screen(party("Zorab Vishtu", kind=kind, aliases=(name,))).matches
    }
    for entry, answer in alone:
        assert RANK[more[entry]] >= RANK[answer]


def test_an_address_elsewhere_weighs_less_than_another_nationality(empty: Matcher) -> None:
    query = party("Tirvan Okshel", kind="person", territory="QP")
    abroad = empty.compare(query, person("X", "Tirvan Okshel", territories=(address("QM"),)))
    alien = empty.compare(query, person("X", "Tirvan Okshel", territories=(nationality("QM"),)))
    assert abroad is not None
    assert alien is not None
    assert abroad.score > alien.score
