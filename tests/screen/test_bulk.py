"""Very many parties: the same bytes from any number of workers, each chunk once, whatever is killed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.screen import Matcher, build_index, bulk
from tests.screen.listed import LISTED, party, records

DATA = records(*LISTED)
EDITIONS = (("made", hashlib.sha256(DATA).hexdigest()),)
NAMES = ("Zorab Vishtu", "Somebody Else", "🙂", "Vantrex Group", "Pelmo Drashik", "y" * 9_999, "Tirvan Okshel")


def some(count: int) -> Iterator[Party]:
    for number in range(count):
        yield party(NAMES[number % len(NAMES)], kind="unknown", born=("", "1971")[number % 2])


@pytest.fixture
def where(tmp_path: Path) -> Path:
    build_index(DATA, tmp_path / "index")
    return tmp_path / "index"


def test_every_party_has_its_line_in_order(where: Path) -> None:
    (part,) = bulk.chunks(some(7))
    found = bulk.answers(bulk.screened(where, EDITIONS, part))
    matcher = Matcher.open(where, EDITIONS)
    assert [one.screening for one in found if not one.refused] == [
        matcher.screen(one) for one in some(7) if one.name not in ("🙂", "y" * 9_999)
    ]
    assert ["no letter" in found[2].refused, "characters" in found[5].refused] == [True, True]


def test_chunks_hold_all_parties_once(where: Path) -> None:
    sizes = [len(part.splitlines()) for part in bulk.chunks(some(11), 4)]
    assert sizes == [4, 4, 3]
    assert list(bulk.chunks([])) == []


def test_other_chunks_say_the_same_of_each_party(where: Path) -> None:
    whole = b"".join(bulk.screened_all(where, EDITIONS, bulk.chunks(some(20), 20)))
    assert b"".join(bulk.screened_all(where, EDITIONS, bulk.chunks(some(20), 7))) == whole


def test_what_is_done_is_not_done_again(where: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = list(bulk.chunks(some(9), 3))
    first = bulk.kept(tmp_path / "out", where, EDITIONS, parts)
    begun = [next(first), next(first)]  # then the process is killed
    (tmp_path / "out" / "000002.half.making").write_bytes(b"cut")
    asked: list[bytes] = []
    usual = bulk.screened

    def counted(where: Path, editions: bulk.Editions, part: bytes) -> bytes:
        asked.append(part)
        return usual(where, editions, part)

    monkeypatch.setattr(bulk, "screened", counted)
    again = list(bulk.kept(tmp_path / "out", where, EDITIONS, parts))
    assert asked == parts[2:]
    assert again[:2] == begun
    assert b"".join(data for _, data in again) == b"".join(usual(where, EDITIONS, part) for part in parts)


def test_answers_of_other_editions_or_parties_are_not_taken_for_these(where: Path, tmp_path: Path) -> None:
    list(bulk.kept(tmp_path / "out", where, EDITIONS, bulk.chunks(some(3))))
    other = records(*LISTED[1:])
    build_index(other, where)
    editions = (("made", hashlib.sha256(other).hexdigest()),)
    for asked, parts in ((editions, some(3)), (EDITIONS, some(4))):
        ((_, data),) = bulk.kept(tmp_path / "out", where, asked, bulk.chunks(parts))
        assert data == bulk.screened(where, asked, next(bulk.chunks(some(3) if asked == editions else some(4))))


def test_a_missing_index_is_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no index for the edition"):
        list(bulk.screened_all(tmp_path, EDITIONS, bulk.chunks(some(3))))
