"""The real watchlists that the benchmarks index."""

from __future__ import annotations

import os
from pathlib import Path

from safeconduct.sources.editions import Reading, gather, read_group

OBTAINED = "2026-07-31"


def data_folder() -> Path:
    """``SAFECONDUCT_DATA``, else ``shared/data`` beside the checkout."""
    return Path(os.environ.get("SAFECONDUCT_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")


def editions(folder: Path) -> list[Reading]:
    """Every watchlist under the folder."""
    groups = gather(sorted((folder / "watchlists").iterdir()))
    return [read_group(group, obtained=OBTAINED) for group in groups]
