"""Numbers with their units as a text gives them, brought to one unit, so that *10 grams* is *0.010 kg*."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PREFIXES = {
    "": 0,
    "T": 12,
    "G": 9,
    "M": 6,
    "k": 3,
    "c": -2,
    "m": -3,
    "µ": -6,
    "μ": -6,
    "u": -6,
    "n": -9,
    "p": -12,
    "f": -15,
}
_SYMBOLS = {"m", "g", "s", "Hz", "W", "V", "A", "J", "Pa", "K", "N", "eV", "bit", "bits"}
_PREFIX_NAMES = {
    "": 0, "tera": 12, "giga": 9, "mega": 6, "kilo": 3, "centi": -2, "milli": -3, "micro": -6, "nano": -9, "pico": -12,
}  # fmt: skip
_NAMES = {
    "metre": "m", "meter": "m", "gram": "g", "second": "s", "hertz": "Hz", "watt": "W", "volt": "V", "ampere": "A",
    "amp": "A", "joule": "J", "pascal": "Pa", "kelvin": "K", "newton": "N", "bit": "bit", "electronvolt": "eV",
}  # fmt: skip
_PLAIN = {
    "%": "%", "percent": "%", "per cent": "%", "°": "°", "°C": "°C", "degC": "°C", "degree": "°", "degrees": "°",
    "inch": "inch", "inches": "inch", "hour": "h", "hours": "h", "h": "h", "minute": "min", "minutes": "min",
    "micron": "1e-06m", "microns": "1e-06m", "rad": "rad", "dB": "dB", "ppm": "ppm",
}  # fmt: skip


def _table() -> dict[str, tuple[int, str]]:
    """For each way to write a unit the power of ten and the unit it stands for."""
    table = {unit: (0, to) for unit, to in _PLAIN.items() if not to.startswith("1e")}
    table |= {"micron": (-6, "m"), "microns": (-6, "m"), "mm": (-3, "m"), "sec": (0, "s"), "seconds": (0, "s")}
    for prefix, power in _PREFIXES.items():
        table |= {prefix + unit: (power, unit.removesuffix("s") if unit == "bits" else unit) for unit in _SYMBOLS}
    for prefix, power in _PREFIX_NAMES.items():
        for name, unit in _NAMES.items():
            table |= {prefix + name: (power, unit), f"{prefix}{name}s": (power, unit)}
    return table


_UNITS = _table()
_WRITTEN = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_QUANTITY = re.compile(rf"(?<![\w.])(\d+(?:\.\d+)?)(?:\+|\s*[-–]?\s*)({_WRITTEN})(?![^\W\d_])")


def quantities(text: str) -> Iterator[tuple[str, str]]:
    """(quantity in its base unit, as it stands) for each number with a unit; thousands are written without commas.

    Only units that are written alike everywhere: the case of ``mW`` and ``MW`` tells them apart.
    """
    for match in _QUANTITY.finditer(text):
        power, unit = _UNITS[match[2]]
        yield f"={float(match[1]) * 10.0**power:.5g}{unit}", match[0]
