"""The illustrative packs: each extends the reference as it is, says what it is, and holds to its own examples."""

from __future__ import annotations

from importlib.resources import files

import pytest

from safeconduct.core.canonical import sha256
from safeconduct.flows.catalogue import catalogue
from safeconduct.policy import Outcome, Pack, check_pack, differences, load_pack, weakenings
from safeconduct.policy.examples import CaseResult

FOLDER = files("safeconduct") / "starter" / "policy"
REFERENCE = (FOLDER / "reference.toml").read_bytes()
NAMES = ("union-style", "clear-risk-style", "small-state-style")


def pack(name: str) -> Pack:
    return load_pack((FOLDER / f"{name}.toml").read_bytes(), f"{name}.toml", catalogue(), lambda _reference: REFERENCE)


@pytest.mark.parametrize("name", NAMES)
def test_it_extends_the_reference_that_is_shipped(name: str) -> None:
    """Where the reference was changed: write its new hash into the three packs and read them again."""
    assert pack(name).ancestry == (f"reference@sha256:{sha256(REFERENCE)}",)


@pytest.mark.parametrize("name", NAMES)
def test_it_says_that_it_is_an_illustration_and_needs_a_lawyer(name: str) -> None:
    assert pack(name).text("title").startswith("Illustration, needs its lawyer")
    assert (FOLDER / f"{name}.toml").read_text(encoding="utf-8").startswith("# ILLUSTRATION")


@pytest.mark.parametrize("name", NAMES)
def test_every_example_of_its_rules_holds_and_none_is_missing(name: str) -> None:
    found = pack(name)
    expected = {each.case: CaseResult(each.outcome or Outcome.REFER, {}) for each in found.case_examples}
    assert len(expected) >= 5
    assert check_pack(found, expected.__getitem__) == ()


@pytest.mark.parametrize("name", NAMES)
def test_it_changes_what_the_reference_comes_to(name: str) -> None:
    base = load_pack(REFERENCE, "reference.toml", catalogue())
    effects = {each.effect for each in differences(base, pack(name)) if each.id not in ("title", "threshold")}
    assert effects & {"stricter", "weaker"}


def test_only_the_small_state_weakens_anything_and_says_why() -> None:
    base = load_pack(REFERENCE, "reference.toml", catalogue())
    found = {name: weakenings(base, pack(name)) for name in NAMES}
    assert (found["union-style"], found["clear-risk-style"]) == ((), ())
    assert [each.id for each in found["small-state-style"]] == ["item.listed"]
    assert "no control list" in found["small-state-style"][0].ground
