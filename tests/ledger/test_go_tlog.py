"""Tree, proofs and notes are those of Go's golang.org/x/mod/sumdb, which runs Go's own module log.

`go_tlog.json` is what Go printed (`go_tlog/main.go`); `benchmarks/ledger.py` asks Go again.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from safeconduct.ledger import SeedSigner, append_all, checkpoint_note, open_checkpoint, public_key, root
from safeconduct.ledger.proof import consistency_proof, inclusion_proof
from safeconduct.ledger.tree import EMPTY, subtrees

GO = json.loads(Path(__file__).with_name("go_tlog.json").read_text(encoding="utf-8"))
SIZE = GO["size"]
LEAVES = [b"leaf %d" % number for number in range(SIZE)]
SUBTREE = subtrees(LEAVES)


def digest(proofs: list[tuple[bytes, ...]]) -> str:
    """SHA-256 over all hashes of these proofs in order, as the vectors have it."""
    return hashlib.sha256(b"".join(item for proof in proofs for item in proof)).hexdigest()


def test_130_roots_are_go_s():
    assert [root(append_all(EMPTY, LEAVES[:size])).hex() for size in range(1, SIZE + 1)] == GO["roots"]


def test_8_515_inclusion_proofs_are_go_s():
    ours = [digest([inclusion_proof(SUBTREE, index, size) for index in range(size)]) for size in range(1, SIZE + 1)]
    assert ours == GO["inclusion"]


def test_8_515_consistency_proofs_are_go_s():
    ours = [
        digest([consistency_proof(SUBTREE, old, size) for old in range(1, size + 1)]) for size in range(1, SIZE + 1)
    ]
    assert ours == GO["consistency"]


def test_a_signed_checkpoint_is_go_s_byte_for_byte():
    signer = SeedSigner("log.example/ledger", bytes.fromhex(GO["seed"]))
    assert checkpoint_note(signer.name, SIZE, bytes.fromhex(GO["roots"][-1]), signer) == GO["note"]
    assert open_checkpoint(GO["note"], [public_key(signer)]).root.hex() == GO["roots"][-1]
