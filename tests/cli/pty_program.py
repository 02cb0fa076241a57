"""The program at a terminal: a pseudo-terminal of a known size, answers typed when asked; no assertions here."""

from __future__ import annotations

import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from program import Program

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
PATIENCE = 60.0
PERSONAL = {"COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"}


@dataclass(frozen=True)
class Shown:
    """What a person saw, escapes included, and how the call ended."""

    status: int
    raw: str

    @property
    def text(self) -> str:
        return ESCAPE.sub("", self.raw)


def at_terminal(
    program: Program, *words: str, answers: Sequence[str] = (), columns: int = 120, **environ: str
) -> Shown:
    """Run `words`; whenever the program has said something and waits, type the next answer and Enter."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "dropship_cli", *words],
        env={**_plain(program.environ), "TERM": "xterm-256color", **environ},
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        preexec_fn=_take_terminal,
    )  # fmt: skip
    os.close(theirs)
    raw = _talk(ours, process, list(answers))
    os.close(ours)
    return Shown(process.wait(PATIENCE), raw.decode())


def _plain(environ: Mapping[str, str]) -> dict[str, str]:
    """Without what the terminal of whoever runs the tests says about itself."""
    return {name: value for name, value in environ.items() if name not in PERSONAL}


def _take_terminal() -> None:
    """As a login does: the terminal is the program's own (getpass asks it itself)."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _talk(terminal: int, process: subprocess.Popen[bytes], answers: list[str]) -> bytes:
    """Read until the program closes the terminal, answering questions as they come."""
    seen, asked_at = b"", 0
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        readable, _, _ = select.select([terminal], [], [], 0.05)
        if readable:
            try:
                piece = os.read(terminal, 65536)
            except OSError:  # Linux tells the end of a pseudo-terminal by an error
                return seen
            if not piece:
                return seen
            seen += piece
        if answers and _asks(seen[asked_at:]):
            os.write(terminal, answers.pop(0).encode() + b"\n")
            asked_at = len(seen)
    process.kill()
    raise AssertionError(f"still waiting after {PATIENCE:.0f} s: {seen!r}")


def _asks(said: bytes) -> bool:
    """Whether the last thing said is a question."""
    return said.rstrip().endswith((b"/N]", "/N）".encode(), b":", b"?", "：".encode(), "？".encode()))
