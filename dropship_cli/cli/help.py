"""Help as a person reads it: in their language, and laid out by what a terminal shows."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from dropship_cli.cli.options import GLOBALS
from dropship_cli.terminal.words import framed, gist, language, translate
from dropship_cli.terminal.wrap import columns, wrapped

if TYPE_CHECKING:
    from typer._click import HelpFormatter
else:
    HelpFormatter = typer.Context.formatter_class

_EXAMPLES = re.compile(r"(Examples?:|例：)\s*(.*)", re.DOTALL)


def page(context: typer.Context) -> Page:
    """The empty page for the help of a command, whose own texts are in the person's language from now on."""
    lang = language(GLOBALS.lang, os.environ)
    holders: list[Any] = [context.command, *context.command.get_params(context)]
    for holder in holders:
        holder.help = translate(holder.help or "", lang)
    for child in getattr(context.command, "commands", {}).values():
        child.short_help = gist(child.help or "", lang)
    return Page(lang)


class Page(HelpFormatter):
    """Where Typer writes its help: its frames in the person's language, lines that fit, an example a line."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._lang = lang

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The first line; long ones are left to the terminal."""
        self.write(framed(f"Usage: {prog} {args}", self._lang) + "\n")

    def write_heading(self, heading: str) -> None:
        """A line above a list."""
        self.write(" " * self.current_indent + framed(f"{heading}:", self._lang) + "\n")

    def write_text(self, text: str) -> None:
        """Paragraphs."""
        self.write("\n\n".join(map(self._paragraph, text.split("\n\n"))) + "\n")

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Names with what they are, side by side; a name that is too long stands above."""
        named = [(framed(name, self._lang), framed(text, self._lang)) for name, text in rows]
        left = min(max(columns(name) for name, _ in named), col_max) + col_spacing
        for name, text in named:
            lines = wrapped(" ".join(text.split("\n")), self.width - self.current_indent - left)
            if columns(name) + col_spacing > left:
                lines.insert(0, "")
            for number, line in enumerate(lines):
                lead = "" if number else name
                padding = " " * (left - columns(lead))
                self.write((" " * self.current_indent + lead + padding + line).rstrip() + "\n")

    def _paragraph(self, text: str) -> str:
        found = _EXAMPLES.fullmatch(text.strip())
        if found is None:
            return self._lines(text, self.current_indent)
        examples = (
            self._lines(one, self.current_indent + 2) for one in " ".join(found[2].split()).split("; ")
        )
        return "\n".join([" " * self.current_indent + found[1], *examples])

    def _lines(self, text: str, indent: int) -> str:
        lines = wrapped(" ".join(text.split()), self.width - indent)
        return "\n".join(" " * indent + one for one in lines)
