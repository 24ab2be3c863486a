"""Files of any length: every row answered in order, on the lists it began with, resumed where it was broken off."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.flows import screen_batch as batching
from safeconduct.flows.people import CONSOLE
from safeconduct.flows.record_batch import RecordBatch, record_batch
from safeconduct.flows.screen_batch import ANSWERS, Batch, refuse_batch, screen_batch
from safeconduct.flows.verify_ledger import verify_ledger
from safeconduct.store.models import LedgerEntry
from tests.flows.office import NSO, OTHERS, Office
from tests.people import EXPORTER, OFFICER

HEAD = "id,name,kind,country,born\n"
ROWS = [
    "1,NSO Group,company,Israel,",
    "2,NSO Group,,,",
    "3,Quentin Ashdown,person,GB,1970",
    "4,,,,",
    "5,=HYPERLINK(A1),person,,03/04/1975",
    "6,NSO Group,person,,",
]


def no_step(_done: int, _total: int, _what: str) -> None:
    """Nobody watches."""


class Files:
    """A file to screen, and where results go."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.folder = office, folder
        self.source = folder / "in.csv"

    def write(self, rows: list[str]) -> None:
        self.source.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")

    def run(self, name: str = "out.jsonl", step: Callable[[int, int, str], None] = no_step) -> Batch:
        return screen_batch(OFFICER, self.source, self.folder / name, step, self.office.at)

    def lines(self, name: str = "out.jsonl") -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / name).read_text(encoding="utf-8").splitlines()]

    def cells(self, name: str = "out.csv") -> list[dict[str, str]]:
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture
def files(office: Office, tmp_path: Path) -> Files:
    found = Files(office, tmp_path)
    found.write(ROWS)
    return found


def test_every_row_is_answered_and_the_sum_told(files: Files) -> None:
    done = files.run()
    assert done.rows == len(ROWS)
    counts = {"likely_same": 1, "cannot_tell": 2, "not_searched": 0, "different": 0, "none": 1, "bad_row": 2}
    assert done.counts == counts
    assert [(row.line, row.why.split(":")[0]) for row in done.bad] == [(5, "name"), (6, "born")]
    assert set(done.counts) == set(ANSWERS)


def test_json_lines_say_what_they_were_seen_with_and_end_with_the_sum(files: Files) -> None:
    done = files.run()
    head, *rows, end = files.lines()
    assert head["type"] == "batch"
    assert head["input"] == done.input
    assert head["matcher"] == done.matcher
    assert [(one["source"], one["sha256"]) for one in head["editions"]] == [("bis-el", done.editions[0].normalised)]
    assert [(row["line"], row["id"], row["answer"]) for row in rows] == [
        (2, "1", "likely_same"), (3, "2", "cannot_tell"), (4, "3", "none"), (5, "4", "bad_row"), (6, "5", "bad_row"),
        (7, "6", "cannot_tell"),
    ]  # fmt: skip
    assert rows[0]["matches"][0]["reason"].startswith("An organisation")
    assert rows[3]["why"]
    assert end == {"type": "summary", **done.counts}


def test_csv_has_a_line_for_each_match_and_for_each_row_without_one(files: Files) -> None:
    done = files.run("out.csv")
    rows = files.cells()
    assert [(row["line"], row["answer"], row["listed_name"]) for row in rows] == [
        ("2", "likely_same", "NSO Group"), ("3", "cannot_tell", "NSO Group"), ("4", "none", ""), ("5", "bad_row", ""),
        ("6", "bad_row", ""), ("7", "cannot_tell", "NSO Group"),
    ]  # fmt: skip
    assert {row["lists"] for row in rows} == {f"bis-el {done.editions[0].normalised[:12]}"}
    assert {row["matcher"] for row in rows} == {done.matcher}


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_no_cell_is_taken_for_a_formula(files: Files, mark: str) -> None:
    files.write([f"{mark}1,{mark}cmd|' /C calc'!A0,person,,"])
    files.run("out.csv")
    (row,) = files.cells()
    assert row["id"] == f"'{mark}1"
    assert row["name"].startswith(f"'{mark}")


