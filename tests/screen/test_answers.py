"""What an officer is told about a party, by what is known of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.core.party import Identifier
from safeconduct.screen import Matcher, alert
from tests.screen.listed import ZORAB, address, answers, finding, matcher, party, person


def test_a_name_alone_shows_every_namesake_and_asks_for_the_birth_date(made: Matcher) -> None:
    found = made.screen(party("Zorab Vishtu", kind="person")).matches
    assert answers(found) == {"P1": "cannot_tell", "P2": "cannot_tell"}
    assert found[0].asks[:2] == ("birth_date", "territory")
    assert all(alert(match) for match in found)


def test_birth_place_and_nationality_tell_two_namesakes_apart(made: Matcher) -> None:
    found = made.screen(party("Zorab Vishtu", kind="person", territory="QM", birth_place="Orvela")).matches
    assert answers(found) == {"P1": "likely_same", "P2": "different"}
    assert found[1].reason.key == "screen.reason.part_of_the_name_and_a_fact_contradicts"


def test_the_same_name_with_another_birth_date_is_shown_as_different_and_raises_no_alert(made: Matcher) -> None:
    (match,) = (m for m in made.screen(party("Zorab Vishtu", born="1994-11-23")).matches if m.entry == "P1")
    assert match.answer == "different"
    assert match.reason.key == "screen.reason.birth_date_contradicts"
    assert not alert(match)
    assert finding(match, "birth_date") == "contradict"


def test_the_same_day_of_birth_makes_it_likely(made: Matcher) -> None:
    found = made.screen(party("Vishtu Zorab Kelmendar", kind="person", born="1971-03-09")).matches
    assert answers(found)["P1"] == "likely_same"


@pytest.mark.parametrize("born", ["1972-03-09", "1971-09-03", "1971-03-19", "1971-03-27", "1971-13-45"])
def test_a_slip_in_the_birth_date_neither_clears_nor_settles(made: Matcher, born: str) -> None:
    assert answers(made.screen(party("Zorab Vishtu", kind="person", born=born)).matches)["P1"] == "cannot_tell"


@pytest.mark.parametrize(
    ("born", "said"), [("1971-03-27", "different"), ("1971-03-19", "cannot_tell"), ("1972", "cannot_tell")]
)
def test_another_day_of_the_month_and_another_nationality_clear_what_a_slip_of_the_pen_does_not(
    made: Matcher, born: str, said: str
) -> None:
    found = made.screen(party("Zorab Kelmendar Vishtu", kind="person", born=born, territory="QN")).matches
    assert answers(found)["P1"] == said


@pytest.mark.parametrize(("born", "said"), [("1972-03-09", "different"), ("1971", "cannot_tell")])
def test_a_birth_date_that_is_a_slip_apart_is_no_reason_against_two_facts_that_differ(
    made: Matcher, born: str, said: str
) -> None:
    found = made.screen(party("Zorab Kelmendar Vishtu", kind="person", born=born, territory="QN", sex="female"))
    assert answers(found.matches)["P1"] == said


def test_one_other_nationality_does_not_clear_a_whole_name(made: Matcher) -> None:
    found = made.screen(party("Zorab Kelmendar Vishtu", kind="person", territory="QN")).matches
    assert answers(found)["P1"] == "cannot_tell"


def test_nationality_and_sex_together_do(made: Matcher) -> None:
    found = made.screen(party("Zorab Kelmendar Vishtu", kind="person", territory="QN", sex="female")).matches
    assert answers(found)["P1"] == "different"


def test_a_shared_passport_is_likely_the_same_under_half_the_name(made: Matcher) -> None:
    numbers = (Identifier("passport", "K1234567", "QM"),)
    assert answers(made.screen(party("Zorab Vishtu", identifiers=numbers)).matches)["P1"] == "likely_same"


def test_a_shared_passport_is_found_under_any_name_and_settles_nothing(made: Matcher) -> None:
    (match,) = made.screen(party("Ulla Brandt", identifiers=(Identifier("passport", "k-1234567", "QM"),))).matches
    assert (match.entry, match.answer) == ("P1", "cannot_tell")
    assert match.reason.key == "screen.reason.identifier_agrees_and_something_differs"


def test_a_weak_alias_in_another_country_is_different(made: Matcher) -> None:
    assert answers(made.screen(party("Morlo", kind="person")).matches) == {"P3": "cannot_tell"}
    assert answers(made.screen(party("Morlo", kind="person", territory="QP")).matches) == {"P3": "different"}


def test_one_shared_word_raises_nothing(made: Matcher) -> None:
    for name in ("Zorab Brandt", "Vishtu Ulla Brandt", "Tirvan Brandt"):
        assert made.screen(party(name, kind="person")).matches == ()


def test_a_company_in_its_territory_is_likely_the_same(made: Matcher) -> None:
    (match,) = made.screen(party("Vantrex Group", kind="company", territory="QP")).matches
    assert (match.entry, match.answer) == ("C1", "likely_same")
    assert finding(match, "legal_form") == "omitted"


def test_a_name_that_only_contains_the_letters_is_never_shown(made: Matcher) -> None:
    assert "C2" not in answers(made.screen(party("Vantrex Group")).matches)
    assert "C1" not in answers(made.screen(party("Kovantrex Group")).matches)


def test_another_number_is_another_factory(made: Matcher) -> None:
    assert answers(made.screen(party("Drogheim Factory 12")).matches) == {"C3": "cannot_tell"}
    assert made.screen(party("Drogheim Factory No. 13")).matches == ()


def test_words_of_trade_and_place_alone_are_a_name(made: Matcher) -> None:
    assert answers(made.screen(party("Karsova Bank")).matches) == {"C4": "cannot_tell"}
    assert made.screen(party("National Bank")).matches == ()


def test_a_person_is_no_company(made: Matcher) -> None:
    found = made.screen(party("Vantrex", kind="person")).matches
    assert not any(alert(match) for match in found)


def test_whoever_is_listed_without_a_kind_may_be_either(made: Matcher) -> None:
    for kind in ("person", "company", "unknown"):
        assert answers(made.screen(party("Drashik, Pelmo", kind=kind)).matches) == {"U1": "cannot_tell"}


def test_an_entry_that_fits_explains_its_namesakes(tmp_path: Path) -> None:
    bare = person("P9", "Somebody Else Entirely", "Zorab Vishtu", territories=(address("QN"),))
    both = matcher(tmp_path, ZORAB, bare)
    name_only = both.screen(party("Zorab Vishtu", kind="person", territory="QM")).matches
    assert answers(name_only) == {"P1": "cannot_tell", "P9": "cannot_tell"}
    settled = both.screen(party("Zorab Vishtu", kind="person", territory="QM", birth_place="Orvela")).matches
    assert answers(settled) == {"P1": "likely_same", "P9": "different"}
    assert settled[1].reason.key == "screen.reason.another_entry_fits"


def test_scores_rank_and_do_not_saturate(made: Matcher) -> None:
    facts: list[dict[str, str]] = [
        {"sex": "female"}, {}, {"born": "1971"}, {"born": "1971-03-09"}, {"born": "1971-03-09", "territory": "QM"},
        {"born": "1971-03-09", "territory": "QM", "birth_place": "Orvela"},
    ]  # fmt: skip
    scores = [made.screen(party("Zorab Vishtu", kind="person", **one)).matches[0].score for one in facts]
    assert scores == sorted(set(scores))
    assert scores[-1] < 1000


def test_the_likest_stands_first_and_says_where_it_is_in_the_file(made: Matcher) -> None:
    found = made.screen(party("Zorab Vishtu"))
    assert [match.entry for match in found.matches] == ["P1", "P2"]
    assert found.matches[0].place == "row P1"
    assert found.matches[0].source == "made"
    assert found.considered >= 2


@pytest.mark.parametrize("name", ["Zorab Vishmo", "Zirav Vishtu"])
def test_a_name_with_a_word_that_only_looks_alike_matters_where_the_day_of_birth_is_the_same(
    made: Matcher, name: str
) -> None:
    assert made.screen(party(name, kind="person")).matches == ()
    assert made.screen(party(name, kind="person", born="1971")).matches == ()
    assert made.screen(party(name, kind="person", born="1971-03-09", territory="QP")).matches == ()
    assert answers(made.screen(party(name, kind="person", born="1971-03-09")).matches) == {"P1": "cannot_tell"}


def test_a_part_of_a_common_name_matters_where_the_day_of_birth_is_the_same(made: Matcher) -> None:
    listed = person("P9", "John Michael Smith", born=("1971-03-09",))
    asked = [{}, {"born": "1971"}, {"born": "1971-03-08"}, {"born": "1971-03-09"}]
    found = [made.compare(party("John Smith", kind="person", **facts), listed) for facts in asked]
    assert [match.answer for match in found if match] == ["different", "different", "different", "cannot_tell"]
