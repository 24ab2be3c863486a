"""Shares of a party: kept as fractions, shown as decimal texts in per cent, and rounded so that bounds stay true."""

from __future__ import annotations

from fractions import Fraction

import msgspec

_PLACES = 12
_FINE = 10**30  # shares of shares are kept to this part of the whole


class Bounds(msgspec.Struct, frozen=True):
    """A share in per cent as decimal texts, at most twelve decimals: ``low`` rounded down, ``high`` up."""

    low: str
    high: str

    @property
    def exact(self) -> bool:
        return self.low == self.high


def down(share: Fraction) -> Fraction:
    """A share of shares as the reckoning keeps it, rounded down; a high one is the negative of its negative."""
    return Fraction(share.numerator * _FINE // share.denominator, _FINE)


def per_cent(value: Fraction, *, up: bool = False) -> str:
    """A share as a decimal text in per cent, to twelve decimals; rounded down, or up."""
    scaled = value * 100 * 10**_PLACES
    whole = -(-scaled.numerator // scaled.denominator) if up else scaled.numerator // scaled.denominator
    text = f"{whole // 10**_PLACES}.{whole % 10**_PLACES:0{_PLACES}d}"
    return text.rstrip("0").rstrip(".")
