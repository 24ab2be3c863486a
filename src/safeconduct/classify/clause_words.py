"""The words of one clause with those of the heading it stands under, and what denies, offers or opposes in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from safeconduct.classify.phrase_search import Match
from safeconduct.classify.phrases import Denial, Otherwise, Suggests, table
from safeconduct.classify.sheet_text import WORD, Clause

FEW_WORDS = 6
"""How far a weak denial (*no*, *without*) reaches."""

LABEL = 4
"""Words of a label before a colon, and of one thing in a list of things."""

WIDE = 120
"""Letters of the columns of a table after what they are of."""

FIRST_WORDS = 2
"""How many words a clause may begin with before it goes on with its heading."""

_BOUNDARY = re.compile(r"[:,(\[|]")
_CELL = re.compile(r"[:|\t=]|\.{2,}|-{2}|\s[-–—]\s|\s{3,}")
_ANOTHER = frozenset(["and", "et", "y", "e", "that", "which", "qui", "que"])
_AND = frozenset(["and", "or", "et", "ou", "y", "e", "o"])
_AND_THEN = frozenset(["and", "then", "et", "puis", "y", "e", "luego"])
_PURPOSE = frozenset(["to", "for", "before", "pour", "afin", "avant", "a", "para", "antes"])
_OR = frozenset(["or", "nor", "ou", "ni", "o", "u"])
_SUBJECTS = frozenset(
    [
        *("the", "it", "its", "this", "these", "you", "your", "we", "they", "he", "she", "our", "every", "all"),
        *("le", "la", "les", "l", "il", "elle", "ils", "elles", "on", "ce", "cet", "cette", "vous", "votre", "vos"),
        *("nous", "notre", "el", "los", "las", "este", "esta", "usted", "su", "se", "nuestro", "nuestra"),
    ]
)
"""With one of these a main clause begins."""
_OFFERED = re.compile(
    r"\W*(?:[:|\t=]|\.{2,}|-{1,2}|–|—|\()\s*"
    r"(?:opt|option\w*|opcion\w*|en option|on request|sur demande|bajo pedido|planned|roadmap)\s*[.)\]]?\s*$"
)

_CROSSED = re.compile(r"\s*(?:[-*•]\s*)?[☒✗✘✖❌]")
_CROSS = re.compile(r"[☒✗✘✖❌○]|\b(?:non|n/a)\b|(?<=\s)[-–—](?=\s|$)")
_DENYING = ("denies", "denies_near", "denies_after", "cell_denies")
_COLUMNS = re.compile(r"\s{2,}|[|\t:]")
_SAID = {
    **dict.fromkeys(("yes", "y", "✓", "✔", "☑", "●", "x", "included", "standard", "std", "oui", "si", "inclus"), "yes"),
    **dict.fromkeys(("no", "n", "-", "–", "—", "✗", "✘", "☒", "○", "none", "n/a", "non", "ninguno"), "no"),
    **dict.fromkeys(("nil", "absent", "absente", "neant", "ausente", "ninguna", "aucun", "aucune"), "no"),
    **dict.fromkeys(("no disponible", "non disponible", "not available", "indisponible", "unavailable"), "no"),
    **dict.fromkeys(("optional", "option", "opt", "on request", "en option", "opcional"), "perhaps"),
}


class ClauseWords:
    """``words`` of the heading (``head`` of them) and of the clause, in which matches are counted; what is found in
    them is found with the phrases of ``languages``."""

    def __init__(self, clause: Clause, languages: tuple[str, ...]) -> None:
        self.clause, self.languages = clause, languages
        heading = _heading(clause.under)
        self.head = len(heading)
        self.spans = [match.span() for match in WORD.finditer(clause.text)]
        self.words = [*heading, *(clause.text[start:end] for start, end in self.spans)]
        self.found = table(languages).phrases.search(self.words)

    def first(self, match: Match) -> int:
        """The first word of the match that stands in the clause itself."""
        return max(match[0][0], self.head)

    def is_here(self, match: Match, *, whole: bool) -> bool:
        """Whether the match stands in the clause; unless it must as a whole, it may begin in the heading and go on
        with the first words of the clause."""
        if match[0][0] >= self.head:
            return True
        after = next((start for start, _ in match if start >= self.head), None)
        return not whole and after is not None and after - self.head <= FIRST_WORDS

    def chars(self, match: Match) -> tuple[int, int]:
        """The first and last letter of the match in the clause's text."""
        return self.spans[self.first(match) - self.head][0], self.spans[match[-1][1] - 1 - self.head][1] - 1

    def is_opposed(self, match: Match) -> bool:
        """Whether the goods detect, stop or protect from what the words name."""
        first = match[0][0]
        since = self._since_colon(first)
        return any(
            0 <= first - each[-1][1] < FEW_WORDS and each[0][0] >= since and not self._is_deed_apart(each[-1][1], first)
            for each in self._all("against")
        )

    def _is_deed_apart(self, start: int, first: int) -> bool:
        """Whether the words at ``first`` belong to another deed: *detects drones and jams them*."""
        deeds = {each[0][0] for each in self._all("deeds")}
        return any(
            at - 1 in deeds and (self.words[at - 2] in _AND_THEN or "," in self._between(at - 1))
            for at in range(start + 2, first + 2)
        )

    def is_otherwise(self, suggests: Suggests, match: Match) -> bool:
        """Whether the words stand within others that give them another sense (*the owner unlocks the phone*)."""
        return suggests.how != "contrary" and any(
            each[0][0] < match[-1][1] and match[0][0] < each[-1][1]
            for of in (suggests.fact, f"{suggests.fact}={suggests.value}")
            for each in self.found.get(Otherwise(of), ())
        )

    def columns(self, match: Match) -> set[str]:
        """What the columns of a table say that follow the words, where nothing else follows: *yes*, *no*, *perhaps*."""
        after = self.clause.text[self.chars(match)[1] + 1 :]
        if len(after) > WIDE:
            return set()
        said = {_SAID.get(each.strip(" .*"), "") for each in _COLUMNS.split(after) if each.strip(" .*")}
        return said if "" not in said else set()

    def denies_at_all(self) -> bool:
        """Whether anything in the clause or its heading could deny."""
        return self.clause.negated or any(self._all(name) for name in _DENYING) or bool(_CROSS.search(self.clause.text))

    def is_offered(self, match: Match) -> bool:
        """Whether it is optional, on request or planned."""
        column = _OFFERED.match(self.clause.text, self.chars(match)[1] + 1)
        said = self.columns(match)
        return bool(column) or len(said) > 1 or "perhaps" in said or bool(self._offers())

    def _offers(self) -> list[Match]:
        other = self.found.get(Otherwise("perhaps"), ())
        return [
            each
            for each in self._all("perhaps")
            if not any(one[0][0] <= each[0][0] and each[-1][1] <= one[-1][1] for one in other)
        ]

    def is_denied(self, match: Match) -> bool:
        said = self.columns(match)
        if len(said) > 1:
            return False  # of several editions some have it
        if self.clause.negated or (
            said == {"no"}
            or any(each[-1][1] <= self.head for each in self._denials("denies"))
            or self._is_labelled_no(match)
            or self._is_cell_no(match)
        ):
            return True
        return self._is_denied_within(match) or self._is_denied_around(match)

    def is_of_keeping(self, match: Match) -> bool:
        """Whether what is said of the words is that something is stored (*no payload is stored*)."""
        return any(_is_part(each, match) for each in self._all("keeping"))

    def is_title(self, match: Match, of: Match) -> bool:
        """Whether a colon after the words makes them the title of others: *follows phones: locations are dropped*."""
        return match[-1][1] <= self._since_colon(of[0][0])

    def _is_labelled_no(self, match: Match) -> bool:
        """Whether a cross stands before the clause, or a short label that denies: *Not included: calls, messages*."""
        if _CROSSED.match(self.clause.text):
            return True
        colon = self._since_colon(self.first(match))
        if colon - self.head > LABEL or colon <= self.head:
            return False
        return any(
            each[0][0] <= self.head + 1 and each[-1][1] <= colon
            for name in ("denies", "denies_near")
            for each in self._denials(name)
        )

    def _is_cell_no(self, match: Match) -> bool:
        """Whether the words are the label of a cell that begins with a denial (*Calls: not supported*), or is a short
        one (*Calls: not kept*)."""
        end = match[-1][1]
        near = range(end, min(end + LABEL, len(self.words)))
        cell = next((at for at in near if _CELL.search(self._between(at))), None)
        if cell is None:
            return False
        if any(each[0][0] in (cell, cell + 1) for each in self._all("cell_denies")):
            return True
        if any(_CELL.search(self._between(at)) for at in range(cell + 1, len(self.words))):
            return False
        by_length = {1: ("denies", "denies_near"), 2: ("denies",)}  # *no*, *without*; *not kept*, but not *no cap*
        denying = by_length.get(len(self.words) - cell, ())
        return any(each[0][0] == cell for name in denying for each in self._all(name))

    def is_needless(self, match: Match) -> bool:
        """Whether the words are said not to be needed (*no warrant is required*): that states neither yes nor no. What
        something is not needed for (*no operator is needed to*) is another thing."""
        return any(
            not _is_part(each, match) and self._is_of_needless(match, each, denial)
            for name in ("denies", "denies_near")
            for denial in self._denials(name)
            if not _is_part(denial, match)
            for each in self._all("needless")
        )

    def _is_of_needless(self, match: Match, needless: Match, denial: Match) -> bool:
        first, end = self.first(match), match[-1][1]
        if abs(needless[0][0] - denial[0][0]) >= 2 * FEW_WORDS:
            return False
        if end <= needless[0][0]:
            return needless[0][0] < self._last(end) and not first <= denial[0][0] < end
        if denial[0][0] >= first or needless[-1][1] > first:
            return False
        between = range(needless[-1][1], first)
        return not any(self.words[at] in _PURPOSE for at in between) and not any(
            _BOUNDARY.search(self._between(at)) for at in range(needless[-1][1], first + 1)
        )

    def _is_denied_within(self, match: Match) -> bool:
        return any(
            match[0][1] <= each[0][0] and each[-1][1] <= match[-1][1] and not _is_part(each, match)
            for name in ("denies", "denies_near")
            for each in self._denials(name)
        )

    def _is_denied_around(self, match: Match) -> bool:
        first, end = self.first(match), match[-1][1]
        near, last = self._near(first), self._last(end)
        if any(near <= each[0][0] < first or end <= each[0][0] < last for each in self._all("needless")):
            return False
        since = self._since_colon(first)
        if any(since <= each[0][0] < first for each in self._denials("denies")):
            return True
        if any(near <= each[0][0] < first for each in self._denials("denies_near")):
            return True
        return any(end <= each[0][0] and self._is_said_of(end, each, last) for each in self._all("denies_after"))

    def _is_said_of(self, end: int, denial: Match, last: int) -> bool:
        """Whether a denial after the words is still of them: *calls and texts are not taken*, but not *calls, and is
        not seen*."""
        if denial[-1][1] > last:
            return False
        others = [at for at in range(end, denial[0][0]) if self.words[at] in _ANOTHER]
        return not others or (denial[0][0] - others[0] in (2, 3) and self.words[others[0]] in _AND)

    def _near(self, first: int) -> int:
        """The first of the few words before ``first`` that no comma, colon or bracket parts from it."""
        at, began = first, first
        while at > self.head and first - at < FEW_WORDS:
            between = self._between(at)
            if "," in between and began - at < LABEL and not _BOUNDARY.search(between.replace(",", "")):
                if not self._is_listed(at):
                    break
                began = at  # a list of few words each: no camera, microphone or transmitter
            elif _BOUNDARY.search(between):
                break
            at -= 1
        return at

    def _is_listed(self, at: int) -> bool:
        """Whether the words from ``at``, after a comma, are one thing more of a list, not the main clause (*without
        touching the phone, the agent installs itself*): no subject begins them, and few follow or *or* does."""
        if self.words[at] in _SUBJECTS:
            return False
        end = next(
            (to for to in range(at + 1, len(self.words)) if _BOUNDARY.search(self._between(to))), len(self.words)
        )
        rest = self.words[at:]
        return end - at <= LABEL or any(each in _OR for each in rest)

    def _last(self, end: int) -> int:
        at = end
        while at < len(self.words) and at - end < FEW_WORDS and not _BOUNDARY.search(self._between(at)):
            at += 1
        return at

    def _since_colon(self, first: int) -> int:
        return next((at for at in range(first, self.head, -1) if ":" in self._between(at)), min(self.head, first))

    def _between(self, at: int) -> str:
        """What stands between the word ``at`` and the one before it."""
        own = at - self.head
        start = self.spans[own - 1][1] if own else 0
        return self.clause.text[start : self.spans[own][0] if own < len(self.spans) else len(self.clause.text)]

    def _denials(self, name: str) -> list[Match]:
        """The denials that are none of those that never deny (*not only*)."""
        never = self._all("never_denies")
        return [
            each
            for each in self._all(name)
            if not any(one[0][0] < each[-1][1] and each[0][0] < one[-1][1] for one in never)
        ]

    def _all(self, name: str) -> Sequence[Match]:
        return self.found.get(Denial(name), ())


def _is_part(each: Match, match: Match) -> bool:
    return any(start < each[-1][1] and each[0][0] < end for start, end in match)


@lru_cache(64)
def _heading(under: str) -> tuple[str, ...]:
    return tuple(WORD.findall(under))
