"""The command line: ``safeconduct``. Exit status 0 done, 1 refused or held, 2 wrong use, 3 needs another release."""

from safeconduct.doors.cli.main import main

__all__ = ["main"]
