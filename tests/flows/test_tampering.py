"""Whoever alters a row, a kept file or the ledger with the database's own rights is found out, entry by entry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection, models, transaction

from safeconduct.assess.appraisal import Appraisal
from safeconduct.flows import ledgering
from safeconduct.flows.appraise_case import Appraise, appraise_case
from safeconduct.flows.clear_match import ClearMatch, clear_match
from safeconduct.flows.confirm_clearance import ConfirmClearance, confirm_clearance
from safeconduct.flows.fetch_edition import FetchEdition, fetch_edition
from safeconduct.flows.lapse_question import Lapse, lapse_question
from safeconduct.flows.make_api_key import MakeApiKey, make_api_key
from safeconduct.flows.people import CONSOLE
from safeconduct.flows.rate_line import RateLine, rate_line
from safeconduct.flows.reading import assessment
from safeconduct.flows.record_decision import Decide, record_decision
from safeconduct.flows.state_finding import StateFinding, state_finding
from safeconduct.flows.verify_ledger import export_bundle, verify_ledger
from safeconduct.ledger import Report, public_key
from safeconduct.ledger.bundle import verify_bundle
from safeconduct.policy.outcome import Outcome
from safeconduct.store import blobs
from safeconduct.store.ledgered import Ledgered, ledgered_models
from safeconduct.store.models import Blob, Case, Checkpoint, LedgerEntry, Question, Record
from tests.flows.office import NSO, OTHERS, Office, starter
from tests.flows.register import Register, entry
from tests.people import COUNTERSIGNER, OFFICER


class Undo(Exception):
    """Ends a block so that what it wrote is undone."""


@pytest.fixture
def full_office(office: Office) -> Office:
    """At least one row in every table under the ledger."""
    lapsing = office.worked(starter("3")).case
    listed = starter("5")
    case = office.worked(listed).case
    party = next(one["id"] for one in listed["parties"] if one["name"] == "NSO Group")
    match = {"case": case, "party": party, "source": "bis-el", "entry": _alert(case)}
    clear_match(OFFICER, ClearMatch(**match, grounds="seen on paper: another firm"), key=office.key(), at=office.at)
    confirm_clearance(COUNTERSIGNER, ConfirmClearance(**match, confirm=True), key=office.key(), at=office.at)
    beside_the_cases(office, lapsing)
    party_entry = entry(lapsing, starter("3")["parties"][0]["id"])
    own = Appraisal(Outcome.REFER, "Nobody outside the end-user reviews the use.", (), ())
    told = StateFinding(party=party_entry, kind="finding", said="sold on", source="court file", date="2026-09-01")
    rated = RateLine(case=lapsing, line=1, list="eu-annex1", code="5A001.j", rating="outside", reasons="no such search")
    rate_line(OFFICER, rated, key=office.key(), at=office.at)
    state_finding(OFFICER, told, key=office.key(), at=office.at)
    appraise_case(OFFICER, Appraise(case=lapsing, appraisal=own), key=office.key(), at=office.at)
    office.days_pass(40)
    lapse_question(OFFICER, Lapse(case=lapsing, ending="refuse"), key=office.key(), at=office.at)
    record_decision(OFFICER, Decide(case=case, decision="refuse", reasons="listed"), key=office.key(), at=office.at)
    for model in ledgered_models():
        assert model.objects.exists(), model
    assert verify_ledger(CONSOLE, at=office.at).holds
    return office


def beside_the_cases(office: Office, case: str) -> None:
    """A register with a merge and a tie, a rescreening, a fetch that failed, a key for a program."""
    register = Register(office)
    one, other = (entry(case, party["id"]) for party in starter("3")["parties"][:2])
    register.tie(one, holder=other, share="30")
    register.merge(one, other)
    office.load_list(NSO, *OTHERS, {"name": "Quenby Thistlewood", "aliases": [], "country": "Iran"}, day="2026-10-20")
    office.worker.rescreen()
    failed = FetchEdition(source="un-sc", reader="un-sc", obtained="2026-11-02", failure="nobody answers")
    fetch_edition(OFFICER, failed, key=office.key(), at=office.at)
    made = MakeApiKey(person=OFFICER.id, token_sha256="0" * 64, start="sck_", label="statistics")
    make_api_key(CONSOLE, made, key=office.key(), at=office.at)


def _alert(case: str) -> str:
    found = assessment(OFFICER, case)
    matches = [match for party in found["parties"] for match in party["matches"]]
    return next(str(match["entry"]) for match in matches if match["answer"] == "likely_same")


def verified_after(office: Office, statement: str, values: list[Any]) -> Report:
    """The report after one statement, which is then undone."""
    found: list[Report] = []
    try:
        with transaction.atomic(), connection.constraint_checks_disabled(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            assert cursor.rowcount == 1, statement
            found.append(verify_ledger(CONSOLE, at=office.at))
            raise Undo
    except Undo:
        return found[0]


def altered(value: Any) -> Any:
    """``value`` with one byte changed."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, (bytes, memoryview)):
        data = bytes(value)
        return bytes([data[0] ^ 1]) + data[1:]
    return "x" if not value else chr(ord(value[0]) ^ 1) + value[1:]


