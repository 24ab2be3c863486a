"""How large an application may be: far above any real one, far below what would harm the system."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized

import msgspec

from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.intake.model import CaseFile

PARTIES, LINES, STATEMENTS = 200, 500, 5_000
SHEET_LINES, SHEET_CHARS = 5_000, 1_000_000  # of one datasheet
NAMES = 50  # aliases or identifiers of one party, declared entries of one line, words of one set
NAME_CHARS, TEXT_CHARS = 500, 10_000

_LONG_TEXTS = frozenset({"description", "what", "value", "searched", "lines", "address"})


def check_sizes(case: CaseFile, where: str) -> None:
    """Refuse too many parties, lines or statements, and texts longer than any name or paragraph."""
    for field, most in (("parties", PARTIES), ("lines", LINES), ("statements", STATEMENTS)):
        _refuse_many(getattr(case, field), most, f"{where} → {field}")
    _check_values(case, where, "case")


def check_party_sizes(party: Party, where: str) -> None:
    """The same bounds for one party alone."""
    _check_values(party, where, "party")


def _check_values(value: object, where: str, called: str) -> None:
    for place, name, inner in _walk(value, where, called):
        if isinstance(inner, tuple):
            most = SHEET_LINES if name == "lines" else NAMES
            _refuse_many(inner, most, place)
        elif isinstance(inner, str):
            most = TEXT_CHARS if name in _LONG_TEXTS else NAME_CHARS
            if len(inner) > most:
                raise Refusal(f"a text of {len(inner)} characters", place, f"at most {most} are taken")


def _refuse_many(values: Sized, most: int, place: str) -> None:
    if len(values) > most:
        raise Refusal(f"{len(values)} entries", place, f"at most {most} are taken; split the application")


def _walk(value: object, place: str, name: str) -> Iterator[tuple[str, str, object]]:
    """Every tuple and text inside ``value`` with its place and the name of its field."""
    if isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from _walk(getattr(value, field), f"{place} → {field}", field)
    elif isinstance(value, tuple):
        outermost = name in ("parties", "statements") or (name == "lines" and _holds_structs(value))
        if not outermost:
            yield place, name, value
        for number, part in enumerate(value, 1):
            yield from _walk(part, f"{place} [{number}]", name)
    elif isinstance(value, str):
        yield place, name, value


def _holds_structs(values: Iterable[object]) -> bool:
    return any(isinstance(value, msgspec.Struct) for value in values)
