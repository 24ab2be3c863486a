"""Every address of the pages, and who may open it: written by hand, apart from the code that it tests."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from safeconduct.access import Role

STRANGERS: frozenset[Role | None] = frozenset({None})
EVERYBODY: frozenset[Role | None] = frozenset({None, *Role})
READERS: frozenset[Role | None] = frozenset(
    {Role.OFFICER, Role.ADVISER, Role.COUNTERSIGNER, Role.POLICY_LEAD, Role.AUDITOR}
)
WORKERS: frozenset[Role | None] = frozenset({Role.OFFICER, Role.ADVISER, Role.COUNTERSIGNER})
KEEPERS: frozenset[Role | None] = frozenset(
    {Role.OFFICER, Role.COUNTERSIGNER, Role.POLICY_LEAD, Role.AUDITOR, Role.OPERATOR}
)
RELEASERS: frozenset[Role | None] = frozenset({Role.OFFICER, Role.POLICY_LEAD})
DECIDERS: frozenset[Role | None] = frozenset({Role.OFFICER, Role.COUNTERSIGNER})
SIGNERS: frozenset[Role | None] = frozenset({Role.POLICY_LEAD, Role.COUNTERSIGNER})
EXPORTERS: frozenset[Role | None] = frozenset({Role.EXPORTER})

API = (
    "openapi", "docs", "screen", "own", "read", "match", "search", "entity", "adjacent", "adjacent_by", "catalog",
    "algorithms", "healthz", "readyz",
)  # fmt: skip

MAY_OPEN: dict[str, frozenset[Role | None]] = {
    "home": EVERYBODY,
    "sign-in": EVERYBODY,
    "use-link": EVERYBODY,
    "sign-out": EVERYBODY,
    "policy:index": SIGNERS,
    "policy:pack": SIGNERS,
    "policy:edit": SIGNERS,
    "policy:sign": SIGNERS,
    **dict.fromkeys(("policy:heading", "policy:grid", "policy:add", "policy:change"), frozenset({Role.POLICY_LEAD})),
    "casework:queue": READERS,
    "casework:overview": READERS,
    "casework:goods": READERS,
    "casework:rate": WORKERS,
    "casework:proposal": WORKERS,
    "casework:parties": READERS,
    "casework:match": READERS,
    "screening-file": READERS,
    "matches": READERS,
    "matches-together": DECIDERS,
    "casework:assessment": READERS,
    "casework:appraisals": READERS,
    "casework:indicators": READERS,
    "place": READERS,
    "agreement": READERS,
    "like-cases": READERS,
    "casework:questions": READERS,
    "casework:record": READERS,
    "casework:document": READERS,
    "casework:answer": WORKERS,
    "casework:lapse": WORKERS,
    "casework:argue": frozenset({Role.ADVISER}),
    "casework:ask": WORKERS,
    "casework:assess": WORKERS,
    "casework:decide": WORKERS,
    **{f"api:{name}": EVERYBODY for name in API},  # what the key of a program opens is tested in tests/doors/api
    "lists:index": KEEPERS,
    "register:parties": READERS,
    "register:party": READERS,
    **{f"register:{act}": DECIDERS for act in ("merge", "unmerge", "separate", "tie", "end")},
    "lists:history": KEEPERS,
    "lists:differences": KEEPERS,
    "lists:release": RELEASERS,
    "portal:start": EXPORTERS,
    "portal:tasks": EXPORTERS,
    "portal:kind": EXPORTERS,
    "portal:company": EXPORTERS,
    "portal:end-user": EXPORTERS,
    "portal:parties": EXPORTERS,
    "portal:new-party": EXPORTERS,
    "portal:party": EXPORTERS,
    "portal:goods": EXPORTERS,
    "portal:new-line": EXPORTERS,
    "portal:line": EXPORTERS,
    "portal:sheet": EXPORTERS,
    "portal:line-fact": EXPORTERS,
    "portal:fact": EXPORTERS,
    "portal:check": EXPORTERS,
    "portal:application": EXPORTERS,
    "portal:answer": EXPORTERS,
}


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Each address by its full name."""
    return _walk(get_resolver().url_patterns, "")


def _walk(found: list[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, URLPattern]]:
    for one in found:
        if isinstance(one, URLResolver):
            inner = one.namespace or ""
            yield from _walk(one.url_patterns, f"{space}{inner}:" if inner else space)
        else:
            yield f"{space}{one.name}", one
