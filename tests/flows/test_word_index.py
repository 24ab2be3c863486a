"""The words of the control lists are indexed once, and suggest the same whether built or opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.classify import suggest
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.core.item import Datasheet, Item
from safeconduct.flows import word_index as module
from safeconduct.flows.word_index import word_index
from safeconduct.sources.model import ControlParagraph, Edition
from safeconduct.store import blobs

ITEM = Item(1, "Decryption of telephone calls", datasheet=Datasheet("sheet", ("over satellites",)))
TEXTS = {"9A1.a": "Receivers that decrypt satellite telephony", "9A1.b": "Antennas of a parabolic shape"}


@pytest.fixture(autouse=True)
def _forgetful() -> None:
    module._of.cache_clear()


def loaded(home: Path, texts: dict[str, str] = TEXTS) -> Edition:
    records = [ControlParagraph("xx-list", code, "9A1", "paragraph", text, code) for code, text in texts.items()]
    lines = b"".join(canonical.encode(record) + b"\n" for record in records)
    return Edition(
        key="xx-list",
        publisher="",
        kind="control_list",
        published="2026-01-01",
        obtained="2026-01-02",
        raw=(),
        normalised=blobs.keep(home, lines),
        reader="",
        count=len(records),
        skipped=0,
        files=(),
        licence="",
        fictional=True,
    )


def kept(home: Path) -> Path:
    (path,) = (home / "index").iterdir()
    return path


def test_a_second_process_opens_what_the_first_has_built(tmp_path: Path) -> None:
    edition = loaded(tmp_path)
    built = word_index([edition], tmp_path)
    module._of.cache_clear()
    blobs.path_of(tmp_path, edition.normalised).unlink()  # so that it cannot be built again
    again = word_index([edition], tmp_path)
    assert suggest(again, ITEM) == suggest(built, ITEM) != ()
    assert again == built


@pytest.mark.parametrize("damage", [b"", b"x" * 40, None])
def test_a_damaged_index_is_built_anew(tmp_path: Path, damage: bytes | None) -> None:
    edition = loaded(tmp_path)
    built = word_index([edition], tmp_path)
    whole = kept(tmp_path).read_bytes()
    kept(tmp_path).write_bytes(whole[:-1] if damage is None else damage)
    module._of.cache_clear()
    assert word_index([edition], tmp_path) == built
    assert kept(tmp_path).read_bytes() == whole


def test_another_set_of_editions_has_its_own(tmp_path: Path) -> None:
    one, other = loaded(tmp_path), loaded(tmp_path, {"9A2": "Pumps for sea water"})
    assert word_index([one], tmp_path) != word_index([one, other], tmp_path)
    assert len(list((tmp_path / "index").iterdir())) == 2


def test_a_list_whose_bytes_were_altered_is_refused(tmp_path: Path) -> None:
    edition = loaded(tmp_path)
    blobs.path_of(tmp_path, edition.normalised).write_bytes(b"altered")
    with pytest.raises(Refusal, match="altered"):
        word_index([edition], tmp_path)
    assert not (tmp_path / "index").exists()
