"""A comparison of names as parts that people read: which name answered to which, what was omitted, what differs."""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.screen import abjad, heard
from safeconduct.screen.model import AnalysedName, Mode, Part, Word
from safeconduct.screen.names import Compared, Pair
from safeconduct.screen.words import text


def parts(query: AnalysedName, listed: AnalysedName, compared: Compared) -> tuple[Part, ...]:
    """The comparison as named parts for people to read."""
    found = [_pair_part(pair, query.mode) for pair in compared.pairs if _tells(pair)]
    found += [part for pair in compared.pairs if (part := _reading(pair))]
    found += _left_over(compared, query.mode)
    if query.mode == "organization":
        found += _legal_forms(query, listed)
    if len(compared.pairs) > 1:
        found.append(_order(query, listed, compared))
    return tuple(found)


def _tells(pair: Pair) -> bool:
    return any(word.role not in ("particle", "legal") for word in (*pair.query, *pair.listed))


def _reading(pair: Pair) -> Part | None:
    """How a word in another script was read to answer to this one; ``None`` where both are in one script."""
    mine, theirs = (_as_written(side) for side in (pair.query, pair.listed))
    if bool(mine) == bool(theirs):
        return None
    own, other = (pair.query, pair.listed) if mine else (pair.listed, pair.query)
    how = "consonants" if abjad.written(own[0]) else heard.how(own, "".join(word.form for word in other))
    return Part("reading", how, mine or text(pair.query), theirs or text(pair.listed))


def _as_written(side: Sequence[Word]) -> str:
    return " ".join(one for word in side if (one := heard.written(word) or abjad.written(word)))


_PART_OF = {
    "patronymic": "patronymic",
    "trade": "trade_word",
    "place": "place_word",
    "generic": "generic_word",
    "number": "number",
    "title": "title",
}


def _pair_part(pair: Pair, mode: Mode) -> Part:
    role = pair.listed[0].role or pair.query[0].role
    tag = pair.listed[0].tag or pair.query[0].tag
    if role in _PART_OF:
        part = _PART_OF[role]
    elif mode == "organization":
        part = "distinctive_word"
    else:
        part = {"g": "given_name", "f": "family_name"}.get(tag, "name_word")
    return Part(part, pair.finding, text(pair.query), text(pair.listed))


def _left_over(compared: Compared, mode: Mode) -> list[Part]:
    """Words that nothing answers to, by what they are; on one side omitted, on both different."""
    usual = "distinctive_word" if mode == "organization" else "extra_names"
    sides: dict[str, tuple[list[Word], list[Word]]] = {}
    for place, side in enumerate((compared.only_query, compared.only_listed)):
        for word in side:
            sides.setdefault(_PART_OF.get(word.role, usual), ([], []))[place].append(word)
    return [
        Part(part, "different" if mine and theirs else "omitted", text(mine), text(theirs))
        for part, (mine, theirs) in sorted(sides.items())
    ]


def _legal_forms(query: AnalysedName, listed: AnalysedName) -> list[Part]:
    mine, theirs = ([word for word in name.words if word.role == "legal"] for name in (query, listed))
    if not mine and not theirs:
        return []
    if not mine or not theirs:
        return [Part("legal_form", "omitted", text(mine), text(theirs))]
    shared = {w.form for w in mine} & {w.form for w in theirs} or {s for w in mine for s in w.symbols} & {
        s for w in theirs for s in w.symbols
    }
    return [Part("legal_form", "same" if shared else "different", text(mine), text(theirs))]


def _order(query: AnalysedName, listed: AnalysedName, compared: Compared) -> Part:
    paired = sorted(compared.pairs, key=lambda pair: query.words.index(pair.query[0]))
    places = [listed.words.index(pair.listed[0]) for pair in paired]
    finding = "same" if places == sorted(places) else "different"
    return Part("name_order", finding, text(query.words), text(listed.words))
