"""How long a start takes, against one command of a Typer program with two empty ones; prints `name ratio limit`."""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from world import spent

import dropship_cli

TWO_COMMANDS = """
import typer
app = typer.Typer()
@app.command()
def one() -> None: ...
@app.command()
def two() -> None: ...
app()
"""
ROUNDS = 25


def main() -> None:
    """The median of the rounds' ratios: each round starts both programs in turn, so that a slow moment hits both."""
    compileall.compile_dir(Path(dropship_cli.__file__).parent, quiet=2)  # as an installed package is
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.py"
        plain.write_text(TWO_COMMANDS)
        environ = {**os.environ, "DROPSHIP_HOME": f"{folder}/home"}
        program = [sys.executable, "-m", "dropship_cli"]
        subprocess.run(
            [*program, "init", "--platform", "sandbox"], env=environ, check=True, capture_output=True
        )
        for words, limit in (("--version", 0.4), ("--help", 1.5), ("orders --json", 1.4)):
            ratios = [
                spent([*program, *words.split()], environ).seconds
                / spent([sys.executable, str(plain), "one"], environ).seconds
                for _ in range(ROUNDS)
            ]
            print(f"start: {words} {statistics.median(ratios):.2f} {limit}")


if __name__ == "__main__":
    main()
