"""Names that are taken out before they are compared would have troubled nobody."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from safeconduct.screen import analyse, compare, fold, names, rules, unlike, words
from safeconduct.screen.model import AnalysedName, Mode
from safeconduct.screen.nearby import _Facts

WORDS = sorted(
    fold.word_set("""
    zorab vishtu kelmendar okshel abdulrahman abdulkarim nuruddin sasha alexander jose pepe mohammed muhamad hsi xi
    tsetung zedong bank trading group general ltd limited llc emirates united arab uae institute research shipping 12
    711th van der al j k s li chi mario maria volodymyr vladimir electronics microelectronics
""")
)
RARITY = words.rarity_of(lambda form: 400 if form in ("bank", "mohammed") else 0, 20_000)


Slip = Callable[[list[str], int, int, str], list[str]]  # words, which of them, where in it, a new word


def within(change: Callable[[str, int], str]) -> Slip:
    return lambda parts, at, place, _new: [*parts[:at], change(parts[at], place), *parts[at + 1 :]]


SLIPS: list[Slip] = [
    within(lambda word, place: word[:place] + word[place + 1 :]),
    within(lambda word, place: word[:place] + "a" + word[place + 1 :]),
    within(lambda word, place: word[:place] + word[place : place + 2][::-1] + word[place + 2 :]),
    within(lambda word, place: word[:place] + " " + word[place:]),
    lambda parts, at, _place, _new: [*parts[:at], "".join(parts[at : at + 2]), *parts[at + 2 :]],
    lambda parts, at, _place, _new: [*parts[:at], *parts[at + 1 :]],
    lambda parts, at, place, _new: [
        *parts[:at],
        "".join(one[:1] for one in parts[at : at + place]),
        *parts[at + place :],
    ],
    lambda parts, at, _place, new: [*parts[:at], new, *parts[at:]],
    lambda parts, at, _place, _new: [*parts, parts[at]],
]


@st.composite
def slipped(draw: st.DrawFn, parts: list[str]) -> list[str]:
    """The words with letters lost, changed or exchanged, words joined, parted, shortened, left out, or said twice."""
    for slip in draw(st.lists(st.sampled_from(SLIPS), max_size=4)):
        at, place = draw(st.integers(0, 5)) % len(parts), draw(st.integers(0, 6))
        parts = slip(parts, at, place, draw(st.sampled_from(WORDS))) or parts
    return draw(st.permutations(parts))


NAME = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6)
PAIR = NAME.flatmap(lambda one: st.tuples(st.just(one), slipped(one) | NAME))


def told(mine: AnalysedName, theirs: AnalysedName, dated: bool) -> bool:
    tables = unlike.Names([mine], 0, RARITY), unlike.Names([theirs], 1, RARITY)
    first = np.zeros(1, np.int64)
    return bool(unlike.unlike(tables[0], first, tables[1], first, np.array([dated]))[0])


@settings(max_examples=300, deadline=None)
@given(PAIR, st.sampled_from(["person", "organization"]), st.booleans())
@example((["zorab", "trading"], ["zorabtrading", "ltd"]), "organization", False)
def test_no_name_that_is_called_unlike_would_trouble_anybody(
    pair: tuple[list[str], list[str]], mode: Mode, dated: bool
) -> None:
    mine, theirs = (analyse.analyse(" ".join(one), mode) for one in pair)
    assume(mine and theirs)
    compared = names.compare(mine[0], theirs[0], RARITY)
    if rules.name_alerts(mode, compared) or (dated and rules.may_matter(compared)):
        assert not told(mine[0], theirs[0], dated)


def test_names_that_share_a_common_word_alone_are_unlike() -> None:
    (mine,), (theirs,) = (
        analyse.analyse(one, "organization") for one in ("Okshel Trading Ltd", "Vrimdub General Trading LLC")
    )
    assert told(mine, theirs, dated=True)


def test_a_name_of_which_only_words_of_trade_answer_is_unlike_unless_a_date_may_agree() -> None:
    (mine,), (theirs,) = (analyse.analyse(one, "organization") for one in ("Okshel Bank Ltd", "Bank Ltd"))
    assert told(mine, theirs, dated=False)
    assert not told(mine, theirs, dated=True)


DATE = st.sampled_from(["", "1971-03-09", "1970-03-09", "1969", "1971", "1975/1980", "09.03.1972", "soon", "1960"])


@given(DATE, st.lists(DATE.filter(bool), max_size=2), st.sampled_from(["person", "company", "vessel", "unknown"]))
def test_facts_that_settle_it_contradict(born: str, listed: list[str], kind: str) -> None:
    mine = _Facts(iter([("person", (born,) if born else ())]))
    first = np.zeros(1, np.int64)
    if mine.settle(first, _Facts(iter([(kind, tuple(listed))])), first)[0]:
        parts = compare.kind("person", kind), compare.birth_date(born, listed)
        assert "contradict" in [part.finding for part in parts if part]


def test_another_kind_and_another_decade_settle_it() -> None:
    mine = _Facts(iter([("person", ("1971-03-09",))]))
    theirs = _Facts(iter([("company", ()), ("person", ("1955", "1960-01-01")), ("person", ()), ("person", ("1972",))]))
    places = np.arange(4)
    assert mine.settle(np.zeros(4, np.int64), theirs, places).tolist() == [True, True, False, False]
