"""The program called within the test's own process: the same words and answers as `program.Program`, at a tenth of its
cost. For what needs no process of its own; no assertions here."""

from __future__ import annotations

import contextlib
import io
import os
import signal
from pathlib import Path

from program import Program, Ran

from dropship_cli.cli.main import run


class Inside(Program):
    """`dropship` on the same home folder."""

    def __call__(self, *words: str | Path, stdin: str | bytes = "") -> Ran:
        if stdin:
            return super().__call__(*words, stdin=stdin)
        out, err, kept = io.StringIO(), io.StringIO(), dict(os.environ)
        handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        os.environ.clear()
        os.environ.update(self.environ)
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                status = run([*map(str, words)])
        finally:
            os.environ.clear()
            os.environ.update(kept)
            for number, handler in handlers.items():
                signal.signal(number, handler)
        return Ran(int(status), out.getvalue(), err.getvalue())
