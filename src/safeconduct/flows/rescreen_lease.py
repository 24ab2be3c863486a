"""Who is at a rescreening: a lease that each step renews, taken over once it has run out or its process is gone."""

from __future__ import annotations

import datetime as dt
import os
import socket
from pathlib import Path

from safeconduct.flows.holder import writing
from safeconduct.store.models import Rescreening, RescreeningLease

LASTS = dt.timedelta(seconds=120)


def hold(home: Path, run: Rescreening, worker: str, now: dt.datetime) -> bool:
    """Take the lease, or keep it; False while another process that lives has it."""
    with writing(home):
        lease = RescreeningLease.objects.filter(pk=run.pk).first() or RescreeningLease(rescreening=run, until=now)
        if lease.until > now and lease.worker != worker and not _is_gone(lease.worker):
            return False
        lease.worker, lease.until = worker, now + LASTS
        lease.save()
        return True


def let_go(run: Rescreening, worker: str) -> None:
    """Forget the lease of a rescreening that has ended, or that others may go on with."""
    RescreeningLease.objects.filter(pk=run.pk, worker=worker).delete()


def _is_gone(worker: str) -> bool:
    """Whether a process of this host does not live any more; of another host nobody here can tell, so False."""
    host, _, pid = worker.rpartition(":")
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # somebody else's, and so alive
        return False
    return False
