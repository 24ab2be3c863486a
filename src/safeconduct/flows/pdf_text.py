"""``python -m safeconduct.flows.pdf_text``: the text of a PDF on standard input, by page, as JSON; and who asks for it.

A process of its own, for whoever wrote the file may mean harm: bounded in memory, time, size of what it writes, and
pages. It opens no file and no connection, and runs nothing that the PDF holds: scripts, forms and attachments are
not read.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from io import BytesIO

from safeconduct.core.canonical import BIDI
from safeconduct.core.errors import Refusal

MOST_PAGES, MOST_TEXT = 300, 2_000_000
MEMORY, SECONDS, PATIENCE = 600_000_000, 20, 30.0
"""Bytes of address space, seconds of processor, seconds of the clock."""
TOO_MANY, TOO_LONG, UNPACKS, LOCKED, BROKEN = "pages", "text", "unpacks", "locked", "broken"


def pages_of(data: bytes, name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of each page; empty pages where there are pictures alone. A ``Refusal`` where it cannot be read."""
    command = [sys.executable, "-I", "-m", "safeconduct.flows.pdf_text"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, check=False, env={})
    except subprocess.TimeoutExpired as error:
        raise Refusal(f"not read within {PATIENCE:.0f} seconds", name, _REMEDY) from error
    if done.returncode:
        raise Refusal("a PDF that cannot be read within its bounds of memory and time", name, _REMEDY)
    found = json.loads(done.stdout)
    if isinstance(found, str):
        raise Refusal(_SAID[found], name, _REMEDY)
    return tuple(tuple(page) for page in found)


_REMEDY = "send the datasheet's pages as plain text, or as a PDF without a password of at most 300 pages"
_SAID = {
    TOO_MANY: f"a PDF of more than {MOST_PAGES} pages",
    TOO_LONG: f"a PDF with more than {MOST_TEXT} characters of text",
    UNPACKS: "a PDF that unpacks to more than is taken",
    LOCKED: "a PDF that is locked by a password",
    BROKEN: "a PDF that is broken, or no PDF",
}


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(data: bytes) -> list[list[str]] | str:
    """The lines by page, or what stands in the way. To be called in the bounded process alone."""
    from pypdf import PdfReader
    from pypdf.errors import LimitReachedError, PyPdfError

    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return LOCKED
        if len(reader.pages) > MOST_PAGES:
            return TOO_MANY
        pages, size = list[list[str]](), 0
        for page in reader.pages:
            text = _plain(page.extract_text())
            size += len(text)
            if size > MOST_TEXT:
                return TOO_LONG
            pages.append([line.rstrip() for line in text.splitlines()])
    except LimitReachedError:
        return UNPACKS
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        return BROKEN
    return pages


def _plain(text: str) -> str:
    """Without what cannot be seen: a PDF's text is full of it, and none of it is wording."""
    return "".join(
        char if char in "\n\t" or (char >= " " and char != "\x7f" and char not in BIDI) else " "
        for char in text
        if not "\ud800" <= char <= "\udfff"
    )


def main() -> int:
    """Read standard input, write JSON."""
    data = sys.stdin.buffer.read()
    _bound()
    sys.stdout.write(json.dumps(read(data)))
    return 0


if __name__ == "__main__":
    import logging

    logging.disable(logging.CRITICAL)
    sys.exit(main())
