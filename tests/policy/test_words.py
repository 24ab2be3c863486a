"""Conditions and packs as English sentences."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.core.fact import FactType
from safeconduct.policy import Catalogue, Place, parse_condition
from safeconduct.policy.condition import Not, Term
from safeconduct.policy.show import show
from safeconduct.policy.words import listed, outline
from tests.policy.sample import altered, load

FACTS = (
    FactType("user.flag", "flag", ("officer",), "", "somebody reviews its use"),
    FactType("item.level", "level", ("officer",), "", "how far it reaches", ("none", "mass_or_covert"), "", "line"),
    FactType("user.word", "word", ("officer",), "", "what it is", ("a", "b_c", "d")),
    FactType("user.words", "words", ("officer",), "", "who else has access", ("none", "police", "a_b")),
    FactType("user.number", "number", ("officer",), "", "what happened", unit="incidents"),
    FactType("place.index", "decimal", ("officer",), "", "the index", unit="index 0 to 1"),
    FactType("use.text", "text", ("officer",), "", "the use in its own words"),
)


@pytest.mark.parametrize(
    ("raw", "said", "denied"),
    [
        (
            {"fact": "user.flag"},
            "it is so: somebody reviews its use [user.flag]",
            "it is not so: somebody reviews its use [user.flag]",
        ),
        (
            {"fact": "user.flag", "is": False},
            "it is not so: somebody reviews its use [user.flag]",
            "it is so: somebody reviews its use [user.flag]",
        ),
        (
            {"fact": "use.text", "known": True},
            "it is known: the use in its own words [use.text]",
            "it is not known: the use in its own words [use.text]",
        ),
        (
            {"fact": "use.text", "known": False},
            "it is not known: the use in its own words [use.text]",
            "it is known: the use in its own words [use.text]",
        ),
        (
            {"fact": "item.level", "at_least": "mass_or_covert"},
            "how far it reaches [item.level]: at least mass or covert",
            "how far it reaches [item.level]: not at least mass or covert",
        ),
        (
            {"fact": "item.level", "at_most": "none"},
            "how far it reaches [item.level]: at most none",
            "how far it reaches [item.level]: not at most none",
        ),
        (
            {"fact": "user.word", "in": ["a", "b_c"]},
            "what it is [user.word]: a or b c",
            "what it is [user.word]: not a or b c",
        ),
        ({"fact": "user.word", "is": "d"}, "what it is [user.word]: d", "what it is [user.word]: not d"),
        (
            {"fact": "user.words", "has": "none"},
            "who else has access [user.words]: none",
            "who else has access [user.words]: not none",
        ),
        (
            {
                "fact": "user.words",
                "has_any": [
                    "none",
                    "police",
                ],
            },
            "who else has access [user.words]: among them none or police",
            "who else has access [user.words]: not among them none or police",
        ),
        (
            {"fact": "user.words", "has_all": ["police", "a_b"]},
            "who else has access [user.words]: among them police and a b",
            "who else has access [user.words]: not among them police and a b",
        ),
        (
            {"fact": "user.number", "at_least": 2},
            "what happened [user.number]: at least 2 (incidents)",
            "what happened [user.number]: not at least 2 (incidents)",
        ),
        (
            {"fact": "user.number", "in": [0, 3]},
            "what happened [user.number]: 0 (incidents) or 3 (incidents)",
            "what happened [user.number]: not 0 (incidents) or 3 (incidents)",
        ),
        (
            {"fact": "place.index", "at_most": "0.3"},
            "the index [place.index]: at most 0.3 (index 0 to 1)",
            "the index [place.index]: not at most 0.3 (index 0 to 1)",
        ),
    ],
)
def test_each_check_and_its_contrary(raw: dict[str, Any], said: str, denied: str) -> None:
    check = parse_condition(raw, Catalogue(FACTS), Place(""))
    assert outline(check) == [said]
    assert outline(Not(check)) == [denied]
    assert outline(Not(Not(check)), "  ") == ["  " + said]


def test_a_number_without_unit_is_said_alone() -> None:
    bare = FactType("user.count", "number", ("officer",), "", "how many")
    assert outline(parse_condition({"fact": "user.count", "is": 4}, Catalogue([bare]), Place(""))) == [
        "how many [user.count]: 4"
    ]


def test_lists() -> None:
    assert listed(["a"], "or") == "a"
    assert listed(["a", "b"], "and") == "a and b"
    assert listed(["a", "b", "c"], "or") == "a, b or c"


def test_what_must_hold_together_is_numbered_and_indented() -> None:
    flag, known = {"fact": "user.flag"}, {"fact": "use.text", "known": True}
    raw = {
        "any": [
            flag,
            {"all": [known, {"not": {"any": [flag, known]}}]},
            {"not": {"all": [flag, known]}},
            {"term": "t"},
            {"not": {"term": "t"}},
        ]
    }
    terms = {"t": Term("t", "a security body uses it", parse_condition(flag, Catalogue(FACTS), Place("")))}
    so, known_text = (
        "it is so: somebody reviews its use [user.flag]",
        "it is known: the use in its own words [use.text]",
    )
    assert outline(parse_condition(raw, Catalogue(FACTS), Place(""), terms)) == [
        "at least one of these:",
        f"   1. {so}",
        "   2. all of these:",
        f"      2.1. {known_text}",
        "      2.2. none of these:",
        f"         2.2.1. {so}",
        f"         2.2.2. {known_text}",
        "   3. not all of these:",
        f"      3.1. {so}",
        f"      3.2. {known_text}",
        "   4. a security body uses it",
        "   5. not: a security body uses it",
    ]


SHOWN = """\
A sample
Pack sample@sha256:{sha}
Test: an unacceptable risk

