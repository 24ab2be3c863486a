"""Indexes of the parties that are registered, in runs; what the last use no longer needs is taken away."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import msgspec

from safeconduct.core import canonical
from safeconduct.screen import building
from safeconduct.screen.index import directory


class Runs:
    """The runs under a folder: ``index`` each in its order, then ``close``."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._note = folder, folder / "runs.json"
        self._before, self._now = self._noted(), list[str]()

    def _noted(self) -> list[str]:
        try:
            return msgspec.json.decode(self._note.read_bytes(), type=list[str])
        except (OSError, msgspec.MsgspecError):  # the first use, or a damaged note: every run is indexed anew
            return []

    def index(self, lines: bytes) -> Path:
        """The index of the next run, made from the one that stood in its place where there was another."""
        normalised = canonical.sha256(lines)
        place = len(self._now)
        before = self._before[place] if place < len(self._before) else ""
        self._now.append(normalised)
        return building.build(lines, self._folder, normalised, before)

    def close(self) -> None:
        """Note the runs, and take away those that stood in their places."""
        if self._now == self._before or not self._now:
            return
        with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
            file.write(canonical.encode(self._now))
        os.replace(file.name, self._note)
        for gone in set(self._before) - set(self._now):
            shutil.rmtree(directory(self._folder, gone), ignore_errors=True)
