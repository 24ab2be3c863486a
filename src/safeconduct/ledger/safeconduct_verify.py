#!/usr/bin/env python3
"""Check an exported safeconduct ledger without safeconduct.

    python3 safeconduct_verify.py BUNDLE [--checkpoint OLD]... [--key PUBLICKEY] [--json]

One file on purpose: Python 3.11 and the ``cryptography`` package are all it needs, it talks to no
network, and one person can read it through. It shares no code with the system that wrote the
bundle. Exit status: 0 everything holds, 1 something does not, 2 it could not be run as asked.

Formats: Merkle tree of RFC 6962; signed-note and tlog-checkpoint of C2SP; docs/ledger.md.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import io
import json
import re
import stat
import struct
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn, TypeGuard

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "safeconduct-ledger-bundle/1\n"
DOMAIN = b"safeconduct/event/v1\n"
REQUIRED = {"format", "key", "checkpoint", "checkpoints.jsonl", "ledger.jsonl", "rows.jsonl"}
BLOB = re.compile(r"blobs/([0-9a-f]{64})")
SHA256 = re.compile(r"[0-9a-f]{64}")
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z")
TEXTS, LISTS = ("at", "flow", "actor", "case", "note"), ("rows", "blobs", "removed_blobs", "erases")
EVENT, REQUIRED_TEXTS = {"v", *TEXTS, *LISTS}, {"at", "flow", "actor"}
MAX_FILES, MAX_SHORT, MAX_LINE, MAX_CONTENTS, MAX_SHOWN = 500_000, 1_000_000, 16_000_000, 64_000_000, 1_000


class Unreadable(Exception):
    """The bundle, a note or a key is not in its format; the text says which and why."""


# --- the bundle ------------------------------------------------------------------------------------


class Bundle:
    """The files of a bundle, a plain zip or the folder it unpacks to. Nothing is written to disk."""

    def __init__(self, path: Path) -> None:
        self.path, self.zip = path, None if path.is_dir() else open_zip(path)
        self.names = folder_names(path) if self.zip is None else zip_names(self.zip, path)
        for name in self.names:
            if name not in REQUIRED and not BLOB.fullmatch(name):
                raise Unreadable(f"{name[:80]!r} is no part of a bundle")
        if len(self.names) > MAX_FILES or len(set(self.names)) != len(self.names):
            raise Unreadable("the bundle has too many files, or one of them twice")
        if missing := sorted(REQUIRED - set(self.names)):
            raise Unreadable(f"the bundle lacks {', '.join(missing)}")

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of one file, a megabyte at a time."""
        try:
            with (self.path / name).open("rb") if self.zip is None else self.zip.open(name) as stream:
                while chunk := stream.read(1 << 20):
                    yield chunk
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, struct.error) as error:
            raise Unreadable(f"{name} is damaged: {error}") from error

    def text(self, name: str) -> str:
        """A short file."""
        data = b""
        for chunk in self.chunks(name):
            data += chunk
            if len(data) > MAX_SHORT:
                raise Unreadable(f"{name} is longer than {MAX_SHORT} bytes")
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            raise Unreadable(f"{name} is not UTF-8") from error

    def values(self, name: str, fields: set[str]) -> Iterator[tuple[int, dict[str, Any]]]:
        """Each line of a file as an object with no other than these fields, numbered from 0."""
        rest, number = b"", 0
        for chunk in self.chunks(name):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                yield number, read_object(line, fields, f"{name} line {number + 1}")
                number += 1
            if len(rest) > MAX_LINE:
                raise Unreadable(f"{name} line {number + 1} is longer than {MAX_LINE} bytes")
        if rest:
            raise Unreadable(f"{name} line {number + 1} is cut off")


def open_zip(path: Path) -> zipfile.ZipFile:
    """The zip, once its table of contents is known to be small enough to read."""
    with path.open("rb") as stream:
        size = stream.seek(0, io.SEEK_END)
        stream.seek(max(0, size - 98))
        tail = stream.read()
    if len(tail) < 22 or tail[-22:-18] != b"PK\x05\x06" or tail[-2:] != b"\0\0":
        raise Unreadable("this is no bundle: not a zip, or cut off, or with a comment")
    contents = int.from_bytes(tail[-10:-6], "little")
    if tail[-42:-38] == b"PK\x06\x07" and len(tail) == 98:
        contents = max(contents if contents != 0xFFFFFFFF else 0, int.from_bytes(tail[40:48], "little"))
    if contents > MAX_CONTENTS:
        raise Unreadable("the zip's table of contents is too large")
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise Unreadable(f"this is no bundle: {error}") from error