Tests of the Code
-----------------
1. R-2: The same unit was found to misuse such goods twice.
   When of these, found by a court or UN body [user.incidents_established]: at least 2 (incidents)
   Then the outcome is at least: minded-to-refuse.
   What is unknown is shown.
   Source: Code, 1.

Red flags
---------
2. R-1: The goods can be turned on people and nobody outside reviews their use.
   When all of these:
      1. {capability}: at least designed
      2. it is not so: a body outside the end-user's chain of command reviews its use [user.oversight]
   Then the outcome is at least: refer.
   Then ask for: user.legal_basis.
   What is unknown is asked for.
   Source: Code, 4.

Reasons for an export
---------------------
3. R-3: The goods save lives.
   When reasons *for* the export [item.reason_for]: among them rescue or health
   What is unknown is shown.
   Source: Code, 2.

Scenarios of misuse
-------------------
4. MS-1: Contacts of journalists are mapped.
   At risk: journalists and their sources; privacy and expression (ICCPR 17, 19); a violation, by a State.
   When at least one of these:
      1. {capability}: at least incidental
   Severity is the worst of scale, scope and irremediability:
      scale 3: Named people are touched.
         Always.
      irremediability 5: What was read cannot be unread.
         When {capability}: intrusive
   Source: Code, 3.

What makes misuse likely (1 to 5; the highest that holds)
---------------------------------------------------------
5. Likelihood 3: It happened before.
   When {incidents} [user.incidents]: at least 1 (incidents)
   Source: UNGP 14.

What lowers likelihood by one step, once
----------------------------------------
6. One step less: The assurance can be checked.
   When all of these:
      1. it is so: somebody can check that they are kept [assurance.verifiable]
      2. it is not so: the signatory is the suspected abuser [assurance.signatory_is_suspect]
   Source: Code, 5.

Exceptions
----------
7. E-1: The use is to rescue people.
   When the kind of use [use.purpose]: rescue
   Lowers R-1, MS-1 to: conditions.
   Source: Code, 2.
   Ground: rescue of life.

How facts are asked for
-----------------------
8. user.legal_basis: Which published law allows this use?
   To be answered in 20 days.
   Decisive (no approval without it) unless this is known not to hold:
      {capability}: at least designed
   Source: ICCPR 17.
9. item.capability: What can it do to people?
   To be answered in 10 days.
   Not decisive.
   Source: UNGP 13.
10. user.oversight: Who outside the chain of command reviews its use?
   To be answered in 20 days.
   Decisive: no approval without it.
   Source: ICCPR 17.

Whole cases that must come out so
---------------------------------
11. Case 1: refer
   R-1: met

Outcome by severity and likelihood
severity \\ likelihood 1                 2                 3                 4                 5
1                     no-objection      no-objection      no-objection      conditions        conditions
2                     no-objection      no-objection      conditions        conditions        refer
3                     no-objection      conditions        conditions        refer             refer
4                     conditions        conditions        refer             minded-to-refuse  minded-to-refuse
5                     conditions        refer             minded-to-refuse  minded-to-refuse  prohibited
"""


def test_a_whole_pack_as_numbered_sentences() -> None:
    pack = load()
    facts = {check.key: check.means for check in load_facts()}
    expected = SHOWN.format(
        sha=pack.sha256,
        capability=f"{facts['item.capability']} [item.capability]",
        incidents=facts["user.incidents"],
    )
    assert show(pack) == expected


def load_facts() -> tuple[FactType, ...]:
    from tests.facts_doc import documented_facts

    return documented_facts()


def test_another_language_where_the_pack_has_it() -> None:
    french = show(load(), "fr")
    assert french.startswith("Un exemple\n")
    assert "R-1: Personne ne contrôle." in french
    assert "E-1: The use is to rescue people." in french


def test_terms_abuse_and_grounds_are_shown() -> None:
    term = '[[term]]\nid = "seen"\nwhen = {fact = "user.oversight"}\ntext.en = "somebody looks"\n'
    text = altered(
        ("[[rule]]", term + "[[rule]]"),
        ('{fact = "user.oversight", is = false}', '{not = {term = "seen"}}'),
        ('actor = "violation"', 'actor = "abuse"\nground = "our law"'),
        ('cites = "Code, 5"', 'cites = "Code, 5"\nground = "Act 5"'),
        ('cites = "ICCPR 17"', 'cites = "ICCPR 17"\nground = "Act 6"'),
    )
    shown = show(load(text))
    assert "1. seen: somebody looks\n   When it is so: a body outside" in shown
    assert "      2. not: somebody looks\n" in shown
    assert "a abuse" not in shown
    assert "; an abuse, by others.\n" in shown
    assert "   Source: Code, 3.\n   Ground: our law.\n" in shown
    assert "   Source: Code, 5.\n   Ground: Act 5.\n" in shown
    assert "   Source: ICCPR 17.\n   Ground: Act 6.\n" in shown
