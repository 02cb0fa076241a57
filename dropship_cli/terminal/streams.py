"""The standard streams as a bad machine leaves them: closed, or on a disk that is full."""

from __future__ import annotations

import os
import sys
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import Any


class _Said(FileIO):
    """What is said to a person: where nobody can take it, it is lost. The work goes on and the status tells its end."""

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except OSError:
            return len(data)


def make_usable() -> None:
    """Once, before any file is opened. A stream that was closed (`>&-`) becomes the null device: Python has none in
    its place, and the next file opened would get its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, open(null, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - to the end
    said = _Said(sys.stderr.fileno(), "w", closefd=False)
    sys.stderr = TextIOWrapper(
        BufferedWriter(said), encoding="utf-8", errors="backslashreplace", line_buffering=True
    )
