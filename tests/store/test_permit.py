"""Nothing under the ledger changes outside a flow, and nothing that is written once changes at all."""

from __future__ import annotations

import pytest

from safeconduct.store.models import Case, Record
from safeconduct.store.permit import NotPermitted, permitted

pytestmark = pytest.mark.django_db


def new_case(reference: str = "XX-2026-0001") -> Case:
    case = Case(
        reference=reference,
        state="submitted",
        organisation="Norvik Systems",
        marking="open",
        opened="2026-10-05T08:00:00Z",
    )
    case.save()
    return case


def new_record(case: Case) -> Record:
    return Record.objects.create(
        case=case, number=1, kind="submission", body="{}", sha256="0" * 64, author="ada", author_role="officer", at="x"
    )


def test_a_row_is_not_saved_outside_a_flow() -> None:
    with pytest.raises(NotPermitted, match="store_case"):
        new_case()
    assert not Case.objects.exists()


def test_a_flow_saves_and_every_row_is_noted_once() -> None:
    with permitted() as permit:
        case = new_case()
        case.title = "NetScope TQ-900"
        case.save()
        record = new_record(case)
    assert list(permit.rows) == [("store_case", str(case.pk)), ("store_record", str(record.pk))]


def test_a_flow_calls_no_flow() -> None:
    with permitted(), pytest.raises(NotPermitted, match="calls no flow"), permitted():
        pass


def test_a_permit_ends_with_its_flow_even_when_that_fails() -> None:
    with pytest.raises(LookupError), permitted():
        raise LookupError
    with pytest.raises(NotPermitted):
        new_case()


def test_a_record_is_written_once() -> None:
    with permitted():
        record = new_record(new_case())
        record.body = '{"changed":true}'
        with pytest.raises(NotPermitted, match="written once"):
            record.save()
        with pytest.raises(NotPermitted, match="written once"):
            Record.objects.get(pk=record.pk).save()
    assert Record.objects.get(pk=record.pk).body == "{}"


def test_nothing_is_deleted_or_written_in_bulk() -> None:
    with permitted():
        case = new_case()
        for attempt in (
            case.delete,
            Case.objects.all().delete,
            lambda: Case.objects.update(state="approved"),
            lambda: Case.objects.bulk_create([Case()]),
            lambda: Case.objects.bulk_update([case], ["state"]),
        ):
            with pytest.raises(NotPermitted):
                attempt()
    assert Case.objects.get().state == "submitted"
