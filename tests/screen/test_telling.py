"""Names under which hardly anybody could be found: said so, and never read as clean."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.core import canonical
from safeconduct.core.party import PartyKind
from safeconduct.screen import TEXTS, Matcher, Screening, alert
from safeconduct.screen.judging import judge_again
from tests.screen import listed
from tests.screen.listed import answers, party

ONE_NAME = [
    "Putin",
    "Mohammed",
    "Mr Smith",
    "Dr. Ali",
    "V. Putin",
    "J. R. Okshel",
    "Abdul Hamid",
    "محمد",
    "李",
    "Al Hafiz",
]
COMMON = ["A", "李", "3M", "BP plc", "China", "Technologies Ltd", "Trading Company", "Bank", "公司"]
TELLING: list[tuple[str, PartyKind]] = [
    ("Huawei", "company"), ("Huawei Technologies", "unknown"), ("Rosneft", "company"), ("SAP SE", "company"),
    ("Siemens AG", "unknown"), ("Bank of China", "company"), ("Plant 5", "company"),
    ("711 Research Institute", "company"), ("ООО Ромашка", "company"), ("华为", "company"),
    ("Victoria", "vessel"), ("Hope", "vessel"), ("John Smith", "unknown"), ("John Smith", "person"),
    ("John B. Smith", "person"), ("Ivan Ivanovich", "person"), ("Sayyid Ali", "person"), ("李明", "person"),
    ("김정은", "person"), ("محمد علي", "person"), ("Bin Mai", "person"), ("Le An", "person"),
]  # fmt: skip


def why(made: Matcher, name: str, kind: PartyKind, *aliases: str) -> dict[str, str]:
    found = made.screen(party(name, kind=kind, aliases=aliases))
    assert found.searched is not bool(found.tells_too_little)
    return {one.name: one.why for one in found.tells_too_little}


@pytest.mark.parametrize("kind", ["person", "company", "unknown"])
@pytest.mark.parametrize("name", ["a", "the of and", "The Company", "Ltd", "Ltd.", "ООО", "(Ltd)", "GmbH"])
def test_titles_legal_forms_and_small_words_tell_nothing(made: Matcher, name: str, kind: PartyKind) -> None:
    assert why(made, name, kind) == {name: "nothing_tells"}


@pytest.mark.parametrize("name", ["Mr", "Sheikh", "Dr Prof", "General"])
def test_titles_tell_nothing_of_a_person(made: Matcher, name: str) -> None:
    assert why(made, name, "person") == {name: "nothing_tells"}


@pytest.mark.parametrize("name", ONE_NAME)
def test_one_name_of_a_person_whatever_titles_and_initials_stand_by_it(made: Matcher, name: str) -> None:
    assert why(made, name, "person") == {name: "one_name"}


@pytest.mark.parametrize("name", ["Huawei", "Putin", "Kim"])
def test_one_word_of_which_nobody_says_what_it_names(made: Matcher, name: str) -> None:
    assert why(made, name, "unknown") == {name: "kind_not_stated"}
    assert not why(made, name, "company")


@pytest.mark.parametrize("name", ["李", "3M", "BP plc", "China", "Technologies Ltd", "Trading Company", "Bank"])
def test_an_organisation_of_short_or_common_words(made: Matcher, name: str) -> None:
    assert why(made, name, "company") == {name: "common_words"}


@pytest.mark.parametrize(("name", "kind"), TELLING)
def test_whole_names_tell_enough(made: Matcher, name: str, kind: PartyKind) -> None:
    assert not why(made, name, kind)


def test_no_longer_listed_name_alerts_on_a_name_that_tells_too_little(tmp_path: Path) -> None:
    """What is said of such names is what the rules do: a listed name that has one more word is never an alert."""
    for number, name in enumerate(ONE_NAME):
        plain = name.removeprefix("Mr ").removeprefix("Dr. ")
        whole = plain.replace("V.", "Vladimir").replace("J. R.", "Jorim Radko")
        longer = listed.person("P9", f"{whole} Kelmendar")
        made = listed.matcher(tmp_path / f"p{number}", longer, *listed.LISTED)
        assert not [one for one in made.screen(party(name, kind="person")).matches if alert(one)], name
    for number, name in enumerate(COMMON):
        longer = listed.company("C9", f"{name} Kelmendar")
        made = listed.matcher(tmp_path / f"c{number}", longer, *listed.LISTED)
        assert not [one for one in made.screen(party(name, kind="company")).matches if alert(one)], name


@pytest.mark.parametrize("name", ["Putin", "Mohammed", "Suharto"])
def test_a_listed_party_of_just_that_name_alerts_all_the_same(tmp_path: Path, name: str) -> None:
    made = listed.matcher(tmp_path, listed.person("P9", name), *listed.LISTED)
    found = made.screen(party(name, kind="person"))
    assert answers(found.matches) == {"P9": "cannot_tell"}
    assert found.tells_too_little


def test_a_name_that_tells_enough_makes_up_for_one_that_does_not(made: Matcher) -> None:
    assert not why(made, "Mr", "person", "Zorab Vishtu")
    assert not why(made, "Zorab Vishtu", "person", "Zorab")
    assert why(made, "Zorab", "person", "Z. Zorab") == {"Zorab": "one_name", "Z. Zorab": "one_name"}


def test_every_reason_has_words(made: Matcher) -> None:
    for name in ("a", "Putin", "China"):
        for kind in ("person", "company", "unknown"):
            for one in made.screen(party(name, kind=kind)).tells_too_little:
                assert f"screen.too_little.{one.why}" in TEXTS


def test_an_older_record_without_it_is_judged_again_to_the_same_bytes(made: Matcher) -> None:
    now = made.screen(party("Zorab Vishtu"))
    older = canonical.encode(now).replace(b" telling/1", b"")
    assert b"tells_too_little" not in older
    again = judge_again(canonical.decode(older, Screening), "S-1")
    assert again.searched
    assert canonical.encode(again) == older
