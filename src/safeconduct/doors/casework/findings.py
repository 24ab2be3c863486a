"""An assessment as pages show it: the reasons for the outcome first, then every finding with its evidence.

It arrives as the public object of ``safeconduct assess --json``; closed text has been taken out
of it for whoever may not read it.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from msgspec import structs

from safeconduct.core.evidence import Source
from safeconduct.doors.page import words
from safeconduct.flows.catalogue import catalogue

Plain = dict[str, Any]
HEADS = {
    "prohibited": "Prohibited: the policy leaves no room for this export",
    "minded-to-refuse": "Minded to refuse: tell the exporter why, and hear him, before it is refused",
    "refer": "Refer: a human-rights adviser and a second person look at it first",
    "need-information": "Need information: something decisive is not known",
    "conditions": "Conditions: it can go under conditions",
    "catch-all-notice": "Catch-all notice: not listed, and yet a licence is needed",
    "no-objection": "No objection",
    "not-controlled": "Not controlled: no entry of the loaded lists catches it",
}
_ENOUGH = re.compile(r"[:;] ")  # what a fact means goes on to its values after this
_KEY = re.compile(r"\b[a-z]+(?:[._-][a-z_0-9]+)+", re.ASCII)  # item.kind, crowd_control, need-information
FIRST = 2  # documents beside a reason at a glance, and things said by each
FOLDED = 3  # more findings than this that were not met are folded away


def head(outcome: str) -> str:
    """What an outcome asks of the officer, as a heading."""
    return _(HEADS.get(outcome, outcome))


def why(assessment: Plain, kinds: dict[str, str], most: int = 0) -> Plain:
    """The heading and the reasons that set the outcome of the case, each once, the lines they speak of named.

    Where nothing sets it, what speaks for the export. ``kinds`` gives the policy's own group of a rule;
    ``most`` cuts the list (0: all of it); ``more`` says how many reasons were cut; ``shown`` are the reasons
    with the first sources of each.
    """
    reasons: dict[str, list[int]] = {}
    for line in assessment["lines"]:
        if line["outcome"] == assessment["outcome"]:
            for text in _setting(assessment, line) or _speaking_for(assessment, line, kinds):
                reasons.setdefault(text, []).append(line["line"])
    several = len(assessment["lines"]) > 1
    shown_reasons = [
        {"text": f"{text} ({_lines(lines)})" if several else text, "sources": _first_sources(assessment, text)}
        for text, lines in list(reasons.items())[: most or None]
    ]
    rest = len(reasons) - len(shown_reasons)
    more = ngettext("and %(n)d more reason, under Assessment", "and %(n)d more reasons, under Assessment", rest)
    return {
        "title": head(assessment["outcome"]),
        "reasons": [each["text"] for each in shown_reasons],
        "shown": shown_reasons,
        "more": more % {"n": rest} if rest else "",
    }


def _first_sources(assessment: Plain, text: str) -> list[Plain]:
    """The first documents that a reason rests on, each with the first things taken from it."""
    misuse = {
        each["scenario"] for line in assessment["lines"] for each in line["scenarios"] if _scenario_text(each) == text
    }
    evidence = [
        item
        for finding in assessment["findings"]
        if finding["reason"] == text or finding["rule"] in misuse
        for item in finding["evidence"]
    ]
    return [{**each, "items": each["items"][:FIRST]} for each in sources(evidence)[:FIRST]]


def would_change(assessment: Plain) -> list[str]:
    """What would change the outcome, each once, its facts, values and outcome by name instead of by key."""
    return [_KEY.sub(_by_name, text) for text in dict.fromkeys(assessment["would_change"])]


def _by_name(found: re.Match[str]) -> str:
    key = found.group()
    if catalogue().get(key) is not None:
        return f"“{fact_name(key)}”"
    return words.word(key.replace("-", "_")) if "." not in key else key


def _lines(numbers: list[int]) -> str:
    return ngettext("line %(n)s", "lines %(n)s", len(numbers)) % {"n": ", ".join(map(str, numbers))}


def _setting(assessment: Plain, line: Plain) -> list[str]:
    """The words of whatever sets the floor that became the line's outcome."""
    texts = {finding["rule"]: finding["reason"] for finding in assessment["findings"]}
    texts |= {each["scenario"]: _scenario_text(each) for each in line["scenarios"]}
    texts |= {each["id"]: each["how"] for each in assessment.get("argued", ())}
    found = [texts.get(floor["by"], "") for floor in line["because"] if floor["outcome"] == line["outcome"]]
    if line["outcome"] == "need-information":
        subjects = ("case", f"line:{line['line']}")
        found += [
            each["text"]
            for each in assessment["questions"]
            if each["decisive"] and not each["accepted"] and (each["subject"] in subjects or "party" in each["subject"])
        ]
    return [text for text in dict.fromkeys(found) if text]


