"""The whole cases that the illustrative packs name come out as they say, on the starter lists."""

from __future__ import annotations

import pytest

from safeconduct.flows.catalogue import catalogue
from safeconduct.flows.try_cases import case_runner
from safeconduct.policy import check_pack, load_pack
from tests.flows.office import REFERENCE, Office
from tests.policy.test_illustrations import FOLDER, NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_example_of_a_whole_case_holds(office: Office, name: str) -> None:
    data = (FOLDER / f"{name}.toml").read_bytes()
    pack = load_pack(data, f"{name}.toml", catalogue(), lambda _reference: REFERENCE)
    assert check_pack(pack, case_runner(pack, at=office.at)) == ()
