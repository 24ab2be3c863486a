"""docs/application.schema.json says what the reader does, as far as a schema can say it."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from safeconduct.core.errors import Refusal
from safeconduct.intake import CaseFile, limits
from safeconduct.intake.check_lines import MOST_LINE
from safeconduct.intake.check_parties import NAME_CHARS
from safeconduct.intake.read import MOST_REFERENCE
from tests.intake.application import plain, read, stated
from tests.intake.test_read import JSON, PATHS, STARTERS, with_line, with_party, with_statement

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "application.schema.json").read_bytes())
VALIDATOR = Draft202012Validator(SCHEMA)
OWN = {"CaseFile": "Application"}
_, COMPONENTS = msgspec.json.schema_components([CaseFile], ref_template="#/$defs/{name}")


def definition(name: str) -> dict[str, Any]:
    found: dict[str, Any] = SCHEMA["$defs"][OWN.get(name, name)]
    return found


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_it_describes_every_value_of_an_application_and_no_others() -> None:
    assert {OWN.get(name, name) for name in COMPONENTS} == set(SCHEMA["$defs"])


@pytest.mark.parametrize("name", sorted(COMPONENTS))
def test_each_value_has_the_same_fields_the_same_ones_required_and_nothing_beyond(name: str) -> None:
    assert set(definition(name)["properties"]) == set(COMPONENTS[name]["properties"])
    assert set(definition(name)["required"]) == set(COMPONENTS[name]["required"])
    assert definition(name)["additionalProperties"] is False


@pytest.mark.parametrize("name", sorted(COMPONENTS))
def test_each_word_list_is_the_same(name: str) -> None:
    for field, own in COMPONENTS[name]["properties"].items():
        said = definition(name)["properties"][field]
        if "enum" in own and (name, field) != ("Statement", "by"):
            assert set(said["enum"]) == set(own["enum"]), field


def test_nobody_but_the_system_speaks_as_the_system() -> None:
    assert set(definition("Statement")["properties"]["by"]["enum"]) == {"exporter", "officer", "adviser", "recipient"}


def test_the_limits_are_those_of_the_reader() -> None:
    top = definition("CaseFile")["properties"]
    assert [top[field]["maxItems"] for field in ("parties", "lines", "statements")] == [
        limits.PARTIES,
        limits.LINES,
        limits.STATEMENTS,
    ]
    assert top["reference"]["maxLength"] == MOST_REFERENCE
    assert definition("Datasheet")["properties"]["lines"]["maxItems"] == limits.SHEET_LINES
    assert definition("Item")["properties"]["line"]["maximum"] == MOST_LINE
    assert definition("Item")["properties"]["description"]["maxLength"] == limits.TEXT_CHARS
    assert definition("Party")["properties"]["name"]["maxLength"] == NAME_CHARS
    assert definition("Party")["properties"]["aliases"]["maxItems"] == limits.NAMES


@pytest.mark.parametrize("file", STARTERS, ids=lambda file: file.stem)
def test_every_starter_case_fits(file: Path) -> None:
    VALIDATOR.validate(json.loads(file.read_bytes()))


@given(
    st.sampled_from(PATHS), JSON | st.sampled_from(["", "2026-10-05", "KE", "PS-GZ", "12.50", "EUR", [], ["broker"]])
)
def test_whatever_the_reader_takes_fits(path: tuple[Any, ...], value: Any) -> None:
    document: Any = plain(statements=[stated("use.stated", "Count visitors")])
    inner = document
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    try:
        read(document)
    except Refusal:
        return
    VALIDATOR.validate(document)


@pytest.mark.parametrize(
    "document",
    [
        [],
        plain(note="x"),
        plain(v=2),
        plain(kind="permit"),
        plain(submitted="5 October"),
        plain(reference="x" * 61),
        with_party(role="end_user"),
        with_party(roles=["boss"]),
        with_party(roles=["broker", "broker"]),
        with_party(id="P 1"),
        with_party(territory="Kenya"),
        with_party(born="5 March"),
        with_party(identifiers=[{"kind": "badge", "value": "1"}]),
        with_line(quantity="-4"),
        with_line(quantity=4),
        with_line(value="1,200.00"),
        with_line(currency="euro"),
        with_line(line=0),
        with_line(declared=[{"list": "EU", "code": "5A001.j"}]),
        with_statement("user.named", True, "system"),
        with_statement("user.incident", {"date": "", "what": "x", "basis": "reported"}, "officer"),
        with_statement("use.stated", "x", subject="line 1"),
        with_statement("use.stated", "x", source={"kind": "rumour"}),
    ],
)
def test_what_a_schema_can_refuse_both_refuse(document: Any) -> None:
    assert not VALIDATOR.is_valid(document)
    with pytest.raises(Refusal):
        read(document)
