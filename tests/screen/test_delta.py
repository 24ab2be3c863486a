"""Which parties a changed list touches."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core.errors import Refusal
from safeconduct.core.party import Identifier, Party
from safeconduct.screen import alert, analyse, delta
from safeconduct.screen.delta import SOURCE, touched
from safeconduct.screen.model import Screening
from safeconduct.sources.model import Listed, ListedName
from tests.screen.listed import BANK, SPYWARE, ZORAB, answers, matcher, party, person, records

PARTIES = (
    party("Zorab Vishtu"),
    party("Somebody Else"),
    party("Vantrex Group Ltd", kind="company"),
    party("Vishtu Zorab", kind="person", born="1990-01-01"),
)


def asked(where: Path, data: bytes, parties: tuple[Party, ...] = PARTIES) -> dict[int, Screening]:
    return dict(touched(data, parties, where))


def test_only_parties_that_a_changed_entry_alerts_on_come_out(tmp_path: Path) -> None:
    found = asked(tmp_path, records(ZORAB, SPYWARE))
    assert sorted(found) == [0, 2]
    assert answers(found[0].matches) == {"P1": "cannot_tell"}
    assert {match.source for match in found[0].matches} == {SOURCE}


def test_nothing_changed_touches_nobody(tmp_path: Path) -> None:
    assert asked(tmp_path, b"") == {}


def test_whoever_alerts_beside_the_whole_list_is_touched_when_that_entry_changes(tmp_path: Path) -> None:
    whole = matcher(tmp_path, ZORAB, SPYWARE, BANK)
    for position, one in enumerate(PARTIES):
        alerts = [match.entry for match in whole.screen(one).matches if match.answer != "different"]
        assert (position in asked(tmp_path, records(ZORAB, SPYWARE, BANK))) == bool(alerts)


def test_a_party_nobody_can_read_is_touched_and_says_so(tmp_path: Path) -> None:
    found = asked(tmp_path, records(BANK), (party("🙂"), party("x" * 9_999), party("Somebody")))
    assert sorted(found) == [0, 1]
    assert found[0].unread == ("🙂",)
    assert found[1].matches == ()


def test_a_line_that_is_no_record_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="line 2"):
        asked(tmp_path, records(BANK) + b"{broken\n")
    assert list(tmp_path.iterdir()) == []


WORDS = ["zorab", "vishtu", "Kelmendar", "okshel", "tirvan", "Ltd", "Group", "12", "محمد", "ali", "Ö", "bin", "pelmo"]
NAME = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
KIND = st.sampled_from(["person", "company", "unknown"])
NUMBERS = st.lists(
    st.builds(Identifier, st.sampled_from(["imo", "passport"]), st.sampled_from(["9074729", "k1234567"])), max_size=1
).map(tuple)
PARTY = st.builds(
    Party,
    id=st.just("p"),
    name=NAME | st.sampled_from(["🙂", "x" * 400, "Zorab Vishtu", "Ким Чен Ын"]),
    kind=KIND,
    aliases=st.lists(NAME, max_size=1).map(tuple),
    born=st.sampled_from(["", "1971-03-09", "1999"]),
    identifiers=NUMBERS,
)
ENTRY = st.builds(
    Listed,
    entry=st.sampled_from("ABC"),
    kind=KIND,
    names=st.lists(
        st.builds(ListedName, NAME | st.just("Kim Jong Un"), st.sampled_from(["primary", "weak_alias"])), min_size=1
    ).map(tuple),
    place=st.just("row"),
    born=st.sampled_from([(), ("1971-03-09",)]),
    identifiers=NUMBERS,
)


@settings(max_examples=25)
@given(st.lists(ENTRY, max_size=4), st.lists(PARTY, max_size=9), st.integers(1, 5))
def test_looking_for_the_entries_among_the_parties_says_what_screening_each_party_says(
    tmp_path_factory: pytest.TempPathFactory, entries: list[Listed], parties: list[Party], run: int
) -> None:
    folder = tmp_path_factory.mktemp("touched")
    data = records(*entries)
    with pytest.MonkeyPatch.context() as patch:
        one_by_one = list(delta.touched(data, parties, folder))
        patch.setattr(delta, "FEW", 0)
        patch.setattr(delta, "RUN", run)
        assert list(delta.touched(data, parties, folder)) == one_by_one
        assert list(delta.touched(data, [*parties[:3], *parties[4:]], folder)) == list(
            delta.touched(data, [*parties[:3], *parties[4:]], tmp_path_factory.mktemp("fresh"))
        )


@settings(max_examples=20)
@given(st.lists(ENTRY, min_size=1, max_size=6), st.lists(ENTRY, max_size=6), st.lists(PARTY, max_size=6))
def test_beside_the_lists_in_force_whoever_alerts_on_a_changed_entry_is_touched(
    tmp_path_factory: pytest.TempPathFactory, changed: list[Listed], others: list[Listed], parties: list[Party]
) -> None:
    folder = tmp_path_factory.mktemp("standing")
    changed = [msgspec.structs.replace(one, entry=f"changed {place}") for place, one in enumerate(changed)]
    standing = matcher(folder, *others, *changed)
    found = dict(delta.touched(records(*changed), parties, folder, standing, "made"))
    for place, one in enumerate(parties):
        if place not in found:
            matches = standing.screen(one).matches
            assert not [match for match in matches if alert(match) and match.entry.startswith("changed")]


def test_a_name_in_cyrillic_letters_that_may_be_korean_is_looked_for_in_every_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = asked(tmp_path, records(person("K1", "Kim Jong Un")), (party("Ким Чен Ын", kind="person"),))
    monkeypatch.setattr(delta, "FEW", 0)
    assert asked(tmp_path, records(person("K1", "Kim Jong Un")), (party("Ким Чен Ын", kind="person"),)) == found
    assert sorted(found) == [0]


def test_only_names_that_were_not_there_are_analysed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delta, "FEW", 0)
    asked(tmp_path, records(BANK))
    seen: list[str] = []
    usual = analyse.analyse

    def counted(text: str, *rest: object) -> object:
        seen.append(text)
        return usual(text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(analyse, "analyse", counted)
    asked(tmp_path, records(BANK), (*PARTIES, party("Somebody New")))
    assert set(seen) == {"Somebody New"}


def test_runs_that_are_no_longer_asked_for_are_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delta, "FEW", 0)
    monkeypatch.setattr(delta, "RUN", 2)
    asked(tmp_path, records(BANK))
    assert len(list((tmp_path / "parties").iterdir())) == 3  # two runs and the note of them
    asked(tmp_path, records(BANK), (party("Somebody"), *PARTIES[1:]))
    assert len(list((tmp_path / "parties").iterdir())) == 3
    (tmp_path / "parties" / "runs.json").write_bytes(b"{")
    assert sorted(asked(tmp_path, records(ZORAB))) == [0]