def zip_names(archive: zipfile.ZipFile, path: Path) -> list[str]:
    """Names of a zip that is not compressed, so that its contents cannot be larger than itself."""
    for member in archive.infolist():
        plain = member.compress_type == zipfile.ZIP_STORED and member.compress_size == member.file_size
        if not plain or member.flag_bits & 1:
            raise Unreadable(f"{member.filename[:80]!r} is compressed or encrypted: unpack the zip, give the folder")
    if sum(member.file_size for member in archive.infolist()) > path.stat().st_size:
        raise Unreadable("the files of the zip overlap")
    return archive.namelist()


def folder_names(folder: Path) -> list[str]:
    """Names of plain files; a link could point at anything and is refused."""
    names = []
    for path in (*folder.iterdir(), *(folder / "blobs").glob("*")):
        kind = path.lstat().st_mode
        if stat.S_ISREG(kind):
            names.append(path.relative_to(folder).as_posix())
        elif path != folder / "blobs" or not stat.S_ISDIR(kind):
            raise Unreadable(f"{path.name[:80]!r} is neither a file nor the blobs folder")
    return names


def refuse_number(text: str) -> NoReturn:
    """Floats, NaN and infinities have no place in what is hashed."""
    raise ValueError(f"{text[:20]} is not allowed")


SPELL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
READ = json.JSONDecoder(parse_float=refuse_number, parse_constant=refuse_number)


def read_object(data: bytes, fields: set[str], where: str) -> dict[str, Any]:
    """A JSON object in its one canonical spelling: sorted keys, no spaces, no floats, no doubled key."""
    try:
        value = READ.decode(data.decode())
        spelled = SPELL.encode(value).encode()
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{where} cannot be read: {str(error)[:200]}") from error
    if spelled != data or not isinstance(value, dict) or not value.keys() <= fields:
        raise Unreadable(f"{where} is not a canonical JSON object of the fields {', '.join(sorted(fields))}")
    return value


# --- signed notes ----------------------------------------------------------------------------------


def decode64(text: str, where: str) -> bytes:
    """Base64 in its one spelling."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unreadable(f"{where}: not base64") from error
    if base64.b64encode(raw).decode() != text:
        raise Unreadable(f"{where}: base64 with stray bits")
    return raw


@dataclass(frozen=True)
class Key:
    """A log's public key, written ``name+keyid+base64``."""

    name: str
    raw: bytes

    @property
    def id(self) -> bytes:
        """First four bytes of SHA-256 over name, newline, 0x01 and key (C2SP signed-note)."""
        return hashlib.sha256(self.name.encode() + b"\n\x01" + self.raw).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(b'%c' % 1 + self.raw).decode()}"


def read_key(line: str) -> Key:
    """A key line; its key id must be the right one."""
    name, _, rest = line.partition("+")
    key_id, _, encoded = rest.partition("+")
    raw = decode64(encoded, "the key")
    key = Key(name, raw[1:])
    odd = any(char.isspace() or char < " " or "\ud800" <= char <= "\udfff" for char in name)
    if not name or odd or len(raw) != 33 or raw[0] != 1 or key.id.hex() != key_id:
        raise Unreadable("the key line is damaged, or of no Ed25519 key")
    return key


@dataclass(frozen=True)
class Checkpoint:
    """What a log signed about itself."""

    origin: str
    size: int
    root: bytes


def open_checkpoint(note: str, keys: Iterable[Key], where: str) -> Checkpoint:
    """The checkpoint in a signed note, once a signature of its own log's key is verified."""
    text, blank, signatures = note.rpartition("\n\n")
    if not blank or not signatures.endswith("\n") or re.search(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]", note):
        raise Unreadable(f"{where} is no signed note")
    text += "\n"
    signed = {name for line in signatures[:-1].split("\n") if (name := signed_by(line, text, list(keys), where))}
    lines = text.split("\n")
    if len(lines) < 4 or lines.pop() or not all(lines) or not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1]):
        raise Unreadable(f"{where} is no checkpoint")
    if lines[0] not in signed:
        raise Unreadable(f"{where} is not signed with a known key of {lines[0][:80]}, the log it names")
    root = decode64(lines[2], where)
    if len(root) != 32 or int(lines[1]) >= 2**63:
        raise Unreadable(f"{where} has no root of 32 bytes, or an impossible size")
    return Checkpoint(lines[0], int(lines[1]), root)


