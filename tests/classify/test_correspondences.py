"""What an entry corresponds to in other lists and regimes: who says so, and what is only guessed from its number."""

from __future__ import annotations

import msgspec
import pytest

from safeconduct.classify.correspondences import Held, above, correspondences
from safeconduct.sources.model import ControlParagraph, Edition, RelevantEntry


def held(key: str, *codes: str, reasons: tuple[str, ...] = ()) -> Held:
    """Made, not issued by the publisher: a list with these codes."""
    edition = Edition(key, f"publisher of {key}", "control_list", "2026-01-01", "2026-02-01", (), key, "made/1", 1)
    texts = {
        code: ControlParagraph(
            key, code, code.rpartition(".")[0], "paragraph" if "." in code else "entry", f"text of {code}", code,
            reasons=reasons,
        )
        for code in codes
    }  # fmt: skip
    return Held(edition, texts)


LISTS = {
    "eu-annex1": held("eu-annex1", "5A001", "5A001.j", "1C107"),
    "us-ccl": held("us-ccl", "5A001", "5A001.j", reasons=("NS Column 1", "SL", "AT")),
}
TABLE = Edition("hr-relevant", "compiled", "relevant", "", "2026-03-01", (), "x", "made/1", 1)


def row(status: str) -> tuple[Edition, RelevantEntry]:
    return TABLE, RelevantEntry("eu-annex1", "5A001.j", "networks", "", status, "line 6", "wassenaar")


def test_a_stated_correspondence_is_as_sure_as_its_row_and_names_its_source() -> None:
    (first, *_) = correspondences("eu-annex1", "5A001.j", LISTS, [row("verified")])
    assert (first.other, first.code, first.basis, first.sure) == ("wassenaar", "5A001.j", "stated", True)
    assert (first.says, first.date) == ("compiled", "2026-03-01")
    assert not any(one.sure for one in correspondences("eu-annex1", "5A001.j", LISTS, [row("read (summary)")]))


def test_the_same_number_in_another_list_is_unsure() -> None:
    found = {one.other: one for one in correspondences("eu-annex1", "5A001.j", LISTS)}
    assert (found["us-ccl"].code, found["us-ccl"].basis, found["us-ccl"].sure) == ("5A001.j", "same_code", False)
    assert found["us-ccl"].says == "publisher of us-ccl"
    assert (found["wassenaar"].basis, found["wassenaar"].sure) == ("numbering", False)


def test_a_reason_for_control_names_the_regime_and_no_place_in_it() -> None:
    found = {one.other: one for one in correspondences("us-ccl", "5A001.j", LISTS)}
    assert (found["wassenaar"].basis, found["wassenaar"].code) == ("reason_for_control", "")
    assert correspondences("eu-annex1", "1C107", LISTS)[0].other == "mtcr"


def test_a_list_that_is_not_loaded_and_a_code_of_another_form_give_nothing() -> None:
    assert correspondences("xx-list", "5A001.j", {}) == ()
    assert correspondences("xx-list", "ML10", {"xx-list": held("xx-list", "ML10")}) == ()


def test_category_group_entry_and_paragraphs_stand_above_a_paragraph() -> None:
    assert above("5A001.j.1", LISTS["eu-annex1"].texts) == (
        ("5", ""), ("5A", ""), ("5A001", "text of 5A001"), ("5A001.j", "text of 5A001.j"),
    )  # fmt: skip
    assert above("ML10.a", {}) == (("ML10", ""),)


@pytest.mark.parametrize(
    ("line", "code", "named"),
    [
        ("NP applies to cameras controlled by 6A003.a.3 or a.4: NP Column 1", "6A003.b.4.b", False),
        ("NP applies to cameras controlled by 6A003.a.3 or a.4: NP Column 1", "6A003.a.4", True),
        ("NP applies to cameras controlled by 6A003.a.3 or a.4: NP Column 1", "6A003.a", True),
        ("NP applies to cameras controlled by 6A003.a.3 or a.4: NP Column 1", "6A003.a.3.b", True),
        ("NP applies to entire entry: NP Column 1", "6A003.b.4.b", True),
        ("NP applies to 6A003.a.3 and b: NP Column 1", "6A003.b.4.b", True),
        ("NP applies to 6A003.a.3 to a.5: NP Column 1", "6A003.a.4", True),
        ("NP applies to entire entry except 6A003.a.3: NP Column 1", "6A003.b.4.b", True),
        ("NP applies to items that 6A203.a.3 names: NP Column 1", "6A003.b.4.b", True),
        ("RS applies to 6A003.a.3: RS Column 1", "6A003.b.4.b", True),
    ],
)
def test_a_reason_for_control_of_named_paragraphs_names_no_regime_for_others(line: str, code: str, named: bool) -> None:
    lists = held("us-ccl", "6A003", "6A003.licence.1", reasons=("NP",))
    licence = msgspec.structs.replace(lists.texts["6A003.licence.1"], text=line, kind="licence")
    texts = {**lists.texts, "6A003.licence.1": licence}
    found = correspondences("us-ccl", code, {"us-ccl": Held(lists.edition, texts)})
    assert ("nsg" in {one.other for one in found if one.basis == "reason_for_control"}) is named
    assert not any(one.sure or one.code for one in found)
