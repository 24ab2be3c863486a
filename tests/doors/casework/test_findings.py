"""The reasons for an outcome come first, each once; nothing that was found is left out."""

from __future__ import annotations

from typing import Any

from safeconduct.doors.casework import findings

Plain = dict[str, Any]


def finding(rule: str, verdict: str, subject: str = "line:1", **more: Any) -> Plain:
    return {
        "rule": rule,
        "verdict": verdict,
        "reason": f"Reason of {rule}.",
        "citation": "Code of Conduct",
        "subject": subject,
        "evidence": [],
        "missing": [],
        **more,
    }


def scenario(name: str, severity: tuple[int, int], likelihood: tuple[int, int]) -> Plain:
    return {
        "scenario": name,
        "text": f"Text of {name}.",
        "right": "privacy (ICCPR 17)",
        "actor": "violation",
        "at_risk": "journalists",
        "severity": {"low": severity[0], "high": severity[1]},
        "likelihood": {"low": likelihood[0], "high": likelihood[1]},
        "anchors": [{"dimension": "scale", "level": 4, "verdict": "met", "text": "Thousands of people."}],
        "lower": "refer",
        "upper": "refer",
        "overrides": [],
    }


def line(number: int, outcome: str, *because: tuple[str, str], scenarios: tuple[Plain, ...] = ()) -> Plain:
    floors = [{"by": by, "outcome": floor} for by, floor in because]
    return {"line": number, "outcome": outcome, "entries": [], "because": floors, "scenarios": list(scenarios)}


def question(fact: str, subject: str = "case", **more: Any) -> Plain:
    return {"fact": fact, "text": f"What is {fact}?", "subject": subject, "decisive": True, "accepted": False, **more}


def assessment(outcome: str, *lines: Plain, found: tuple[Plain, ...] = (), asked: tuple[Plain, ...] = ()) -> Plain:
    return {"outcome": outcome, "lines": list(lines), "findings": list(found), "questions": list(asked)}


def test_the_reason_is_the_rule_that_sets_the_outcome() -> None:
    plain = assessment(
        "refer",
        line(1, "refer", ("RP-1", "refer"), ("RP-2", "conditions")),
        found=(finding("RP-1", "met"), finding("RP-2", "met")),
    )
    assert findings.why(plain, {})["reasons"] == ["Reason of RP-1."]
    assert findings.why(plain, {})["title"].startswith("Refer")


def test_a_scenario_that_sets_the_outcome_says_how_severe_and_how_likely() -> None:
    one = scenario("MS-1", (4, 5), (2, 2))
    plain = assessment("refer", line(1, "refer", ("MS-1", "refer"), scenarios=(one,)))
    assert findings.why(plain, {})["reasons"] == ["Text of MS-1. Severity 4 to 5, likelihood 2, each of 5."]


def test_a_reason_stands_once_and_names_its_lines_where_there_are_several() -> None:
    plain = assessment(
        "refer",
        line(1, "refer", ("RP-1", "refer")),
        line(2, "no-objection"),
        line(3, "refer", ("RP-1", "refer")),
        found=(finding("RP-1", "met", "line:1"), finding("RP-1", "met", "line:3")),
    )
    assert findings.why(plain, {})["reasons"] == ["Reason of RP-1. (lines 1, 3)"]


def test_missing_information_is_named_by_its_decisive_questions() -> None:
    plain = assessment(
        "need-information",
        line(1, "need-information"),
        asked=(
            question("user.kind"),
            question("item.audit_log", "line:1"),
            question("item.kind", "line:2"),
            question("use.place", decisive=False),
            question("user.oversight", accepted=True),
        ),
    )
    assert findings.why(plain, {})["reasons"] == ["What is user.kind?", "What is item.audit_log?"]


VERDICTS = ("met", "cannot_tell", "not_met", "met", "not_met", "not_met", "not_met", "met", "cannot_tell", "met")


def test_where_nothing_stands_against_it_what_speaks_for_it_is_said() -> None:
    plain = assessment("no-objection", line(1, "no-objection"), found=(finding("RS-1", "met"), finding("RF-1", "met")))
    assert findings.why(plain, {"RS-1": "reason_for", "RF-1": "red_flag"})["reasons"] == [
        "Reason of RS-1.",
        "No rule of the policy stands against it, and nothing decisive is unknown.",
    ]