def test_one_byte_altered_in_any_column_of_any_table_is_found(full_office: Office) -> None:
    missed, tried = [], 0
    for model in ledgered_models():
        table = model._meta.db_table
        for field in model._meta.concrete_fields:
            if field.primary_key or field.is_relation:
                continue
            row = model.objects.get(pk=last_key(model))
            value = altered(getattr(row, field.attname))
            statement = f'UPDATE {table} SET "{field.column}" = %s WHERE id = %s'
            report = verified_after(full_office, statement, [value, row.pk])
            tried += 1
            named = [one for one in report.problems if (one.table, one.key) == (table, str(row.pk))]
            if not named or named[0].entry is None:
                missed.append(f"{table}.{field.column}: {report.problems}")
    assert not missed
    assert tried > 75


def test_a_row_moved_to_another_case_or_key_is_found(full_office: Office) -> None:
    for model in ledgered_models():
        row = model.objects.get(pk=last_key(model))
        for field in model._meta.concrete_fields:
            if field.primary_key or field.is_relation:
                old = getattr(row, field.attname)
                statement = f'UPDATE {model._meta.db_table} SET "{field.column}" = %s WHERE id = %s'
                assert not verified_after(full_office, statement, [(old or 0) + 1000, row.pk]).holds, field


def test_a_table_that_lost_a_row_or_has_one_more_is_found(full_office: Office) -> None:
    for model in ledgered_models():
        table, key = model._meta.db_table, last_key(model)
        gone = verified_after(full_office, f"DELETE FROM {table} WHERE id = %s", [key])
        assert [(one.kind, one.key) for one in gone.problems if one.table == table] == [("row_gone", str(key))]
        columns = [field for field in model._meta.concrete_fields if not field.primary_key]
        names = ", ".join(f'"{field.column}"' for field in columns)
        values = ", ".join(fresh(field) or f'"{field.column}"' for field in columns)
        copy = f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE id = %s"
        more = verified_after(full_office, copy, [key])
        assert "row_unknown" in [one.kind for one in more.problems if one.table == table]


