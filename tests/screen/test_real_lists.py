"""The starter cases' namesakes on the publishers' own lists."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest

from safeconduct.core.party import Party
from safeconduct.screen import Match, Matcher, alert, build_index
from safeconduct.sources import editions
from tests.screen.listed import party

FILES = ("ofac_sdn.csv", "ofac_alt.csv", "ofac_add.csv", "un_consolidated.xml", "bis_entity_list.json")


@pytest.fixture(scope="session")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    where = tmp_path_factory.mktemp("real")
    used = []
    for group in editions.gather([shared_data / "watchlists" / name for name in FILES]):
        reading = editions.read_group(group, obtained="2026-01-01")
        build_index(reading.normalised, where)
        used.append((reading.edition.key, hashlib.sha256(reading.normalised).hexdigest()))
    return Matcher.open(where, used)


def by_entry(real: Matcher, one: Party) -> dict[tuple[str, str], Match]:
    return {(m.source, m.entry if m.source != "bis-el" else m.name): m for m in real.screen(one).matches}


MAN, OTHER = ("ofac-sdn", "23683"), {("ofac-sdn", "12562"), ("un-sc", "2959427"), ("bis-el", "Khan Dilawar")}


@pytest.mark.parametrize("kind", ["person", "unknown"])
def test_a_name_alone_shows_both_men_on_every_list(real: Matcher, kind: str) -> None:
    found = by_entry(real, party("Dilawar Khan", kind=kind))
    assert set(found) == {MAN} | OTHER
    assert {match.answer for match in found.values()} == {"cannot_tell"}
    assert all("birth_date" in match.asks and "territory" in match.asks for match in found.values())


def test_nationality_and_birth_place_tell_them_apart(real: Matcher) -> None:
    found = by_entry(real, party("Dilawar Khan", kind="person", territory="PK", birth_place="Lower Dir"))
    assert found[MAN].answer == "likely_same"
    assert {found[key].answer for key in OTHER} == {"different"}


def test_a_spyware_maker_is_found_and_the_group_that_contains_its_letters_never(real: Matcher) -> None:
    (match,) = real.screen(party("NSO Group", kind="company", territory="IL")).matches
    assert (match.source, match.name, match.answer) == ("bis-el", "NSO Group", "likely_same")
    for kind in ("company", "unknown"):
        shown = real.screen(party("NSO Group", kind=kind)).matches
        assert not any("KANSO" in m.name for m in shown)


def test_an_officer_who_shares_a_listed_name_is_told_apart_by_his_birth_date(real: Matcher) -> None:
    born = by_entry(real, party("Eric Badege", kind="person", born="1994-05-02"))
    assert born[("un-sc", "6907993")].answer == "different"
    assert not any(alert(match) for match in born.values())
    assert by_entry(real, party("Eric Badege", kind="person"))[("un-sc", "6907993")].answer == "cannot_tell"


@pytest.mark.parametrize(
    "name",
    ["Norvik Systems", "Karsova Unitel", "State Security Directorate of Karsova", "Halden Optics", "Meridian Trade",
     "Brightline Instruments", "Ostrel Police Forensic Laboratory", "Cobalt Ridge Security", "Kanso Group"],
)  # fmt: skip
def test_made_up_organisations_resemble_nobody(real: Matcher, name: str) -> None:
    for kind in ("company", "public_body", "unknown"):
        assert not [m for m in real.screen(party(name, kind=kind)).matches if alert(m)]


def test_altered_listed_people_are_found(real: Matcher, shared_data: Path) -> None:
    with (shared_data / "labelled" / "listed_people_altered.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["target"]]
    missed = []
    for row in rows:
        for facts in ({}, {"born": row["date_of_birth"], "territory": row["nationality"].upper()}):
            matches = real.screen(party(row["full_name"], kind="person", **facts)).matches
            if not any(alert(m) for m in matches if (m.source, m.entry) == ("un-sc", row["target"])):
                missed.append(row["full_name"])
    assert len(missed) <= len(rows) * 2 // 100, missed


def test_people_on_no_list_are_left_alone(real: Matcher, shared_data: Path) -> None:
    with (shared_data / "labelled" / "unlisted_people.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))[::10]
    alarmed = [
        row["full_name"]
        for row in rows
        if any(alert(m) for m in real.screen(party(row["full_name"], kind="person")).matches)
    ]
    assert len(alarmed) <= 2, alarmed
