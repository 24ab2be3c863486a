"""Editions of outside data: watchlists, control lists, indicators."""