def signed_by(line: str, text: str, keys: list[Key], where: str) -> str:
    """The name of the known key that made this signature line, or nothing; a wrong signature is an error."""
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "—" or not parts[1] or "+" in parts[1] or len(decode64(parts[2], where)) < 5:
        raise Unreadable(f"{where} has a malformed signature line")
    raw = decode64(parts[2], where)
    for key in keys:
        if (key.name, key.id) == (parts[1], raw[:4]):
            try:
                Ed25519PublicKey.from_public_bytes(key.raw).verify(raw[4:], text.encode())
            except (InvalidSignature, ValueError) as error:
                raise Unreadable(f"{where}: the signature of {key.name} is wrong") from error
            return key.name
    return ""


# --- the check -------------------------------------------------------------------------------------


@dataclass
class Found:
    """Everything the check learns. ``rows`` and ``blobs`` map to what the newest entry says of them."""

    origin: str = ""
    keys: list[Key] = field(default_factory=list)
    earlier: list[int] = field(default_factory=list)
    size: int = 0
    edge: list[bytes] = field(default_factory=list)
    rows: dict[tuple[str, str], tuple[str | None, int]] = field(default_factory=dict)
    blobs: dict[str, int] = field(default_factory=dict)
    erased: set[int] = field(default_factory=set)
    recorded: dict[int, int] = field(default_factory=dict)
    row_count: int = 0
    blob_count: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)
    more: int = 0

    def wrong(self, what: str, entry: int | None = None, table: str = "", key: str = "") -> None:
        """Note a problem; the first thousand are kept, the rest counted."""
        if len(self.problems) < MAX_SHOWN:
            self.problems.append({"entry": entry, "table": table, "key": key, "what": what})
        else:
            self.more += 1

    def add_leaf(self, data: bytes) -> None:
        """One leaf more in the tree (RFC 6962): subtrees of equal size at the right edge are joined."""
        found, carry = hashlib.sha256(b"\x00" + data).digest(), self.size
        while carry & 1:
            found = hashlib.sha256(b"\x01" + self.edge.pop() + found).digest()
            carry >>= 1
        self.edge.append(found)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self.edge:
            return hashlib.sha256(b"").digest()
        found = self.edge[-1]
        for left in reversed(self.edge[:-1]):
            found = hashlib.sha256(b"\x01" + left + found).digest()
        return found


def check(bundle: Bundle, earlier: list[str], given: list[Key], found: Found) -> None:
    """All checks in order; stops with ``Unreadable`` where a file departs from its format."""
    if bundle.text("format") != FORMAT:
        raise Unreadable("the bundle is of another format: use the verifier of the release that wrote it")
    found.keys = given or [read_key(line) for line in bundle.text("key").removesuffix("\n").split("\n")]
    signed = [open_checkpoint(bundle.text("checkpoint"), found.keys, "the bundle's checkpoint")]
    found.origin = signed[0].origin
    for number, line in bundle.values("checkpoints.jsonl", {"note"}):
        signed.append(open_checkpoint(str(line.get("note")), found.keys, f"checkpoints.jsonl line {number + 1}"))
    for number, note in enumerate(earlier, 1):
        signed.append(open_checkpoint(note, found.keys, f"your earlier checkpoint {number}"))
        found.earlier.append(signed[-1].size)
    if any(item.origin != found.origin for item in signed):
        raise Unreadable("the checkpoints are of several logs: " + ", ".join(sorted({item.origin for item in signed})))
    check_entries(bundle, sorted(signed, key=lambda item: item.size)[::-1], found)
    check_rows(bundle, found)
    check_blobs(bundle, found)