def fresh(field: models.Field[Any, Any]) -> str:
    """A value that stands in no other row, for columns of which each row needs its own; else nothing."""
    constraints = [one for one in field.model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    if not field.unique and not any(one.fields[-1] == field.name for one in constraints):
        return ""
    return "'new'" if isinstance(field, models.CharField) else "987654"


def last_key(model: type[Ledgered]) -> int:
    key: int = model.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    return key


def test_the_ledger_itself_cannot_be_altered_unseen(full_office: Office) -> None:
    last = LedgerEntry.objects.order_by("index").last()
    assert last is not None
    for column in ("leaf", "salt", "event"):
        value = altered(getattr(last, column))
        statement = f'UPDATE store_ledgerentry SET {column} = %s WHERE "index" = %s'
        report = verified_after(full_office, statement, [value, last.index - 3])
        assert last.index - 3 in [one.entry for one in report.problems], column
    for statement, values in (
        ('DELETE FROM store_ledgerentry WHERE "index" = %s', [last.index]),
        ('DELETE FROM store_ledgerentry WHERE "index" = %s', [0]),
        ('UPDATE store_ledgerentry SET "index" = "index" + 10 WHERE "index" = %s', [last.index]),
        ("UPDATE store_frontier SET document = %s WHERE id = 1", ['{"edge":[],"size":0}']),
        ("UPDATE store_frontier SET document = %s WHERE id = 1", ["x"]),
        ("UPDATE store_checkpoint SET note = %s WHERE size = %s", ["forged\n", last.index + 1]),
    ):
        assert not verified_after(full_office, statement, values).holds, statement


def test_an_altered_or_missing_file_is_found(full_office: Office) -> None:
    for blob in Blob.objects.all():
        path = blobs.path_of(full_office.home, blob.sha256)
        data = path.read_bytes()
        path.write_bytes(altered(data))
        report = verify_ledger(CONSOLE, at=full_office.at)
        assert [(one.kind, one.key) for one in report.problems] == [("blob_changed", blob.sha256)]
        assert report.problems[0].entry is not None
        path.unlink()
        assert [one.kind for one in verify_ledger(CONSOLE, at=full_office.at).problems] == ["blob_gone"]
        path.write_bytes(data)
    assert verify_ledger(CONSOLE, at=full_office.at).holds


def test_a_rewriting_of_row_and_ledger_is_found_by_whoever_kept_a_checkpoint(full_office: Office) -> None:
    held = ledgering.checkpoints()[-1]
    Checkpoint.objects.all().delete()
    last = LedgerEntry.objects.order_by("index").last()
    assert last is not None
    last.delete()
    assert not verify_ledger(CONSOLE, [held], at=full_office.at).holds


def test_values_that_only_look_alike_are_told_apart(full_office: Office) -> None:
    """SQLite keeps what it is given; each of these reads the same through a lenient driver."""
    if connection.vendor != "sqlite":
        statement = "UPDATE store_question SET decisive = NOT decisive WHERE id = %s"
        assert not verified_after(full_office, statement, [last_key(Question)]).holds
        return
    record = Record.objects.order_by("pk").first()
    assert record is not None
    for statement in (
        "UPDATE store_question SET decisive = 2 WHERE id = (SELECT max(id) FROM store_question)",
        f"UPDATE store_record SET body = CAST(body AS BLOB) WHERE id = {record.pk}",
        f"UPDATE store_record SET body = CAST(x'7bff7d' AS TEXT) WHERE id = {record.pk}",
        f"UPDATE store_record SET body = body || x'00' WHERE id = {record.pk}",
        f"UPDATE store_record SET number = 1.5 WHERE id = {record.pk}",
        f"UPDATE store_record SET at = replace(at, 'T', ' ') WHERE id = {record.pk}",
    ):
        assert not verified_after(full_office, statement, []).holds, statement


def test_an_exported_bundle_proves_the_same_elsewhere(full_office: Office, tmp_path: Path) -> None:
    export_bundle(CONSOLE, tmp_path / "ledger.zip", at=full_office.at)
    keys = [public_key(full_office.at.signer)]
    whole = verify_bundle(tmp_path / "ledger.zip", keys)
    assert whole.holds
    assert whole.rows == verify_ledger(CONSOLE, at=full_office.at).rows
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE store_case SET outcome = 'no-objection' WHERE id = %s", [last_key(Case)])
        export_bundle(CONSOLE, tmp_path / "altered.zip", at=full_office.at)
    altered_bundle = verify_bundle(tmp_path / "altered.zip", keys)
    assert [(one.table, one.key) for one in altered_bundle.problems] == [("store_case", str(last_key(Case)))]
