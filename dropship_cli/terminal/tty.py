"""What a stream can show: whether a person looks at it, how wide it is, whether it takes colour."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TextIO

DEFAULT_WIDTH = 80


def is_terminal(stream: TextIO) -> bool:
    """Whether a person looks at this stream; a closed one is looked at by nobody."""
    try:
        return stream.isatty()
    except ValueError:
        return False


def takes_colour(stream: TextIO, *, wanted: bool | None, environ: Mapping[str, str]) -> bool:
    """`--no-color`, then NO_COLOR, FORCE_COLOR or CLICOLOR_FORCE, TERM=dumb; then whether it is a terminal."""
    if wanted is not None:
        return wanted
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return environ.get("TERM") != "dumb" and is_terminal(stream)


def width_of(stream: TextIO, environ: Mapping[str, str]) -> int:
    """Columns: COLUMNS, else what the terminal says, else 80."""
    told = environ.get("COLUMNS", "")
    if told.isdecimal() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(stream.fileno()).columns or DEFAULT_WIDTH
    except (OSError, ValueError, AttributeError):
        return DEFAULT_WIDTH


def utf8(stream: TextIO) -> TextIO:
    """The stream, writing UTF-8 whatever the locale says, and never failing on a character."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream
