"""The API's description: as OpenAPI 3.1 for programs, and as rows of a page for people."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from ninja import NinjaAPI

from safeconduct.doors.api.problems import MEDIA_TYPE

JSON = "application/json"
Row = dict[str, Any]


def description(api: NinjaAPI) -> Row:
    """The OpenAPI description; errors are problems, whatever the operation."""
    text = json.dumps(api.get_openapi_schema(path_prefix="/"), ensure_ascii=False)
    schema: Row = json.loads(text.replace("``", "`"))
    for methods in schema["paths"].values():
        for what in methods.values():
            for status, response in what["responses"].items():
                if int(status) >= HTTPStatus.BAD_REQUEST:
                    response["content"] = {MEDIA_TYPE: response["content"][JSON]}
    return schema


def operations(schema: Row) -> list[Row]:
    """What can be asked: ``{method, path, text, parameters: [{name, said}], answers}``."""
    return [
        {
            "method": method.upper(),
            "path": address,
            "text": _plain(what.get("description", "")),
            "parameters": [*map(_parameter, what.get("parameters", [])), *_body(what)],
            "answers": ", ".join(sorted(what["responses"])),
        }
        for address, methods in schema["paths"].items()
        for method, what in methods.items()
    ]


def shapes(schema: Row) -> list[Row]:
    """What is sent and answered: ``{name, text, fields: [{name, said}]}``."""
    return [
        {
            "name": name,
            "text": _plain(shape.get("description", "")),
            "fields": [{"name": field, "said": _said(one)} for field, one in shape.get("properties", {}).items()],
        }
        for name, shape in sorted(schema["components"]["schemas"].items())
    ]


def _parameter(one: Row) -> Row:
    needed = "needed, " if one.get("required") else ""
    return {"name": one["name"], "said": f"{one['in']}, {needed}{_said(one['schema'])}"}


def _body(what: Row) -> list[Row]:
    if "requestBody" not in what:
        return []
    return [{"name": "body", "said": _said(what["requestBody"]["content"][JSON]["schema"])}]


def _said(schema: Row) -> str:
    """A JSON schema in a few words."""
    default = schema.get("default")
    parts = [_type(schema), _plain(schema.get("description", ""))]
    parts += [f"{default} unless stated"] if default not in (None, "", [], {}) else []
    return "; ".join(filter(None, parts))


def _type(schema: Row) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " or ".join(filter(None, dict.fromkeys(_type(one) for one in schema["anyOf"])))
    if "enum" in schema:
        return ", ".join(str(one) for one in schema["enum"] if one != "")
    kind = str(schema.get("type", "anything"))
    if kind == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if isinstance(inner := schema.get("additionalProperties"), dict):
        return f"by key: {_type(inner)}"
    return "" if kind == "null" else kind


def _plain(text: str) -> str:
    return " ".join(text.replace("`", "").split())
