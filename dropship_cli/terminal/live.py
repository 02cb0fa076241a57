"""A picture that replaces itself on the terminal's second page, in one write so that nothing flickers; no data here."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from dropship_cli.terminal.screen import Screen
from dropship_cli.terminal.tty import width_of

_ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l"  # the second page, no cursor, long lines cut and not wrapped
_LEAVE = "\x1b[?7h\x1b[?25h\x1b[?1049l"
_HOME, _CLEAR_LINE, _CLEAR_REST = "\x1b[H", "\x1b[K", "\x1b[J"
_STEP = 0.25
"""Seconds after which a changed window is noticed."""
LEAST = 3
"""Lines that a picture has at least, whatever the terminal says of itself."""

Draw = Callable[[Screen, int], None]
"""Draws on a screen as always; the number is of the lines that there is room for."""


class Live:
    """The second page of the terminal while somebody watches."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def show(self, draw: Draw) -> None:
        """Replace the picture by what `draw` draws; what has no room is cut."""
        paper = _Paper()
        width, height = self._size()
        # The last column stays free: at a full line the cursor stands on its last character, and clears it.
        environ = {**self._screen.environ, "COLUMNS": str(width - 1)}
        draw(replace(self._screen, out=paper, err=paper, environ=environ), height)
        lines = paper.getvalue().splitlines()[:height]
        self._write(_HOME + "\n".join(line + _CLEAR_LINE for line in lines) + _CLEAR_REST)

    def rest(self, seconds: float) -> None:
        """Wait, but no longer than until the window changes its size."""
        size, ends = self._size(), time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0 and self._size() == size:
            time.sleep(min(left, _STEP))

    def _size(self) -> tuple[int, int]:
        try:
            height = os.get_terminal_size(self._screen.out.fileno()).lines
        except (OSError, ValueError):
            height = 24
        return width_of(self._screen.out, self._screen.environ), max(height, LEAST)

    def _write(self, text: str) -> None:
        self._screen.out.write(text)
        self._screen.out.flush()


@contextmanager
def live(screen: Screen) -> Iterator[Live]:
    """The terminal's second page; the first one, as it was, when the block ends in whatever way."""
    page = Live(screen)
    page._write(_ENTER)
    try:
        yield page
    finally:
        page._write(_LEAVE)


class _Paper(io.StringIO):
    """What is drawn as for a terminal before it is shown on it."""

    def isatty(self) -> bool:
        return True
