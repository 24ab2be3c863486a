"""Facts beside facts: what agrees, what contradicts, and what is only silent."""

from __future__ import annotations

import pytest

from safeconduct.core.party import Identifier
from safeconduct.screen import compare
from safeconduct.screen.model import Part
from safeconduct.sources.model import TerritoryLink
from tests.screen.listed import address, company, nationality, party, person


def said(part: Part | None) -> str:
    return part.finding if part else ""


@pytest.mark.parametrize(
    ("query", "listed", "expected"),
    [
        ("1971-03-09", ("1971-03-09",), "same_day"),
        ("9.3.1971", ("1971-03-09",), "same_day"),
        ("09/03/1971", ("1971-03-09",), "same_day"),
        ("1971-3-9", ("1971-03-09",), "same_day"),
        ("1971", ("1971-03-09",), "agree"),
        ("1971-03", ("1971-03-09",), "agree"),
        ("1972-05-01", ("1970/1975",), "agree"),
        ("1971-06-30", ("1971-01-01",), "agree"),
        ("1971-01-01", ("1971-01-01",), "agree"),
        ("1972", ("1971",), "near"),
        ("1972-03-09", ("1971-03-09",), "near"),
        ("1971-09-03", ("1971-03-09",), "near"),
        ("1971-03-19", ("1971-03-09",), "near"),
        ("1971-03-27", ("1971-03-09",), "other_day"),
        ("1971-12-09", ("1971-03-09",), "other_day"),
        ("1971-03-21", ("1971-03-12",), "near"),
        ("1971-03-27", ("1971-03-09", "1971-04-27"), "near"),
        ("1976", ("1970/1975",), "near"),
        ("1990-05-02", ("1971-03-09", "1971"), "contradict"),
        ("1990-05-02", ("1971-03-09", "1990"), "agree"),
        ("1971-11-23", ("1971-03-09",), "contradict"),
        ("1980", ("1970/1975",), "contradict"),
        ("1971-13-45", ("1971-03-09",), "unreadable"),
        ("about 1971", ("1971-03-09",), "unreadable"),
        ("9999999", ("1971",), "unreadable"),
        ("", ("1971",), "not_stated"),
        ("1971", (), "not_listed"),
        ("", (), ""),
    ],
)
def test_birth_dates(query: str, listed: tuple[str, ...], expected: str) -> None:
    assert said(compare.birth_date(query, listed)) == expected


@pytest.mark.parametrize(
    ("query", "listed", "expected"),
    [
        ("Lower Dir", ("Lower Dir, Khyber Pakhtunkhwa Province, Pakistan",), "agree"),
        ("Orvella", ("Orvela, Karsova",), "agree"),
        ("Orvela district, Karsova", ("Karsova; Orvela",), "agree"),
        ("Peshawar", ("Lower Dir, Pakistan", "Kabul"), "differs"),
        ("Province", ("Orvela",), "differs"),
        ("", ("Orvela",), "not_stated"),
        ("Orvela", (), "not_listed"),
        ("", (), ""),
    ],
)
def test_birth_places(query: str, listed: tuple[str, ...], expected: str) -> None:
    assert said(compare.birth_place(query, listed)) == expected


@pytest.mark.parametrize(
    ("territory", "links", "expected"),
    [
        ("QM", (nationality("QM"), address("QN")), "agree"),
        ("QN", (nationality("QM"), address("QN")), "agree_address"),
        ("QP", (nationality("QM"),), "contradict"),
        ("QP", (address("QM"),), "differs"),
        ("QP", (TerritoryLink("address", "", "Somewhere"),), "not_listed"),
        ("RU", (nationality("SU"),), "differs"),
        ("PS", (nationality("PS-GZ"),), "agree"),
        ("", (nationality("QM"),), "not_stated"),
        ("", (), ""),
    ],
)
def test_nationality(territory: str, links: tuple[TerritoryLink, ...], expected: str) -> None:
    assert said(compare.territory(party("A", territory=territory), person("P", "A", territories=links))) == expected


def test_a_companys_address_is_its_seat() -> None:
    listed = company("C", "A", territories=(address("QP"),))
    assert said(compare.territory(party("A", territory="QP"), listed)) == "agree"


@pytest.mark.parametrize(
    ("query", "listed", "expected"),
    [
        ("person", "company", "contradict"),
        ("company", "public_body", "same"),
        ("vessel", "company", "contradict"),
        ("unknown", "company", ""),
        ("person", "unknown", ""),
    ],
)
def test_kinds(query: str, listed: str, expected: str) -> None:
    assert said(compare.kind(query, listed)) == expected


def numbers(*given: tuple[str, str, str]) -> tuple[Identifier, ...]:
    return tuple(Identifier(*one) for one in given)


@pytest.mark.parametrize(
    ("query", "listed", "expected"),
    [
        ((("passport", "K 1234567", "QM"),), (("passport", "k1234567", "QM"),), "same"),
        ((("passport", "K1234567", ""),), (("passport", "K1234567", "QM"),), "same"),
        ((("passport", "K1234567", "QN"),), (("passport", "K1234567", "QM"),), "not_comparable"),
        ((("passport", "K7654321", "QM"),), (("passport", "K1234567", "QM"),), "not_comparable"),
        ((("imo", "9074729", ""),), (("imo", "9316127", ""),), "contradict"),
        ((("national_id", "11111", "QM"),), (("national_id", "22222", "QM"),), "differs"),
        ((("national_id", "11111", "QN"),), (("national_id", "22222", "QM"),), "not_comparable"),
        ((("other", "1", ""),), (("other", "1", ""),), ""),
        ((), (("imo", "9316127", ""),), "not_stated"),
        ((), (), ""),
    ],
)
def test_identifiers(
    query: tuple[tuple[str, str, str], ...], listed: tuple[tuple[str, str, str], ...], expected: str
) -> None:
    assert said(compare.identifiers(numbers(*query), numbers(*listed))) == expected
