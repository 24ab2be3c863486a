"""What people decided about matches, as facts of the case."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from safeconduct.assess.matches import Screened, Settled, confirmed_matches, open_matches, screening_facts
from safeconduct.core.fact import Known, Unknown
from safeconduct.core.message import Message
from safeconduct.core.party import Party
from safeconduct.screen.model import Answer, Clearance, Confirmation, EditionUsed, Match, Screening, TooLittle
from tests.assess.bench import application, case_file, judged, nobody_listed

PARTY = Party("P1", "A. Person", "person", roles=("end_user",))
OTHER = Party("P2", "B. Company", "company", roles=("broker",))


def match(answer: Answer, entry: str = "1") -> Match:
    return Match("un-sc", entry, "B", answer, 500, (), Message("x"), f"facts-{entry}")


def seen(party: Party, *matches: Match) -> Screened:
    return Screened(party.id, Screening(f"print-{party.id}", matches, 3, (EditionUsed("un-sc", "h"),), "m"))


def cleared(party: Party, one: Match) -> Clearance:
    return Clearance(one.source, one.entry, f"print-{party.id}", one.facts)


def confirmed(party: Party, one: Match) -> Confirmation:
    return Confirmation(one.source, one.entry, f"print-{party.id}", one.facts)


def alert(settled: Settled, *found: Screened, parties: tuple[Party, ...] = (PARTY,)) -> object:
    fact = screening_facts(parties, {one.party: one for one in found}, settled)["screening.alert"]
    return fact.value if isinstance(fact, Known) else fact.why


@pytest.mark.parametrize("answer", ["likely_same", "cannot_tell", "different"])
def test_a_confirmed_match_is_a_fact_whatever_screening_said(answer: Answer) -> None:
    one = match(answer)
    settled = Settled([], [confirmed(PARTY, one)])
    assert alert(settled, seen(PARTY, one)) == "confirmed"
    assert list(confirmed_matches(seen(PARTY, one), settled)) == [one]
    assert list(open_matches(seen(PARTY, one), settled)) == []


def test_a_confirmation_weighs_more_than_a_clearance_of_the_same() -> None:
    one = match("cannot_tell")
    assert alert(Settled([cleared(PARTY, one)], [confirmed(PARTY, one)]), seen(PARTY, one)) == "confirmed"


def test_the_strongest_counts() -> None:
    one, two, three = match("cannot_tell", "1"), match("likely_same", "2"), match("cannot_tell", "3")
    every = seen(PARTY, one, two, three)
    assert alert(Settled(), every) == "likely_same"
    assert alert(Settled([cleared(PARTY, two)]), every) == "cannot_tell"
    assert alert(Settled([cleared(PARTY, each) for each in (one, two, three)]), every) == "none"
    assert alert(Settled([cleared(PARTY, two)], [confirmed(PARTY, three)]), every) == "confirmed"


@pytest.mark.parametrize("side", ["party", "facts", "entry", "source"])
def test_what_was_decided_on_other_facts_settles_nothing(side: str) -> None:
    one = match("cannot_tell")
    for kind in (Clearance, Confirmation):
        fields = {"source": "un-sc", "entry": "1", "party": "print-P1", "facts": "facts-1", side: "other"}
        settled = Settled([kind(**fields)]) if kind is Clearance else Settled([], [kind(**fields)])  # type: ignore[list-item]
        assert list(open_matches(seen(PARTY, one), settled)) == [one]
        assert alert(settled, seen(PARTY, one)) == "cannot_tell"


def test_a_party_that_was_not_screened_leaves_it_unknown_unless_the_strongest_is_there() -> None:
    one = match("cannot_tell")
    both = (PARTY, OTHER)
    assert alert(Settled(), seen(PARTY, one), parties=both) == "not_searched"
    assert alert(Settled([], [confirmed(PARTY, one)]), seen(PARTY, one), parties=both) == "confirmed"
    assert alert(Settled([cleared(PARTY, one)]), seen(PARTY, one), parties=both) == "not_searched"


def test_a_name_that_tells_too_little_leaves_it_unknown_unless_the_strongest_is_there() -> None:
    def thin(*matches: Match) -> Screened:
        little = (TooLittle(PARTY.name, "one_name"),)
        return Screened(PARTY.id, msgspec.structs.replace(seen(PARTY, *matches).screening, tells_too_little=little))

    one = match("cannot_tell")
    assert alert(Settled(), seen(PARTY)) == "none"
    assert alert(Settled(), thin()) == "not_searched"
    assert alert(Settled([cleared(PARTY, one)]), thin(one)) == "not_searched"
    assert alert(Settled([], [confirmed(PARTY, one)]), thin(one)) == "confirmed"
    fact = screening_facts((PARTY,), {PARTY.id: thin()}, Settled())["screening.alert"]
    assert "tells too little" in fact.evidence[0].value


def test_only_those_behind_the_use_count_for_the_user() -> None:
    one = match("likely_same")
    settled = Settled([], [confirmed(OTHER, one)])
    facts = screening_facts((PARTY, OTHER), {"P1": seen(PARTY), "P2": seen(OTHER, one)}, settled)
    values = {key: fact.value for key, fact in facts.items() if isinstance(fact, Known)}
    assert values == {"screening.alert": "confirmed", "screening.alert_on_user": "none"}
    assert not [fact for fact in facts.values() if isinstance(fact, Unknown)]


def test_the_order_of_parties_and_matches_does_not_matter() -> None:
    answers: tuple[Answer, ...] = ("different", "cannot_tell", "likely_same")
    matches = [match(answer, str(number)) for number, answer in enumerate(answers)]
    settled = Settled([cleared(PARTY, matches[2])])
    assert {alert(settled, seen(PARTY, *order)) for order in itertools.permutations(matches)} == {"cannot_tell"}


@pytest.mark.parametrize(
    ("little", "unread", "part"),
    [
        ("one_name", (), "name"),
        ("kind_not_stated", (), "kind"),
        ("kind_not_stated", ("?",), "name"),
        ("", ("?",), "name"),
    ],
)
def test_who_could_not_be_looked_for_is_asked_about_and_an_older_record_is_judged_as_it_was(
    little: str, unread: tuple[str, ...], part: str
) -> None:
    plain = application("2d")
    first, *others = nobody_listed(case_file(plain))
    names = (TooLittle("A", little),) if little else ()

    def questions(matcher: str) -> dict[str, bool]:
        screening = msgspec.structs.replace(
            first.screening, matcher=matcher, unread=unread, tells_too_little=names if "telling" in matcher else ()
        )
        found = judged(plain, screened=(Screened(first.party, screening), *others))
        return {one.id: one.decisive for one in found.questions}

    assert questions("rules/4 telling/1")[f"party.{part}@{first.party}"]
    assert f"party.{part}@{first.party}" not in questions("rules/4")
