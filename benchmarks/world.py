"""What the benchmarks share: a bound merchant in a home of its own, through the program's own commands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path


class World:
    """A home folder with a merchant (660001) bound to factory 880011, nothing paced on either side."""

    def __init__(self, folder: Path) -> None:
        self.environ = {**os.environ, "DROPSHIP_HOME": str(folder / "home"), "PYTHONDONTWRITEBYTECODE": ""}
        self.home = folder / "home"
        self.run("init", "--platform", "sandbox")
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
        self.run("sandbox", "seed", "--random", str(count))
        self.run("sync", "-p", "merchant")
        found = json.loads(self.run("orders", "--json", "--state", "unallocated", "-p", "merchant").stdout)
        return [item["item_id"] for item in found if item["refund"] == "none"]

    def calls(self) -> list[tuple[str, int]]:
        """Every call the sandbox has seen: method and code."""
        import sqlite3

        with sqlite3.connect(self.home / "sandbox" / "ledger.db") as ledger:
            return list(ledger.execute("SELECT method, code FROM calls ORDER BY seq"))


def write_allocations(path: Path, item_ids: list[str]) -> None:
    """An allocation sheet that gives every item to the one factory."""
    lines = ["item_id,factory_id", *(f"{item_id},880011" for item_id in item_ids)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
