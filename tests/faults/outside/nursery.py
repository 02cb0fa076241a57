"""Starts runs of the program by forking, so that hundreds of real processes cost no hundreds of imports.

One JSON line in (`argv`, `environ`, `out`, `barrier`), one line out when the child lives (`pid`), one when it ended
(`status`). The child is a process like any other: it has its own files and sockets, and SIGKILL ends it.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import sitecustomize

HEAVY = (
    "httpx", "pydantic", "stamina", "filelock", "rich.console", "rich.table", "rich.progress", "sqlite_utils",
    "python_calamine", "charset_normalizer", "dropship_cli.cli.main", "dropship_cli.cli.allocating",
    "dropship_cli.cli.shipping", "dropship_cli.cli.orders", "dropship_cli.cli.keeping", "dropship_cli.cli.binding",
    "dropship_cli.cli.role", "dropship_cli.cli.setup", "dropship_cli.cli.batching", "dropship_cli.actions.sync",
    "dropship_cli.actions.batch", "dropship_cli.actions.queue", "dropship_cli.platforms.doudian.console",
    "dropship_cli.store.db", "dropship_cli.store.schema", "dropship_cli.terminal.json_shape",
)  # fmt: skip


def serve() -> None:
    """Until stdin ends."""
    for name in HEAVY:
        import_module(name)
    for line in sys.stdin:
        job = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _run(job)
        _say(pid=pid)
        _, status = os.waitpid(pid, 0)
        _say(status=os.waitstatus_to_exitcode(status))


def _run(job: dict[str, Any]) -> NoReturn:
    os.environ.update(job["environ"])
    out = os.open(job["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(out, 1)
    os.dup2(out, 2)
    if job["barrier"]:
        _wait(Path(job["barrier"]))
    sitecustomize.EVENTS.arm(job["environ"])
    sys.argv = ["dropship", *job["argv"]]
    status = 70
    try:
        status = import_module("dropship_cli.__main__").main()
    except SystemExit as ended:
        status = int(ended.code or 0)
    finally:
        sys.stdout.flush()
        os._exit(int(status or 0))


def _wait(barrier: Path) -> None:
    """Say that we are ready, then take one byte: whoever waits here starts when the bytes come."""
    Path(f"{barrier}.{os.getpid()}").touch()
    with barrier.open("rb", buffering=0) as pipe:
        pipe.read(1)


def _say(**facts: int) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve()