def test_a_batch_that_was_broken_off_goes_on_and_ends_alike(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "SAVED_EVERY", 2)
    files.write(ROWS * 3)
    for name in ("out.csv", "out.jsonl"):
        whole = files.run(f"whole-{name}")

        def break_off(_done: int, _total: int, what: str) -> None:
            if what.startswith("10 rows"):
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            files.run(name, break_off)
        assert not (files.folder / name).exists()
        with (files.folder / f"{name}.part").open("ab") as part:
            part.write(b"half a li")  # what a kill may leave behind
        again = files.run(name)
        assert again.begun_with == 10
        assert (again.counts, again.bad) == (whole.counts, whole.bad)
        assert (files.folder / name).read_bytes() == (files.folder / f"whole-{name}").read_bytes()
        assert not list(files.folder.glob(f"{name}.part*"))


def test_another_input_or_a_lost_part_begins_anew(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "SAVED_EVERY", 2)

    def break_off(_done: int, _total: int, what: str) -> None:
        if what.startswith("4 rows"):
            raise KeyboardInterrupt

    spoils: tuple[Callable[[], None], ...] = (lambda: files.write(ROWS[::-1]), (files.folder / "out.jsonl.part").unlink)
    for spoil in spoils:
        with pytest.raises(KeyboardInterrupt):
            files.run(step=break_off)
        spoil()
        assert files.run().begun_with == 0


def test_a_list_replaced_meanwhile_changes_nothing_and_is_told(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "SAVED_EVERY", 1)
    files.run("alone.jsonl")
    loaded: list[object] = []

    def replace(_done: int, _total: int, what: str) -> None:
        if what.startswith("2 rows") and not loaded:
            loaded.append(files.office.load_list({**NSO, "name": "Quentin Ashdown"}, *OTHERS, day="2026-10-30"))

    done = files.run(step=replace)
    assert loaded
    assert done.replaced == ("bis-el",)
    assert (files.folder / "out.jsonl").read_bytes() == (files.folder / "alone.jsonl").read_bytes()
    assert files.run("after.jsonl").counts != done.counts


