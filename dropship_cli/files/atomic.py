"""A file that is there whole or not at all, readable by its owner only; what is in it is the caller's."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from dropship_cli.domain.errors import DropshipError, StoreError, UsageError

_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG})


@contextmanager
def written_whole(path: str, *, overwrite: bool) -> Iterator[BinaryIO]:
    """A stream that becomes `path` when the block ends well, and leaves nothing when it doesn't. Mode 0600.

    A device or a pipe (`/dev/stderr`) is written to as it is: it must never be replaced by a file.
    Raises UsageError `file.exists`, `file.is_folder`, `file.unwritable`; StoreError `file.disk` where the disk fails.
    """
    target = Path(path)
    try:
        if target.is_dir():
            raise UsageError("file.is_folder", file=path)
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                yield stream
            return
        if target.exists() and not overwrite:
            raise UsageError("file.exists", file=path)
        with _beside(target, overwrite=overwrite) as stream:
            yield stream
    except (OSError, ValueError) as error:
        raise _said(error, path) from error


@contextmanager
def _beside(target: Path, *, overwrite: bool) -> Iterator[BinaryIO]:
    handle, made = tempfile.mkstemp(prefix=".dropship-", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield cast(BinaryIO, stream)
            stream.flush()
            os.fsync(stream.fileno())
        _name(Path(made), target, overwrite=overwrite)
        _sync_folder(target.parent)
    finally:
        Path(made).unlink(missing_ok=True)


def _name(made: Path, target: Path, *, overwrite: bool) -> None:
    """Gives the finished file its name; without `overwrite` never to a name that somebody took meanwhile."""
    if overwrite:
        made.replace(target)
        return
    try:
        target.hardlink_to(made)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if target.exists():
            raise
        made.replace(target)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _said(error: OSError | ValueError, path: str) -> DropshipError:
    if isinstance(error, FileExistsError):
        return UsageError("file.exists", file=path)
    reason = getattr(error, "strerror", None) or type(error).__name__
    if isinstance(error, OSError) and error.errno in _DISK:
        return StoreError("file.disk", file=path, reason=reason)
    return UsageError("file.unwritable", file=path.replace("\0", "�"), reason=reason)
