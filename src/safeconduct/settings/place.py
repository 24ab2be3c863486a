"""Where an installation keeps its data, and the one secret it keeps there."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

SECRET_NAME = "secret_key"


def home() -> Path:
    """The data directory: ``SAFECONDUCT_HOME``, else ``var/`` of a checkout, else the user's data folder.

    It is made if it does not exist, readable by its owner alone.
    """
    stated = os.environ.get("SAFECONDUCT_HOME")
    path = Path(stated).expanduser().absolute() if stated else _default_home()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _default_home() -> Path:
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "pyproject.toml").is_file():
        return checkout / "var"
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "safeconduct"


def secret_key(directory: Path) -> str:
    """The key that signs sessions and sign-in links, made on first use with mode 0600.

    Two processes that start at once agree on one key: it is written in full under another name and
    then linked into place, and the loser of that race reads the winner's.
    """
    path = directory / SECRET_NAME
    if not path.exists():
        handle, draft = tempfile.mkstemp(dir=directory, prefix=SECRET_NAME)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(draft)
    return path.read_text(encoding="ascii")