def test_a_batch_broken_off_before_a_list_was_replaced_ends_on_the_old_one(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batching, "SAVED_EVERY", 2)
    files.run("alone.jsonl")

    def break_off(_done: int, _total: int, what: str) -> None:
        if what.startswith("2 rows"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        files.run(step=break_off)
    files.office.load_list({**NSO, "name": "Quentin Ashdown"}, *OTHERS, day="2026-10-30")
    done = files.run()
    assert (done.begun_with, done.replaced) == (2, ("bis-el",))
    assert (files.folder / "out.jsonl").read_bytes() == (files.folder / "alone.jsonl").read_bytes()


def test_two_batches_do_not_write_the_same_result(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "SAVED_EVERY", 1)
    refused: list[Refusal] = []

    def meanwhile(_done: int, _total: int, what: str) -> None:
        if not refused and " rows" in what:
            with pytest.raises(Refusal, match="another batch is writing") as caught:
                files.run()
            refused.append(caught.value)

    assert files.run(step=meanwhile).rows == len(ROWS)
    assert refused


@pytest.mark.parametrize(
    ("source", "out", "says"),
    [
        ("absent.csv", "out.csv", "cannot be read"),
        (".", "out.csv", "cannot be read"),
        ("in.csv", "out.txt", "no kind of file"),
        ("in.csv", "no folder/out.csv", "no place"),
        ("in.csv", "in.csv", "take the place of the input"),
        ("in.csv", "/proc/out.csv", "cannot be written"),
        ("in.csv", f"{'a' * 300}.csv", "cannot be written"),
        ("no table.csv", "out.csv", "no column name"),
        ("other letters.csv", "out.csv", "not UTF-8"),
    ],
)
def test_places_that_cannot_be_are_refused_before_anything_is_done(
    files: Files, source: str, out: str, says: str
) -> None:
    (files.folder / "no table.csv").write_text("first,last\na,b\n", encoding="utf-8")
    (files.folder / "other letters.csv").write_bytes(b"name,l\xe4nd\na,b\n")
    with pytest.raises(Refusal, match=says) as refused:
        refuse_batch(OFFICER, files.folder / source, files.folder / out)
    assert refused.value.remedy
    with pytest.raises(Refusal, match=says):
        screen_batch(OFFICER, files.folder / source, files.folder / out, no_step, files.office.at)


def test_a_place_that_will_do_is_left_as_it_was(files: Files) -> None:
    before = sorted(files.folder.iterdir())
    refuse_batch(OFFICER, files.source, files.folder / "out.csv")
    assert sorted(files.folder.iterdir()) == before


def test_a_name_that_tells_too_little_is_not_searched_rather_than_none(files: Files) -> None:
    files.write(["1,Ltd,company,,", "2,Quentin,person,,", "3,NSO,company,,", "4,Quentin Ashdown,person,,"])
    done = files.run("out.csv")
    assert (done.counts["not_searched"], done.counts["none"]) == (2, 1)
    cells = files.cells()
    assert [row["answer"] for row in cells if row["id"] in ("1", "2", "4")] == ["not_searched", "not_searched", "none"]
    assert cells[0]["tells_too_little"].startswith("Ltd: It holds only")
    files.run("out.jsonl")
    _, first, second, _, last, _ = files.lines()
    assert [one["why"] for one in first["tells_too_little"]] == ["nothing_tells"]
    assert [one["why"] for one in second["tells_too_little"]] == ["one_name"]
    assert last["tells_too_little"] == []


def test_sorted_by_rank_the_gravest_answer_is_first_whatever_the_scores(files: Files) -> None:
    files.office.load_list(
        {**NSO, "name": "Orlan Tovik Marenko", "country": ""}, {**OTHERS[0], "name": "NSO Group"}, *OTHERS[1:],
        day="2026-11-01",
    )  # fmt: skip
    files.write([*ROWS, "7,Orlan Tovik Marenko,person,,", "8,Mr,person,,"])
    files.run("out.csv")
    order = ["likely_same", "cannot_tell", "not_searched", "bad_row", "different", "none"]
    ranked = sorted(files.cells(), key=lambda row: -int(row["rank"]))
    places = [min(order.index(row["answer"]), 2 + (row["answer"] in ("different", "none"))) for row in ranked]
    assert places == sorted(places)
    scores = [int(row["score"]) for row in ranked if row["answer"] == "cannot_tell"]
    assert scores == sorted(scores, reverse=True)
    files.run("out.jsonl")
    for row in files.lines()[1:-1]:
        assert row["rank"] >= max((match["rank"] for match in row.get("matches", [])), default=0)


def test_who_may_not_look_up_screens_no_file(files: Files) -> None:
    with pytest.raises(Refusal, match="may not look_up"):
        screen_batch(EXPORTER, files.source, files.folder / "out.csv", no_step, files.office.at)


def test_the_ledger_says_who_screened_which_file_with_what(files: Files) -> None:
    done = files.run()
    order = RecordBatch(
        input=done.input,
        output=done.output,
        rows=done.rows,
        counts=done.counts,
        editions=done.editions,
        matcher=done.matcher,
    )
    record_batch(OFFICER, order, key="k", at=files.office.at)
    entry = LedgerEntry.objects.order_by("-index").first()
    assert entry
    assert entry.event
    event = bytes(entry.event).decode()
    assert done.input in event
    assert done.output in event
    assert OFFICER.id in event
    assert not verify_ledger(CONSOLE, at=files.office.at).problems
