"""``python -m safeconduct.flows.worker_process [--idle SECONDS] [--parent PID]``: one screening worker."""

from __future__ import annotations

import argparse
import os
import sys

import django


def main(arguments: list[str]) -> int:
    """Run one worker on the settings of the environment until it is stopped."""
    parser = argparse.ArgumentParser(prog="safeconduct worker", description="Compare waiting parties with the lists.")
    parser.add_argument("--idle", type=float, help="end after so many seconds without work")
    parser.add_argument("--parent", type=int, help="end when this process is no longer the parent")
    given = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeconduct.settings")
    django.setup()
    from safeconduct.flows.worker import work_until_ended

    work_until_ended(idle=given.idle, parent=given.parent)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
