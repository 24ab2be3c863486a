"""Values as people read them: dates, amounts, and the words of the vocabulary."""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal, InvalidOperation

from django.utils import formats
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from safeconduct.core import territory
from safeconduct.core.evidence import Source

# Words of the vocabulary that do not read well with their underscores turned into spaces.
SPELT = {
    "ngo": "NGO",
    "cert": "CERT",
    "jtag": "JTAG",
    "end_user": "end-user",
    "ultimate_end_user": "ultimate end-user",
    "un_body": "UN body",
    "un_finding": "UN finding",
    "ip_network_surveillance": "IP network surveillance",
    "dpi_network_management": "network management by deep packet inspection",
    "licence_needed": "is a licence needed?",
    "not_searched": "not searched for",
    "analogue_radio_or_wlan": "analogue radio or WLAN",
}


def word(value: str) -> str:
    """One word of the vocabulary in the reader's language; ``""`` stays empty."""
    return _(SPELT.get(value, value.replace("_", " "))) if value else ""


def heading(value: str) -> str:
    """As ``word``, with a capital at its head."""
    text = word(value)
    return text[:1].upper() + text[1:]


def listing(values: tuple[str, ...] | list[str]) -> str:
    """Several words of the vocabulary, in their order."""
    return ", ".join(word(value) for value in values)


def day(text: str) -> str:
    """``2026-10-05``, ``2026-10``, ``2026`` or a time of day as a date in words; anything else as it stands."""
    parts = text[:10].split("-")
    try:
        if len(parts) == 3:
            return formats.date_format(dt.date.fromisoformat(text[:10]), "j F Y")
        if len(parts) == 2:
            return formats.date_format(dt.date.fromisoformat(f"{text}-01"), "F Y")
    except ValueError:
        return text
    return text


def moment(text: str) -> str:
    """``2026-10-05T14:02:00Z`` as date and time in words, always UTC."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return text
    return f"{formats.date_format(found.astimezone(dt.UTC), 'j F Y, H:i')} UTC" if found else text


def figure(text: str) -> str:
    """A decimal text with its thousands set apart; its decimals are never cut."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite():
        return text
    exponent = value.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return f"{value:,.{places}f}".replace(",", "\u00a0")


def amount(quantity: str, unit: str) -> str:
    """A quantity with its unit, or nothing where none is stated."""
    return f"{figure(quantity)} {unit or _('pieces')}" if quantity else ""


def money(value: str, currency: str) -> str:
    """A value with its currency, or nothing where none is stated."""
    return f"{figure(value)} {currency}".strip() if value else ""


def place(key: str) -> str:
    """A territory by name, marked where it is fictional."""
    return territory.display_name(key) if key else ""


def source(value: Source) -> str:
    """Where something was taken from: what it is, where in it, of which date."""
    parts = (apart(value.ref) or word(value.kind), value.place, apart(value.author))
    return ", ".join(part for part in (*parts, day(value.date) if value.date else "") if part)


def apart(text: str) -> str:
    """What somebody wrote from right to left, set apart (U+2068, U+2069): numbers beside it keep their places."""
    against = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)
    return f"\u2068{text}\u2069" if against else text


def today() -> dt.date:
    """The day, in UTC."""
    return dt.datetime.now(dt.UTC).date()


def is_past(last_day: str) -> bool:
    """Whether the last day of something (ISO) is over, in UTC."""
    return bool(last_day) and last_day < today().isoformat()
