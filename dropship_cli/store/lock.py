"""One run at a time talks to the platform for a shop; the operating system lets go when a process dies."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dropship_cli.domain.errors import BusyError, StoreError

if TYPE_CHECKING:
    from filelock import BaseFileLock

BRIEF = 10.0
"""Seconds to wait for a brief holder: it makes a few readings at a time, each of which may be retried."""


@contextmanager
def shop_lock(
    path: Path, *, wait: float = 0.0, brief: bool = False, code: str = "lock.busy"
) -> Iterator[None]:
    """Hold the shop's lock; raise `BusyError` (`code`) with the holder's number and age when it stays taken.

    A `brief` holder (a listener that reads a few items) lets go in a moment: nobody is sent away because of it.
    `StoreError` where the folder takes no lock at all.
    """
    from filelock import FileLock

    holder = path.with_suffix(".holder")
    lock = FileLock(path, mode=0o600)
    try:
        if not (_acquired(lock, wait) or _outlasts(lock, holder)):
            pid, age = _read(holder)
            raise BusyError(code, pid=pid, seconds=age)
    except OSError as error:
        raise StoreError("home.read_only", path=str(path.parent), detail=error.strerror or "") from error
    try:
        _write(holder, brief=brief)
        yield
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _acquired(lock: BaseFileLock, seconds: float) -> bool:
    from filelock import Timeout

    try:
        lock.acquire(timeout=seconds, poll_interval=0.05)
    except Timeout:
        return False
    return True


def _write(holder: Path, *, brief: bool) -> None:
    """The note is only for people: a full disk may cost the note, never the work."""
    with suppress(OSError):
        holder.touch(mode=0o600)
        holder.write_text(json.dumps({"pid": os.getpid(), "since": time.time(), "brief": brief}))


def _read(holder: Path) -> tuple[str, int]:
    """Who holds it, as far as the note beside the lock tells."""
    try:
        note = json.loads(holder.read_text())
        return str(note["pid"]), max(int(time.time() - float(note["since"])), 0)
    except (OSError, ValueError, KeyError, TypeError):
        return "?", 0


def _outlasts(lock: BaseFileLock, holder: Path) -> bool:
    """Wait for a brief holder. Where there is no note, somebody is just coming or going: look again."""
    for _ in range(10):
        brief = _is_brief(holder)
        if brief is not None:
            return brief and _acquired(lock, BRIEF)
        if _acquired(lock, 0.02):
            return True
    return False


def _is_brief(holder: Path) -> bool | None:
    try:
        return json.loads(holder.read_text()).get("brief") is True
    except (OSError, ValueError, AttributeError):
        return None
