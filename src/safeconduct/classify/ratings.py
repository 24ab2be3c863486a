"""What people rated, beside what the tests answer: it settles entries that no test reaches, and is never softer.

*Caught* counts wherever no test says so already; where a test or another person says otherwise, the entry is open.
*Freed* and *outside* count only for an entry that no test reaches: a test is answered by facts, not by a rating.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from safeconduct.classify.declared import covers, stands_above
from safeconduct.classify.facts import LISTED
from safeconduct.classify.model import EntryResult, LineRating, Outside, Said
from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.finding import Finding, Gap, Verdict
from safeconduct.core.message import Message

RULE = "classify.rated"
_Answer = EntryResult | Outside
_Status = Said | Literal["differ"]
_VERDICTS = {"caught": Verdict.MET, "freed": Verdict.NOT_MET, "outside": Verdict.NOT_MET, "differ": Verdict.CANNOT_TELL}


def rated(line: int, ratings: Iterable[LineRating], tested: Sequence[_Answer]) -> Iterator[_Answer]:
    """What follows from the ratings of one line for each entry rated, where ``tested`` are the answers of the tests."""
    standing = _standing(one for one in ratings if one.line == line)
    for list_, code in dict.fromkeys((one.list, one.code) for one in standing):
        status, resting = _status(list_, code, standing, tested)
        if status is not None:
            yield _answer(list_, code, status, tuple(map(_evidence, resting)))


def _standing(ratings: Iterable[LineRating]) -> tuple[LineRating, ...]:
    """Each person's newest rating of an entry takes the place of his earlier ones, and of nobody else's."""
    return tuple({(one.list, one.code, one.by): one for one in sorted(ratings, key=lambda one: one.record)}.values())


def _status(
    list_: str, code: str, standing: Sequence[LineRating], tested: Sequence[_Answer]
) -> tuple[_Status | None, list[LineRating]]:
    """What the entry does by its ratings, None where they change nothing, and the ratings that this rests on."""
    own = [one for one in standing if (one.list, one.code) == (list_, code)]
    said = {one.rating for one in own}
    there = [one for one in tested if one.list == list_]
    if "caught" not in said:
        if any(reaches(one, code) for one in there):
            return None, []
        return (said.pop() if len(said) == 1 else "differ"), own
    if any(_is(one, "caught") and covers(one.code, code) for one in there):
        return None, []
    above = [one for one in standing if one.list == list_ and one.rating != "caught" and stands_above(one.code, code)]
    if above or any(stands_above(one.code, code) and not _is(one, "cannot_tell") for one in there):
        return "differ", list(dict.fromkeys([*own, *above]))
    return "caught", own


def reaches(answer: _Answer, code: str) -> bool:
    """Whether a test answers for an entry. What is outside one paragraph says nothing of the others."""
    return stands_above(answer.code, code) if isinstance(answer, Outside) else covers(answer.code, code)


def _is(answer: _Answer, status: str) -> bool:
    return isinstance(answer, EntryResult) and answer.status == status


def _answer(list_: str, code: str, status: _Status, evidence: tuple[Evidence, ...]) -> _Answer:
    reason, subject = Message(f"{RULE}.{status}", {"list": list_, "code": code}), evidence[0].subject
    if status == "outside":
        return Outside(list_, code, reason, evidence)
    gaps = (Gap(LISTED, "conflicting", subject),) if status == "differ" else ()
    finding = Finding(
        rule=f"{RULE} {list_} {code}",
        verdict=_VERDICTS[status],
        reason=reason,
        citation=f"{list_} {code}",
        subject=subject,
        evidence=evidence,
        missing=gaps,
    )
    return EntryResult(
        list=list_,
        code=code,
        status="cannot_tell" if status == "differ" else status,
        paragraph=code,
        note="",
        text={},
        elements=(finding,),
        notes=(),
        evidence=evidence,
        questions=gaps,
    )


def _evidence(one: LineRating) -> Evidence:
    source = Source("rating", ref=one.ref, date=one.on, author=one.by)
    return Evidence("line.rated", one.rating, source, f"line:{one.line}", by=one.role)
