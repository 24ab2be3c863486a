"""Writing one table into a pack's file: the rest of the file, its comments and its layout stay as they were."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from safeconduct.core.errors import Refusal

LONGEST = 400  # lines of one statement; longer ones are edited in the file
_BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_BY_LANGUAGE = ("text", "title", "threshold")
# The array of a kind and the key that names its tables, where it is not ``id``. A case is an example that names one.
_NAMES = {"question": ("question", "fact"), "example": ("example", "rule"), "case": ("example", "case")}


class _Statement(msgspec.Struct, frozen=True):
    """A header or one key with its value, in lines ``start`` to ``end`` (excluded); ``says`` is its value."""

    start: int
    end: int
    header: bool
    path: tuple[str, ...]
    says: dict[str, Any]


class _Block(msgspec.Struct, frozen=True):
    """A table of the top with what belongs to it: its own keys, and those of tables below it."""

    head: _Statement
    keys: list[_Statement] = msgspec.field(default_factory=list)
    below: list[_Statement] = msgspec.field(default_factory=list)

    @property
    def end(self) -> int:
        return max(each.end for each in (self.head, *self.keys, *self.below))

    def named(self, key: str) -> Any:
        return next((each.says[key] for each in self.keys if key in each.says), None)


def put_table(text: str, kind: str, name: str | int, table: dict[str, Any]) -> str:
    """The file with this table of ``kind`` in the place of the one of that name, else at its end.

    A kind without names is counted: ``name`` is then its number, from 1; 0 for none of those that stand there.
    Only keys that differ are written anew. ``Refusal`` where the file is not TOML or cannot be edited so.
    """
    block = next(iter(_blocks(text, kind, name)), None)
    array, _name = _NAMES.get(kind, (kind, "id"))
    if block is None:
        return _appended(text, [_written(array, table)])
    return _replaced(text, block, array, table)


def drop_tables(text: str, kind: str, name: str | int) -> str:
    """The file without the tables of that kind and name, or number; comments stay."""
    return _spliced(text, [(each.head.start, each.end, []) for each in _blocks(text, kind, name)])


def _blocks(text: str, kind: str, name: str | int) -> list[_Block]:
    array, key = _NAMES.get(kind, (kind, "id"))
    blocks = [each for each in _read(text)[1] if each.head.path == (array,)]
    if isinstance(name, int):
        counted = [each for each in blocks if kind not in _NAMES or each.named(key) is not None]
        return [each for number, each in enumerate(counted, 1) if number == name]
    return [each for each in blocks if each.named(key) == name]


def put_examples(text: str, rule: str, examples: Sequence[dict[str, Any]]) -> str:
    """The file with exactly these examples of one rule; those that stand there already are left untouched."""
    wanted = list(examples)
    gone: list[tuple[int, int, list[str]]] = []
    for block in _blocks(text, "example", rule):
        says = _merged(block.keys)
        if says in wanted and not block.below:
            wanted.remove(says)
        else:
            gone.append((block.head.start, block.end, []))
    return _appended(_spliced(text, gone), [_written("example", each) for each in wanted])


def put_top(text: str, key: str, value: Any) -> str:
    """The file with this key at its top; None takes it away."""
    top, _ = _read(text)
    return _set(text, top, max((each.end for each in top), default=0), key, value)


def put_in(text: str, table: str, key: str, value: Any) -> str:
    """The file with this key in ``[table]``, which is made where there is none; None takes it away."""
    block = next((each for each in _read(text)[1] if each.head.path == (table,)), None)
    if block is None:
        return text if value is None else _appended(text, [[f"[{table}]", *_pair(key, value)]])
    return _set(text, block.keys, max(each.end for each in (block.head, *block.keys)), key, value)


def inline(value: Any) -> str:
    """A value in one line: texts, whole numbers, yes and no, lists, tables."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case list() | tuple():
            return f"[{', '.join(map(inline, value))}]"
        case dict():
            return "{" + ", ".join(f"{_key(key)} = {inline(each)}" for key, each in value.items()) + "}"
    raise TypeError(type(value).__name__)


def _read(text: str) -> tuple[list[_Statement], list[_Block]]:
    top: list[_Statement] = []
    blocks: list[_Block] = []
    inner = False
    for each in _statements(text):
        if each.header:
            inner = len(each.path) > 1
            if not inner:
                blocks.append(_Block(each))
                continue
        if not blocks:
            top.append(each)
        else:
            (blocks[-1].below if inner else blocks[-1].keys).append(each)
    return top, blocks


def _statements(text: str) -> Iterator[_Statement]:
    """Lines are taken together until the parser of the standard library can read them."""
    lines, start = text.split("\n"), 0
    while start < len(lines):
        if not lines[start].strip() or lines[start].lstrip().startswith("#"):
            start += 1
            continue
        end = start + 1
        while (says := _parsed("\n".join(lines[start:end]))) is None:
            end += 1
            if end > len(lines) or end - start > LONGEST:
                raise Refusal("cannot be read by the form", f"pack, line {start + 1}", "edit the pack as a file")
        header = lines[start].lstrip().startswith("[")
        yield _Statement(start, end, header, _path(says) if header else tuple(says)[:1], says)
        start = end


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except ValueError:
        return None


