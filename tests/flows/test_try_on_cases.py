"""A pack run over past cases before it is signed: who would change, by which rule, and nothing is touched."""

from __future__ import annotations

import msgspec
import pytest

from safeconduct.assess import Assessment, Inputs, PolicyUsed, judge
from safeconduct.assess.under_another import under
from safeconduct.core import canonical
from safeconduct.core.canonical import sha256
from safeconduct.core.errors import Refusal
from safeconduct.flows import try_on_cases as module
from safeconduct.flows.catalogue import catalogue
from safeconduct.flows.gathering import control_tests
from safeconduct.flows.packs import resolve
from safeconduct.flows.try_on_cases import Trial, try_on_cases
from safeconduct.policy import load_pack
from safeconduct.store.models import Case, LedgerEntry, Pack, Record
from tests.flows.office import REFERENCE, Office, starter
from tests.people import OFFICER, POLICY_LEAD

EXTENDING = f'language = 1\nname = "ours"\ntitle.en = "Ours"\nextends = "reference@sha256:{sha256(REFERENCE)}"\n'
STRICTER = """
[[rule]]
id = "XX-1"
group = "red_flag"
when = {fact = "case.kind", is = "individual_licence"}
then = "refer"
cites = "the test"
text.en = "Every individual licence is looked at twice."
"""
EXAMPLES = "".join(
    f'\n[[example]]\nrule = "XX-1"\nfacts = {{{facts}}}\nexpect = "{expect}"\n'
    for facts, expect in (
        ('"case.kind" = "individual_licence"', "met"),
        ('"case.kind" = "service"', "not_met"),
        ("", "cannot_tell"),
        ('"case.kind" = {conflict = ["service", "individual_licence"]}', "cannot_tell"),
    )
)


def tried(office: Office, more: str = "", **how: int) -> Trial:
    return try_on_cases(POLICY_LEAD, (EXTENDING + more).encode(), "ours.toml", at=office.at, **how)  # type: ignore[arg-type]


def test_the_same_rules_change_no_case(office: Office) -> None:
    for case in ("1", "2c", "3"):
        office.worked(starter(case))
    found = tried(office)
    assert (found.cases, found.changing, found.changed, found.failed) == (3, 0, (), ())
    assert sum(flow.cases for flow in found.flows) == 3


def test_a_stricter_rule_is_named_with_the_cases_it_would_change(office: Office) -> None:
    calm, referred = office.worked(starter("2a")), office.worked(starter("1"))
    assert (calm.outcome, referred.outcome) == ("no-objection", "refer")
    found = tried(office, STRICTER)
    assert [(one.case, one.old, one.new, one.rules) for one in found.changed] == [
        (calm.case, "no-objection", "refer", ("XX-1",))
    ]
    assert [(one.old, one.new, one.cases, one.rules) for one in found.flows] == [
        ("no-objection", "refer", 1, (("XX-1", 1),)),
        ("refer", "refer", 1, ()),
    ]


def test_a_rule_taken_away_is_named_where_the_outcome_becomes_less_strict(office: Office) -> None:
    case = office.worked(starter("3"))
    assert case.outcome == "need-information"
    office.put_in_force((EXTENDING + STRICTER + EXAMPLES).encode())
    office.assess(case.case)
    assert Case.objects.get().outcome == "refer"
    found = try_on_cases(POLICY_LEAD, REFERENCE, at=office.at)
    assert [(one.old, one.new, one.rules) for one in found.changed] == [("refer", "need-information", ("XX-1",))]


def test_a_rule_that_was_met_before_and_asks_for_more_now_is_named(office: Office) -> None:
    office.worked(starter("2a"))
    office.put_in_force((EXTENDING + STRICTER + EXAMPLES).replace('"refer"', '"conditions"').encode())
    case = office.assess(Case.objects.get().reference)
    assert case.outcome == "conditions"
    found = tried(office, STRICTER)
    assert [(one.old, one.new, one.rules) for one in found.changed] == [("conditions", "refer", ("XX-1",))]


def test_a_trial_writes_nothing(office: Office) -> None:
    office.worked(starter("2c"))

    def rows() -> tuple[object, ...]:
        counted = (model.objects.count() for model in (Record, LedgerEntry, Pack))
        return (*counted, Case.objects.values().get())

    before = rows()
    tried(office, STRICTER)
    assert rows() == before


def test_chunks_and_one_pass_tell_the_same(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for case in ("1", "2c", "3", "5"):
        office.worked(starter(case))
    whole = tried(office, STRICTER)
    monkeypatch.setattr(module, "CHUNK", 1)
    assert tried(office, STRICTER) == whole
    cut = tried(office, STRICTER, newest=1)
    assert (cut.cases, cut.left_out) == (1, 3)


def test_whoever_may_not_sign_may_not_try(office: Office) -> None:
    with pytest.raises(Refusal, match="may not sign_pack"):
        try_on_cases(OFFICER, REFERENCE, at=office.at)


def test_a_pack_with_a_slip_is_refused_with_its_line(office: Office) -> None:
    with pytest.raises(Refusal, match=r"ours\.toml.*line 9"):
        tried(office, STRICTER.replace("case.kind", "case.knid"))


@pytest.mark.parametrize("name", ["1", "2a", "2c", "4"])
def test_what_is_taken_from_the_record_makes_no_difference(office: Office, name: str) -> None:
    """Judged in full, with the goods classified anew, the case has the same outcome and the same floors."""
    case = office.worked(starter(name)).case
    rows = {row.kind: row.body.encode() for row in Record.objects.filter(case__reference=case)}
    inputs, old = canonical.decode(rows["inputs"], Inputs), canonical.decode(rows["assessment"], Assessment)
    pack = load_pack((EXTENDING + STRICTER).encode(), "ours", catalogue(), resolve)
    tests = [one.tests for one in control_tests()]
    used = PolicyUsed(pack.name, pack.sha256, False)
    whole = judge(msgspec.structs.replace(inputs, policy=used), pack, tests, catalogue())
    short = under(inputs, old, pack, tests, catalogue())
    assert short.outcome is whole.outcome
    assert [line.floors for line in short.lines] == [line.floors for line in whole.lines]
