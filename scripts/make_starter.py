"""Make the starter editions anew: entries and figures out of the real files under SAFECONDUCT_DATA,
re-expressed in our own form without the publishers' sentences, and the fictional figures.

The control entries (eu-annex1, us-ccl) are written by hand in our own words and left alone.
Run: .venv/bin/python scripts/make_starter.py
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from safeconduct.core import canonical
from safeconduct.sources.editions import read
from safeconduct.sources.model import Figure, Listed, Record
from safeconduct.sources.readers.starter import Header

ROOT = Path(__file__).resolve().parents[1]
LISTS = ROOT / "src" / "safeconduct" / "starter" / "lists"
OBTAINED = "2026-07-31"

# Entries by the publisher's id (OFAC, UN), or by name where the publisher gives none.
OFAC_SDN = [
    "12562", "15718", "23683", "11355", "23663", "23664", "23665", "23666", "18218", "18220", "17084", "26626", "25257",
    "25502", "31212", "25308", "23307", "29071", "23954", "20439", "21392", "11737", "18305", "19038", "30507",
    "29523", "25654", "19587", "18955", "11301", "31135", "17808", "23128", "15838", "12724", "19849", "9596",
    "20419", "11391", "29642", "30546", "30626",
]  # fmt: skip
OFAC_CONS = ["9683", "9646", "19687", "30929", "20316", "30937", "18820"]
UN = [
    "2959427", "6907993", "6908700", "6908466", "111145", "690754", "110422", "6908404", "6908452", "6908070", "112035",
    "2975591", "690762", "110392", "110374", "6908967", "6908556", "6908595", "6908876",
]  # fmt: skip
BIS_EL = (
    "NSO Group", "Qazi Abdallah", "Candiru", "Cytrox Holdings Zrt", "Cytrox AD", "Intellexa S.A.", "Intellexa Limited",
    "Positive Technologies", "Computer Security Initiative Consultancy PTE. LTD.",
    "Hangzhou Hikvision Digital Technology Co., Ltd.", "Dahua Technology", "Megvii Technology", "Yitu Technologies",
    "Beijing Sensetime Technology Development Co., Ltd.", "CloudWalk Technology", "IFLYTEK",
    "Xiamen Meiya Pico Information Co. Ltd.", "NetPosa", "Intellifusion", "Zhejiang Uniview Technologies Co., Ltd.",
    "Hytera Communications Limited", "FiberHome Technologies Group", "Emal Bilal Construction Company (EBCC)",
)  # fmt: skip
BIS_DPL = ("MEGATECH ENGINEERING & SERVICES PVT. LTD.", "YARRA ANSTALT A.G.", "AIR FREIGHT LTD", "AL NASER AIRLINES")
US_CSL = ("GEFEST-M LLC", "200G PSA HOLDINGS LLC", "AKTSIONERNOE OBSHCHESTVO SHVABE", "32 Group China Ltd.")
PLACES = frozenset(["AE", "CN", "EG", "GR", "HU", "IL", "IN", "MX", "PK", "RU", "SA", "TR"])
FIRST_YEAR = 2014

# Fictional places: liberal democracy, rule of law (0 to 1, in thousandths), voice and accountability and
# protection (in thousandths), in 2014 and in 2025; the years between lie on a line.
FICTIONAL = {
    "QR": ((372, 139), (401, 188), (-610, -1380), (-402, -1117)),  # Karsova: weak and getting worse
    "QS": ((214, 221), (266, 259), (-942, -957), (-655, -671)),  # Ostrel: weak, little change
    "QT": ((312, 281), (345, 330), (-701, -733), (-318, -344)),  # Tarn and Ulvar: twins in every figure
    "QU": ((312, 281), (345, 330), (-701, -733), (-318, -344)),
    "QV": ((774, 791), (932, 941), (1188, 1214), (2104, 2187)),  # Velmar: high
    "XX": ((812, 823), (957, 961), (1402, 1431), (2618, 2650)),  # Sundmark: high, the home State of the examples
}
VARIABLES = ("v2x_libdem", "v2xcl_rol", "va_estimate", "human_rights_protection")


def main() -> None:
    data = Path(os.environ.get("SAFECONDUCT_DATA") or ROOT.parent / "shared" / "data")
    watch, figures = data / "watchlists", data / "indicators"
    made: list[tuple[Header, list[Record]]] = [
        watchlist([watch / f"ofac_{part}.csv" for part in ("sdn", "alt", "add")], OFAC_SDN),
        watchlist([watch / f"ofac_cons_{part}.csv" for part in ("prim", "alt", "add")], OFAC_CONS),
        watchlist([watch / "un_consolidated.xml"], UN),
        watchlist([watch / "bis_entity_list.json"], BIS_EL, "2026-07-09"),
        watchlist([watch / "bis_denied_persons.txt"], BIS_DPL),
        watchlist([watch / "us_csl_sample.csv"], US_CSL),
        indicator(figures / "vdem_v15_indices_1990_2024.csv", {"v2x_libdem"}),
        indicator(figures / "vdem_v14_spaces_1990_2023.csv", {"v2xcl_rol"}),
        indicator(figures / "wgi_voice_accountability_1996_2023.csv", {"va_estimate"}),
        indicator(figures / "fariss_hr_protection_1990_2019.csv", {"human_rights_protection"}),
        fictional(),
    ]
    for header, records in made:
        lines = sorted(canonical.encode(record) for record in records)
        (LISTS / f"{header.key}.jsonl").write_bytes(b"\n".join([canonical.encode(header), *lines]) + b"\n")
    write_contents()


def watchlist(files: list[Path], wanted: Iterable[str], obtained: str = OBTAINED) -> tuple[Header, list[Record]]:
    """The wanted entries of a list, without remarks; each must be there."""
    reading = read(list(files), obtained=obtained)
    found: dict[str, Listed] = {}
    for record in reading.records():
        if isinstance(record, Listed):
            found[record.entry] = found[record.names[0].text] = record
    picked = [msgspec.structs.replace(found[name], remarks="") for name in wanted]
    about = f"{len(picked)} of {reading.edition.count} entries: names, dates, places and numbers as facts, no remarks"
    edition = reading.edition
    header = Header(
        key=edition.key, publisher=edition.publisher, kind=edition.kind, licence=edition.licence,
        obtained=obtained, published=edition.published, about=about,
    )  # fmt: skip
    return header, list(picked)


def indicator(file: Path, variables: set[str]) -> tuple[Header, list[Record]]:
    """The figures of some variables on some places since 2014."""
    reading = read([file], obtained=OBTAINED)
    picked: list[Record] = [
        record
        for record in reading.records()
        if isinstance(record, Figure)
        and record.variable in variables
        and record.territory in PLACES
        and record.period >= FIRST_YEAR
    ]
    edition = reading.edition
    header = Header(
        key=edition.key, publisher=edition.publisher, kind="indicator", licence=edition.licence, obtained=OBTAINED,
        about=f"{len(picked)} of {edition.count} figures: {', '.join(sorted(variables))} since {FIRST_YEAR}",
    )  # fmt: skip
    return header, picked


def fictional() -> tuple[Header, list[Record]]:
    """Made-up figures for the made-up places of the starter cases."""
    header = Header(
        key="fictional-indicators", publisher="safeconduct (fictional)", kind="indicator", licence="Apache-2.0",
        obtained="2026-01-15", published="2026-01-15", fictional=True,
        about="made-up figures for the fictional places of the starter cases",
    )  # fmt: skip
    return header, [figure for place in sorted(FICTIONAL) for figure in fictional_figures(place)]


def fictional_figures(place: str) -> Iterator[Figure]:
    for variable, (first, last) in zip(VARIABLES, FICTIONAL[place], strict=True):
        for year in range(FIRST_YEAR, 2026):
            value = first + (last - first) * (year - FIRST_YEAR) // (2025 - FIRST_YEAR)
            low, high = (decimal(value - 30), decimal(value + 30)) if variable == "v2x_libdem" else ("", "")
            where = f"fictional {place} {year}"
            yield Figure(variable, place, year, decimal(value), where, low=low, high=high, fictional=True)


def decimal(thousandths: int) -> str:
    sign, whole = ("-" if thousandths < 0 else ""), abs(thousandths)
    return f"{sign}{whole // 1000}.{whole % 1000:03d}"


def write_contents() -> None:
    """What each file is, for people; the files' own first lines are what is read."""
    contents = []
    for file in sorted(LISTS.glob("*.jsonl")):
        first, *records = file.read_bytes().splitlines()
        header = msgspec.to_builtins(msgspec.json.decode(first, type=Header))
        del header["type"]
        contents.append(
            {"file": file.name, **header, "count": len(records), "sha256": canonical.sha256(file.read_bytes())}
        )
    text = json.dumps(contents, ensure_ascii=False, indent=1)
    (LISTS / "editions.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
