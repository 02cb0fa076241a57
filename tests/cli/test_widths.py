"""Tables at terminals of several widths, and streams whose reader goes away, by the program itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from bystanders import cut_short
from program import Program, copy_of
from pty_program import at_terminal
from rich.cells import cell_len

TABLES = ("orders -n 12", "bindings", "log -n 6", "rules", "stats --by sku", "orders --all-profiles -n 6")


@pytest.fixture(scope="module")
def world(seeded_once: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    program = copy_of(seeded_once, tmp_path_factory.mktemp("widths") / "world")
    program.ok("rules", "add", "--sku", "XD-*", "--region", "浙江、江苏、上海、安徽、福建", "--to", "880022")
    program("allocate", "--auto")  # some items no rule takes: status 1
    return program


@pytest.mark.parametrize("words", TABLES)
@pytest.mark.parametrize(("columns", "lang"), [(40, "zh"), (60, "en"), (80, "zh"), (120, "en")])
def test_every_row_fits_the_terminal(world: Program, words: str, columns: int, lang: str) -> None:
    """Rows are what is on stdout; sentences below them, which wrap like any text, come on stderr and are left away."""
    shown = at_terminal(world, *words.split(), "-q", "--lang", lang, columns=columns)
    rows = [line for line in shown.text.replace("\r", "").splitlines() if line.strip()]
    if words.startswith("stats"):
        rows = rows[4:]
    assert (shown.status, len(rows) > 1) == (0, True), shown.text
    assert [line for line in rows if cell_len(line) > columns] == []


@pytest.mark.parametrize(
    "words", ["export -", "export - --format jsonl", "orders --all-profiles", "orders --all-profiles --json"]
)
def test_a_reader_that_has_enough_ends_it_quietly(world: Program, tmp_path: Path, words: str) -> None:
    """`| head` is no accident: 141 as the shell itself would say, and not a word."""
    assert cut_short(world, f"{words} -q", tmp_path) == ("141", b"")
