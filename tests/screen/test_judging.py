"""The recorded parts are judged again to the same bytes; other parts, or other rules, are noticed."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core import canonical
from safeconduct.core.errors import NeedsRelease
from safeconduct.core.message import Message
from safeconduct.core.party import Party
from safeconduct.screen import Matcher
from safeconduct.screen.judging import judge_again, judged
from safeconduct.screen.model import Basis, Match, Part, Screening
from safeconduct.screen.rules import RULES_EDITION, WEIGHTS
from tests.screen.listed import party

PARTIES = (
    party("Zorab Vishtu", kind="person", territory="QM"),
    party("Zorab Vishtu", kind="person", born="1971-03-09"),
    party("Zorab Vishtu", kind="person", born="1950"),
    party("Zorab", kind="person"),
    party("Zorab Vishtu", kind="company"),
)


@pytest.mark.parametrize("one", PARTIES, ids=lambda one: f"{one.name} {one.kind} {one.born}")
def test_what_the_matcher_recorded_is_judged_again_to_the_same_bytes(made: Matcher, one: Party) -> None:
    seen = made.screen(one)
    assert canonical.encode(judge_again(seen, "S-1")) == canonical.encode(seen)


def test_there_is_something_to_judge(made: Matcher) -> None:
    answers = {match.answer for one in PARTIES for match in made.screen(one).matches}
    assert answers >= {"likely_same", "different"}


def test_a_part_that_is_altered_gives_another_answer(made: Matcher) -> None:
    seen = made.screen(PARTIES[1])
    (match, *_rest) = [one for one in seen.matches if one.answer == "likely_same"]
    parts = tuple(
        msgspec.structs.replace(part, finding="contradict") if part.part == "birth_date" else part
        for part in match.parts
    )
    assert parts != match.parts
    assert judged(msgspec.structs.replace(match, parts=parts)).answer == "different"


@pytest.mark.parametrize("matcher", ["safeconduct-screen rules/0 index/1", "", f"rules/{RULES_EDITION}0"])
def test_other_rules_need_the_release_that_has_them(made: Matcher, matcher: str) -> None:
    seen = msgspec.structs.replace(made.screen(PARTIES[0]), matcher=matcher)
    with pytest.raises(NeedsRelease, match="judged by rules"):
        judge_again(seen, "S-1")


def test_a_record_without_basis_needs_its_release(made: Matcher) -> None:
    seen = made.screen(PARTIES[0])
    bare = tuple(msgspec.structs.replace(match, basis=None) for match in seen.matches)
    with pytest.raises(NeedsRelease):
        judge_again(msgspec.structs.replace(seen, matches=bare), "S-1")


FINDINGS = sorted(WEIGHTS)
parts = st.lists(st.sampled_from(FINDINGS), max_size=6, unique_by=lambda one: one[0])
bases = st.builds(
    Basis,
    mode=st.sampled_from(["person", "organization"]),
    level=st.sampled_from(["same", "near", "partial", "apart"]),
    points=st.integers(0, 600),
    loose=st.booleans(),
)


def recorded(found: list[tuple[str, str]], basis: Basis, entry: str) -> Match:
    told = [Part(part, finding) for part, finding in found if part != "alias_quality"]
    quality = next((finding for part, finding in found if part == "alias_quality"), "primary")
    return Match(
        "list", entry, "B", "different", 0, (*told, Part("alias_quality", quality, "A", "B")), Message(""), "f",
        asks=("identifier",), basis=basis,
    )  # fmt: skip


@given(st.lists(st.tuples(parts, bases), max_size=4))
def test_judging_what_was_judged_changes_nothing(found: list[tuple[list[tuple[str, str]], Basis]]) -> None:
    matches = tuple(judged(recorded(told, basis, str(number))) for number, (told, basis) in enumerate(found))
    first = judge_again(Screening("p", matches, 0, (), f"rules/{RULES_EDITION}"), "S-1")
    assert canonical.encode(judge_again(first, "S-1")) == canonical.encode(first)
    backwards = msgspec.structs.replace(first, matches=tuple(reversed(matches)))
    assert judge_again(backwards, "S-1") == first, "the order in which lists were searched does not matter"
