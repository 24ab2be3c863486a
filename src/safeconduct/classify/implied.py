"""What one fact of a datasheet says of another by the meaning of both, at the same place and in the same words."""

from __future__ import annotations

from safeconduct.core.fact import Value

_FLAGS = "item.capability_flags"
IMPLIED: dict[tuple[str, Value], tuple[str, Value]] = {
    ("item.maps_relations", True): (_FLAGS, "relational_mapping"),
    ("item.tracks_movement", True): (_FLAGS, "location"),
    ("item.extracts_content_and_metadata", True): (_FLAGS, "content_extraction"),
    ("item.extracts_raw_device_data", True): (_FLAGS, "content_extraction"),
    ("item.air_interface_content", True): (_FLAGS, "content_extraction"),
    ("item.surreptitious_interception", True): (_FLAGS, "covert"),
    ("item.selective_jamming", True): (_FLAGS, "interruption"),
    ("item.kind", "jammer"): (_FLAGS, "interruption"),
    ("item.kind", "facial_recognition"): (_FLAGS, "biometric"),
    ("item.kind", "biometrics"): (_FLAGS, "biometric"),
}
"""What goods can do to people (docs/facts.md) is the coarser word for what each of these says of them."""

NARROWER = frozenset({"item.selective_jamming", "item.extracts_raw_device_data", "item.kind"})
"""Whoever denies these denies only one way of doing what they imply."""
