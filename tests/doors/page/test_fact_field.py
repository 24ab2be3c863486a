"""Every fact of the vocabulary can be asked for, and what is answered is what is stated."""

from __future__ import annotations

import pytest
from django import forms
from django.http import QueryDict

from safeconduct.core.fact import FactType
from safeconduct.doors.page.fact_field import fact_field, shown, stated
from safeconduct.intake import FACTS

SIMPLE = {"number": "3", "decimal": "0.35", "date": "2026-03", "text": "Counted by hand\nat the gate"}


def answered(fact: FactType, *values: str) -> forms.Form:
    sent = QueryDict(mutable=True)
    sent.setlist("value", list(values))
    kind = type("Answer", (forms.Form,), {"value": fact_field(fact, label=fact.means)})
    form: forms.Form = kind(sent)
    return form


def one_answer(fact: FactType) -> str:
    if fact.kind == "flag":
        return "no"
    return fact.words[-1] if fact.words else SIMPLE.get(fact.kind, "x")


def fact(key: str) -> FactType:
    return next(item for item in FACTS if item.key == key)


@pytest.mark.parametrize("item", FACTS, ids=lambda item: item.key)
def test_an_answer_is_read_back_as_it_was_given(item: FactType) -> None:
    form = answered(item, one_answer(item))
    assert form.is_valid(), form.errors
    value = stated(item, form.cleaned_data["value"])
    assert value is not None
    again = shown(item, value)
    sent = again if isinstance(again, list) else [str(again)]
    form = answered(item, *sent)
    assert form.is_valid()
    assert stated(item, form.cleaned_data["value"]) == value


@pytest.mark.parametrize("item", FACTS, ids=lambda item: item.key)
def test_silence_states_nothing(item: FactType) -> None:
    form = answered(item)
    assert form.is_valid(), form.errors
    assert stated(item, form.cleaned_data["value"]) is None


def test_no_is_stated_and_is_not_silence() -> None:
    item = fact("user.oversight")
    assert stated(item, "no") is False


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("user.oversight", ["perhaps"]),
        ("user.kind", ["tax_office"]),
        ("use.sharing", ["none", "police"]),
        ("use.sharing", ["nobody"]),
    ],
)
def test_what_the_vocabulary_does_not_know_is_refused(key: str, values: list[str]) -> None:
    assert not answered(fact(key), *values).is_valid()


def test_words_are_stated_in_the_order_of_the_vocabulary() -> None:
    item = fact("user.access_by")
    assert stated(item, ["vendor", "intelligence"]) == ("intelligence", "vendor")


@pytest.mark.parametrize("bad", ["-1", "1e9", "one", "1" * 30])
def test_a_number_is_a_number(bad: str) -> None:
    item = FactType(key="x.n", kind="decimal", may_state=("officer",), unknown_means="", means="")
    assert answered(item, "1.5").is_valid()
    assert not answered(item, bad if bad != "-1" else "1 5").is_valid()


@pytest.mark.parametrize("bad", ["2026-13", "5 March", "2026-02-30"])
def test_an_impossible_date_is_refused(bad: str) -> None:
    item = FactType(key="x.d", kind="date", may_state=("officer",), unknown_means="", means="")
    assert not answered(item, bad).is_valid()
