"""What one edition says that another does not, as far as it is compared."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core import canonical
from safeconduct.flows.rescreen_changes import Changes, changes
from safeconduct.sources.kept import records
from safeconduct.sources.model import Listed, ListedName

ZORAB = Listed("A", "person", (ListedName("Zorab Vishtu"),), "row 1", born=("1961",))
ILSE = Listed("B", "person", (ListedName("Ilse Marchetti"),), "row 2")


def edition(*entries: Listed) -> bytes:
    return b"".join(canonical.encode(one) + b"\n" for one in sorted(entries, key=lambda one: one.entry))


def test_what_is_added_changed_and_removed_is_told_apart() -> None:
    other = msgspec.structs.replace(ZORAB, born=("1962",))
    assert changes(edition(ZORAB), edition(ZORAB, ILSE)) == Changes(edition(ILSE), frozenset())
    assert changes(edition(ZORAB, ILSE), edition(ZORAB)) == Changes(b"", frozenset({"B"}))
    assert changes(edition(ZORAB, ILSE), edition(other, ILSE)) == Changes(edition(other), frozenset({"A"}))


def test_a_first_edition_is_all_new_and_a_list_withdrawn_all_gone() -> None:
    assert changes(b"", edition(ZORAB, ILSE)) == Changes(edition(ZORAB, ILSE), frozenset())
    assert changes(edition(ZORAB, ILSE), b"") == Changes(b"", frozenset({"A", "B"}))


def test_place_remarks_and_dates_of_listing_are_no_facts() -> None:
    moved = msgspec.structs.replace(
        ZORAB, place="row 9", remarks="see there", listed_on="2026-01-01", citation="80 F.R."
    )
    assert changes(edition(ZORAB), edition(moved)) == Changes(b"", frozenset())


entries = st.lists(
    st.builds(
        Listed,
        entry=st.sampled_from("ABCDE"),
        kind=st.just("person"),
        names=st.sampled_from(["Zorab Vishtu", "Ilse Marchetti"]).map(lambda name: (ListedName(name),)),
        place=st.sampled_from(["row 1", "row 2"]),
        born=st.sampled_from([(), ("1961",), ("1962",)]),
    ),
    max_size=5,
    unique_by=lambda one: one.entry,
)


def said(listed: Listed) -> Listed:
    return msgspec.structs.replace(listed, place="")


@given(entries, entries)
def test_with_the_changes_the_older_edition_says_what_the_newer_one_does(old: list[Listed], new: list[Listed]) -> None:
    found = changes(edition(*old), edition(*new))
    fresh = {one.entry: said(one) for one in records(found.records) if isinstance(one, Listed)}
    kept = {one.entry: said(one) for one in old if one.entry not in found.gone}
    assert {**kept, **fresh} == {one.entry: said(one) for one in new}
    assert not set(kept) & set(fresh)
    assert all(said(one) != fresh.get(one.entry) for one in old)
