"""Others at the same moment: a run that holds the shop, a reader that has read enough; no promise is tested here."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from program import Program

HOLD = (
    "import sys; from pathlib import Path; from dropship_cli.store.lock import shop_lock\n"
    "with shop_lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
)


@contextmanager
def held(program: Program, profile: str) -> Iterator[subprocess.Popen[str]]:
    """Another process has the shop; closing its stdin lets go."""
    lock = program.home / "profiles" / profile / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder
        if holder.poll() is None:
            holder.communicate("")


def cut_short(program: Program, words: str, folder: Path) -> tuple[str, bytes]:
    """Read ten bytes of what a command says and go away, as `| head` does: its status, and what it said of that."""
    command = f"{sys.executable} -m dropship_cli {words}; echo $? >{folder}/status"
    with subprocess.Popen(
        ["sh", "-c", command], env=program.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        assert run.stdout.read(10)
        run.stdout.close()
        said = run.stderr.read()
    return (folder / "status").read_text().strip(), said