def test_every_finding_is_in_exactly_one_group() -> None:
    gap = {"fact": "user.kind", "why": "absent"}
    found = [finding(f"RP-{number}", verdict) for number, verdict in enumerate(VERDICTS)]
    found[8]["missing"] = [gap]
    found[9]["rule"] = "eu-annex1 5A001.j"
    asked = (question("user.kind"),)
    plain = assessment("refer", line(1, "refer", ("RP-3", "refer")), found=tuple(found), asked=asked)
    groups = findings.groups(plain, {"RP-7": "reason_for"})
    shown = [each["rule"] for group in groups for each in group["findings"] + group["folded"]]
    assert sorted(shown) == sorted(each["rule"] for each in found)
    first = [(group["title"], (group["findings"] + group["folded"])[0]["rule"]) for group in groups]
    assert first == [
        ("What the outcome rests on", "RP-3"),
        ("What speaks for the export", "RP-7"),
        ("What cannot be told, and is asked", "RP-8"),
        ("What else holds", "RP-0"),
        ("What cannot be told, and is not asked", "RP-1"),
        ("Control entries, element by element", "eu-annex1 5A001.j"),
        ("Looked at and not met", "RP-2"),
    ]


def test_many_findings_that_do_not_hold_are_folded_and_few_are_not() -> None:
    few = assessment("refer", line(1, "refer"), found=(finding("RP-1", "not_met"),))
    many = assessment("refer", line(1, "refer"), found=tuple(finding(f"RP-{n}", "not_met") for n in range(9)))
    assert findings.groups(few, {})[0]["folded"] == []
    assert len(findings.groups(many, {})[0]["folded"]) == 9


def test_a_long_list_of_reasons_is_cut_and_says_so() -> None:
    floors = [(f"RP-{number}", "refer") for number in range(9)]
    plain = assessment(
        "refer", line(1, "refer", *floors), found=tuple(finding(f"RP-{number}", "met") for number in range(9))
    )
    assert len(findings.why(plain, {})["reasons"]) == 9
    assert findings.why(plain, {}, 7)["more"].startswith("and 2 more reasons")
    assert findings.why(plain, {}, 9)["more"] == ""


def letter(fact: str, value: str, place: str = "", **more: Any) -> Plain:
    return {"fact": fact, "value": value, "source": {"kind": "letter", "ref": "letter 7", "place": place, **more}}


def test_a_document_stands_once_above_all_that_it_says() -> None:
    found = [
        letter("user.kind", "state_telecom", "p. 2", date="2026-10-02"),
        letter("user.operator", "vendor", "p. 3", date="2026-10-02"),
        letter("user.kind", "state_telecom", "p. 2", date="2026-10-02"),
        letter("use.sharing", "police", date="2026-10-09"),
    ]
    shown = findings.shown(finding("RP-1", "met", evidence=found))["sources"]
    assert [source["name"] for source in shown] == ["letter 7, 2 October 2026", "letter 7, 9 October 2026"]
    assert [item["place"] for item in shown[0]["items"]] == ["p. 2", "p. 3"]
    assert shown[0]["items"][0]["text"] == "What the end-user is: state telecom"


def test_a_sealed_source_is_kept_apart_from_an_open_one_of_the_same_name() -> None:
    found = [letter("user.kind", "police"), letter("user.operator", "vendor", sealed=True)]
    assert [source["sealed"] for source in findings.sources(found)] == [False, True]


def test_a_sentence_somebody_wrote_is_not_touched() -> None:
    assert findings.said(letter("use.stated", "Measure qos_1 on our backbone")).endswith(
        ": Measure qos_1 on our backbone"
    )
    assert findings.said(letter("user.access_by", "foreign_state, vendor")).endswith(": foreign state, vendor")


def test_severest_scenarios_come_first_and_the_same_one_stands_once() -> None:
    mild, severe = scenario("MS-1", (2, 2), (1, 1)), scenario("MS-2", (5, 5), (2, 3))
    plain = assessment("refer", line(1, "refer", scenarios=(mild, severe)), line(2, "refer", scenarios=(severe,)))
    rows = findings.scenarios(plain)
    assert [(row["id"], row["lines"]) for row in rows] == [("MS-2", "lines 1, 2"), ("MS-1", "line 1")]
    assert rows[0]["severity"] == "5"
    assert rows[0]["likelihood"] == "2 to 3"
