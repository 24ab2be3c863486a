"""Fixtures of the doors."""

from tests.doors.desk import desk, plain_browser

__all__ = ["desk", "plain_browser"]
