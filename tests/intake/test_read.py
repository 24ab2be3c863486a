import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.intake import CaseFile, read_application, read_statement
from tests.intake.application import SHEET, WHERE, plain, read, stated

STARTERS = sorted(
    Path(str(file))
    for file in resources.files("safeconduct.starter").joinpath("cases").iterdir()
    if file.name.endswith(".json") and ".expected" not in file.name and file.name != "work.json"
)


def refusal_of(value: Any, **options: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read(value, **options)
    refusal = caught.value
    assert refusal.where.startswith(WHERE)
    assert refusal.remedy
    return refusal


def with_party(**changes: Any) -> dict[str, Any]:
    return plain(parties=[{"id": "P1", "name": "Fjordlys Instruments"} | changes])


def with_line(**changes: Any) -> dict[str, Any]:
    return plain(lines=[{"line": 1, "name": "HC-2"} | changes])


def with_statement(*args: Any, **changes: Any) -> dict[str, Any]:
    return plain(statements=[stated(*args, **changes)])


def test_a_sound_application_is_read() -> None:
    case = read(plain(statements=[stated("use.stated", "Count visitors")]))
    assert case.lines[0].quantity == "4"
    assert case.parties[1].roles == ("consignee", "end_user")
    assert case.statements[0].value == "Count visitors"


@pytest.mark.parametrize("file", STARTERS, ids=lambda file: file.stem)
def test_every_starter_case_is_read(file: Path) -> None:
    assert read_application(file.read_bytes(), file.name).lines


def test_what_is_read_keeps_its_meaning_through_canonical_bytes() -> None:
    case = read(plain(statements=[stated("item.marketed_for", ["safety"], subject="line:1")]))
    assert canonical.decode(canonical.encode(case), CaseFile) == case


@pytest.mark.parametrize(
    ("value", "where", "what"),
    [
        (plain(note="x"), WHERE, "unknown field 'note'"),
        (with_party(role="end_user"), f"{WHERE} → parties [1]", "unknown field 'role'"),
        (with_line(datasheet={"title": "a", "lines": [], "colour": 1}), f"{WHERE} → lines [1] → datasheet", "colour"),
        (with_party(roles=["boss"]), f"{WHERE} → parties [1] → roles [1]", "boss"),
        (plain(kind="permit"), f"{WHERE} → kind", "permit"),
        (plain(v=2), f"{WHERE} → v", "2"),
        (with_line(quantity=4), f"{WHERE} → lines [1] → quantity", "Expected `str`"),
        ([], WHERE, "Expected `object`"),
    ],
)
def test_a_wrong_shape_is_refused_with_its_name_and_place(value: Any, where: str, what: str) -> None:
    refusal = refusal_of(value)
    assert refusal.where == where
    assert what in refusal.what


@pytest.mark.parametrize(("field", "what"), [("parties", "nobody takes part"), ("lines", "nothing is to be exported")])
def test_an_application_of_nobody_or_of_nothing_is_refused(field: str, what: str) -> None:
    without = plain()
    del without[field]
    for value in (plain(**{field: []}), without):
        refusal = refusal_of(value)
        assert (refusal.where, refusal.what) == (f"{WHERE} → {field}", what)


@pytest.mark.parametrize("missing", ["v", "kind"])
def test_a_file_that_does_not_say_what_it_is_is_refused(missing: str) -> None:
    value = plain()
    del value[missing]
    assert missing in refusal_of(value).what


@pytest.mark.parametrize(
    ("changes", "field", "what"),
    [
        ({"quantity": "-4"}, "quantity", "negative quantity"),
        ({"quantity": "−4"}, "quantity", "negative quantity"),
        ({"quantity": "0.00"}, "quantity", "nothing"),
        ({"quantity": "four"}, "quantity", "no quantity"),
        ({"quantity": "1e3"}, "quantity", "no quantity"),
        ({"quantity": "٤"}, "quantity", "no quantity"),
        ({"value": "-0.01"}, "value", "negative value"),
        ({"value": "1,200.00"}, "value", "no value"),
        ({"currency": "euro"}, "currency", "no currency"),
        ({"line": 0}, "line", "line number 0"),
        ({"declared": [{"list": "EU", "code": "5A001.j"}]}, "declared [1]", "not a control entry"),
        ({"declared": [{"list": "eu-annex1", "code": "5A001 j; drop"}]}, "declared [1]", "not a control entry"),
        ({"declared": [{"list": "us-ccl", "code": "5A001.j"}] * 2}, "declared [2]", "stands twice"),
        ({"datasheet": {"title": "t", "lines": [], "date": "2026-13"}}, "datasheet → date", "not a date"),
    ],
)
def test_an_impossible_line_is_refused(changes: dict[str, Any], field: str, what: str) -> None:
    refusal = refusal_of(with_line(**changes))
    assert refusal.where == f"{WHERE} → lines [1] → {field}"
    assert what in refusal.what


def test_a_line_number_may_stand_once() -> None:
    assert "'1' stands twice" in refusal_of(plain(lines=[{"line": 1, "name": "a"}, {"line": 1, "name": "b"}])).what


@pytest.mark.parametrize(
    ("changes", "field", "what"),
    [
        ({"id": "P 1"}, "id", "not a party id"),
        ({"name": " "}, "name", "no letter or digit"),
        ({"name": "– ?"}, "name", "no letter or digit"),
        ({"name": "x" * 385}, "name", "385 characters"),
        ({"aliases": ["Fjord", ""]}, "aliases [2]", "no letter or digit"),
        ({"part_of": "P1"}, "part_of", "its own parent"),
        ({"part_of": "P9"}, "part_of", "no party has the id 'P9'"),
        ({"born": "1980-02-30"}, "born", "not a date"),
        ({"born": "0980"}, "born", "impossible"),
        ({"born": "2026-11"}, "born", "after the application"),
        ({"born": "１９８０"}, "born", "not a date"),
        ({"territory": "QQQ"}, "territory", "no territory key"),
        ({"territory": "xk"}, "territory", "no territory key"),
        ({"roles": ["broker", "broker"]}, "roles [2]", "stands twice"),
        ({"identifiers": [{"kind": "badge", "value": "1"}]}, "identifiers [1] → kind", "badge"),
        ({"identifiers": [{"kind": "tax", "value": " "}]}, "identifiers [1] → value", "without a value"),
        ({"identifiers": [{"kind": "tax", "value": "1", "territory": "??"}]}, "identifiers [1] → territory", "??"),
    ],
)
def test_an_impossible_party_is_refused(changes: dict[str, Any], field: str, what: str) -> None:
    refusal = refusal_of(with_party(**changes))
    assert refusal.where == f"{WHERE} → parties [1] → {field}"
    assert what in refusal.what


@pytest.mark.parametrize("name", ["7", "北京", "Ö", "شركة", "3M"])
def test_a_name_in_any_script_is_read(name: str) -> None:
    assert read(with_party(name=name)).parties[0].name == name


def test_a_country_name_in_place_of_a_key_is_answered_with_the_key() -> None:
    assert refusal_of(with_party(territory="Kenya")).remedy == "write KE"


def test_a_fictional_territory_needs_no_row_of_its_own() -> None:
    assert read(with_party(territory="QT")).parties[0].territory == "QT"


@given(st.integers(2, 12))
def test_parties_that_are_parts_of_each_other_in_a_circle_are_refused(size: int) -> None:
    parties = [{"id": f"P{n}", "name": "x", "part_of": f"P{(n + 1) % size}"} for n in range(size)]
    assert "its own parent by way of others" in refusal_of(plain(parties=parties)).what


@given(st.lists(st.integers(0, 5), min_size=6, max_size=6))
def test_parents_are_accepted_exactly_when_every_party_has_a_topmost_one(parents: list[int]) -> None:
    parties = [{"id": f"P{n}", "name": "x", "part_of": "" if up == 0 else f"P{up}"} for n, up in enumerate(parents)]

    def reaches_top(n: int) -> bool:
        for _ in range(7):
            n, above = parents[n], parents[n] == 0
            if above:
                return True
        return False

    if all(reaches_top(n) for n in range(6)):
        read(plain(parties=parties))
    else:
        refusal_of(plain(parties=parties))


def test_a_party_id_may_stand_once() -> None:
    assert "'P1' stands twice" in refusal_of(plain(parties=[{"id": "P1", "name": "a"}, {"id": "P1", "name": "b"}])).what


@pytest.mark.parametrize("date", ["2026-10", "2026-02-30", "yesterday", "9999-01-01"])
def test_the_day_of_submission_is_a_day(date: str) -> None:
    assert refusal_of(plain(submitted=date)).where == f"{WHERE} → submitted"


@pytest.mark.parametrize(
    ("value", "field", "what"),
    [
        (with_statement("use.purpos", "marketing"), "fact", "no fact that can be stated"),
        (with_statement("user.named", True, "officer"), None, "found by the system"),
        (with_statement("user.incidents", 0, "officer"), None, "found by the system"),
        (with_statement("item.listed", False, "officer", subject="line:1"), "fact", "no fact that can be stated"),
        (with_statement("user.incident", {"date": "2020", "what": "x", "basis": "alleged"}), "by", "exporter may not"),
        (with_statement("item.specially_designed_for", ["billing"], subject="line:1"), "by", "exporter may not"),
        (with_statement("trade.embargo", False, "exporter"), "by", "exporter may not"),
        (with_statement("use.purpose", "spying"), "value", "not a value of use.purpose"),
        (with_statement("use.purpose", True), "value", "not a value of use.purpose"),
        (with_statement("user.oversight", "yes"), "value", "not a value of user.oversight"),
        (with_statement("user.oversight", 1), "value", "not a value of user.oversight"),
        (with_statement("user.access_by", "none"), "value", "not a value of user.access_by"),
        (with_statement("user.access_by", ["none", "police"]), "value", "not a value of user.access_by"),
        (with_statement("user.access_by", ["police", "police"]), "value", "stands twice"),
        (with_statement("user.access_by", ["none"], complete=False), "value", "without a word"),
        (with_statement("user.access_by", [], complete=False), "value", "without a word"),
        (with_statement("user.kind", "police", complete=False), "complete", "cannot be incomplete"),
        (with_statement("use.stated", "  "), "value", "not a value of use.stated"),
        (with_statement("user.record_searched", "registers", "system"), "by", "system may not"),
        (with_statement("use.stated", "x", subject="line:1"), "subject", "fact of the case"),
        (with_statement("item.kind", "other"), "subject", "names no line"),
        (with_statement("item.kind", "other", subject="line:2"), "subject", "names no line"),
        (with_statement("use.stated", "x", source={"kind": "rumour"}), "source → kind", "rumour"),
        (with_statement("use.stated", "x", source={"kind": "letter", "date": "2026-02-31"}), "source → date", "date"),
    ],
)
def test_a_statement_outside_the_vocabulary_is_refused(value: Any, field: str | None, what: str) -> None:
    refusal = refusal_of(value)
    assert refusal.where == f"{WHERE} → statements [1]" + (f" → {field}" if field else "")
    assert what in refusal.what


def test_a_misspelt_fact_is_answered_with_the_nearest_right_word() -> None:
    assert "did you mean use.purpose?" in refusal_of(with_statement("use.purpos", "marketing")).remedy


def test_a_wrong_word_is_answered_with_the_right_ones() -> None:
    assert "court, independent_body" in refusal_of(with_statement("user.prior_authorisation", "judge")).remedy


@pytest.mark.parametrize(
    "incident", [{"date": "", "what": "x"}, {"date": "2020", "what": " "}, {"date": "2020-14", "what": "x"}]
)
def test_an_incident_without_date_or_words_is_refused(incident: dict[str, str]) -> None:
    refusal_of(with_statement("user.incident", incident | {"basis": "reported"}, "officer"))


@pytest.mark.parametrize(
    ("place", "exists"), [("line 3", True), ("lines 1-3", True), ("line 4", False), ("line 0", False)]
)
def test_a_cited_line_of_the_datasheet_must_exist(place: str, exists: bool) -> None:
    source = {"kind": "datasheet", "ref": "HC-2 sheet", "place": place}
    value = with_statement("item.kind", "environment_sensor", subject="line:1", source=source)
    if exists:
        assert read(value).statements[0].source.place == place
    else:
        assert f"it has {len(SHEET)} lines" in refusal_of(value).remedy


@pytest.mark.parametrize("by", ["officer", "adviser", "recipient"])
def test_an_exporters_door_takes_nobody_elses_statements(by: str) -> None:
    value = with_statement("user.oversight", True, by)
    assert read(value).statements
    assert f"by {by} cannot come this way" in refusal_of(value, speakers=frozenset({"exporter"})).what


@pytest.mark.parametrize("by", ["exporter", "recipient"])
def test_nobody_grades_his_own_evidence(by: str) -> None:
    grade = {"level": "high", "why": "We say so", "reliability": "A", "credibility": "1"}
    value = with_statement("user.oversight", True, by, source={"kind": "court", "grade": grade})
    refusal = refusal_of(value)
    assert refusal.where == f"{WHERE} → statements [1] → source → grade"
    assert refusal.what == f"a grade is given by officials, not by the {by}"
    assert refusal.remedy == "leave the grade out"
    value["statements"][0]["by"] = "officer"
    assert read(value).statements[0].source.grade


@pytest.mark.parametrize(
    ("field", "mark", "what"),
    [("sealed", True, "not sealed"), ("disclosable", "Nothing is known", "told as it stands")],
)
def test_an_exporter_closes_nothing_and_says_not_what_may_be_told(field: str, mark: Any, what: str) -> None:
    value = with_statement("user.kind", "academia", source={"kind": "letter", field: mark})
    refusal = refusal_of(value)
    assert refusal.where == f"{WHERE} → statements [1] → source → {field}"
    assert what in refusal.what
    value["statements"][0]["by"] = "officer"
    assert read(value).statements


def test_nobody_states_what_the_system_derives() -> None:
    """What is derived is shown without its source, so that a claim so called would look like a reckoning."""
    assert "derived" in refusal_of(with_statement("user.kind", "academia", source={"kind": "derived"})).what


def test_a_further_statement_is_held_to_the_same_rules() -> None:
    case = read(plain())
    good = read_statement(json.dumps(stated("user.kind", "academia")).encode(), WHERE, case)
    assert good.value == "academia"
    with pytest.raises(Refusal, match=r"not a value of user\.kind"):
        read_statement(json.dumps(stated("user.kind", "library")).encode(), WHERE, case)


@pytest.mark.parametrize(
    "value",
    [
        plain(parties=[{"id": f"P{n}", "name": "x"} for n in range(201)]),
        plain(lines=[{"line": n + 1, "name": "x"} for n in range(501)]),
        plain(statements=[stated("use.stated", "x")] * 5001),
        with_party(name="x" * 501),
        with_party(aliases=["x"] * 51),
        with_line(description="x" * 10_001),
        with_line(datasheet={"title": "t", "lines": ["x"] * 5001}),
        with_statement("use.stated", "x" * 10_001),
        with_statement("use.stated", "x", source={"kind": "letter", "ref": "x" * 501}),
    ],
)
def test_an_application_beyond_the_limits_is_refused(value: Any) -> None:
    assert "at most" in refusal_of(value).remedy


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"null", b"[" * 100_000, b'{"v": NaN}', b'{"v":1,"v":1}', b'\xff\xfe{}', b'{"v": "\\ud800"}',
        '{"v": "\u202e"}'.encode(), b'{"v": "\\u0000"}', b"{" + b'"a":' * 50, b"1" * 5_000_001,
    ],
)  # fmt: skip
def test_hostile_bytes_are_refused_with_place_and_remedy(data: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        read_application(data, WHERE)
    assert caught.value.where.startswith(WHERE)
    assert caught.value.remedy


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
PATHS = [
    ("parties", 0, "name"), ("parties", 0, "roles"), ("parties", 1, "territory"), ("parties",),
    ("lines", 0, "quantity"), ("lines", 0, "datasheet"), ("lines", 0, "declared"),
    ("statements", 0, "value"), ("statements", 0, "fact"),
    ("statements", 0, "source"), ("statements", 0, "subject"), ("submitted",), ("reference",), ("kind",),
]  # fmt: skip


@given(st.sampled_from(PATHS), JSON)
def test_any_value_in_any_place_is_read_or_refused_and_nothing_else(path: tuple[Any, ...], value: Any) -> None:
    document: Any = plain(statements=[stated("use.stated", "Count visitors")])
    inner = document
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    remedy = "none needed"
    try:
        read(document)
    except Refusal as refusal:
        remedy = refusal.remedy
    assert remedy
