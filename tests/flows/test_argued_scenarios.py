"""An adviser argues a misuse scenario; it is on record, raises the outcome, and nobody else may."""

from __future__ import annotations

import pytest

from safeconduct.access import Actor
from safeconduct.assess.argued import Argued, Lawful
from safeconduct.assess.model import Range
from safeconduct.core.errors import Refusal
from safeconduct.flows.argue_scenario import Argue, argue_scenario, library
from safeconduct.flows.catalogue import catalogue
from safeconduct.flows.reading import case_page, record
from safeconduct.flows.replay import replay
from tests.flows.office import Office, starter
from tests.people import ADVISER, COUNTERSIGNER, EXPORTER, OFFICER, OPEN_ADVISER, POLICY_LEAD

CLOSED = "A source in the operator told our embassy."


def argued(**changes: object) -> Argued:
    plain = {
        "id": "", "subject": "line:1", "plausible": True, "picked": "forensics-search",
        "right": "privacy, fair trial (ICCPR 14, 17)", "at_risk": "people stopped or detained", "actor": "violation",
        "how": "Telephones are read out at stops.", "scale": Range(3, 4), "scope": Range(2, 2),
        "irremediability": Range(1, 5), "likelihood": Range(2, 3), "confidence": "moderate",
        "why": "Stops without a court are on record.", "closed": CLOSED,
        "lawful": Lawful("Act 12", "no other way", "one device a warrant", "a complaint to the court"),
        "reasons_for": "Murders are solved with it.", "by": "", "at": "",
    }  # fmt: skip
    return Argued(**{**plain, **changes})  # type: ignore[arg-type]


def argue(office: Office, case: str, who: Actor = ADVISER, **changes: object) -> str:
    order = Argue(case=case, argued=argued(**changes))
    return argue_scenario(who, order, key=office.key(), at=office.at).scenario


def test_the_worst_dimension_counts_and_never_a_mean() -> None:
    found = argued()
    assert (found.severity.low, found.severity.high) == (3, 5)


def test_every_kind_of_item_has_a_scenario_to_pick() -> None:
    kind = catalogue().get("item.kind")
    assert kind is not None
    assert set(kind.words) == {word for one in library() for word in one.kinds}
    assert all(one.right and one.at_risk and one.how for one in library())


def test_what_an_adviser_argues_raises_the_outcome_and_is_replayed_to_the_same_bytes(office: Office) -> None:
    before = office.worked(starter("2b"))
    assert before.outcome in ("no-objection", "conditions")
    name = argue(office, before.case)
    after = office.assess(before.case)
    assert after.outcome == "minded-to-refuse"
    found = case_page(OFFICER, before.case).assessment
    assert found is not None
    assert name in {floor["by"] for line in found["lines"] for floor in line["because"]}
    assert replay(OFFICER, after.assessment).same


def test_a_scenario_never_lowers_an_outcome(office: Office) -> None:
    before = office.worked(starter("1"))
    argue(office, before.case, plausible=False, why="The operator has no such access.")
    assert office.assess(before.case).outcome == before.outcome


@pytest.mark.parametrize("who", [OFFICER, COUNTERSIGNER, POLICY_LEAD, EXPORTER])
def test_nobody_but_an_adviser_argues(office: Office, who: Actor) -> None:
    case = office.worked(starter("2b"), organisation=EXPORTER.organisation).case
    with pytest.raises(Refusal):
        argue(office, case, who)


@pytest.mark.parametrize(
    "bad",
    [
        {"why": " "},
        {"how": ""},
        {"likelihood": Range(4, 2)},
        {"scale": Range(0, 2)},
        {"subject": "line:9"},
        {"picked": "nothing"},
    ],
)
def test_an_argument_that_is_not_whole_is_refused(office: Office, bad: dict[str, object]) -> None:
    case = office.worked(starter("2b")).case
    with pytest.raises(Refusal):
        argue(office, case, ADVISER, **bad)


def test_the_closed_reason_is_read_by_whoever_may_and_by_nobody_else(office: Office) -> None:
    case = office.worked(starter("2b"), organisation=EXPORTER.organisation).case
    number = int(argue(office, case).removeprefix("AS-"))
    assert record(OFFICER, case, number)["closed"] == CLOSED
    assert CLOSED not in str(record(OPEN_ADVISER, case, number))
    with pytest.raises(Refusal):
        record(EXPORTER, case, number)
