"""Append-only Merkle log of everything that happens: tree, signed checkpoints, proofs, verification."""

from safeconduct.ledger.checkpoint import Checkpoint, checkpoint_note, open_checkpoint, parse_checkpoint
from safeconduct.ledger.leaf import Entry, Event, RowDigest, leaf_data, row_digest, seal
from safeconduct.ledger.note import PublicKey, SeedSigner, Signer, open_note, parse_key, public_key, sign_note
from safeconduct.ledger.proof import consistency_proof, inclusion_proof, verify_consistency, verify_inclusion
from safeconduct.ledger.tree import EMPTY, EMPTY_ROOT, Frontier, append, append_all, root, subtrees
from safeconduct.ledger.verify import Problem, Published, Report, verify

__all__ = [
    "EMPTY",
    "EMPTY_ROOT",
    "Checkpoint",
    "Entry",
    "Event",
    "Frontier",
    "Problem",
    "PublicKey",
    "Published",
    "Report",
    "RowDigest",
    "SeedSigner",
    "Signer",
    "append",
    "append_all",
    "checkpoint_note",
    "consistency_proof",
    "inclusion_proof",
    "leaf_data",
    "open_checkpoint",
    "open_note",
    "parse_checkpoint",
    "parse_key",
    "public_key",
    "root",
    "row_digest",
    "seal",
    "sign_note",
    "subtrees",
    "verify",
    "verify_consistency",
    "verify_inclusion",
]
