"""Every party of every application is in the register by itself; the machine joins only what surely is one."""

from __future__ import annotations

from typing import Any

from safeconduct.access import Marking
from safeconduct.flows.answer_question import Answer, answer_question
from safeconduct.flows.people import CONSOLE, SYSTEM
from safeconduct.flows.take_in_parties import TakeIn, take_in_parties
from safeconduct.flows.verify_ledger import verify_ledger
from safeconduct.store.models import Appearance, LedgerEntry, RegisterEntry, RegisterKey
from safeconduct.store.permit import permitted
from tests.flows.office import Office, starter
from tests.people import OFFICER

PLANT = {"kind": "company", "name": "Larkholm Instruments", "territory": "NO"}


def application(*parties: dict[str, Any], case: str = "3") -> dict[str, Any]:
    """A starter case with these parties besides its own."""
    found = starter(case)
    more = [{"id": f"X{number}", "roles": ["third_party"], **party} for number, party in enumerate(parties, 1)]
    return {**found, "parties": [*found["parties"], *more]}


def entries(case: str) -> dict[str, int]:
    """The entry of each party of a case, by its name."""
    rows = Appearance.objects.filter(case__reference=case)
    return {row.party.split('"name":"')[1].split('"')[0]: row.entry_id for row in rows}


def linked(case: str, party: str) -> str:
    return Appearance.objects.get(case__reference=case, party_id=party).linked


def test_a_submission_registers_each_of_its_parties_in_the_same_act(office: Office) -> None:
    before = LedgerEntry.objects.count()
    case = office.submit(starter("1")).case
    assert LedgerEntry.objects.count() == before + 1
    assert len(entries(case)) == len(starter("1")["parties"])
    assert not verify_ledger(OFFICER, at=office.at).problems


def test_a_party_with_the_very_same_facts_goes_under_the_same_entry(office: Office) -> None:
    first, second = (office.submit(application(PLANT)).case for _ in range(2))
    assert entries(first)["Larkholm Instruments"] == entries(second)["Larkholm Instruments"]
    assert (linked(first, "X1"), linked(second, "X1")) == ("new", "facts")


def test_a_name_alone_joins_nobody(office: Office) -> None:
    bare = {"kind": "person", "name": "Dilawar Khan"}
    first, second = (office.submit(application(bare)).case for _ in range(2))
    assert entries(first)["Dilawar Khan"] != entries(second)["Dilawar Khan"]


def test_a_person_is_joined_by_a_full_birth_date_and_a_place_only(office: Office) -> None:
    year = {"kind": "person", "name": "Dilawar Khan", "territory": "PK", "born": "1970"}
    day = {**year, "born": "1970-03-01"}
    first, second = (office.submit(application(year)).case for _ in range(2))
    assert entries(first)["Dilawar Khan"] != entries(second)["Dilawar Khan"]
    first, second = (office.submit(application(day)).case for _ in range(2))
    assert entries(first)["Dilawar Khan"] == entries(second)["Dilawar Khan"]


def test_a_number_of_one_bearer_joins_unless_something_contradicts(office: Office) -> None:
    lei = {"identifiers": [{"kind": "lei", "value": "5493 00AB CDEF-12345678"}]}
    again = {"identifiers": [{"kind": "lei", "value": "549300abcdef12345678"}]}
    first = entries(office.submit(application({**PLANT, **lei})).case)["Larkholm Instruments"]
    alike: tuple[tuple[dict[str, str], bool], ...] = (
        ({"name": "Larkholm Instruments AS"}, True),
        ({"name": "Larkholm Instruments AS", "territory": "SE"}, False),
        ({"name": "Quite Another House"}, False),
        ({"kind": "person"}, False),
    )
    for other, joined in alike:
        second = entries(office.submit(application({**PLANT, **again, **other})).case)
        assert (second[other.get("name", "Larkholm Instruments")] == first) is joined, other


def test_a_shared_website_joins_nobody(office: Office) -> None:
    site = {"identifiers": [{"kind": "domain", "value": "portal.example"}]}
    first = office.submit(application({**PLANT, **site})).case
    second = office.submit(application({**PLANT, **site, "name": "Larkholm Optics"})).case
    assert entries(first)["Larkholm Instruments"] != entries(second)["Larkholm Optics"]


def test_nothing_is_joined_across_markings_or_teams(office: Office) -> None:
    places: tuple[dict[str, Any], ...] = (
        {},
        {"marking": Marking.SECRET},
        {"compartment": "dual-use"},
        {"compartment": "military"},
    )
    cases = [office.submit(application(PLANT), CONSOLE_OFFICER, **place).case for place in places]
    assert len({entries(case)["Larkholm Instruments"] for case in cases}) == len(cases)


CONSOLE_OFFICER = OFFICER.__class__(
    OFFICER.id,
    OFFICER.name,
    OFFICER.role,
    may_read_closed=True,
    cleared_to=Marking.SECRET,
    teams=("dual-use", "military"),
)


def test_an_answer_that_names_or_completes_a_party_is_in_the_register_too(office: Office) -> None:
    bare = starter("3")
    bare["parties"] = [one for one in bare["parties"] if "signatory" not in one["roles"]]
    case = office.submit(bare).case
    named = Answer(case=case, question="party.signatory", value={"name": "Ilse Marten", "kind": "person"})
    answer_question(OFFICER, named, key=office.key(), at=office.at)
    entry = entries(case)["Ilse Marten"]
    party = Appearance.objects.get(entry=entry).party_id
    filled = Answer(case=case, question=f"party.birth_date@{party}", value="1980-02-03")
    answer_question(OFFICER, filled, key=office.key(), at=office.at)
    row = Appearance.objects.get(case__reference=case, party_id=party)
    assert row.entry_id == entry
    assert '"born":"1980-02-03"' in row.party
    assert not verify_ledger(OFFICER, at=office.at).problems


def test_cases_that_were_there_before_are_taken_in_once_and_no_more(office: Office) -> None:
    cases = [office.submit(application(PLANT)).case for _ in range(3)]
    with permitted():
        RegisterKey.objects.all().delete()
        Appearance.objects.all()._raw_delete("default")
        RegisterEntry.objects.all()._raw_delete("default")
    done = take_in_parties(CONSOLE, TakeIn(), key=office.key(), at=office.at)
    assert (done.last, done.parties) == (0, Appearance.objects.count())
    assert len({entries(case)["Larkholm Instruments"] for case in cases}) == 1
    again = take_in_parties(SYSTEM, TakeIn(), key=office.key(), at=office.at)
    assert again.parties == 0
