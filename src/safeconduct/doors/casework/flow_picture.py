"""What a policy would change, drawn as bands from old outcome to new; no wider than a phone, the table beside it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from safeconduct.doors.page.words import heading
from safeconduct.flows.try_on_cases import Trial
from safeconduct.policy import Outcome

Plain = dict[str, Any]
WIDTH, TALL, GAP, NODE, TOP = 288, 200, 26, 8, 20
_ORDER = [one.value for one in Outcome]


def picture(found: Trial) -> Plain:
    """Nodes on both sides, the strictest at the top, and a band a flow; the higher, the more cases. Sizes are texts."""
    old, new = _column(found, 0), _column(found, 1)
    scale = TALL / max(found.cases - len(found.failed), 1)
    left, right = _places(old, scale), _places(new, scale)
    used_left, used_right = dict(left), dict(right)
    bands = []
    for flow in sorted(found.flows, key=lambda one: (_ORDER.index(one.old), _ORDER.index(one.new))):
        height = flow.cases * scale
        bands.append(_band(used_left[flow.old], used_right[flow.new], height, changes=flow.old != flow.new))
        used_left[flow.old] += height
        used_right[flow.new] += height
    ends = [
        at + count * scale
        for side, held in ((left, old), (right, new))
        for at, count in zip(side.values(), held.values(), strict=True)
    ]
    bottom = max((*ends, 0)) + NODE
    return {
        "width": str(WIDTH),
        "height": f"{bottom:.0f}",
        "bands": bands,
        "nodes": [*_nodes(old, left, scale, at_end=False), *_nodes(new, right, scale, at_end=True)],
        "description": "; ".join(
            _("%(n)d from %(old)s to %(new)s") % {"n": one.cases, "old": _named(one.old), "new": _named(one.new)}
            for one in found.flows
        ),
    }


def _named(outcome: str) -> str:
    return heading(outcome.replace("-", " "))


def _column(found: Trial, side: int) -> dict[str, int]:
    counts: dict[str, int] = {}
    for flow in found.flows:
        name = (flow.old, flow.new)[side]
        counts[name] = counts.get(name, 0) + flow.cases
    return {name: counts[name] for name in _ORDER if name in counts}


def _places(counts: dict[str, int], scale: float) -> dict[str, float]:
    at, found = float(TOP), {}
    for name, count in counts.items():
        found[name] = at
        at += count * scale + GAP
    return found


def _nodes(counts: dict[str, int], places: dict[str, float], scale: float, *, at_end: bool) -> list[Plain]:
    x = _x(WIDTH - NODE if at_end else 0, NODE)
    anchor_left = at_end is bool(get_language_bidi())
    return [
        {
            "x": str(x),
            "y": f"{places[name]:.1f}",
            "width": str(NODE),
            "height": f"{max(count * scale, 1):.1f}",
            "text_x": str(0 if anchor_left else WIDTH),
            "text_y": f"{places[name] - 5:.1f}",
            "anchor": "start" if anchor_left is not bool(get_language_bidi()) else "end",
            "text": f"{_named(name)} {count}",
        }
        for name, count in counts.items()
    ]


def _x(left: int, width: int) -> int:
    return WIDTH - left - width if get_language_bidi() else left


def _band(start: float, end: float, height: float, *, changes: bool) -> Plain:
    one, other, middle = _x(NODE, 0), _x(WIDTH - NODE, 0), WIDTH // 2
    path = (
        f"M{one} {start:.1f}C{middle} {start:.1f} {middle} {end:.1f} {other} {end:.1f}"
        f"V{end + height:.1f}C{middle} {end + height:.1f} {middle} {start + height:.1f} {one} {start + height:.1f}Z"
    )
    return {"path": path, "opacity": "0.55" if changes else "0.15"}
