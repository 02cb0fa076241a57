"""The one door to the person or the script: records to stdout, everything said to stderr, in their form."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TextIO

from dropship_cli.domain.errors import DropshipError
from dropship_cli.terminal import json_text, words
from dropship_cli.terminal.tty import is_terminal, takes_colour, width_of

if TYPE_CHECKING:
    from rich.console import Console

    from dropship_cli.terminal.cells import Cell, Look

Record = Mapping[str, Any]
_YES = frozenset({"y", "yes", "是", "好"})


@dataclass
class Screen:
    """How this run speaks. `color`: none = decide by stream and environment; `own` is the reader's shop, so that
    a table shows the other side; `soon`: from how many seconds before its time an item is urgent; `clock` gives the
    present second, from which `6h left` is counted."""

    out: TextIO
    err: TextIO
    json: bool = False
    lang: str = "en"
    quiet: bool = False
    verbose: bool = False
    color: bool | None = None
    own: str = ""
    soon: float | None = None
    stdin: TextIO | None = None
    clock: Callable[[], float] = time.time
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)

    def records(self, kind: str, rows: Iterable[Record]) -> None:
        """Records on stdout: a JSON array, a table on a terminal, tab separated columns in a pipe.

        `kind` is one of `tables.TABLES`. Rows are taken as they come; array and pipe hold none of them.
        """
        if self.json:
            json_text.write_array(self.out, rows)
        elif is_terminal(self.out):
            self._table(kind, rows)
        else:
            from dropship_cli.terminal.plain import write_rows

            write_rows(self.out, kind, rows)

    def record(self, kind: str, row: Record) -> None:
        """One record on stdout: an object, or a line for each field that says something."""
        if self.json:
            json_text.write_object(self.out, row)
            return
        from dropship_cli.terminal.sheet import write_sheet

        write_sheet(self.out, row, self.look())

    def note(self, code: str, **values: object) -> None:
        """A remark on stderr, unless the person wants quiet."""
        if not self.quiet:
            self._say(words.note(code, self.lang, values))

    def detail(self, code: str, **values: object) -> None:
        """A remark on stderr for a person who wants to know more."""
        if self.verbose:
            self._say(words.note(code, self.lang, values))

    def warning(self, code: str, **values: object) -> None:
        """Something on stderr that nobody may overlook."""
        self._say(words.word("label.warning", self.lang, "") + words.note(code, self.lang, values))

    def line(self, code: str, **values: object) -> None:
        """An answer in words on stdout, for people only."""
        if not self.json:
            self.out.write(words.note(code, self.lang, values) + "\n")

    def cells(self, lines: Iterable[Cell]) -> None:
        """Lines on stdout for people, coloured where the terminal takes it."""
        coloured = is_terminal(self.out) and takes_colour(self.out, wanted=self.color, environ=self.environ)
        if not coloured:
            self.out.writelines(one.text + "\n" for one in lines)
            return
        from rich.text import Text

        console = self._console(self.out)
        for one in lines:
            console.print(Text(one.text, style=one.style), soft_wrap=True)

    def texts(self, texts: Iterable[str]) -> None:
        """Whole texts on stdout as somebody else is to read them, a line between them; for people only."""
        for number, text in enumerate(texts):
            self.out.write(("\n" if number else "") + text + "\n")

    def raw(self, text: str) -> None:
        """An answer that another program reads, as it is."""
        if text:
            self.out.write(text + "\n")

    def gap(self) -> None:
        """An empty line between two parts of an answer, for people only."""
        if not self.json:
            self.out.write("\n")

    def error(self, error: DropshipError, *, profile: str | None = None) -> None:
        """What ended the command, or with `profile` one shop's part of it: one line on stderr, or one object."""
        if self.json:
            from dropship_cli.terminal.json_shape import error_record

            json_text.write_line(self.err, error_record(error, self.lang, profile))
            self.err.flush()
            return
        what = words.sentence(error.code, self.lang, error.values)
        told = words.joined(what, words.hint(error.code, self.lang, error.values), self.lang)
        whose = "" if profile is None else words.note("label.profile", self.lang, {"name": profile})
        self._say(words.word("label.error", self.lang, "") + whose + told)

    def progress(self, code: str) -> AbstractContextManager[Callable[[int, int | None], None]]:
        """A callback `(done, total)` for a long run: a bar for a person, silence under cron."""
        from dropship_cli.terminal import progress

        what = words.note(code, self.lang, {})
        if self.quiet:
            return progress.silent()
        if is_terminal(self.err) and self.environ.get("TERM") != "dumb":
            return progress.bar(lambda: self._console(self.err), what)
        return progress.lines(self.err, what, self.lang) if self.verbose else progress.silent()

    def estimate(self, calls: int, seconds: float, ends_in: float) -> None:
        """Before a long run, to a person who sits there (or asked for more): how long it will take."""
        from dropship_cli.terminal.estimate import LONG, duration

        if self.quiet or seconds < LONG or not (self.verbose or is_terminal(self.err)):
            return
        self.note("progress.estimate", time=duration(seconds, self.lang), calls=calls)
        if seconds > ends_in:
            self.note("progress.too_long", time=duration(ends_in, self.lang))

    def confirm(self, code: str, **values: object) -> bool:
        """Ask a person; anything but a yes is a no."""
        self.err.write(words.note(code, self.lang, values) + words.word("label.yes_no", self.lang, " [y/N] "))
        self.err.flush()
        return (self.stdin or sys.stdin).readline().strip().lower() in _YES

    def ask(self, code: str, **values: object) -> None:
        """What a person is to type next, on the same line; even a quiet one has to know."""
        self.err.write(words.note(code, self.lang, values) + " ")
        self.err.flush()

    def beep(self) -> None:
        """The terminal's bell: whoever scans looks at the goods, not at the screen."""
        if is_terminal(self.err):
            self.err.write("\a")

    def look(self) -> Look:
        """The language and the present second, as cells want them."""
        from dropship_cli.terminal.cells import SOON, Look

        return Look(self.lang, self.clock(), self.own, SOON if self.soon is None else self.soon)

    def _say(self, text: str) -> None:
        self.err.write(text + "\n")
        self.err.flush()

    def _table(self, kind: str, rows: Iterable[Record]) -> None:
        from dropship_cli.terminal.footer import Footer
        from dropship_cli.terminal.grid import draw

        footer = Footer(kind, self.look())
        drawn = draw(self._console(self.out), kind, footer.watch(rows), self.look())
        self.out.flush()
        for text in footer.lines(drawn) if not self.quiet else ():
            self._say(text)

    def _console(self, stream: TextIO) -> Console:
        from rich.console import Console

        coloured = takes_colour(stream, wanted=self.color, environ=self.environ)
        return Console(
            file=stream,
            width=width_of(stream, self.environ),
            force_terminal=True,
            color_system="standard" if coloured else None,
            no_color=not coloured,
            markup=False,
            emoji=False,
            highlight=False,
        )
