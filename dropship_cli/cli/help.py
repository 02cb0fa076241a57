"""Help in the person's language: the texts of commands and options, translated when help is asked for."""

from __future__ import annotations

import os
from typing import Any

from dropship_cli.cli.options import GLOBALS
from dropship_cli.terminal.words import language, translate


def translated(command: Any) -> None:
    """Replace the help texts of a Typer command, its options and its subcommands, in place."""
    lang = language(GLOBALS.lang, os.environ)
    if lang == "en":
        return
    _translate(command, lang)


def _translate(command: Any, lang: str) -> None:
    for holder in (command, *command.params):
        for name in ("help", "short_help", "epilog"):
            text = getattr(holder, name, None)
            if text:
                setattr(holder, name, translate(text, lang))
    for child in getattr(command, "commands", {}).values():
        _translate(child, lang)
