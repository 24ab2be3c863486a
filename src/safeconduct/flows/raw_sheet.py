"""A bare datasheet, text or PDF, as an enquiry about one line of goods: what it proposes, and what was not read."""

from __future__ import annotations

import re

import msgspec

from safeconduct.classify import Proposal, language_of, proposals, proposals_of_pages
from safeconduct.core.canonical import MAX_BYTES, refuse_unsafe_text
from safeconduct.core.errors import Refusal
from safeconduct.core.item import Datasheet, Item
from safeconduct.flows.pdf_text import pages_of
from safeconduct.intake.limits import SHEET_LINES, TEXT_CHARS
from safeconduct.intake.model import CaseFile
from safeconduct.intake.read import check_case

MOST_TITLE = 200
READ = ("en", "fr", "es")

_WORDS = re.compile(r"[^\W_]{2,}")
_SIGNS = re.compile(r"[^\s._…·-]")  # rules and leaders of a table are no text


class Reading(msgspec.Struct, frozen=True):
    """How far the sheet was read. ``said`` tells what was not, and what to ask for; empty where all was."""

    language: str
    read: bool
    pages: int
    said: str


class RawSheet(msgspec.Struct, frozen=True):
    """The enquiry, the facts its words propose, and how far they were read."""

    case: CaseFile
    proposed: tuple[Proposal, ...]
    reading: Reading


def raw_sheet(data: bytes, name: str) -> RawSheet:
    """``data`` as an enquiry; a ``Refusal`` where it is neither text nor a PDF that can be opened."""
    if len(data) > MAX_BYTES:
        raise Refusal(f"larger than {MAX_BYTES} bytes", name, "send the datasheet's text alone")
    pages = pages_of(data, name) if data.lstrip()[:5] == b"%PDF-" else ()
    lines = tuple(line[:TEXT_CHARS] for page in pages for line in page) if pages else _text(data, name)
    if len(lines) > SHEET_LINES:
        raise Refusal(f"{len(lines)} lines", name, f"at most {SHEET_LINES} are taken; send the pages that matter")
    title = next((line.strip()[:MOST_TITLE] for line in lines if line.strip()), "" if not pages else name[:MOST_TITLE])
    if not title:
        raise Refusal("empty: neither an application nor the text of a datasheet", name, "send one of them")
    item = Item(1, title, datasheet=Datasheet(title, lines))
    case = CaseFile(v=1, kind="classification_enquiry", lines=(item,))
    check_case(case, name)
    proposed = proposals_of_pages(pages, title) if pages else proposals(item)
    return RawSheet(case, proposed, _reading(pages, lines))


def _text(data: bytes, name: str) -> tuple[str, ...]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(f"not UTF-8 at byte {error.start}", name, "save the text as UTF-8, or send the PDF") from error
    refuse_unsafe_text(text, name)
    return tuple(text.rstrip().splitlines())


def _is_legible(page: tuple[str, ...]) -> bool:
    """Whether most signs of a page stand in words or numbers. A font that does not tell its letters yields symbols and
    single letters, which say nothing of the goods."""
    text = "".join(page)
    return 2 * sum(map(len, _WORDS.findall(text))) > len(_SIGNS.findall(text))


def _reading(pages: tuple[tuple[str, ...], ...], lines: tuple[str, ...]) -> Reading:
    legible = [page for page in pages if _is_legible(page)]
    language = language_of([line for page in legible for line in page] if pages else lines)
    empty = [str(number) for number, page in enumerate(pages, 1) if not _is_legible(page)]
    if language == "none":
        said = "It holds no text that can be read, as a scanned picture. Ask for the datasheet as text, or type it."
    elif language not in READ:
        said = f"It is not in English, French or Spanish ({language}). Ask for the datasheet in one of them."
    elif empty:
        said = f"Without text that can be read: page {', '.join(empty)}. Ask for what they show as text."
    else:
        said = ""
    return Reading(language, language in READ, len(pages), said)
