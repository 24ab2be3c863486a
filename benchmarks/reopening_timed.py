"""What ``reopening.py`` measures of a worker: when all is told, when all is assessed, and the processors' seconds."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def server_seconds() -> float:
    """Processor seconds so far of the server process that serves this one; 0 on SQLite, or a server elsewhere."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        path = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not path.exists():
        return 0.0
    user, system = path.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


class Timed:
    """A worker that notes when everything that is touched was told so."""

    def __init__(self) -> None:
        from safeconduct.flows.installation import here
        from safeconduct.flows.worker import Worker

        class Noting(Worker):
            """Assessing begins when all is told."""

            told = 0.0

            def assess_screened(self) -> None:
                self.told = time.monotonic()
                super().assess_screened()

        self.worker = Noting(here())

    def until(self, work: Callable[[], None]) -> dict[str, Any]:
        """Seconds until all is told, and until all is assessed; how many records say that a case is touched."""
        from safeconduct.store.models import Record

        last = Record.objects.order_by("pk").values_list("pk", flat=True).last() or 0
        began, processor, database = time.monotonic(), time.process_time(), server_seconds()
        work()
        ended, told = time.monotonic(), self.worker.told
        database = server_seconds() - database
        notes = Record.objects.filter(kind="rescreening", pk__gt=last)
        found = {
            "told_s": round((told if told > began else ended) - began, 1),
            "assessed_s": round(ended - began, 1),
            "cpu_s": round(time.process_time() - processor, 1),
            "database_cpu_s": round(database, 1),
            "touched": notes.count(),
            "licences": notes.filter(body__contains='"licence":true').count(),
            "load": round(os.getloadavg()[0], 1),
        }
        print(found, file=sys.stderr, flush=True)
        return found