def _speaking_for(assessment: Plain, line: Plain, kinds: dict[str, str]) -> list[str]:
    """Reasons for the export that hold, and that nothing stands against it."""
    subjects = ("case", f"line:{line['line']}")
    reasons = [
        each["reason"]
        for each in assessment["findings"]
        if kinds.get(each["rule"]) == "reason_for" and each["verdict"] == "met" and each["subject"] in subjects
    ]
    return [*reasons, _("No rule of the policy stands against it, and nothing decisive is unknown.")]


def _scenario_text(scenario: Plain) -> str:
    return _("%(text)s Severity %(severity)s, likelihood %(likelihood)s, each of 5.") % {
        "text": scenario["text"],
        "severity": steps(scenario["severity"]),
        "likelihood": steps(scenario["likelihood"]),
    }


def steps(between: Plain) -> str:
    """A range of steps: ``4``, or ``2 to 3``."""
    low, high = between["low"], between["high"]
    return str(low) if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def groups(assessment: Plain, kinds: dict[str, str]) -> list[Plain]:
    """Findings by what they are to the reader, those to look at first unfolded.

    ``kinds`` gives the policy's own group of a rule (``reason_for``, ``red_flag`` …).
    """
    setting = {
        floor["by"] for line in assessment["lines"] for floor in line["because"] if floor["outcome"] == line["outcome"]
    }
    asked = {question["fact"] for question in assessment["questions"]}
    found: dict[str, list[Plain]] = {
        key: [] for key in ("sets", "for", "asked", "met", "open", "stated", "entries", "not_met")
    }
    for finding in assessment["findings"]:
        found[_kind(finding, setting, asked, kinds)].append(shown(finding))
    return [
        *_group(_("What the outcome rests on"), found["sets"]),
        *_group(_("What speaks for the export"), found["for"]),
        *_group(_("What cannot be told, and is asked"), found["asked"]),
        *_group(_("What else holds"), found["met"]),
        *_group(_("What cannot be told, and is not asked"), found["open"], fold=True),
        *_group(_("What the application itself says"), found["stated"], fold=True),
        *_group(_("Control entries, element by element"), found["entries"], fold=True),
        *_group(_("Looked at and not met"), found["not_met"], fold=True),
    ]


def _kind(finding: Plain, setting: set[str], asked: set[str], kinds: dict[str, str]) -> str:
    rule, verdict = finding["rule"], finding["verdict"]
    if rule in setting:
        return "sets"
    if " " in rule:  # a control entry is named by its list and code
        return "entries"
    if verdict == "met" and rule.startswith("IN-"):
        return "stated"
    if verdict == "met":
        return "for" if kinds.get(rule) == "reason_for" else "met"
    if verdict == "cannot_tell":
        return "asked" if asked & {gap["fact"] for gap in finding["missing"]} else "open"
    return "not_met"


