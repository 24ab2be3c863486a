"""A full disk, a directory or a database that cannot be used: told as a refusal."""

from __future__ import annotations

import errno
import os
import sys

from safeconduct.core.errors import Refusal

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
PLACE_ERRORS = FULL | {errno.EACCES, errno.ENOTDIR, errno.EROFS}
"""Errors of the system that say something about the place, not about the program."""

FULL_WORDS = ("disk is full", "disk i/o error", "no space left")
FREE_SPACE = "free some space there and run it again; nothing was half-written"


def unusable_place(error: OSError) -> Refusal:
    """What to say when a file could not be read or written."""
    where = str(error.filename or data_directory())
    if error.errno in FULL:
        return Refusal("the disk is full", where, FREE_SPACE)
    remedy = "let this user read and write there, or choose another data directory with SAFECONDUCT_HOME"
    return Refusal(f"cannot be used: {error.strerror}", where, remedy)


def database_errors() -> tuple[type[Exception], ...]:
    """What Django raises where the database itself fails; looked up only once something was raised."""
    from django.db.utils import OperationalError

    return (OperationalError,)


def unusable_database(error: Exception) -> Refusal:
    """What to say when the database could not be opened, read or written. Whatever was begun is undone by it."""
    told = " ".join(str(error).split())
    where = data_directory()
    if any(words in told.lower() for words in FULL_WORDS):
        return Refusal(f"the disk is full, or fails: {told}", where, FREE_SPACE)
    remedy = "see that the database runs and that this user may use it, then run it again; nothing was half-written"
    return Refusal(f"the database cannot be used: {told}", where, remedy)


def data_directory() -> str:
    """Where this installation keeps its data, as far as it is known when starting fails."""
    settings = sys.modules.get("safeconduct.settings")
    return str(getattr(settings, "HOME", "") or os.environ.get("SAFECONDUCT_HOME") or "the data directory")
