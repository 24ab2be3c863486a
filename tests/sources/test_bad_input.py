"""Every file is hostile until read: a refusal names file, place and remedy; nothing else gets out."""

from __future__ import annotations

import contextlib
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core.errors import Refusal
from safeconduct.sources import files as bounds
from safeconduct.sources.catalogue import CATALOGUE
from safeconduct.sources.editions import Given, Reading, gather, read
from safeconduct.sources.files import SourceFile
from safeconduct.sources.rows import Rows
from tests.sources.reading import DAY
from tests.sources.samples import SAMPLES

NAMES = sorted(SAMPLES)
JSON = [name for name in NAMES if "json" in name and "lines" not in name]
XML = [name for name in NAMES if "xml" in name]
PIECES = (b'"', b",", b";", b"\t", b"\n", b"\r", b"<", b">", b"&", b"[", b"]", b"{", b"}", b"null", b"0", b"-1",
          b"\xff", b"a", b".", b"''", b"\xe2\x80\xae")  # fmt: skip
# Formats that repeat an id for every further name, or join rows that say the same again.
JOINED = ("bis-dpl", "us-csl-csv", "eu-fsf-csv", "uk-sl-csv", "uk-ofsi-csv")


def encoded(name: str) -> list[tuple[str, bytes]]:
    return [(file, text.encode()) for file, text in SAMPLES[name]]


def altered(name: str, main: bytes) -> list[Given]:
    """A sample whose main file has other bytes."""
    (file, _), *others = encoded(name)
    return [(file, main), *others]


def refused(given_files: list[Given]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read(given_files, obtained=DAY)
    assert caught.value.what
    assert caught.value.remedy
    return caught.value


def survives(files: list[Given]) -> Reading | Refusal:
    """Whatever the bytes: an edition or a refusal that names a file."""
    try:
        found: Reading | Refusal = read(files, obtained=DAY)
    except Refusal as refusal:
        found = refusal
    assert isinstance(found, Reading) or (found.what and found.remedy)
    return found


def test_there_is_a_sample_for_every_reader() -> None:
    assert {reader.name for reader in CATALOGUE} == set(SAMPLES)


@pytest.mark.parametrize("name", NAMES)
def test_each_sample_is_read_by_its_own_reader(name: str) -> None:
    reading = read(list(encoded(name)), obtained=DAY)
    assert reading.edition.reader == name
    assert reading.edition.count >= 1


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("content", [b"", b"\n", b"   \n\n", b"\x00" * 100, b"\xff\xfe<\x00a\x00", bytes(range(256))])
def test_what_is_no_text_of_the_format_is_refused(name: str, content: bytes) -> None:
    file = SAMPLES[name][0][0]
    assert refused(altered(name, content)).where.startswith(file)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_in_another_encoding_is_refused_with_the_line(name: str) -> None:
    (file, data), *_ = encoded(name)
    middle = data.index(b"\n", len(data) // 3) if b"\n" in data[len(data) // 3 :] else len(data) // 2
    refusal = refused(altered(name, data[: middle - 2] + b"\xe9\xe8" + data[middle:]))
    assert refusal.where.startswith(file)
    utf16 = refused(altered(name, data.decode().encode("utf-16")))
    assert "UTF-8" in utf16.what or "UTF-8" in utf16.remedy


@pytest.mark.parametrize("name", NAMES)
def test_a_nul_in_the_text_is_refused(name: str) -> None:
    (_, data), *_ = encoded(name)
    spot = len(data) - 3
    refused(altered(name, data[:spot] + b"\x00" + data[spot:]))


@pytest.mark.parametrize("name", NAMES)
def test_a_direction_override_in_the_text_is_refused_or_reported(name: str) -> None:
    """The samples are short, so one bad row is more than one in a hundred."""
    (_, data), *_ = encoded(name)
    mark = {"uk-nsg-dual-csv/1": b"N1", "uk-nsg-trigger-csv/1": b"T1", "uk-mtcr-1-csv/1": b"M1A1",
            "uk-mtcr-2-csv/1": b"M10A1"}.get(name)  # fmt: skip
    for word in (mark,) if mark else (b"Ines", b"Osprey", b"OSPREY", b"Peru", b"Radios", b"Rifles", b"interception",
                                      b"Mexico", b"Kosovo", b"740.8"):  # fmt: skip
        if word in data:
            survivor = survives(altered(name, data.replace(word, word[:1] + "\u202e".encode() + word[1:])))
            assert isinstance(survivor, Refusal), word


@pytest.mark.parametrize("name", NAMES)
def test_a_file_cut_off_anywhere_gives_fewer_rows_or_a_refusal(name: str) -> None:
    """Never more than the whole has, and never a row that the whole has not (its place apart)."""
    whole = read(list(encoded(name)), obtained=DAY)
    (_, data), *_ = encoded(name)
    step = max(1, len(data) // 60)
    refusals = 0
    for end in range(1, len(data) - 1, step):
        found = survives(altered(name, data[:end]))
        refusals += isinstance(found, Refusal)
        if isinstance(found, Reading):
            assert found.edition.count <= whole.edition.count
    assert refusals >= 1
    if name in XML or name in JSON:
        assert refusals == len(range(1, len(data) - 1, step))


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith((*JOINED, "eu-annex1"))])
def test_a_file_repeated_ten_times_is_refused(name: str) -> None:
    (_, data), *_ = encoded(name)
    refused(altered(name, data * 10))


@pytest.mark.parametrize("name", NAMES)
def test_a_file_above_the_bound_is_refused_before_it_is_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    group = gather(list(encoded(name)))[0]
    main = next(iter(group.files.values()))
    monkeypatch.setattr(SourceFile, "size", property(lambda self: bounds.MAX_FILE + 1))
    monkeypatch.setattr(SourceFile, "open", lambda self: pytest.fail("it was opened"))
    with pytest.raises(Refusal, match="more than the"):
        group.reader.read(group.files, Rows(main.name))


def test_a_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MAX_LINE", 1000)
    data = SAMPLES["fariss-csv/1"][0][1].encode() + b"Peru," + b"1" * 2000
    assert refused([("f.csv", data)]).what == "a line of more than 1000 bytes"


def test_a_field_without_end_is_a_bad_row() -> None:
    text = SAMPLES["hr-relevant-csv/2"][0][1] + "US-CCL,5A002," + "x" * 70_000 + ",y,verified,x\n"
    assert "longer than" in refused([("r.csv", text.encode())]).what


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY a "a"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        "<!DOCTYPE x>",
    ],
)
def test_xml_with_a_document_type_is_refused(name: str, declaration: str) -> None:
    (file, text), *_ = SAMPLES[name]
    head, mark, rest = text.partition("?>")
    refusal = refused([(file, (head + mark + declaration + rest).encode())])
    assert "declares a document type or entities" in refusal.what


