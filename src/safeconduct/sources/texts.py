"""English for the reasons of this room; a door in another language brings its own."""

from __future__ import annotations

TEXTS = {
    "sources.shrinks_too_much": "the list fell from {before} to {after} entries, over a tenth: it may be cut off",
    "sources.rows_unexplained": "{count} rows could not be read and are missing, the first at {place}: {why}",
}
