"""What the benchmarks share: a bound merchant in a home of its own, through the program's own commands."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple


class World:
    """A home folder with a merchant (660001) bound to factory 880011, nothing paced on either side."""

    def __init__(self, folder: Path, *served_at: str) -> None:
        """The sandbox answers inside each process, or at the address where it is `served`."""
        self.environ = environ_in(folder)
        self.home = folder / "home"
        self.run("init", "--platform", "sandbox", *(f"--base-url={url}" for url in served_at))
        self.run("sandbox", "set", "rate_per_second", "0")
        for profile in ("merchant", "factory-1"):
            self.run("profile", "set", "rate", "1000", "-p", profile)
        self.run("role", "choose", "merchant", "-p", "merchant")
        self.run("role", "choose", "factory", "-p", "factory-1")
        self.run("bind", "880011", "--yes", "-p", "merchant")
        self.run("accept", "660001", "-p", "factory-1")

    def run(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """One command of the program."""
        command = [sys.executable, "-m", "dropship_cli", *words]
        return subprocess.run(command, env=self.environ, check=check, capture_output=True, text=True)

    def seed(self, count: int) -> list[str]:
        """So many items at the merchant, synced; the ids of those that may be allocated (some are in refund)."""
        self.place(count)
        self.run("sync", "-p", "merchant")
        found = json.loads(self.run("orders", "--json", "--state", "unallocated", "-p", "merchant").stdout)
        return [item["item_id"] for item in found if item["refund"] == "none"]

    def place(self, count: int) -> None:
        """So many items on the platform, of which the merchant's store knows nothing yet."""
        self.run("sandbox", "seed", "--random", str(count))

    def calls(self) -> list[tuple[str, int]]:
        """Every call the sandbox has seen: method and code."""
        import sqlite3

        with sqlite3.connect(self.home / "sandbox" / "ledger.db") as ledger:
            return list(ledger.execute("SELECT method, code FROM calls ORDER BY seq"))


def environ_in(folder: Path) -> dict[str, str]:
    """Under which a program finds its home in this folder."""
    return {**os.environ, "DROPSHIP_HOME": str(folder / "home"), "PYTHONDONTWRITEBYTECODE": ""}


class Spent(NamedTuple):
    """Processor seconds, and the most memory in KiB (as Linux counts)."""

    seconds: float
    memory: int


def spent(command: list[str], environ: dict[str, str]) -> Spent:
    """What one run of a program cost, by the system's own account of it: the wall clock wanders with the neighbours."""
    with subprocess.Popen(
        command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Spent(used.ru_utime + used.ru_stime, used.ru_maxrss)


@contextmanager
def served(folder: Path) -> Iterator[World]:
    """A world whose sandbox is a process of its own, so that what it costs is nobody else's."""
    command = [sys.executable, "-m", "dropship_cli", "sandbox", "serve", "--port", "0", "--json"]
    with subprocess.Popen(command, env=environ_in(folder), stdout=subprocess.PIPE, text=True) as sandbox:
        try:
            yield World(folder, f"http://127.0.0.1:{port_of(sandbox)}")
        finally:
            sandbox.terminate()


def port_of(process: subprocess.Popen[str]) -> int:
    """The port that a started server says it has."""
    assert process.stdout is not None
    for line in process.stdout:
        found = re.search(r"127\.0\.0\.1:(\d+)", line)
        if found:
            return int(found[1])
    raise RuntimeError("it did not start")


def write_allocations(path: Path, item_ids: list[str]) -> None:
    """An allocation sheet that gives every item to the one factory."""
    lines = ["item_id,factory_id", *(f"{item_id},880011" for item_id in item_ids)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
