from __future__ import annotations

import pytest

from safeconduct.screen import Matcher
from tests.screen import listed


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    return listed.matcher(tmp_path_factory.mktemp("index"), *listed.LISTED)
