"""Every reason, part and finding has words, and there are no words for what is never said."""

from __future__ import annotations

import ast
import inspect
from types import ModuleType
from typing import get_args

from safeconduct.core.party import Identifier, Party
from safeconduct.screen import TEXTS, Match, Matcher, compare, heard, matcher, name_parts, names, rules, words
from safeconduct.sources.model import ListedName, NameKind
from tests.screen.listed import LISTED, ZORAB, address, company, nationality, party, person

PEOPLE = (
    party("Zorab Vishtu", kind="person"),
    party("Z. Kelmendar Vishtru", kind="person", born="1971", territory="QM"),
    party("Zorab Vishtu", kind="person", born="1971-03-09", territory="QM", birth_place="Orvela", sex="male"),
    party("Zorab Vishtu", kind="person", born="1990", territory="QN", birth_place="Elsewhere", sex="female"),
    party("Zorab Vishtu", kind="person", born="1971-03-10", territory="QP"),
    party("Ulla Brandt", born="some day", identifiers=(Identifier("passport", "K1234567"),)),
    party("Zorab Vishtu", identifiers=(Identifier("passport", "K1234567"),)),
    party("Zorab Vishtu", kind="company", identifiers=(Identifier("imo", "9316127"),)),
    party("Vantrex Group GmbH", kind="company", territory="QP", identifiers=(Identifier("imo", "9316127"),)),
    party("Vantreks Holding", kind="company", territory="QP"),
    party("Vantrex Bank of Karsova No. 5 Orvela", kind="company"),
    party("Dr Bob Ivanovich Okshel", kind="person"),
    party("Xabi Okshel", kind="person"),
    party("Al Bob Vishtu", kind="person"),
)
ENTRIES = (
    *LISTED,
    person("A", ListedName("Zorab Vishtu", given="Zorab", family="Vishtu"), born=("1971",),
           territories=(nationality("QM"),)),
    person("B", ListedName("Zorab Vishtu", "former"), territories=(address("QN"),)),
    person("C", ListedName("Zorab Vishtu", "original_script"), territories=(address("QM"), nationality("QX"))),
    person("D", "Robert Petrovich Okshel"), person("E", "Robert Ivanovich Okshel"), person("F", "El Bob Vishtu"),
    company("G", "Vantrex Group LLC"), company("H", "Vantrex Holding of Karsova No. 6 Ltd"),
    company("I", "Vantrex Group Bank"), person("J", "Abdul Okshel Tirvan"), person("K", "Vishtukelmendarian Zorab"),
)  # fmt: skip


def said(made: Matcher) -> list[Match]:
    found = [made.compare(one, listed) for one in PEOPLE for listed in ENTRIES]
    return [match for match in found if match]


def test_what_is_said_has_words(made: Matcher) -> None:
    matches = said(made)
    matches += [m for one in PEOPLE for m in made.screen(one).matches]
    for match in matches:
        assert "{" not in TEXTS[match.reason.key].format(**match.reason.params)
        for part in match.parts:
            assert f"screen.part.{part.part}" in TEXTS
            assert f"screen.finding.{part.finding}" in TEXTS


def literals(*modules: ModuleType) -> set[str]:
    trees = [ast.parse(inspect.getsource(module)) for module in modules]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_no_words_are_left_over() -> None:
    known = literals(compare, heard, name_parts, names, words, matcher) | set(get_args(NameKind))
    for key in TEXTS:
        _, kind, name = key.split(".")
        if kind in ("part", "finding"):
            assert name in known, key


def test_every_rule_has_a_sentence_and_words() -> None:
    names_of = {rule.__name__ for rule, _ in rules.RULES}
    assert all(rule.__doc__ for rule, _ in rules.RULES)
    reasons = {key.rpartition(".")[2] for key in TEXTS if key.startswith("screen.reason.")}
    assert reasons == names_of | {"names_differ", "another_entry_fits"}


def test_every_weight_is_of_a_part_and_finding_that_exist() -> None:
    for part, finding in rules.WEIGHTS:
        assert f"screen.part.{part}" in TEXTS
        assert f"screen.finding.{finding}" in TEXTS


def test_the_listed_party_and_the_query_are_named(made: Matcher) -> None:
    match = made.compare(Party("p", "Zorab Vishtu"), ZORAB)
    assert match is not None
    assert match.reason.params["query"] == "Zorab Vishtu"
    assert match.reason.params["listed"] == match.name == "Zorab Vishtu"