def check_entries(bundle: Bundle, waiting: list[Checkpoint], found: Found) -> None:
    """Every entry against its leaf, and the root at the size of each checkpoint (``waiting``: the smallest last)."""
    good, last = 0, waiting[0].size
    for number, line in bundle.values("ledger.jsonl", {"index", "leaf", "salt", "event"}):
        good = check_roots(waiting, good, found)
        check_entry(number, line, found)
    check_roots(waiting, good, found)
    if found.size < last:
        found.wrong(f"entries {found.size} to {last - 1} are gone: a checkpoint of {last} was signed", found.size)
    if found.size > last:
        found.wrong(
            f"entries {last} to {found.size - 1} stand under no checkpoint: anybody can have written them", last
        )
    for index in sorted(found.erased - found.recorded.keys()):
        found.wrong("its event is gone, and no later entry records that it was erased", index)
    for index in sorted(found.recorded.keys() - found.erased):
        found.wrong(f"entry {found.recorded[index]} says that it was erased, yet it is here", index)


def check_roots(waiting: list[Checkpoint], good: int, found: Found) -> int:
    """Compare checkpoints of the present size; returns up to which size all is well, -1 once it is not."""
    while waiting and waiting[-1].size == found.size:
        item = waiting.pop()
        if good < 0 or item.root == found.root():
            good = found.size if good >= 0 else -1
        elif good == found.size:
            found.wrong(f"two different checkpoints of {good} entries were signed: the log has shown two histories")
        else:
            span = f"one or more of the entries {good} to {item.size - 1}" if good < item.size - 1 else f"entry {good}"
            found.wrong(f"{span} changed after the checkpoint of {item.size} was signed", good)
            good = -1
    return good


def check_entry(number: int, line: dict[str, Any], found: Found) -> None:
    """One entry: its leaf is SHA-256 over domain, salt and event."""
    index, leaf, salt, event = (line.get(name) for name in ("index", "leaf", "salt", "event"))
    if not is_sha256(leaf) or not (salt is None or is_sha256(salt)) or not (event is None or isinstance(event, str)):
        raise Unreadable(
            f"ledger.jsonl line {number + 1}: leaf and salt are 64 hexadecimal digits, the event is a text"
        )
    if type(index) is not int or index != number:
        found.wrong("another entry stands in its place", number)
    found.add_leaf(bytes.fromhex(leaf))
    if salt is None and event is None:
        found.erased.add(number)
    elif salt is None or event is None:
        found.wrong("its salt or its event is missing without the other", number)
    else:
        if hashlib.sha256(DOMAIN + bytes.fromhex(salt) + event.encode()).hexdigest() != leaf:
            found.wrong("its event or salt is not what its leaf was made of", number)
        try:
            take_event(number, read_object(event.encode(), EVENT, "its event"), found)
        except Unreadable as error:
            found.wrong(str(error), number)


def take_event(number: int, event: dict[str, Any], found: Found) -> None:
    """Remember which rows and documents the event commits to, and what it lets go."""
    refuse_odd_event(event)
    for row in event.get("rows", ()):
        found.rows[row["table"], row["key"]] = (row["sha256"], number)
    for blob in event.get("blobs", ()):
        found.blobs.setdefault(blob, number)
    for blob in event.get("removed_blobs", ()):
        found.blobs.pop(blob, None)
    for index in event.get("erases", ()):
        if index < number:
            found.recorded.setdefault(index, number)
        else:
            found.wrong(f"it claims to erase entry {index}, which comes after it", number)


def refuse_odd_event(event: dict[str, Any]) -> None:
    """Every field of its kind, none that the format leaves out, nothing said twice."""
    if type(event.get("v")) is not int or event["v"] != 1 or REQUIRED_TEXTS - event.keys():
        raise Unreadable("its event is of no known version, or lacks time, flow or actor")
    texts = [event[name] for name in TEXTS if name in event]
    rows, blobs, removed, erases = lists = [event.get(name, []) for name in LISTS]
    if not all(isinstance(text, str) for text in texts) or not all(isinstance(items, list) for items in lists):
        raise Unreadable("its event has a text or a list that is none")
    if not is_time(event["at"]) or any(event[name] in ("", []) for name in event.keys() - REQUIRED_TEXTS):
        raise Unreadable("its event has no time in UTC, or an empty field")
    if not all(is_row(row) for row in rows) or not all(is_sha256(blob) for blob in (*blobs, *removed)):
        raise Unreadable("its event commits to a row or document without a SHA-256")
    if len({(row["table"], row["key"]) for row in rows}) != len(rows):
        raise Unreadable("its event commits to a row twice")
    if not all(type(index) is int and index >= 0 for index in erases):
        raise Unreadable("its event erases what is no entry")


