"""Every format that can be read, in the order in which they are tried, and how a file is recognised.

A file is known by its content; its name is only shown to people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Literal

import msgspec

from safeconduct.sources.files import SourceFile
from safeconduct.sources.readers import (
    bis_dpl,
    eu_annex1,
    eu_fsf,
    extraction,
    ftm,
    indicators,
    ofac,
    regimes,
    starter,
    uk_sanctions,
    un,
    us_ccl,
    us_csl,
    us_paragraphs,
    us_rules,
)
from safeconduct.sources.rows import Rows

Kind = Literal["watchlist", "control_list", "indicator", "country_rules", "regime", "relevant"]
Recognise = Callable[[str], str]
Read = Callable[[Mapping[str, SourceFile], Rows], str]

US_WORK = "US Government work, public domain"


class Reader(msgspec.Struct, frozen=True):
    """A publisher's format.

    ``recognise`` takes the first text of a file and answers which of ``parts`` it is, or ``""``.
    ``read`` takes one file for each part, puts records and skipped rows into ``Rows``, and
    returns the date of publication that the file states (ISO), or ``""``. ``belongs`` says whether a
    further part goes with a main file (the first of ``parts``). ``name`` changes when the same
    bytes would be read otherwise, so that an edition says how it was read.
    """

    name: str
    key: str
    publisher: str
    kind: Kind
    licence: str
    recognise: Recognise
    read: Read
    parts: tuple[str, ...] = ("list",)
    belongs: Callable[[SourceFile, SourceFile], bool] = lambda _main, _part: True


def _extraction(key: str, publisher: str) -> Reader:
    recognise = partial(extraction.is_extraction, key)
    return Reader(f"{key}-json/1", key, publisher, "watchlist", US_WORK, recognise, extraction.read_extraction)


def _ofac(key: str, main: str) -> Reader:
    def recognise(head: str) -> str:
        part = ofac.part_of(head)
        return "sdn" if part == main else part if part in ("alt", "add") else ""

    publisher = "US Treasury, Office of Foreign Assets Control"
    parts = ("sdn", "alt", "add")
    return Reader(
        f"{key}-csv/1", key, publisher, "watchlist", US_WORK, recognise, ofac.read_ofac, parts, ofac.same_list
    )


def _rules(key: str, which: str, read: Read) -> Reader:
    recognise = partial(us_rules.is_rules, which)
    return Reader(f"{key}-json/1", key, BIS, "country_rules", US_WORK, recognise, read)


def _regime(key: str, publisher: str) -> Reader:
    recognise, read = partial(regimes.is_regime, key), partial(regimes.read_regime, key)
    return Reader(f"{key}-csv/1", key, publisher, "regime", "MIT", recognise, read)


UN = "United Nations Security Council"
BIS = "US Bureau of Industry and Security"
CSL = "US Department of Commerce, International Trade Administration"
EU, EU_REUSE = "European Commission", "EU, reuse with the source named"
FCDO = "UK Foreign, Commonwealth and Development Office"
OFSI = "UK Office of Financial Sanctions Implementation"
OGL = "Open Government Licence 3.0"
MTCR, NSG = "Missile Technology Control Regime, as kept by the UK", "Nuclear Suppliers Group, as kept by the UK"
VDEM, WORLD_BANK = "Varieties of Democracy Institute", "World Bank, Worldwide Governance Indicators"

CATALOGUE: tuple[Reader, ...] = (
    Reader("starter/1", "starter", "safeconduct", "watchlist", "", starter.is_starter, starter.read_starter),
    _ofac("ofac-sdn", "sdn"),
    _ofac("ofac-cons", "cons"),
    Reader("un-sc-xml/2", "un-sc", UN, "watchlist", "UN, free use", un.is_un, un.read_un),
    Reader("bis-dpl-text/1", "bis-dpl", BIS, "watchlist", US_WORK, bis_dpl.is_dpl, bis_dpl.read_dpl),
    _extraction("bis-el", BIS),
    _extraction("bis-meu", BIS),
    _extraction("dhs-uflpa", "US Department of Homeland Security"),
    Reader("us-csl-csv/1", "us-csl", CSL, "watchlist", US_WORK, us_csl.is_csv, us_csl.read_csv),
    Reader("us-csl-json/1", "us-csl", CSL, "watchlist", US_WORK, us_csl.is_json, us_csl.read_json),
    Reader("eu-fsf-xml/1", "eu-fsf", EU, "watchlist", EU_REUSE, eu_fsf.is_xml, eu_fsf.read_xml),
    Reader("eu-fsf-csv/1", "eu-fsf", EU, "watchlist", EU_REUSE, eu_fsf.is_csv, eu_fsf.read_csv),
    Reader("uk-sl-xml/1", "uk-sl", FCDO, "watchlist", OGL, uk_sanctions.is_uksl_xml, uk_sanctions.read_uksl_xml),
    Reader("uk-sl-csv/1", "uk-sl", FCDO, "watchlist", OGL, uk_sanctions.is_uksl_csv, uk_sanctions.read_uksl_csv),
    Reader("uk-ofsi-xml/1", "uk-ofsi", OFSI, "watchlist", OGL, uk_sanctions.is_ofsi_xml, uk_sanctions.read_ofsi_xml),
    Reader("uk-ofsi-csv/1", "uk-ofsi", OFSI, "watchlist", OGL, uk_sanctions.is_ofsi_csv, uk_sanctions.read_ofsi_csv),
    Reader("us-ccl-json/2", "us-ccl", BIS, "control_list", US_WORK, us_ccl.is_ccl, us_ccl.read_ccl),
    _rules("us-country-chart", "chart", us_rules.read_chart),
    _rules("us-country-groups", "groups", us_rules.read_groups),
    _rules("us-licence-exceptions", "exceptions", us_rules.read_exceptions),
    Reader(
        "us-ccl-paragraphs-csv/2", "us-ccl-paragraphs", "US Government, extracted from the CFR", "control_list",
        US_WORK, us_paragraphs.is_paragraphs, us_paragraphs.read_paragraphs,
    ),
    Reader(
        "eu-annex1-text/2", "eu-annex1", "European Union, as published by Norway (List II)", "control_list",
        EU_REUSE, eu_annex1.is_annex, eu_annex1.read_annex,
    ),
    _regime("uk-mtcr-1", MTCR),
    _regime("uk-mtcr-2", MTCR),
    _regime("uk-nsg-dual", NSG),
    _regime("uk-nsg-trigger", NSG),
    Reader(
        "hr-relevant-csv/2", "hr-relevant", "compiled for safeconduct", "relevant", "Apache-2.0",
        regimes.is_relevant, regimes.read_relevant,
    ),
    Reader("vdem-csv/1", "vdem", VDEM, "indicator", "CC BY-SA 4.0", indicators.is_vdem, indicators.read_vdem),
    Reader("wgi-va-csv/1", "wgi-va", WORLD_BANK, "indicator", "CC BY 4.0", indicators.is_wgi, indicators.read_wgi),
    Reader(
        "fariss-csv/1", "fariss", "Fariss, latent human rights protection scores", "indicator", "CC0",
        indicators.is_fariss, indicators.read_fariss,
    ),
    Reader("ftm-json-lines/1", "ftm", "FollowTheMoney", "watchlist", "as its maker states", ftm.is_ftm, ftm.read_ftm),
)  # fmt: skip
