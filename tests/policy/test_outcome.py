"""The order of outcomes."""

from __future__ import annotations

import itertools

import pytest

from safeconduct.policy import LICENSING, Outcome, is_stricter, strictest

IN_ORDER = ["prohibited", "minded-to-refuse", "refer", "need-information", "conditions", "no-objection"]


def test_the_six_answers_to_a_licence_stand_in_the_order_of_the_documentation() -> None:
    assert [str(outcome) for outcome in LICENSING] == IN_ORDER
    for stricter, milder in itertools.combinations(LICENSING, 2):
        assert is_stricter(stricter, milder)
        assert not is_stricter(milder, stricter)
        assert strictest([milder, stricter, milder]) is stricter
    assert not is_stricter(Outcome.REFER, Outcome.REFER)


@pytest.mark.parametrize("beside", [Outcome.NOT_CONTROLLED, Outcome.CATCH_ALL_NOTICE])
def test_answers_to_enquiries_cannot_be_compared(beside: Outcome) -> None:
    with pytest.raises(ValueError, match="answers an enquiry"):
        strictest([Outcome.REFER, beside])
    with pytest.raises(ValueError, match="answers an enquiry"):
        is_stricter(beside, Outcome.REFER)


def test_nothing_has_no_strictest() -> None:
    with pytest.raises(ValueError, match="empty"):
        strictest([])
