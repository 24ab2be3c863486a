"""What tests of this room share."""

from __future__ import annotations

import pytest


@pytest.fixture
def outcomes_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what would change an outcome: it judges each case some eighty times more."""
    monkeypatch.setattr("safeconduct.assess.would_change.MOST_FACTS", 0)
