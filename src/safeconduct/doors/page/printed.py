"""Pages of paper: HTML made here becomes tagged PDF with the fonts of this package in it. Nothing is fetched."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING

from safeconduct.core.errors import Refusal

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

FONTS = Path(__file__).resolve().parents[2] / "static" / "safeconduct" / "fonts"
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_FONT = re.compile(r"safeconduct:/fonts/([a-z0-9-]{1,80}\.woff2)", re.ASCII)


def pdf(html: str) -> bytes:
    """PDF/UA-1. A ``Refusal`` says what to install where the libraries that set text are not there."""
    try:
        import weasyprint
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except OSError as error:  # Pango and its kin are opened when it is imported
        raise Refusal(
            f"what sets text on paper is not installed: {error}", "PDF", f"as root: apt-get install {PACKAGES}"
        ) from error

    class OwnFonts(URLFetcher):  # type: ignore[misc]  # weasyprint has no types
        """The fonts of this package by name; every other address is refused."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002  # as it is called
            return URLFetcherResponse(url, own_font(url), {"Content-Type": "font/woff2"})

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    page = weasyprint.HTML(string=html, url_fetcher=OwnFonts())
    made: bytes = page.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return made


# What the fonts of this package can write: Latin, Greek, Cyrillic and Arabic script, and the punctuation of them.
_WRITTEN = re.compile("[\u0000-\u04ff\u0600-\u06ff\u0750-\u077f\u1e00-\u1eff\u2000-\u206f\u20a0-\u20bf\u2100-\u214f]*")


def spelt(text: str) -> str:
    """A text with the code points of letters that no font of this package has: paper may show boxes in their place."""
    missing = [f"U+{ord(char):04X}" for char in text if not _WRITTEN.fullmatch(char)]
    return f"{text} [{' '.join(missing)}]" if missing else text


def own_font(url: str) -> bytes:
    """The bytes of a font of this package; ValueError for any other address."""
    found = _FONT.fullmatch(url)
    if found is None:
        raise ValueError(f"not a font of this package: {url[:80]}")
    return (FONTS / found[1]).read_bytes()
