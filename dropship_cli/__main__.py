"""`python -m dropship_cli` and the `dropship` command; nothing is imported that `--version` does not need."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the program and leave with its exit status."""
    # A page makes hundreds of objects and none in a cycle: to look for one costs a tenth of a sync.
    gc.set_threshold(50_000)
    os.umask(0o077)  # before any file is made: folder 0700, files 0600 (reliability.md rule 19)
    if sys.argv[1:] in (["--version"], ["-V"]):
        from dropship_cli import __version__

        print(f"dropship {__version__}")  # noqa: T201 - the fast path: no screen, no Typer
        return
    from dropship_cli.terminal.streams import make_usable

    make_usable()
    from dropship_cli.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
