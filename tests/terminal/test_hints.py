"""What a sentence tells a person to type is taken by the program as typed: command and options are there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from typer import Exit, TyperException

from dropship_cli.cli import options
from dropship_cli.cli.main import COMMANDS, build
from dropship_cli.terminal.words import en, zh
from dropship_cli.terminal.words.zh_help import HELP

NAMED = re.compile(r"`([^`]+)`|\((dropship [^)]+)\)")
LEFT_OPEN = re.compile(r"Missing |.*requires an argument")
"""Names a command without all that it wants, to speak of it."""
VALUES = {"{flag}": "--dry-run", "…": "1", "merchant|factory": "merchant", "[": "", "]": ""}


def told() -> Iterator[str]:
    for language in (en, zh):
        for sentence, hint in language.ERRORS.values():
            yield from (sentence, hint)
        yield from language.NOTES.values()
    for english, chinese in HELP.items():
        yield from (english, chinese)


def commands() -> list[str]:
    """Every command in the texts, without what belongs to a shell."""
    found = {next(filter(None, match.groups())) for text in told() for match in NAMED.finditer(text)}
    plain = {re.split(r" (?:>|&&|\|\|) ", one)[0].removeprefix("dropship ") for one in found}
    return sorted(one for one in plain if one.split()[0] in COMMANDS)


@pytest.fixture(scope="module")
def root() -> Any:
    return build(list(COMMANDS))


def parsed(root: Any, words: list[str]) -> None:
    """Read the words as a call would, and call nothing."""
    node, context = root, root.make_context("dropship", options.hoist(words))
    while getattr(node, "commands", None) and (rest := [*context._protected_args, *context.args]):
        name, node, rest = node.resolve_command(context, rest)
        context = node.make_context(name, rest, parent=context)


def test_every_command_in_a_sentence_can_be_typed(root: Any, capsys: pytest.CaptureFixture[str]) -> None:
    found = commands()
    assert len(found) > 80, "the search finds nothing any more"
    wrong = []
    for command in found:
        text = command
        for name, value in VALUES.items():
            text = text.replace(name, value)
        try:
            parsed(root, shlex.split(re.sub(r"\{[^}]*\}", "1", text)))
        except Exit:  # --help
            pass
        except TyperException as error:
            said = str(getattr(error, "format_message", error.__str__)())
            if not LEFT_OPEN.match(said):
                wrong.append(f"{command}: {said}")
    capsys.readouterr()
    assert wrong == []