def is_sha256(value: object) -> TypeGuard[str]:
    """Whether this is SHA-256 (or another 32 bytes) in lower-case hexadecimal."""
    return isinstance(value, str) and SHA256.fullmatch(value) is not None


def is_time(text: str) -> bool:
    """Whether this is a time in UTC that exists, as ISO 8601 with Z."""
    if not TIME.fullmatch(text):
        return False
    try:
        return bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def is_row(row: object) -> bool:
    """Whether this is the commitment to a row, or to its deletion (null)."""
    if not isinstance(row, dict) or row.keys() != {"table", "key", "sha256"}:
        return False
    texts = isinstance(row["table"], str) and isinstance(row["key"], str)
    return texts and (row["sha256"] is None or is_sha256(row["sha256"]))


def check_rows(bundle: Bundle, found: Found) -> None:
    """Every row against the newest entry about it, and every entry's rows against what is here."""
    seen = set()
    for number, line in bundle.values("rows.jsonl", {"table", "key", "row"}):
        if len(line) != 3 or not all(isinstance(value, str) for value in line.values()):
            raise Unreadable(f"rows.jsonl line {number + 1}: table, key and row are texts")
        place = (line["table"], line["key"])
        committed, entry = found.rows.get(place, (None, None))
        if place in seen:
            found.wrong("the row is there twice", entry, *place)
        elif committed is None:
            found.wrong(
                "no entry commits to this row" if entry is None else "the row was deleted, yet it is here",
                entry,
                *place,
            )
        elif hashlib.sha256(line["row"].encode()).hexdigest() != committed:
            found.wrong("the row is not as this entry left it", entry, *place)
        seen.add(place)
    found.row_count = len(seen)
    for place, (committed, entry) in found.rows.items():
        if committed is not None and place not in seen:
            found.wrong("the row is gone, and no later entry deletes it", entry, *place)


def check_blobs(bundle: Bundle, found: Found) -> None:
    """Every document against its name, and the names against the entries."""
    names = sorted(match[1] for name in bundle.names if (match := BLOB.fullmatch(name)))
    found.blob_count = len(names)
    for name in names:
        hashed = hashlib.sha256()
        for chunk in bundle.chunks(f"blobs/{name}"):
            hashed.update(chunk)
        if name not in found.blobs:
            found.wrong("no entry commits to this document", None, "document", name)
        elif hashed.hexdigest() != name:
            found.wrong("the document is not the one this entry committed to", found.blobs[name], "document", name)
    for name in sorted(found.blobs.keys() - set(names)):
        found.wrong("the document is gone, and no later entry removes it", found.blobs[name], "document", name)


# --- the answer, in plain words ---------------------------------------------------------------------


def verify(path: Path, earlier: list[str], given: list[Key]) -> dict[str, Any]:
    """Check the bundle with these earlier checkpoints and keys (its own where none is given)."""
    found = Found()
    try:
        check(Bundle(path), earlier, given, found)
    except Unreadable as error:
        found.wrong(str(error))
    holds = not found.problems
    return {
        "holds": holds,
        "bundle": path.name,
        "origin": found.origin,
        "keys": [str(key) for key in found.keys],
        "key_given": bool(given),
        "entries": found.size,
        "root": found.root().hex(),
        "earlier": found.earlier,
        "erased": len(found.erased),
        "rows": found.row_count,
        "documents": found.blob_count,
        "problems": found.problems,
        "more_problems": found.more,
        "proves": proves(found, bool(given)) if holds else [],
        "cannot_prove": cannot_prove(found, bool(given)),
    }


def proves(found: Found, key_given: bool) -> list[str]:
    """What follows where everything holds."""
    said = []
    if last := max(found.earlier, default=0):
        said.append(
            f"Entries 0 to {last - 1} are those that stood when your earlier checkpoint was signed. Since then nobody "
            "altered, removed, added or moved one, not even with full rights on the database and with the signing key."
        )
    whose = "the key you gave" if key_given else "the key that came with the bundle"
    return [
        *said,
        f"The {found.size} entries are those over which the holder of {whose} signed the checkpoint.",
        f"The {found.row_count} rows and {found.blob_count} documents here are as the newest entry about each left "
        "them: none was altered past the ledger, none is missing, none was slipped in.",
    ]


