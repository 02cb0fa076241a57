"""Every help text of the program is there in Chinese too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from dropship_cli.cli.main import COMMANDS, build
from dropship_cli.terminal.words import translate

ALIKE = {"dropship"}


def help_texts(command: Any) -> Iterator[str]:
    for holder in (command, *command.params):
        for name in ("help", "short_help", "epilog"):
            yield from (getattr(holder, name, None) or "").split("\n\n")
    for child in getattr(command, "commands", {}).values():
        yield from help_texts(child)


def test_every_help_text_is_translated() -> None:
    told = {" ".join(text.split()) for text in help_texts(get_command(build(list(COMMANDS)))) if text}
    assert len(told) > 50, "the walk finds nothing any more"
    missing = sorted(text for text in told - ALIKE if translate(text, "zh") == text)
    assert not missing, "no Chinese help for:\n" + "\n".join(missing)
