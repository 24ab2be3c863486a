"""The committed style sheets and fonts belong to their sources.

`make test` needs no npm. So `npm run build` writes `assets/built.json`: the SHA-256 of every
input it read and of every file it wrote. Whoever edits the SCSS without building, or edits the
compiled file, or forgets to commit one of the two, is found here; `make assets` followed by
`git diff --exit-code` says the same from the other side, where npm is at hand.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "assets"
STATIC = ROOT / "src" / "safeconduct" / "static" / "safeconduct"
BUILT = json.loads((ASSETS / "built.json").read_text())


def hashes(kind: str) -> dict[str, str]:
    return {name: hashlib.sha256((ASSETS / name).read_bytes()).hexdigest() for name in BUILT[kind]}


@pytest.mark.parametrize("kind", ["inputs", "outputs"])
def test_what_was_built_is_what_is_committed(kind: str) -> None:
    assert hashes(kind) == BUILT[kind], "run `make assets` and commit what it wrote"


def test_every_style_source_is_among_the_inputs() -> None:
    sources = {f"scss/{path.name}" for path in (ASSETS / "scss").iterdir()}
    assert sources == {name for name in BUILT["inputs"] if name.startswith("scss/")}


def test_every_font_is_among_the_outputs_and_carries_its_licence() -> None:
    fonts = {path.name for path in (STATIC / "fonts").iterdir()}
    assert fonts == {Path(name).name for name in BUILT["outputs"] if "/fonts/" in name}
    for family in ("ibm-plex-sans", "ibm-plex-sans-arabic", "ibm-plex-mono"):
        assert "SIL Open Font License" in (STATIC / "fonts" / f"{family}-LICENSE.txt").read_text()


def test_the_fonts_stay_small() -> None:
    assert sum(path.stat().st_size for path in (STATIC / "fonts").glob("*.woff2")) < 600_000


@pytest.mark.parametrize("sheet", ["app.css", "app.rtl.css", "state.css"])
def test_a_style_sheet_fetches_nothing_but_its_own_fonts(sheet: str) -> None:
    text = (STATIC / sheet).read_text()
    fetched = re.findall(r"url\(\s*[\"']?([^\"')]+)", text)
    assert all((STATIC / address).is_file() for address in fetched), fetched
    assert "@import" not in text


@pytest.mark.parametrize("sheet", ["app.css", "app.rtl.css"])
def test_no_brand_of_the_british_government_is_shipped(sheet: str) -> None:
    rules = re.sub(r"/\*.*?\*/", "", (STATIC / sheet).read_text(), flags=re.DOTALL).lower()
    for word in ("gds transport", "crown", "crest", "logotype"):
        assert word not in rules


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


def test_the_accent_can_be_read_on_paper_and_on_wash() -> None:
    found = re.search(r"--sc-accent:\s*(#[0-9a-f]{6})", (STATIC / "state.css").read_text())
    wash = re.search(r"--sc-wash:\s*(#[0-9a-f]{6})", (STATIC / "app.css").read_text())
    assert found
    assert wash
    assert contrast(found[1], "#ffffff") >= 4.5
    assert contrast(found[1], wash[1]) >= 4.5


def test_the_right_to_left_sheet_is_the_mirror_image() -> None:
    plain, mirrored = ((STATIC / name).read_text() for name in ("app.css", "app.rtl.css"))
    assert plain.count("margin-left:") == mirrored.count("margin-right:")
    assert plain.count("font-face") == mirrored.count("font-face")
