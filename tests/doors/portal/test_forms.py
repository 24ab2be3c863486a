"""Forms refuse what intake would refuse, with words that say what to do."""

from __future__ import annotations

import pytest
from django import forms as django_forms

from safeconduct.doors.page.answer_form import places
from safeconduct.doors.portal import forms

GOOD: dict[type[django_forms.Form], dict[str, str]] = {
    forms.KindForm: {"kind": "individual_licence", "reference": "NV-1"},
    forms.CompanyForm: {"name": "Norvik Systems", "territory": "XX"},
    forms.EndUserForm: {"name": "Karsova Unitel", "kind": "company", "territory": "QR"},
    forms.PartyForm: {"name": "Ilvana Torrek", "role": "signatory", "kind": "person", "born": "1979-04"},
    forms.LineForm: {"name": "NetScope", "quantity": "40", "value": "18400000.00", "currency": "EUR"},
    forms.SheetForm: {"title": "Sheet", "lines": "one\ntwo", "date": "2026-06"},
    forms.DeclarationForm: {"key": "k", "true": "on"},
}


@pytest.mark.parametrize("kind", GOOD)
def test_what_is_right_is_taken(kind: type[django_forms.Form]) -> None:
    form = kind(GOOD[kind])
    assert form.is_valid(), form.errors


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        (forms.KindForm, "kind", "bulk"),
        (forms.KindForm, "reference", "x" * 61),
        (forms.CompanyForm, "name", ""),
        (forms.CompanyForm, "territory", "ZQ9"),
        (forms.EndUserForm, "name", ""),
        (forms.PartyForm, "role", "exporter"),
        (forms.PartyForm, "born", "1979-13"),
        (forms.LineForm, "quantity", "-3"),
        (forms.LineForm, "quantity", "0.0"),
        (forms.LineForm, "quantity", "4e3"),
        (forms.LineForm, "currency", "eur"),
        (forms.LineForm, "declared", "5A001"),
        (forms.SheetForm, "title", ""),
        (forms.SheetForm, "date", "June"),
        (forms.DeclarationForm, "true", ""),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(kind: type[django_forms.Form], field: str, value: str) -> None:
    form = kind(GOOD[kind] | {field: value})
    assert list(form.errors) == [field]
    assert not any("This field" in text for texts in form.errors.values() for text in texts)


def test_nothing_of_the_end_user_need_be_known() -> None:
    assert forms.EndUserForm({}).is_valid()


def test_declared_entries_are_read_one_a_line() -> None:
    form = forms.LineForm({"name": "x", "declared": "eu-annex1 5A001.j\n\n us-ccl  5A980 \neu-annex1 5A001.j"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["declared"] == [
        {"list": "eu-annex1", "code": "5A001.j"},
        {"list": "us-ccl", "code": "5A980"},
    ]


def test_every_territory_can_be_chosen_once() -> None:
    keys = [key for key, _ in places()]
    assert len(keys) == len(set(keys))
    assert {"", "XK", "QR", "TR"} <= set(keys)
