"""Shared values of every room; plain, frozen, typed."""
