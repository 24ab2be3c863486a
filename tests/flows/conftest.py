"""Fixtures of the flows."""

from tests.flows.office import empty_office, office

__all__ = ["empty_office", "office"]
