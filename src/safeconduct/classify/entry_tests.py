"""Reading the tests of a control list from TOML, strictly: every error with its line."""

from __future__ import annotations

import re

from safeconduct.classify.model import Combine, Element, EntryTest, EntryTests, Note
from safeconduct.core import canonical
from safeconduct.core.dates import parse_partial
from safeconduct.core.fact import FactType
from safeconduct.policy import Catalogue, Condition, parse_condition
from safeconduct.policy.table import Table, read_toml

TOP_KEYS = ("v", "list", "title", "citation", "publisher", "read_against", "published", "entry")
ENTRY_KEYS = (
    "code", "text", "forms", "kinds", "signs", "built_into", "unless", "combine", "element", "note",
    "valid_from", "valid_to",
)  # fmt: skip
_CODE = re.compile(r"[0-9][A-E][0-9]{3}(\.[a-z0-9]{1,2})*", re.ASCII)
FORM = "item.function"
_LIST = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)


def read_entry_tests(data: bytes, where: str, catalogue: Catalogue) -> EntryTests:
    """The tests in ``data``; a ``Refusal`` naming the line for an unknown key, fact, word or code,
    a code that stands twice, and an entry that goes before one it does not know."""
    raw, place = read_toml(data, where)
    top = Table(raw, place, TOP_KEYS)
    top.whole("v", 1, 1)
    name = top.text("list")
    if not _LIST.fullmatch(name):
        top.at("list").refuse(f"{name[:40]!r} is no key of a list", "write a key such as eu-annex1")
    entries: list[EntryTest] = []
    for table in top.tables("entry", ENTRY_KEYS):
        entries.append(_entry(table, catalogue, [each.code for each in entries]))
    if not entries:
        top.place.refuse("no entry to test", "add [[entry]]")
    return EntryTests(
        list=name,
        title=top.languages("title"),
        citation=top.text("citation"),
        publisher=top.text("publisher"),
        read_against=top.text("read_against"),
        published=_date(top, "published"),
        sha256=canonical.sha256(data),
        entries=tuple(entries),
    )


def _entry(table: Table, catalogue: Catalogue, before: list[str]) -> EntryTest:
    code = _code(table, before)
    elements = tuple(_element(each, catalogue) for each in table.tables("element", ("paragraph", "when", "text")))
    if not elements:
        table.place.refuse(f"{code} has no element", "add [[entry.element]]")
    combine: Combine = "any" if table.word("combine", ["all", "any"], "all") == "any" else "all"
    return EntryTest(
        code=code,
        text=table.languages("text"),
        form=parse_condition({"fact": FORM, "in": table.need("forms")}, catalogue, table.at("forms")),
        elements=elements,
        notes=tuple(_note(each, catalogue) for each in table.tables("note", ("paragraph", "when", "text", "label"))),
        combine=combine,
        kinds=_words_of(table, "kinds", catalogue, "item.kind"),
        signs=tuple(sign.casefold() for sign in table.words("signs")),
        built_into=_words_of(table, "built_into", catalogue, "item.kind"),
        unless=_earlier(table, before),
        valid_from=_date(table, "valid_from"),
        valid_to=_date(table, "valid_to"),
    )


def _code(table: Table, before: list[str]) -> str:
    code = table.text("code")
    if not _CODE.fullmatch(code):
        table.at("code").refuse(f"{code[:40]!r} is no code", "write a code such as 5A001.j")
    if code in before:
        table.at("code").refuse(f"the code {code} stands twice", "keep one of them")
    return code


def _earlier(table: Table, before: list[str]) -> tuple[str, ...]:
    codes = table.words("unless")
    for number, code in enumerate(codes):
        if code not in before:
            table.at("unless", number).refuse(f"{code[:40]!r} does not stand above", "put that entry before this one")
    return codes


def _element(table: Table, catalogue: Catalogue) -> Element:
    return Element(table.text("paragraph"), _when(table, catalogue), table.languages("text"))


def _note(table: Table, catalogue: Catalogue) -> Note:
    label = _words_of(table, "label", catalogue, "item.marketed_for")
    return Note(table.text("paragraph"), _when(table, catalogue), table.languages("text"), label)


def _when(table: Table, catalogue: Catalogue) -> Condition:
    return parse_condition(table.need("when"), catalogue, table.at("when"))


def _words_of(table: Table, key: str, catalogue: Catalogue, fact: str) -> tuple[str, ...]:
    """The words of ``key``, each of which must be a value of ``fact``."""
    known: FactType | None = catalogue.get(fact)
    allowed = list(known.words) if known else []
    words = table.words(key)
    for number, word in enumerate(words):
        if word not in allowed:
            table.at(key, number).refuse_word(f"{word[:40]!r} is no value of {fact}", word, allowed)
    return words


def _date(table: Table, key: str) -> str:
    text = table.text(key, "")
    if text:
        parse_partial(text, str(table.at(key)))
    return text
