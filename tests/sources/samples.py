"""One small made file for each reader, none issued by a publisher."""

from __future__ import annotations

import json

from tests.sources.test_control_lists import EU, NOTED, ccl
from tests.sources.test_eu_uk_sanctions import EU_CSV, EU_XML, OFSI_CSV, OFSI_XML, UKSL_CSV, UKSL_XML
from tests.sources.test_ftm import COMPANY, PERSON
from tests.sources.test_indicators import FARISS, VDEM, WGI
from tests.sources.test_ofac import THREE
from tests.sources.test_rules_and_regimes import CHART, EXCEPTIONS, GROUPS
from tests.sources.test_un import UN
from tests.sources.test_us_lists import CSL_HEADER, CSL_PERSON, DPL, ENTITY, csl_row, extraction

Files = tuple[tuple[str, str], ...]

PARAGRAPHS = (
    "derived_ecn_no,ecn_number,parent_ecn,description_en,notes,child_count,children_list,sibling_eccns,is_leaf\n"
    "7,0A501,,\"Rifles\",\"[{'derived_ecn_no': '8', 'description': 'Note: 0A501 does not control toys.'}]\","
    "0,[],[],TRUE\n"
)
CSL_JSON = json.dumps({"results": [{"name": "Osprey", "source": "EL", "federal_register_notice": "x", "ids": []}]})
STARTER = (
    '{"about":"made","key":"xx-made","kind":"watchlist","licence":"x","obtained":"2026-01-01","publisher":"X",'
    '"type":"starter"}\n{"entry":"1","kind":"person","names":[{"text":"Ines"}],"place":"line 1","type":"listed"}\n'
)
RELEVANT = "list,code,capability,misuse,status,source\nUS-CCL,5A001.f,interception,searches,verified,x\n"
REGIMES = {
    "uk-mtcr-1": "M1A1,ACTIVE,4,UK,Cat 1\n", "uk-mtcr-2": "M10A1,ACTIVE,4,UK,Cat 2\n",
    "uk-nsg-dual": "N,PARENT,1,UK\nN1,ACTIVE,2,UK\n", "uk-nsg-trigger": "T,ACTIVE,0,UK\nT1,PARENT,1,UK\n",
}  # fmt: skip

SAMPLES: dict[str, Files] = {
    "starter/1": (("starter.jsonl", STARTER),),
    "ofac-sdn-csv/1": THREE,
    "ofac-cons-csv/1": (("sdn.csv", THREE[0][1].replace('"SDGT', '"NS-PLC').replace('"IRAN', '"NS-PLC')), *THREE[1:]),
    "un-sc-xml/2": (("un.xml", UN),),
    "bis-dpl-text/1": (("dpl.txt", DPL),),
    "bis-el-json/1": (extraction(ENTITY),),
    "bis-meu-json/1": (extraction(ENTITY, list_id="bis-meu"),),
    "dhs-uflpa-json/1": (extraction(ENTITY, list_id="dhs-uflpa"),),
    "us-csl-csv/1": (("csl.csv", f"{CSL_HEADER}\n{csl_row(**CSL_PERSON)}\n"),),
    "us-csl-json/1": (("csl.json", CSL_JSON),),
    "eu-fsf-xml/1": (("eu.xml", EU_XML),),
    "eu-fsf-csv/1": (("eu.csv", EU_CSV),),
    "uk-sl-xml/1": (("uksl.xml", UKSL_XML),),
    "uk-sl-csv/1": (("uksl.csv", UKSL_CSV),),
    "uk-ofsi-xml/1": (("ofsi.xml", OFSI_XML),),
    "uk-ofsi-csv/1": (("ofsi.csv", OFSI_CSV),),
    "us-ccl-json/2": (ccl(*NOTED),),
    "us-country-chart-json/1": (("chart.json", json.dumps(CHART)),),
    "us-country-groups-json/1": (("groups.json", json.dumps(GROUPS)),),
    "us-licence-exceptions-json/1": (("exceptions.json", json.dumps(EXCEPTIONS)),),
    "us-ccl-paragraphs-csv/2": (("paragraphs.csv", PARAGRAPHS),),
    "eu-annex1-text/2": (("annex.txt", EU),),
    **{f"{key}-csv/1": ((f"{key}.csv", text),) for key, text in REGIMES.items()},
    "hr-relevant-csv/2": (("relevant.csv", RELEVANT),),
    "vdem-csv/1": (("vdem.csv", VDEM),),
    "wgi-va-csv/1": (("wgi.csv", WGI),),
    "fariss-csv/1": (("fariss.csv", FARISS),),
    "ftm-json-lines/1": (("made.ftm.json", "".join(json.dumps(each) + "\n" for each in (PERSON, COMPANY))),),
}
