"""Reading what programs send: JSON, bounded in size and depth before it is parsed."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from ninja.parser import Parser

from safeconduct.core.canonical import read_hostile
from safeconduct.core.errors import Refusal

MOST_BYTES = 2_000_000
MOST_DEPTH = 12


class HostileJson(Parser):
    """One JSON object; a ``Refusal`` for anything else."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        value = read_hostile(request.body, "body", max_bytes=MOST_BYTES, max_depth=MOST_DEPTH)
        if not isinstance(value, dict):
            raise Refusal("not a JSON object", "body", 'send one object, such as {"name": "…"}')
        return cast(dict[str, Any], value)
