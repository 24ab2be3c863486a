"""A party in words: dates and territories as people write them, never guessed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.errors import Refusal
from safeconduct.intake.party_words import FORMS, birth_date, party_in_words

READ = {
    "": "", "1975": "1975", "1975-03": "1975-03", "1975-03-12": "1975-03-12", "12 Mar 1975": "1975-03-12",
    "12 March 1975": "1975-03-12", "March 12, 1975": "1975-03-12", "12.03.1975": "1975-03-12", "1.2.1975": "1975-02-01",
    "1975/03/12": "1975-03-12", "1975.3.12": "1975-03-12", "31/12/1975": "1975-12-31", "12/31/1975": "1975-12-31",
    "05/05/1975": "1975-05-05", "00/00/1975": "1975", "１９７５": "1975", "31-12-1975": "1975-12-31",
    "19750312": "1975-03-12", "Mar 1975": "1975-03",
}  # fmt: skip
REFUSED = [
    "03/04/1975", "3-4-1975", "1975-13-01", "1975-02-30", "31.02.1975", "32/01/1975", "soon", "75",
    "1975-3", "12/1975", "1975-03-12T", "1975–1976", "12.03/1975", "13/13/1975", "+1975",
    "c. 1975", "12031975", "19751312", "1975-1976",
]  # fmt: skip


@pytest.mark.parametrize(("text", "date"), READ.items())
def test_a_date_with_one_reading_is_read(text: str, date: str) -> None:
    assert birth_date(text, "born") == date


@pytest.mark.parametrize("text", REFUSED)
def test_a_date_with_none_or_two_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        birth_date(text, "born")
    assert "YYYY-MM-DD" in refused.value.remedy


def test_the_refusal_of_a_date_names_every_form_that_is_taken() -> None:
    with pytest.raises(Refusal) as refused:
        birth_date("c. 1975", "born")
    for form in FORMS:
        assert f"{form};" in refused.value.remedy
        assert birth_date(form, "born").startswith("1975")


@given(st.dates(dt.date(1800, 1, 1), dt.date(2200, 1, 1)))
def test_a_day_written_either_way_round_is_never_read_as_another(day: dt.date) -> None:
    for text in (day.strftime("%d/%m/%Y"), day.strftime("%m/%d/%Y")):
        try:
            assert birth_date(text, "") == day.isoformat()
        except Refusal:
            assert day.day <= 12
            assert day.day != day.month


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("kind", "ghost", "unknown"),
        ("sex", "?", "unknown"),
        ("country", "Atlantis", "no territory"),
        ("identifiers", "AB123", "does not say what it is"),
        ("identifiers", "shoe:42", "does not say what it is"),
        ("identifiers", "passport:", "without a value"),
        ("aliases", ";".join(f"a{number}" for number in range(60)), "60 entries"),
        ("aliases", "…", "no letter"),
        ("birth_place", "x" * 600, "600 characters"),
    ],
)
def test_a_field_that_cannot_be_read_is_named(field: str, text: str, says: str) -> None:
    with pytest.raises(Refusal, match=says) as refused:
        party_in_words({"name": "Anna", field: text}, "row 7")
    assert refused.value.where.startswith(f"row 7 → {field}")


@given(
    st.dictionaries(st.sampled_from(["name", "kind", "country", "born", "aliases", "identifiers", "sex"]), st.text())
)
def test_any_words_make_a_party_or_a_refusal(words: dict[str, str]) -> None:
    try:
        party = party_in_words(words, "x")
    except Refusal:
        return
    assert any(letter.isalnum() for letter in party.name)
