"""Ties that publishers state: followed to an entry, or to the one that bears a name given alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.core import canonical
from safeconduct.flows.listed_ties import ListedTies, bearers
from safeconduct.screen.model import EditionUsed
from safeconduct.sources.model import Listed, ListedName, NameKind, Relation
from safeconduct.store import blobs


def party(entry: str, *names: str, kind: NameKind = "primary", ties: tuple[Relation, ...] = ()) -> Listed:
    return Listed(entry, "company", tuple(ListedName(name, kind) for name in names), "line 1", relations=ties)


def edition(*records: Listed) -> bytes:
    return b"".join(canonical.encode(record) + b"\n" for record in records)


def owned_by(name: str, entry: str = "") -> tuple[Relation, ...]:
    return (Relation("owner", entry, name),)


SHIP = party("1", "Osprey", ties=owned_by("OSPREY Shipping, Ltd."))


def test_a_name_given_alone_leads_to_the_one_that_bears_it_in_any_order_and_case() -> None:
    assert bearers(edition(SHIP, party("2", "Ltd. Osprey Shipping"))) == {"name:ltd osprey shipping": ("2",)}


@pytest.mark.parametrize(
    ("others", "found"),
    [
        ((party("2", "Osprey Shipping Ltd"), party("3", "Osprey Shipping Ltd")), ("2", "3")),
        ((party("2", "Osprey Shipping Ltd", kind="weak_alias"),), ()),
        ((party("2", "Another", "Osprey Shipping Ltd"),), ("2",)),
        ((party("2", "Osprey Shipping"),), ()),
    ],
)
def test_several_bearers_are_all_kept_and_weak_names_tell_nothing(
    others: tuple[Listed, ...], found: tuple[str, ...]
) -> None:
    assert bearers(edition(SHIP, *others)).get("name:ltd osprey shipping", ()) == found


def test_names_that_no_tie_gives_are_not_put_aside() -> None:
    assert bearers(edition(party("1", "Osprey"), party("2", "Another", ties=owned_by("", "1")))) == {}


def test_entries_and_bearers_are_found_in_the_editions_in_use_and_in_no_other(tmp_path: Path) -> None:
    data = edition(
        SHIP, party("2", "Osprey Shipping Ltd"), party("3", "Twin"), party("4", "Twin", ties=owned_by("Twin"))
    )
    ties = ListedTies(tmp_path, [EditionUsed("made", blobs.keep(tmp_path, data))])
    found = ties.of("made", "1")
    assert found is not None
    assert found.relations == SHIP.relations
    assert ties.bearer("made", "osprey shipping LTD") == "2"
    assert ties.bearer("made", "Twin") == "", "two bear it"
    for source, entry in (("made", "9"), ("other", "1"), ("made", '1","entry":"2'), ("made", "")):
        assert ties.of(source, entry) is None
    again = ListedTies(tmp_path, [EditionUsed("made", blobs.keep(tmp_path, data))])
    assert again.bearer("made", "Osprey Shipping Ltd.") == "2"


def test_what_was_put_aside_and_is_damaged_is_made_anew(tmp_path: Path) -> None:
    data = edition(SHIP, party("2", "Osprey Shipping Ltd"))
    used = EditionUsed("made", blobs.keep(tmp_path, data))
    place = tmp_path / "index"
    place.mkdir()
    (place / f"bearers-1-{used.normalised}").write_bytes(b"\xc1 no message")
    assert ListedTies(tmp_path, [used]).bearer("made", "Osprey Shipping Ltd") == "2"
