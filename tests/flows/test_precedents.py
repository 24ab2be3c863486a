"""Officers rate lines of goods; like goods rated before are found, and departing from them asks why."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from safeconduct.access import Actor, Marking
from safeconduct.core.errors import Refusal
from safeconduct.flows.casefile import case_file
from safeconduct.flows.people import SYSTEM
from safeconduct.flows.precedents import Precedent, precedents
from safeconduct.flows.rate_line import LineRated, RateLine, rate_line
from safeconduct.flows.verify_ledger import verify_ledger
from safeconduct.store.models import Case, Record
from tests.flows.office import Application, Office, starter
from tests.people import ADVISER, AUDITOR, EXPORTER, OFFICER


def case_of(office: Office, number: str = "1", **goods: Any) -> str:
    """A submitted starter case, with other fields of its first line."""
    application: Application = starter(number)
    application["lines"][0] |= goods
    return office.submit(application).case


def rate(office: Office, case: str, rating: str = "caught", actor: Actor = OFFICER, **more: str) -> LineRated:
    given: dict[str, Any] = {"rating": rating, "reasons": "It indexes.", **more}
    order = RateLine(case=case, line=1, list="eu-annex1", code="5A001.j", **given)
    return rate_line(actor, order, key=office.key(), at=office.at)


def seen(case: str, actor: Actor = OFFICER) -> tuple[Precedent, ...]:
    row = Case.objects.get(reference=case)
    file = case_file(row)
    return precedents(actor, file, file.lines[0], row)


def test_the_same_goods_in_a_later_case_show_how_they_were_rated_and_why(office: Office) -> None:
    first = case_of(office)
    done = rate(office, first)
    (found,) = seen(case_of(office))
    assert (found.case, found.record, found.rating, found.reasons) == (first, done.record, "caught", "It indexes.")
    assert (found.likeness, found.list, found.code, found.by) == ("same_name", "eu-annex1", "5A001.j", OFFICER.id)
    assert found.day == office.now.date().isoformat()


def test_a_case_is_no_precedent_of_itself(office: Office) -> None:
    case = case_of(office)
    rate(office, case)
    assert seen(case) == ()


def test_goods_of_another_name_with_the_same_kind_and_facts_are_alike(office: Office) -> None:
    rate(office, case_of(office))
    (found,) = seen(case_of(office, name="Quite another name"))
    assert found.likeness == "same_facts"
    assert "item.kind" in found.shared


def test_a_different_rating_of_like_goods_asks_why_and_keeps_the_answer(office: Office) -> None:
    first = case_of(office)
    earlier = rate(office, first)
    second = case_of(office)
    with pytest.raises(Refusal, match="like goods were rated otherwise") as refused:
        rate(office, second, "outside")
    assert f"{first}/{earlier.record}" in str(refused.value)
    done = rate(office, second, "outside", why_different="This build has no index.")
    assert done.against == (f"{first}/{earlier.record}",)
    kept = msgspec.json.decode(Record.objects.get(case__reference=second, number=done.record).body)
    assert (kept["why_different"], kept["against"]) == ("This build has no index.", list(done.against))


def test_the_same_rating_asks_nothing_more(office: Office) -> None:
    rate(office, case_of(office))
    assert rate(office, case_of(office)).against == ()


def test_goods_that_share_words_alone_are_shown_and_bind_nobody(office: Office) -> None:
    words = "portable resonance cutter for quarry blocks with diamond wire"
    rate(office, case_of(office, "2a", name="Cutter A", description=words))
    other = case_of(office, "1", name="Cutter B", description=words)
    assert [one.likeness for one in seen(other)] == ["near_words"]
    assert rate(office, other, "outside").against == ()


def test_of_several_ratings_of_one_line_the_newest_is_the_precedent(office: Office) -> None:
    first = case_of(office)
    rate(office, first)
    rate(office, first, "freed", reasons="The design was shown.")
    (found,) = seen(case_of(office))
    assert (found.rating, found.reasons) == ("freed", "The design was shown.")


def test_a_precedent_in_a_case_that_one_may_not_read_does_not_exist(office: Office) -> None:
    first = case_of(office)
    rate(office, first)
    second = case_of(office)
    blind = msgspec.structs.replace(OFFICER, cleared_to=Marking.OPEN, teams=())
    assert [one.case for one in seen(second, blind)] == [first]
    marked = office.submit({**starter("1"), "reference": "M-1"}, marking=Marking.SECRET).case
    secret = msgspec.structs.replace(OFFICER, cleared_to=Marking.SECRET)
    rate(office, marked, "outside", secret, why_different="Another design.")
    assert marked in {one.case for one in seen(second, secret)}
    assert marked not in {one.case for one in seen(second, blind)}


def test_a_rating_needs_a_person_who_works_on_cases_and_reasons(office: Office) -> None:
    case = case_of(office)
    for actor in (EXPORTER, AUDITOR, SYSTEM):
        with pytest.raises(Refusal):
            rate(office, case, actor=actor)
    with pytest.raises(Refusal, match="without reasons"):
        rate(office, case, reasons=" \n")
    assert rate(office, case, actor=ADVISER).record


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"line": 99}, "no such line"),
        ({"list": "EU list"}, "no control entry"),
        ({"code": "5A001 j"}, "no control entry"),
        ({"reasons": "a\u202eb"}, "U.202E"),
        ({"reasons": "x" * 20_000}, "more than"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_remedy(office: Office, wrong: dict[str, Any], why: str) -> None:
    given = {"case": case_of(office), "line": 1, "list": "eu-annex1", "code": "5A001.j", "rating": "caught",
             "reasons": "It indexes."}  # fmt: skip
    with pytest.raises(Refusal, match=why) as refused:
        rate_line(OFFICER, RateLine(**{**given, **wrong}), key=office.key(), at=office.at)
    assert refused.value.remedy


def test_ratings_stand_under_the_ledger(office: Office) -> None:
    rate(office, case_of(office))
    assert verify_ledger(OFFICER, at=office.at).holds
