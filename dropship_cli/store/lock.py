"""One run at a time talks to the platform for a shop; the operating system lets go when a process dies."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dropship_cli.domain.errors import BusyError, StoreError


@contextmanager
def shop_lock(path: Path, *, wait: float = 0.0) -> Iterator[None]:
    """Hold the shop's lock; raise `BusyError` with the holder's number and age when it stays taken.

    `StoreError` where the folder takes no lock at all.
    """
    from filelock import FileLock, Timeout

    holder = path.with_suffix(".holder")
    lock = FileLock(path, mode=0o600)
    try:
        lock.acquire(timeout=wait, poll_interval=0.05)
    except Timeout:
        pid, age = _read(holder)
        raise BusyError("lock.busy", pid=pid, seconds=age) from None
    except OSError as error:
        raise StoreError("home.read_only", path=str(path.parent), detail=error.strerror or "") from error
    try:
        _write(holder)
        yield
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _write(holder: Path) -> None:
    """The note is only for people: a full disk may cost the note, never the work."""
    with suppress(OSError):
        holder.touch(mode=0o600)
        holder.write_text(json.dumps({"pid": os.getpid(), "since": time.time()}))


def _read(holder: Path) -> tuple[str, int]:
    """Who holds it, as far as the note beside the lock tells."""
    try:
        note = json.loads(holder.read_text())
        return str(note["pid"]), max(int(time.time() - float(note["since"])), 0)
    except (OSError, ValueError, KeyError, TypeError):
        return "?", 0
