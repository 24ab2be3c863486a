"""Run pytest on both databases at once: one process on SQLite, one on a private PostgreSQL.

Arguments go to pytest. Ends with pytest's own closing line, which counts every test of both.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from types import FrameType

from private_postgres import Unavailable, private_postgres

ON_BOTH = [
    "--databases=sqlite,postgresql",
    "--tx=popen//env:SAFECONDUCT_TEST_DATABASE=sqlite",
    "--tx=popen//env:SAFECONDUCT_TEST_DATABASE=postgresql",
    "--dist=load",
    "--max-worker-restart=2",
]


def main(arguments: list[str]) -> int:
    """The exit status of pytest, or 1 when PostgreSQL cannot be started."""
    try:
        with private_postgres() as address:
            environment = {**os.environ, "SAFECONDUCT_TEST_POSTGRES": address}
            return _run([sys.executable, "-m", "pytest", *ON_BOTH, *arguments], environment)
    except Unavailable as reason:
        print(f"safeconduct: {reason}", file=sys.stderr)
        return 1


def _run(command: list[str], environment: dict[str, str]) -> int:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell ignores it in what it runs in the background
    child = subprocess.Popen(command, env=environment)

    def interrupt(number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGTERM:  # an interrupt at the keyboard has reached the child already
            child.send_signal(signal.SIGINT)

    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGTERM, interrupt)
    return child.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
