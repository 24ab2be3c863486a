"""A rating counts at the next assessment, and the assessments made before it stay as they were."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from safeconduct.access import Actor
from safeconduct.assess import Assessment
from safeconduct.core import canonical
from safeconduct.core.finding import Verdict
from safeconduct.flows.casefile import case_file
from safeconduct.flows.gathering import rated
from safeconduct.flows.rate_line import RateLine, rate_line
from safeconduct.flows.replay import replay
from safeconduct.flows.situation import situation
from safeconduct.store.models import Case, Record
from tests.flows.office import Office, starter
from tests.people import ADVISER, OFFICER

ENTRY = "2B350.g"  # of eu-annex1, which no test reaches
LISTED = "CT-05"  # the rule of the reference policy that a control entry catches the item


def declaring(office: Office, **line: Any) -> str:
    """A case whose goods no test catches, with an entry declared that none reaches; assessed once."""
    application = starter("2c")
    application["lines"][0] |= {"declared": [{"list": "eu-annex1", "code": ENTRY}], **line}
    case = office.submit(application).case
    office.worker.work_off()
    office.assess(case)
    return case


def rate(office: Office, case: str, said: Any, actor: Actor = OFFICER, code: str = ENTRY) -> None:
    order = RateLine(case=case, line=1, list="eu-annex1", code=code, rating=said, reasons="Its valves were read.")
    rate_line(actor, order, key=office.key(), at=office.at)


def assessed(office: Office, case: str) -> Assessment:
    _, _, number = office.assess(case).assessment.partition("/")
    return canonical.decode(Record.objects.get(case__reference=case, number=number).body.encode(), Assessment)


def listed(found: Assessment) -> Verdict:
    return next(each.verdict for each in found.findings if each.rule == LISTED)


@pytest.mark.parametrize(
    ("said", "verdict"), [("caught", Verdict.MET), ("freed", Verdict.NOT_MET), ("outside", Verdict.NOT_MET)]
)
def test_a_rating_settles_the_declared_entry_at_the_next_assessment(
    office: Office, said: str, verdict: Verdict
) -> None:
    case = declaring(office)
    assert listed(assessed(office, case)) is Verdict.CANNOT_TELL
    rate(office, case, said)
    found = assessed(office, case)
    assert listed(found) is verdict
    evidence = [each for one in found.findings if one.rule == LISTED for each in one.evidence]
    (cited,) = {each.source for each in evidence if each.fact == "line.rated"}
    assert (cited.author, cited.date) == (OFFICER.id, office.now.date().isoformat())
    assert cited.ref.partition("/")[0] == case


def is_current(office: Office, case: str) -> bool:
    return situation(Case.objects.get(reference=case), OFFICER, office.at.today()).assessment_current


def test_people_who_differ_leave_it_open_until_one_of_them_rates_again(office: Office) -> None:
    case = declaring(office)
    rate(office, case, "caught")
    rate(office, case, "outside", ADVISER)
    found = assessed(office, case)
    assert listed(found) is Verdict.CANNOT_TELL
    gaps = {(gap.fact, gap.why) for each in found.findings if each.rule == LISTED for gap in each.missing}
    assert gaps == {("item.listed", "conflicting")}
    rate(office, case, "caught", ADVISER)
    assert listed(assessed(office, case)) is Verdict.MET


def test_what_was_assessed_before_the_rating_is_replayed_as_it_was_and_is_not_current_any_more(office: Office) -> None:
    case = declaring(office)
    before = office.assess(case).assessment
    assert is_current(office, case)
    rate(office, case, "caught")
    assert not is_current(office, case)
    assert replay(OFFICER, before, at=office.at).same
    after = office.assess(case).assessment
    assert after != before
    assert replay(OFFICER, after, at=office.at).same


def test_goods_described_or_known_otherwise_since_are_not_freed_by_what_was_rated_before(office: Office) -> None:
    case = declaring(office)
    rate(office, case, "outside")
    rate(office, case, "caught", code="2B230")
    row = Case.objects.get(reference=case)
    file = case_file(row)
    assert [one.rating for one in rated(row, file)] == ["outside", "caught"]
    (item, *lines) = file.lines
    changed = msgspec.structs.replace(item, description="Now cooled")
    again = msgspec.structs.replace(file, lines=(changed, *lines))
    assert [one.rating for one in rated(row, again)] == ["caught"]
    kind = next(one for one in file.statements if (one.fact, one.subject) == ("item.kind", "line:1"))
    others = tuple(one for one in file.statements if one is not kind)
    for known in (others, (*others, msgspec.structs.replace(kind, value="other"))):
        assert [one.rating for one in rated(row, msgspec.structs.replace(file, statements=known))] == ["caught"]