def _group(title: str, findings: list[Plain], *, fold: bool = False) -> list[Plain]:
    if not findings:
        return []
    folded = findings if fold and len(findings) > FOLDED else []
    count = len(findings)
    more = ngettext("%(n)d finding", "%(n)d findings", count) % {"n": count}
    shown_now = [] if folded else findings
    return [{"title": title, "count": count, "findings": shown_now, "folded": folded, "folded_title": more}]


def shown(finding: Plain) -> Plain:
    """One finding with its evidence in words."""
    return {
        **finding,
        "about": about(finding["subject"]),
        "sources": sources(finding["evidence"]),
        "missing": [{"fact": fact_name(gap["fact"]), "why": words.word(gap["why"])} for gap in finding["missing"]],
    }


def about(subject: str) -> str:
    """``line:2`` as *line 2*; nothing for the case itself."""
    kind, _colon, which = subject.partition(":")
    return _("line %(n)s") % {"n": which} if kind == "line" else which


def sources(evidence: list[Plain]) -> list[Plain]:
    """Evidence by the document it was taken from: the document once, and under it what it says and where in it."""
    found: dict[str, Plain] = {}
    for item in evidence:
        source = msgspec.convert(item["source"], Source)
        name = words.source(structs.replace(source, place=""))
        new = {**_graded(source), "name": name, "sealed": source.sealed, "items": []}
        group = found.setdefault(f"{name} {source.sealed}", new)
        row = {"text": said(item), "place": source.place}
        if row not in group["items"]:
            group["items"].append(row)
    return list(found.values())


def _graded(source: Source) -> Plain:
    """Grade with its reason and the two marks, and what may be disclosed of a sealed source."""
    if source.grade is None:
        return {"disclosable": source.disclosable}
    marks = f"{source.grade.reliability}{source.grade.credibility}"
    text = _("%(level)s (%(marks)s): %(why)s") % {
        "level": words.heading(source.grade.level),
        "marks": marks,
        "why": source.grade.why,
    }
    return {"grade": text, "disclosable": source.disclosable}


def said(item: Plain) -> str:
    """What was stated, with the name of the fact before it; a sentence somebody wrote is left as it is."""
    value: str = item["value"]
    is_word = value.replace("_", "").replace(", ", "").isalnum() and " " not in value.replace(", ", "")
    parts = value.split(", ")
    return f"{fact_name(item['fact'])}: {words.listing(parts) if is_word else value}"


def fact_name(key: str) -> str:
    """What a fact means, in a few words."""
    fact = catalogue().get(key)
    text = _ENOUGH.split(_(fact.means))[0] if fact else words.word(key.partition(".")[2] or key)
    return text[:1].upper() + text[1:].replace("*", "")


def scenarios(assessment: Plain) -> list[Plain]:
    """Each conceivable misuse with who is at risk, severest first; the same one on several lines stands once."""
    found: dict[str, Plain] = {}
    for line in assessment["lines"]:
        for each in line["scenarios"]:
            row = found.setdefault(each["scenario"] + steps(each["severity"]) + steps(each["likelihood"]), _row(each))
            row["lines"].append(line["line"])
    several = len(assessment["lines"]) > 1
    rows = sorted(found.values(), key=lambda row: (-row["high"], row["id"]))
    return [{**row, "lines": _lines(row["lines"]) if several else ""} for row in rows]


def _row(each: Plain) -> Plain:
    actor = _("violation by a State") if each["actor"] == "violation" else _("abuse by others")
    return {
        "id": each["scenario"],
        "text": each["text"],
        "at_risk": words.heading(each["at_risk"]),
        "right": f"{each['right']}; {actor}",
        "severity": steps(each["severity"]),
        "likelihood": steps(each["likelihood"]),
        "anchors": [
            {"text": anchor["text"], "dimension": words.word(anchor["dimension"]), "verdict": anchor["verdict"]}
            for anchor in each["anchors"]
        ],
        "overrides": each["overrides"],
        "lines": [],
        "high": each["severity"]["high"] * 10 + each["likelihood"]["high"],
    }
