"""Small files that only their owner may read, written whole or not at all; it does not know what they hold."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

from dropship_cli.domain.errors import SetupError, StoreError

_MOST_BYTES = 64 * 1024


def read_private(path: Path, code: str) -> bytes | None:
    """The content, `None` where there is no such file.

    Raises `SetupError(code)` for a link, for what is no plain file, and for a file that others could read or
    that is somebody else's, as ssh does (reliability-evidence.md section 6 row 3).
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SetupError(code, file=path.name, why=os.strerror(error.errno or 0)) from None
    try:
        why = _openness(os.fstat(handle))
        if why:
            raise SetupError(code, file=path.name, why=why)
        return os.read(handle, _MOST_BYTES)
    finally:
        os.close(handle)


def write_private(path: Path, content: bytes) -> None:
    """Replace the file: a new one beside it with mode 0600, on the disk, then renamed.

    Raises `StoreError("file.write")` where the disk does not take it; the old file is then untouched.
    """
    new = path.with_name(f".{path.name}.{threading.get_native_id()}.new")  # two threads never share one
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_new(new, content)
        os.replace(new, path)
        _sync_folder(path.parent)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise StoreError("file.write", file=path.name, why=os.strerror(error.errno or 0)) from None


def remove_private(path: Path) -> None:
    """Remove the file if it is there, durably, and what a killed run left of a new one."""
    found = [path, *path.parent.glob(f".{path.name}.*.new")]
    if any(one.is_symlink() or one.exists() for one in found):
        for one in found:
            one.unlink(missing_ok=True)
        _sync_folder(path.parent)


def _write_new(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)  # left behind by a run that was killed
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _openness(found: os.stat_result) -> str:
    if not stat.S_ISREG(found.st_mode):
        return "not a plain file"
    if found.st_uid != os.geteuid():
        return "owned by somebody else"
    if found.st_mode & 0o077:
        return f"mode {stat.S_IMODE(found.st_mode):04o}"
    return ""
