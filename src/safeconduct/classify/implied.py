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

NARROWER = frozenset(
    {"item.selective_jamming", "item.extracts_raw_device_data", "item.kind", "item.crime_control_kind"}
)
"""Whoever denies these denies only one way of doing what they imply."""

_CRIME_CONTROL = "item.crime_control_kind"
NAMES: dict[tuple[str, Value], tuple[tuple[str, Value], ...]] = {
    **dict.fromkeys(
        [(_CRIME_CONTROL, each) for each in ("water_cannon", "striking_weapon", "helmet_or_shield", "riot_agent")]
        + [(_CRIME_CONTROL, "less_lethal_projectile")],
        (("item.kind", "crowd_control"), ("item.function", "equipment")),
    ),
    (_CRIME_CONTROL, "restraint"): (("item.kind", "restraint"), ("item.function", "equipment")),
    **dict.fromkeys(
        [(_CRIME_CONTROL, each) for each in ("torture_implement", "execution_equipment")],
        (("item.kind", "torture_implement"), ("item.function", "equipment")),
    ),
    **dict.fromkeys(
        [(_CRIME_CONTROL, each) for each in ("shotgun", "semi_automatic_shotgun", "optical_sight", "ammunition")],
        (("item.function", "equipment"),),
    ),
    ("item.defeats_device_lock", True): (("item.kind", "mobile_forensics"),),
    ("item.extracts_raw_device_data", True): (("item.kind", "mobile_forensics"),),
    ("item.air_interface_identifiers", True): (("item.kind", "mobile_interception"),),
    ("item.air_interface_content", True): (("item.kind", "mobile_interception"),),
    ("item.selective_jamming", True): (("item.kind", "jammer"), ("item.function", "equipment")),
    ("item.handover_interface", True): (("item.kind", "lawful_intercept_monitoring"),),
    **dict.fromkeys(
        [("item.intrusion_role", each) for each in ("delivers", "commands", "is_intrusion_software")],
        (("item.kind", "intrusion_software"),),
    ),
    **dict.fromkeys(
        [("item.kind", each) for each in ("jammer", "mobile_interception", "crowd_control", "restraint")]
        + [("item.kind", each) for each in ("torture_implement", "emergency_radio", "network_equipment")]
        + [("item.kind", "environment_sensor")],
        (("item.function", "equipment"),),
    ),
    **dict.fromkeys(
        [("item.kind", each) for each in ("intrusion_software", "social_media_analytics")],
        (("item.function", "software"),),
    ),
    ("item.kind", "training"): (("item.function", "training"),),
    ("item.kind", "technical_assistance"): (("item.function", "service"),),
    ("item.flies_out_of_sight", True): (("item.function", "equipment"),),
    ("item.microbolometer_camera", True): (("item.function", "equipment"),),
}
"""The kind or form of goods by what they can do, for sheets that name none."""
