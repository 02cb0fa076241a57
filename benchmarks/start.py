"""How long a start takes, against one command of a Typer program with two empty ones; prints `name ratio limit`."""

from __future__ import annotations

import compileall
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

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
                _cpu([*program, *words.split()], environ) / _cpu([sys.executable, str(plain), "one"], environ)
                for _ in range(ROUNDS)
            ]
            print(f"start: {words} {statistics.median(ratios):.2f} {limit}")


def _cpu(command: list[str], environ: dict[str, str]) -> float:
    """Processor seconds of one start, the child's own accounting: the wall clock wanders with the neighbours."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environ, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
