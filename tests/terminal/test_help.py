"""Help in both languages: every text is there, and so is all that Typer writes around it; every line fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from rich.cells import cell_len

from dropship_cli.cli.main import COMMANDS, build
from dropship_cli.cli.options import GLOBALS
from dropship_cli.terminal.words import translate

ALIKE = {"dropship"}
FRAMES = re.compile(
    r"Usage|Arguments|Options|Commands|OPTIONS|COMMAND|ARGS|Example|Show this|<\w+|\w\.\.\.$"
    r"|\b(?:required|default:|env var)"
)
"""What Typer writes in English of its own accord, with its types of values and its mark of a text that is cut."""


def help_texts(command: Any) -> Iterator[str]:
    for holder in (command, *command.params):
        for name in ("help", "short_help", "epilog"):
            yield from (getattr(holder, name, None) or "").split("\n\n")
    for child in getattr(command, "commands", {}).values():
        yield from help_texts(child)


def pages(command: Any, context: Any) -> Iterator[str]:
    """What `--help` shows of a command and of all below it."""
    yield context.get_help()
    for name, child in getattr(command, "commands", {}).items():
        yield from pages(child, child.make_context(name, [], parent=context, resilient_parsing=True))


def shown_in(lang: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(GLOBALS, "lang", lang)
    monkeypatch.setenv("COLUMNS", "80")
    root = build(list(COMMANDS))
    shown = list(pages(root, root.make_context("dropship", [], resilient_parsing=True)))
    assert len(shown) > len(COMMANDS), "the walk finds nothing any more"
    return shown


def test_every_help_text_is_translated() -> None:
    told = {" ".join(text.split()) for text in help_texts(build(list(COMMANDS))) if text}
    assert len(told) > 50, "the walk finds nothing any more"
    missing = sorted(text for text in told - ALIKE if translate(text, "zh") == text)
    assert not missing, "no Chinese help for:\n" + "\n".join(missing)


def test_chinese_help_has_no_english_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    left = [line for page in shown_in("zh", monkeypatch) for line in page.splitlines() if FRAMES.search(line)]
    assert left == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_line_of_help_fits_the_terminal(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [line for page in shown_in(lang, monkeypatch) for line in page.splitlines()]
    assert [line for line in lines if cell_len(line) > 80] == []


def test_an_example_is_a_line_to_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    for lang, label in (("en", "  Examples:"), ("zh", "  例：")):
        page = next(one for one in shown_in(lang, monkeypatch) if "dropship orders " in one.splitlines()[0])
        lines = page.splitlines()
        at = lines.index(label)
        assert lines[at + 1 : at + 3] == [
            "    dropship orders --state unallocated",
            "    dropship orders --due 6h",
        ]
