"""`orders --watch` at a real terminal: it follows the store, fits the window, and leaves no trace."""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator

import pytest
from program import Program
from pty_program import ESCAPE, PATIENCE
from rich.cells import cell_len

ITEM = "6923007000000001327"
ENTER, LEAVE = "\x1b[?1049h", "\x1b[?1049l"


class Watched:
    """A running `orders --watch` and everything it has written."""

    def __init__(self, program: Program, *words: str, columns: int = 100, lines: int = 12) -> None:
        self._ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        environ = {name: value for name, value in program.environ.items() if name not in ("COLUMNS", "LINES")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dropship_cli", "orders", "--watch", "--every", "0.5", *words],
            env={**environ, "TERM": "xterm-256color", "NO_COLOR": "1"},
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.raw = ""

    def until(self, enough: Callable[[str], bool]) -> str:
        """Read on until what was written is enough."""
        ends = time.monotonic() + PATIENCE
        while not enough(self.raw):
            assert time.monotonic() < ends, self.raw
            self._read()
        return self.raw

    def picture(self) -> list[str]:
        """The lines of the last whole picture."""
        whole = self.raw.rpartition("\x1b[J")[0].rpartition("\x1b[H")[2]
        return [ESCAPE.sub("", line).rstrip("\r") for line in whole.split("\n")]

    def end(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        while self._read():
            pass
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)

    def _read(self) -> bool:
        if not select.select([self._ours], [], [], PATIENCE)[0]:
            return False
        try:
            piece = os.read(self._ours, 65536)
        except OSError:  # Linux tells the end of a pseudo-terminal by an error
            return False
        self.raw += piece.decode(errors="replace")
        return bool(piece)


@pytest.fixture
def watch(seeded: Program) -> Iterator[Callable[..., Watched]]:
    opened: list[Watched] = []

    def start(*words: str, **size: int) -> Watched:
        opened.append(Watched(seeded, *words, **size))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def test_it_fills_the_window_and_no_more(watch: Callable[..., Watched]) -> None:
    for columns, lines, lang in ((100, 12, "en"), (60, 20, "zh"), (40, 8, "zh")):
        one = watch("--lang", lang, columns=columns, lines=lines)
        one.until(lambda raw: raw.count("\x1b[J") >= 2)
        picture = one.picture()
        assert len(picture) <= lines
        rows = [line for line in picture if "6923007" in line]
        assert max(map(cell_len, rows)) < columns, "a full line would lose its last character to the clearing"
        assert one.raw.index("\x1b[?7l") < one.raw.index("\x1b[H"), "longer sentences are cut, not wrapped"
        assert len(rows) == lines - 5
        assert "511" in "".join(picture)
        assert one.end() == 0


def test_it_follows_the_store_and_never_waits_for_the_lock(
    watch: Callable[..., Watched], seeded: Program
) -> None:
    one = watch("--state", "allocated")
    one.until(lambda raw: "\x1b[J" in raw)
    assert ITEM not in one.raw
    seeded.ok("allocate", ITEM, "--to", "880011")
    one.until(lambda raw: ITEM in raw)
    assert one.end() == 0


def test_a_picture_is_one_write_over_the_last_one(watch: Callable[..., Watched]) -> None:
    """Nothing is cleared before something is there, so nothing flickers."""
    one = watch()
    one.until(lambda raw: raw.count("\x1b[J") >= 3)
    assert "\x1b[2J" not in one.raw
    assert one.raw.count("\x1b[H") - one.raw.count("\x1b[J") in (0, 1)
    assert "synced" in one.picture()[0]
    assert one.end() == 0


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
def test_it_leaves_the_terminal_as_it_was(watch: Callable[..., Watched], number: int, status: int) -> None:
    one = watch()
    one.until(lambda raw: "\x1b[J" in raw)
    assert one.end(number) == status
    assert (one.raw.count(ENTER), one.raw.count(LEAVE)) == (1, 1)
    assert one.raw.index("\x1b[?25h") > one.raw.rindex("\x1b[J")
    assert "Traceback" not in one.raw


def test_without_a_terminal_it_is_wrong_usage(seeded: Program) -> None:
    for words, code in ((("--watch",), "watch.terminal"), (("--watch", "--all-profiles"), "watch.one_shop")):
        ran = seeded("orders", *words, "--json")
        assert (ran.status, ran.out, ran.error["code"]) == (2, "", code)
