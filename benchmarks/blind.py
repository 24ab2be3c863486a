"""Past exports without what followed: only what was there to see, under ids that tell nothing.

``python benchmarks/blind.py FILE`` prints JSON for whoever codes the cases into the vocabulary of
``docs/facts.md``. Label, supplier, harm, aftermath, reference outcome and later control entry are
left out; the order is that of the ids, which are hashes of the file and the case.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

SHOWN = ("item", "item_kind", "exporter_state", "destination", "end_user_kind", "snapshot_year")


def blind_id(file_sha256: str, case_id: str) -> str:
    """The id under which a case is coded; the same for the same file, and telling nothing of the label."""
    return "c" + hashlib.sha256(f"safeconduct/blind/v1\n{file_sha256}\n{case_id}".encode()).hexdigest()[:8]


def blinded(data: bytes) -> list[dict[str, Any]]:
    """The cases of a file of past exports as a coder may see them."""
    digest = hashlib.sha256(data).hexdigest()
    cases = [
        {
            "id": blind_id(digest, case["id"]),
            **{key: case[key] for key in SHOWN},
            "facts": case["facts_available_at_application"],
        }
        for case in json.loads(data)["cases"]
    ]
    return sorted(cases, key=lambda case: str(case["id"]))


def main() -> None:
    """Print the blinded cases of FILE."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true", help="as it prints in any case")
    print(json.dumps(blinded(parser.parse_args().file.read_bytes()), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
