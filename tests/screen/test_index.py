"""The candidate index: built whole or not at all, the same bytes everywhere, opened at once."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.core.party import Identifier
from safeconduct.screen import Matcher, analyse, build_index, index
from safeconduct.screen.features import Sought
from safeconduct.screen.model import EditionUsed
from tests.screen.listed import BANK, LISTED, SPYWARE, ZORAB, answers, company, matcher, party, person, records

ROOT = Path(__file__).resolve().parents[2]


def opened(where: Path, *listed: object) -> index.Index:
    return index.Index(build_index(records(*(listed or LISTED)), where))  # type: ignore[arg-type]


def test_a_listed_name_is_its_own_first_candidate(tmp_path: Path) -> None:
    made = opened(tmp_path)
    for number in range(len(made.entry_of)):
        reading = made.name(number)
        first = made.candidates(Sought.of(reading.words))[0]
        assert made.name(first).words == reading.words


def test_parties_names_and_facts_come_back_as_they_were(tmp_path: Path) -> None:
    made = opened(tmp_path)
    assert made.parties == len(LISTED)
    assert [made.entry(number) for number in range(made.parties)] == list(LISTED)


def test_a_word_counts_once_a_party(tmp_path: Path) -> None:
    made = opened(tmp_path)
    assert made.frequency("vishtu") == 2
    assert made.frequency("kelmendar") == 1
    assert made.frequency("absent") == 0


def test_exact_identifiers_find_their_party(tmp_path: Path) -> None:
    made = opened(tmp_path)
    assert [made.entry(n) for n in made.identified([Identifier("imo", "IMO 907-4729")])] == [SPYWARE]
    assert [made.entry(n) for n in made.identified([Identifier("passport", "k1234567", "QM")])] == [ZORAB]
    assert made.identified([Identifier("passport", "12", "QM")]) == []


def test_an_edition_without_parties_finds_nothing(tmp_path: Path) -> None:
    build_index(b"", tmp_path)
    empty = Matcher.open(tmp_path, [("none", hashlib.sha256(b"").hexdigest())])
    assert empty.screen(party("Zorab Vishtu")).matches == ()


def test_other_records_of_an_edition_are_passed_over(tmp_path: Path) -> None:
    other = b'{"kind":"entry","code":"5A001","list":"l","parent":"","place":"p","text":"t","type":"control"}\n'
    made = index.Index(build_index(other + records(BANK), tmp_path))
    assert [made.entry(0)] == [BANK]


def test_a_broken_line_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="line 2"):
        build_index(records(BANK) + b"{broken\n", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_building_again_keeps_what_is_there(tmp_path: Path) -> None:
    first = build_index(records(*LISTED), tmp_path)
    stamp = (first / "names.bin").stat().st_mtime_ns
    assert build_index(records(*LISTED), tmp_path) == first
    assert (first / "names.bin").stat().st_mtime_ns == stamp


def test_another_index_arriving_first_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = records(*LISTED)
    final = index.directory(tmp_path, hashlib.sha256(data).hexdigest())
    rename = os.replace

    def overtaken(source: str | Path, target: str | Path) -> None:
        Path(target).mkdir()
        (Path(target) / "theirs").touch()
        rename(source, target)

    monkeypatch.setattr(os, "replace", overtaken)
    assert build_index(data, tmp_path) == final
    assert [one.name for one in tmp_path.iterdir()] == [final.name]


def test_a_missing_or_damaged_index_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no index for the edition 0000") as missing:
        Matcher.open(tmp_path, [("made", "0" * 64)])
    assert missing.value.remedy
    place = build_index(records(*LISTED), tmp_path)
    (place / "norms.npy").write_bytes(b"cut short")
    with pytest.raises(Refusal, match="cannot be read"):
        index.Index(place)


def test_several_editions_are_searched_together_and_named(tmp_path: Path) -> None:
    one, two = records(ZORAB), records(person("X1", "Zorab Vishtu"))
    build_index(one, tmp_path), build_index(two, tmp_path)
    used = [("list-b", hashlib.sha256(two).hexdigest()), ("list-a", hashlib.sha256(one).hexdigest())]
    found = Matcher.open(tmp_path, used).screen(party("Zorab Vishtu"))
    assert found.editions == tuple(EditionUsed(key, digest) for key, digest in sorted(used))
    assert {(match.source, match.entry) for match in found.matches} == {("list-a", "P1"), ("list-b", "X1")}


def test_more_namesakes_than_candidates_are_all_found(tmp_path: Path) -> None:
    crowd = [person(f"N{number:03}", "Zorab Vishtu") for number in range(index.CANDIDATES + 30)]
    found = matcher(tmp_path, *crowd).screen(party("Zorab Vishtu"))
    assert len(found.matches) == len(crowd)


SCRIPT = """
import hashlib, sys
from pathlib import Path
from safeconduct.core import canonical
from safeconduct.screen import Matcher, build_index
from tests.screen.listed import LISTED, party, records
data = records(*LISTED)
place = build_index(data, Path(sys.argv[1]))
digest = hashlib.sha256()
for file in sorted(place.iterdir()):
    digest.update(file.name.encode() + file.read_bytes())
found = Matcher.open(Path(sys.argv[1]), [("made", hashlib.sha256(data).hexdigest())])
for name in ("Zorab Vishtu", "Vantrex Group", "Drashik Pelmo"):
    digest.update(canonical.encode(found.screen(party(name, born="1971"))))
print(digest.hexdigest())
"""


def test_index_and_answers_are_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    said = set()
    for number, (seed, locale, zone) in enumerate([("0", "C", "UTC"), ("77", "tr_TR.UTF-8", "Asia/Kabul")]):
        environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
        environment["PYTHONPATH"] = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(tmp_path / str(number))],
            env=environment,
            capture_output=True,
            check=True,
        )
        said.add(done.stdout)
    assert len(said) == 1


def test_a_saved_index_opens_at_once(tmp_path: Path) -> None:
    place = build_index(records(*LISTED), tmp_path)
    began = time.process_time()
    index.Index(place)
    assert time.process_time() - began < 1


def test_the_directory_names_edition_layout_and_libraries(tmp_path: Path) -> None:
    place = build_index(records(*LISTED), tmp_path)
    digest, layout, libraries = place.name.split(".")
    assert digest == hashlib.sha256(records(*LISTED)).hexdigest()
    assert layout == index.INDEX
    assert libraries == hashlib.sha256(analyse.versions().encode()).hexdigest()[:12]


def test_a_long_listed_text_is_cut_and_still_found(tmp_path: Path) -> None:
    made = matcher(tmp_path, company("L1", "Vantrex Okshel Group " + "and so on and so forth " * 60))
    assert made.screen(party("Unlike Name", kind="company")).matches == ()
    assert json.dumps(answers(made.screen(party("Vantrex Okshel", kind="company")).matches))