def cannot_prove(found: Found, key_given: bool) -> list[str]:
    """What no such check can show, whatever it finds."""
    said = ["That an entry is true, or that all that happened was entered. It still says what it said: that is all."]
    if found.earlier:
        said.append(
            f"That entries from {max(found.earlier)} on were not rewritten, before this bundle was made, by somebody "
            "who holds the signing key: your earlier checkpoint does not reach them."
        )
    else:
        said.append(
            "That somebody who holds the signing key did not rewrite everything. To show that, give a checkpoint which "
            "was kept outside the system (--checkpoint FILE), and keep the one of this bundle for the next time."
        )
    if not key_given:
        said.append("That the key is the right one: it came with the bundle. Give the published one with --key.")
    if found.erased:
        said.append(
            f"What the erased entries said, {len(found.erased)} in number. Their leaves show that they were there, "
            "and a later entry records each erasure; their words are gone."
        )
    said.append("When anything happened: the times in the entries are those of the system's own clock.")
    said.append("That others were shown the same history: compare checkpoints with them, or have witnesses sign.")
    return said


def in_words(answer: dict[str, Any]) -> str:
    """The answer for a reader who knows nothing of hash trees."""
    lines = [
        plain(f"{answer['bundle']}: the ledger of {answer['origin'] or 'nobody known'}"),
        "",
        "EVERYTHING HOLDS" if answer["holds"] else "DOES NOT HOLD",
        f"  {answer['entries']} entries, {answer['erased']} of them erased",
        f"  {answer['rows']} rows, {answer['documents']} documents",
        f"  root {answer['root']}",
        *(f"  key  {plain(key)}{'' if answer['key_given'] else '  (from the bundle)'}" for key in answer["keys"]),
        *(f"  your earlier checkpoint of {size} entries" for size in answer["earlier"]),
    ]
    if answer["problems"]:
        lines += ["", "What is wrong", *(f"  - {problem_in_words(problem)}" for problem in answer["problems"])]
    if answer["more_problems"]:
        lines.append(f"  - and {answer['more_problems']} more")
    said = answer["proves"] or ["Nothing, until what is wrong is explained."]
    lines += ["", "What this proves", *(f"  - {text}" for text in said)]
    lines += ["", "What it cannot prove", *(f"  - {text}" for text in answer["cannot_prove"]), ""]
    return "\n".join(lines)


def problem_in_words(problem: dict[str, Any]) -> str:
    """A problem as one line, its entry first."""
    place = [f"entry {problem['entry']}"] if problem["entry"] is not None else []
    place += [f"{problem['table']} {problem['key']}"] if problem["table"] else []
    return plain(": ".join([*place, problem["what"]]))


def plain(text: str) -> str:
    """Text of the bundle without what could move the cursor or forge a line of this answer."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit status."""
    parser = argparse.ArgumentParser(prog="safeconduct-verify", description="Check an exported safeconduct ledger.")
    parser.add_argument("bundle", type=Path, help="the exported zip, or the folder it unpacks to")
    parser.add_argument("--checkpoint", type=Path, action="append", default=[], help="a checkpoint kept from earlier")
    parser.add_argument("--key", action="append", default=[], help="the log's published key line, or a file with it")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args(arguments)
    try:
        if not asked.bundle.exists():
            raise Unreadable(f"there is no {asked.bundle}")
        earlier = [read_short(path) for path in asked.checkpoint]
        keys = [read_key((key if "+" in key else read_short(Path(key))).strip()) for key in asked.key]
    except (OSError, Unreadable) as error:
        sys.stderr.write(f"safeconduct-verify: {plain(str(error))}\n")
        return 2
    answer = verify(asked.bundle, earlier, keys)
    text = json.dumps(answer, indent=1) + "\n" if asked.json else in_words(answer)
    sys.stdout.buffer.write(text.encode())
    return 0 if answer["holds"] else 1


def read_short(path: Path) -> str:
    """A key or checkpoint file."""
    with path.open("rb") as stream:
        data = stream.read(MAX_SHORT)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path} is not UTF-8") from error


if __name__ == "__main__":
    sys.exit(main())