def test_ten_thousand_million_laughs_are_refused_at_once() -> None:
    (file, text), *_ = SAMPLES["un-sc-xml/2"]
    laughs = '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11))
    bomb = text.replace("?>", f"?><!DOCTYPE x [{laughs}]>", 1).replace("a remark", "&l10;")
    begun = time.monotonic()
    refused([(file, bomb.encode())])
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize("name", XML)
def test_xml_nested_without_end_is_refused(name: str) -> None:
    (file, text), *_ = SAMPLES[name]
    end = text.rindex("</")
    refusal = refused([(file, (text[:end] + "<a>" * 100_000 + text[end:]).encode())])
    assert "nested deeper" in refusal.what


@pytest.mark.parametrize("name", XML)
def test_xml_that_is_not_well_formed_is_refused_with_line_and_column(name: str) -> None:
    (file, text), *_ = SAMPLES[name]
    end = text.rindex("</")
    refusal = refused([(file, (text[:end] + "<a></b>" + text[end:]).encode())])
    assert "line" in refusal.where
    assert "column" in refusal.where


@pytest.mark.parametrize("name", JSON)
@pytest.mark.parametrize(
    ("inserted", "why"),
    [
        ('"x": 1, "x": 2,', "stands twice"),
        ('"x": NaN,', "NaN is not a JSON number"),
        ('"x": -Infinity,', "is not a JSON number"),
        ('"x": "\\ud800",', "U+D800"),
        ('"x": "\\u0000",', "U+0000"),
        ('"x": "a\u202eb",', "U+202E"),
        ('"x": ' + "[" * 100_000 + "]" * 100_000 + ",", "nested deeper"),
        ('"x": ' + "9" * 10_000 + ",", "too many digits"),
        ('"x": tru,', "not JSON"),
    ],
)
def test_hostile_json_is_refused(name: str, inserted: str, why: str) -> None:
    """At the end of the outermost object, so that the file is still recognised by how it begins."""
    (file, text), *_ = SAMPLES[name]
    end = text.rindex("}")
    refusal = refused([(file, (text[:end] + ", " + inserted.rstrip(",") + text[end:]).encode())])
    assert why in refusal.what


def test_a_file_of_nobody_lists_what_can_be_read() -> None:
    refusal = refused([("holiday.txt", b"Dear all,\nthe weather is fine.\n")])
    assert refusal.where == "holiday.txt"
    assert "un-sc" in refusal.remedy


def test_a_wrong_column_is_named() -> None:
    data = SAMPLES["wgi-va-csv/1"][0][1].replace("StdErr", "StandardError").encode()
    assert refused([("wgi.csv", data)]).as_object() == {
        "what": "columns missing: StdErr", "where": "wgi.csv, line 1",
        "remedy": "give the file as its publisher issues it",
    }  # fmt: skip


@settings(max_examples=60)
@given(st.sampled_from(NAMES), st.binary(max_size=400))
def test_arbitrary_bytes_never_get_past_a_reader(name: str, data: bytes) -> None:
    reader = next(reader for reader in CATALOGUE if reader.name == name)
    others = {part: SourceFile(file, data=text.encode()) for part, (file, text) in
              zip(reader.parts, SAMPLES[name], strict=True)}  # fmt: skip
    others[reader.parts[0]] = SourceFile("x", data=data)
    out = Rows("x")
    with contextlib.suppress(Refusal):
        reader.read(others, out)
        out.finish()


@settings(max_examples=400)
@given(st.sampled_from(NAMES), st.data())
def test_a_sample_altered_anywhere_gives_an_edition_or_a_refusal(name: str, data: st.DataObject) -> None:
    (_, whole), *_ = encoded(name)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    middle = data.draw(st.one_of(st.binary(max_size=20), st.lists(st.sampled_from(PIECES), max_size=6).map(b"".join)))
    survives(altered(name, whole[:start] + middle + whole[end:]))


@settings(max_examples=150)
@given(st.sampled_from(JSON), st.data())
def test_json_of_any_shape_gives_an_edition_or_a_refusal(name: str, data: st.DataObject) -> None:
    """One value of the document replaced by another kind of value."""
    (file, text), *_ = SAMPLES[name]
    document = json.loads(text)
    place, key = document, data.draw(st.sampled_from(sorted(document)))
    while isinstance(place[key], (dict, list)) and place[key] and data.draw(st.booleans()):
        place = place[key]
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
    place[key] = data.draw(st.sampled_from([None, 0, 1.5, "", "x", [], [1], ["x"], {}, {"a": 1}, [{}], [[]], True]))
    survives([(file, json.dumps(document).encode())])