def _path(says: dict[str, Any]) -> tuple[str, ...]:
    path: list[str] = []
    inner: Any = says
    while inner:
        inner = inner[0] if isinstance(inner, list) else inner
        if not inner:
            break
        path.append(next(iter(inner)))
        inner = inner[path[-1]]
    return tuple(path)


def _merged(statements: Sequence[_Statement]) -> dict[str, Any]:
    """The values of some statements together (``text.en`` and ``text.fr`` are one text)."""
    found: dict[str, Any] = {}
    for each in statements:
        for key, value in each.says.items():
            found[key] = found[key] | value if isinstance(value, dict) and isinstance(found.get(key), dict) else value
    return found


def _replaced(text: str, block: _Block, kind: str, table: dict[str, Any]) -> str:
    said = _merged(block.keys)
    old = {key: value for key, value in said.items() if key != "severity"}
    below = _tables_below(text, block)
    wanted = dict(table)
    changes: list[tuple[int, int, list[str]]] = []
    if below != {key: wanted.get(key) for key in below}:
        changes += [(each.start, each.end, []) for each in block.below]
        below = {}
    for key in below:
        wanted.pop(key)
    for key in [*old, *(key for key in wanted if key not in old)]:
        if key in old and wanted.get(key) == old[key]:
            continue
        mine = [each for each in block.keys if each.path == (key,)]
        new = _pair(key, wanted[key]) if key in wanted and not _is_tables(wanted[key]) else []
        changes += [(each.start, each.end, new if number == 0 else []) for number, each in enumerate(mine)]
        if not mine and new:
            last = max(each.end for each in (block.head, *block.keys))
            changes.append((last, last, new))
    for key, value in wanted.items():
        if _is_tables(value):
            changes.append((block.end, block.end, _lists_below(kind, key, value)))
    return _spliced(text, changes)


def _tables_below(text: str, block: _Block) -> dict[str, Any]:
    if not block.below:
        return {}
    lines = text.split("\n")[block.head.start : block.end]
    (value,) = tomllib.loads("\n".join(lines)).values()
    table = value[0] if isinstance(value, list) else value
    names = {each.path[1] for each in block.below if each.header}
    return {key: table[key] for key in table if key in names}


def _set(text: str, among: Sequence[_Statement], last: int, key: str, value: Any) -> str:
    mine = [each for each in among if each.path == (key,)]
    new = [] if value is None else _pair(key, value)
    if not mine:
        return _spliced(text, [(last, last, new)])
    return _spliced(text, [(each.start, each.end, new if number == 0 else []) for number, each in enumerate(mine)])


def _spliced(text: str, changes: Sequence[tuple[int, int, list[str]]]) -> str:
    """From the end to the beginning, so that line numbers stay true; of two at one place, in the order given."""
    lines = text.split("\n")
    for _, (start, end, new) in sorted(enumerate(changes), key=lambda one: (one[1][0], one[0]), reverse=True):
        lines[start:end] = new
        if not new and start and start < len(lines) and not lines[start].strip() and not lines[start - 1].strip():
            del lines[start]
    return "\n".join(lines)


def _appended(text: str, tables: Sequence[list[str]]) -> str:
    return "\n".join([text.rstrip("\n"), *("\n" + "\n".join(each) for each in tables), ""])


def _written(kind: str, table: dict[str, Any]) -> list[str]:
    lines = [f"[{kind}]" if kind == "grid" else f"[[{kind}]]"]
    for key, value in table.items():
        if not _is_tables(value):
            lines += _pair(key, value)
    for key, value in table.items():
        if _is_tables(value):
            lines += _lists_below(kind, key, value)
    return lines


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _lists_below(kind: str, key: str, values: list[dict[str, Any]]) -> list[str]:
    lines: list[str] = []
    for each in values:
        lines.append(f"[[{kind}.{key}]]")
        for name, value in each.items():
            lines += _pair(name, value)
    return lines


def _pair(key: str, value: Any) -> list[str]:
    if key in _BY_LANGUAGE and isinstance(value, dict):
        return [f"{key}.{_key(tag)} = {inline(each)}" for tag, each in value.items()]
    if key in ("when", "decisive") and isinstance(value, dict) and len(value) == 1:
        (joint, parts), *_ = value.items()
        if joint in ("all", "any") and isinstance(parts, list) and len(parts) > 1:
            return [f"{key}.{joint} = [", *(f"  {inline(part)}," for part in parts), "]"]
    return [f"{_key(key)} = {inline(value)}"]


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else inline(key)
