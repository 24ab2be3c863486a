"""This installation: its data directory, clock, chance, and the key that signs its ledger.

Flows take one as ``at=``; without it they use ``here()``. Tests and the starter cases pass their own clock.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec
from django.conf import settings

from safeconduct.core.dates import Clock
from safeconduct.core.errors import Refusal
from safeconduct.ledger import SeedSigner, Signer, public_key

_STATE = re.compile(r"[A-Z]{2,3}")


def utc_now() -> dt.datetime:
    """The real time."""
    return dt.datetime.now(dt.UTC)


class Installation(msgspec.Struct, frozen=True):
    """``state`` is the code that case references begin with; ``salt`` gives that many random bytes."""

    home: Path
    state: str
    signer: Signer
    clock: Clock = utc_now
    salt: Callable[[int], bytes] = secrets.token_bytes

    def now(self) -> str:
        """The time as rows hold it: UTC, whole seconds, ``Z``."""
        return self.clock().astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def today(self) -> dt.date:
        """The day in UTC."""
        return self.clock().astimezone(dt.UTC).date()

    @property
    def indexes(self) -> Path:
        """Where indexes of watchlist editions are built."""
        return self.home / "index"


def here(clock: Clock = utc_now) -> Installation:
    """The installation of this process's settings; a ``Refusal`` for a state code that is none."""
    home = Path(settings.HOME)
    state = os.environ.get("SAFECONDUCT_STATE", "XX")
    if not _STATE.fullmatch(state):
        raise Refusal(
            f"{state!r} is no code of a State", "SAFECONDUCT_STATE", "two or three capital letters, such as XX"
        )
    return Installation(home, state, node_signer(home, state), clock)


def node_signer(home: Path, state: str) -> Signer:
    """The ledger's key, made on first use in ``keys/`` with mode 0600, and read from there ever after.

    Its name is the ledger's name for good. The public key stands beside it in ``node.pub``, to hand out.
    """
    path = home / "keys" / "node.key"
    if not path.exists():
        _make_key(path, state)
    name, _, seed = path.read_text(encoding="ascii").strip().partition(" ")
    try:
        return SeedSigner(name, bytes.fromhex(seed))
    except ValueError as error:
        raise Refusal("this is no key of a ledger", str(path), "restore the file from a backup") from error


def _make_key(path: Path, state: str) -> None:
    """Written in full under another name, then linked: of two processes that start at once, one key wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"safeconduct/{state.lower()}/{secrets.token_hex(4)}"
    seed = secrets.token_bytes(32)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix="node.")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{name} {seed.hex()}\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        os.unlink(draft)
    path.with_suffix(".pub").write_text(public_key(SeedSigner(name, seed)).text() + "\n", encoding="ascii")
