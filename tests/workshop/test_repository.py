"""What the repository's own files may not hold, and what each room's contract covers."""

from __future__ import annotations

import ast
import json
import os
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", ".hypothesis", "var", "node_modules", "dist", "__pycache__"}
BINARY = {".woff2", ".png", ".jpg", ".ico", ".gz", ".pdf", ".mo"}
NOT_PLAIN = {"doors", "flows", "settings", "store"}

# in pieces, so that this file passes its own test
REGISTRIES = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com", "deb.debian" + ".org")
MACHINE_PATHS = ("/wor" + "k/", "/ro" + "ot/", "/opt/whe" + "els", "/opt/py" + "pi")


def our_files() -> Iterator[Path]:
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS and not name.endswith("_cache")]
        for name in files:
            path = Path(folder) / name
            if path.suffix not in BINARY and not name.startswith(".venv"):
                yield path


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8", errors="replace") for path in our_files()}


@pytest.mark.parametrize("words", [REGISTRIES, MACHINE_PATHS], ids=["registries", "machine"])
def test_no_file_names_a_registry_or_a_path_of_one_machine(texts: dict[str, str], words: tuple[str, ...]) -> None:
    assert "pyproject.toml" in texts
    found = re.compile("|".join(map(re.escape, words)))
    assert not [f"{name}: {hit[0]}" for name, text in texts.items() if (hit := found.search(text))]


def test_the_locks_name_no_address_and_pin_every_file_by_hash(texts: dict[str, str]) -> None:
    locks = {name: text for name, text in texts.items() if name.startswith("requirements/") and name.endswith(".lock")}
    assert set(locks) == {f"requirements/{name}.lock" for name in ("base", "test", "bench", "uv")}
    for name, text in locks.items():
        assert not re.search(r"\w+://", text), name
        blocks = re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]
        assert blocks
        assert not [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block], name


def test_the_npm_lock_names_no_address(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        if name.endswith("package-lock.json"):
            packages = json.loads(text)["packages"]
            assert not [key for key, value in packages.items() if "resolved" in value], name


def test_the_peers_of_the_benchmarks_are_not_installed_with_the_product(texts: dict[str, str]) -> None:
    assert "nomenklatura==" in texts["requirements/bench.lock"]
    assert "nomenklatura==" not in texts["requirements/test.lock"]
    assert "\npyicu==" not in texts["requirements/bench.lock"]


def test_every_rule_room_is_under_the_plain_python_contract(texts: dict[str, str]) -> None:
    contracts = tomllib.loads(texts["pyproject.toml"])["tool"]["importlinter"]["contracts"]
    covered = {module for contract in contracts for module in contract.get("source_modules", [])}
    package = ROOT / "src" / "safeconduct"
    rooms = {path.parent.name for path in package.glob("*/__init__.py")} - NOT_PLAIN
    assert {f"safeconduct.{name}" for name in rooms} == covered - {"safeconduct.doors", "safeconduct.settings"}


OPTIONAL = {"src/safeconduct/flows/cluster.py": "cluster"}
"""Files that may import what an extra brings; they say how to install it where it is absent."""


def imported_by_the_product() -> set[str]:
    """Top-level names that ``src`` imports and that are neither Python's own nor ours."""
    paths = (ROOT / "src").rglob("*.py")
    return imported_by(path for path in paths if str(path.relative_to(ROOT)) not in OPTIONAL)


def imported_by(paths: Iterable[Path]) -> set[str]:
    found: set[str] = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                found.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - {"safeconduct"}


def test_the_product_imports_only_what_it_says_it_depends_on(texts: dict[str, str]) -> None:
    """The tests' environment holds more than the product's, so a forgotten dependency would not show."""
    project = tomllib.loads(texts["pyproject.toml"])["project"]
    assert not strangers(imported_by_the_product(), project["dependencies"])
    for name, extra in OPTIONAL.items():
        asked = [*project["dependencies"], *project["optional-dependencies"][extra]]
        assert not strangers(imported_by([ROOT / name]), asked)


def strangers(imported: set[str], asked: list[str]) -> set[str]:
    """Imported names that no package asked for provides."""
    named = {re.split(r"[\[<>=]", each)[0] for each in asked}
    providers = packages_distributions()
    return {name for name in imported if not named & {each.lower() for each in providers.get(name, ())}}
