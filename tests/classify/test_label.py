"""A seller's label frees nothing; an officer's finding on the design does."""

from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.fact import Fact, Known
from safeconduct.core.finding import Verdict
from tests.classify.sheets import SHEETS, Sheet
from tests.classify.tests_at_hand import classified, result, statuses
from tests.facts_doc import documented_catalogue

NAMED = {sheet.name: sheet for sheet in SHEETS}
REJECTED, OPEN = NAMED["Tarn Clearflow"], NAMED["Tarn Clearflow, design not read"]
LABELS = documented_catalogue().get("item.marketed_for")
assert LABELS is not None


def test_the_rejected_note_is_named_with_the_line_of_the_label_and_the_lines_that_refute_it() -> None:
    found = classified(REJECTED.item(), REJECTED.known())
    entry = result(found, "eu-annex1 5A001.j")
    assert (entry.status, entry.note) == ("caught", "5A001.j Note b")
    remark = next(each for each in found.findings if each.rule == "eu-annex1 5A001.j Note b label")
    assert remark.verdict is Verdict.NOT_MET
    assert remark.reason.key == "classify.label.rejected"
    assert remark.reason.params["label"] == ("quality_of_service",)
    places = [item.source.place for item in remark.evidence]
    assert places[0] == "line 8"
    assert {"line 5", "line 6", "line 7"} <= set(places)


def test_a_label_with_nothing_else_leaves_the_note_open_and_asks_for_the_design() -> None:
    found = classified(OPEN.item(), OPEN.known())
    entry = result(found, "eu-annex1 5A001.j")
    assert [gap.fact for gap in entry.questions] == ["item.specially_designed_for"]
    remark = next(each for each in found.findings if each.rule == "eu-annex1 5A001.j Note b label")
    assert remark.verdict is Verdict.CANNOT_TELL
    assert remark.reason.key == "classify.label.settles_nothing"


@given(st.sampled_from(SHEETS), st.sets(st.sampled_from(LABELS.words), min_size=1))
def test_no_label_changes_the_status_of_any_entry(sheet: Sheet, words: set[str]) -> None:
    facts = {key: fact for key, fact in sheet.known().items() if key != "item.marketed_for"}
    label: dict[str, Fact] = {"item.marketed_for": sheet.fact("item.marketed_for", tuple(sorted(words)), 1, "exporter")}
    assert statuses(classified(sheet.item(), facts | label)) == statuses(classified(sheet.item(), facts))


def test_a_label_that_fits_a_note_which_applies_needs_no_remark() -> None:
    sheet = NAMED["Marlo Campaign"]
    assert not [each for each in classified(sheet.item(), sheet.known()).findings if "label" in each.rule]


def test_a_design_that_is_only_partly_known_frees_nothing() -> None:
    sheet = NAMED["Marlo Campaign"]
    design = sheet.known()["item.specially_designed_for"]
    assert isinstance(design, Known)
    partly: dict[str, Fact] = {"item.specially_designed_for": Known(design.value, design.evidence, complete=False)}
    entry = result(classified(sheet.item(), sheet.known() | partly), "eu-annex1 5A001.j")
    assert entry.status == "cannot_tell"
    assert [(gap.fact, gap.why) for gap in entry.questions] == [("item.specially_designed_for", "not_searched")]


def test_a_limitation_that_is_only_partly_known_frees_nothing() -> None:
    sheet = NAMED["Corrie Chip Reader"]
    limit = sheet.known()["item.extraction_limited_to"]
    assert isinstance(limit, Known)
    partly: dict[str, Fact] = {"item.extraction_limited_to": Known(limit.value, limit.evidence, complete=False)}
    assert statuses(classified(sheet.item(), sheet.known() | partly))["us-ccl 5A004.b"] == "cannot_tell"
