"""English for the reasons of this room; a door in another language brings its own."""

from __future__ import annotations

TEXTS = {
    "access.granted": "{name} may {action} as {role}",
    "access.role": "the role {role} may not {action}",
    "access.no_case": "{action} is about one case, and none was named",
    "access.not_yours": "no such case among those of your organisation",
    "access.not_cleared": "the case's marking or compartment is beyond your clearance",
    "access.closed_text": "your clearance does not reach closed text",
    "access.case_is_closed": "the case is {state}: nothing can be done to it any more",
}
