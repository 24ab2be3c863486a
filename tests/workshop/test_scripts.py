"""What the set-up scripts say on a machine that lacks something."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("bash", "cat", "cut", "dirname", "flock", "rm", "sed", "sha256sum", "env")


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """A PATH with a few plain tools and no Python, and an empty home."""
    tools, home = tmp_path / "bin", tmp_path / "home"
    tools.mkdir()
    home.mkdir()
    for tool in TOOLS:
        (tools / tool).symlink_to(shutil.which(tool) or tool)
    return {"PATH": str(tools), "HOME": str(home)}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Just enough of the repository, in a folder with a space in its name."""
    folder = tmp_path / "a checkout"
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def program(bare: dict[str, str], name: str, text: str) -> None:
    path = Path(bare["PATH"]) / name
    path.write_text(f"#!/usr/bin/env bash\n{text}\n")
    path.chmod(0o755)


def run(folder: Path, bare: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(folder / "scripts" / command[0]), *command[1:]], env=bare, cwd="/", capture_output=True, text=True
    )


def test_without_python_it_says_what_root_must_install(checkout: Path, bare: dict[str, str]) -> None:
    done = run(checkout, bare, "environment", "base")
    assert (done.returncode, done.stdout) == (1, "")
    assert "no Python 3.11 or newer found" in done.stderr
    assert "apt-get install python3 python3-venv" in done.stderr


def test_an_old_python_is_not_taken(checkout: Path, bare: dict[str, str]) -> None:
    program(bare, "python3", "exit 1")
    assert "no Python 3.11 or newer found" in run(checkout, bare, "environment", "base").stderr


def test_without_venv_it_says_so_and_leaves_no_half_made_environment(checkout: Path, bare: dict[str, str]) -> None:
    program(bare, "python3.11", '[[ "$1" == -m ]] || exit 0; mkdir -p .venv/bin; echo "no ensurepip"; exit 1')
    done = run(checkout, bare, "environment", "base")
    assert done.returncode == 1
    assert "no ensurepip" in done.stderr
    assert "apt-get install python3-venv" in done.stderr
    assert not (checkout / ".venv").exists()


def test_an_unknown_level_is_refused(checkout: Path, bare: dict[str, str]) -> None:
    done = run(checkout, bare, "environment", "everything")
    assert (done.returncode, "unknown level 'everything'" in done.stderr) == (1, True)


def test_an_unchanged_environment_is_left_alone_at_once() -> None:
    subprocess.run([ROOT / "scripts" / "environment", "test"], check=True)
    started = time.monotonic()
    offline = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "PIP_INDEX_URL": "http://127.0.0.1:9"}
    done = run(ROOT, offline, "environment", "base")
    assert (done.returncode, done.stderr) == (0, "")
    assert time.monotonic() - started < 2


def test_someone_who_is_not_root_is_told_what_root_must_run(checkout: Path, bare: dict[str, str]) -> None:
    program(bare, "id", "echo 1000")
    program(bare, "apt-get", "echo installed >&2")
    done = run(checkout, bare, "system-packages")
    assert done.returncode == 1
    assert "Run as root" in done.stderr
    assert "chromium" in done.stderr
    assert "installed" not in done.stderr


def test_root_gets_the_packages_installed(checkout: Path, bare: dict[str, str]) -> None:
    program(bare, "id", "echo 0")
    program(bare, "apt-get", 'echo "ran apt-get $*" >&2')
    done = run(checkout, bare, "system-packages")
    assert done.returncode == 0
    assert "ran apt-get -qq update" in done.stderr
    assert "ran apt-get install -y --no-install-recommends" in done.stderr
