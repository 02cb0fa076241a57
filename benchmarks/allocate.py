"""The part of `allocate --batch` on this machine, against csv.DictReader plus one executemany; `name ratio limit`.

The platform is a stand-in that says yes at no cost, so that what is left is ours: read, check, journal, record.
"""

from __future__ import annotations

import csv
import sqlite3
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from world import World, write_allocations

from dropship_cli.actions.allocate import AllocationRow, allocate
from dropship_cli.actions.batch import Source, read_allocations
from dropship_cli.actions.context import Shop
from dropship_cli.domain.capability import Can, Capabilities
from dropship_cli.domain.operation import Kind, Operation
from dropship_cli.domain.settings import settings_of
from dropship_cli.domain.shop import Profile
from dropship_cli.platforms.base import Answer, Verdict
from dropship_cli.store.db import open_store

ROWS = 20_000


class Echo:
    """A platform that says yes at no cost: what is left is ours."""

    def capabilities(self, role: object) -> Capabilities:
        return Capabilities({Kind.ALLOCATE: Can(batch=100)}, window=1800, page=100, partial=False)

    def change(self, role: object, kind: object, operations: list[Operation]) -> list[Answer]:
        return [Answer(one.op_id, Verdict.DONE) for one in operations]


def main() -> None:
    """The median of three rounds, each measuring both in turn."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "all.csv"
        world = World(Path(folder))
        write_allocations(path, world.seed(ROWS))
        ratios = sorted(_ours(world, path, number) / _plain(path, Path(folder)) for number in range(3))
        print(f"allocate: {ROWS} rows here {ratios[1]:.2f} 4")


def _ours(world: World, path: Path, number: int) -> float:
    copy = world.home / f"copy-{number}.db"
    with open_store(world.home / "profiles" / "merchant" / "store.db") as store:
        store.connection.execute("VACUUM INTO ?", (str(copy),))
    with open_store(copy) as store:
        shop = Shop(
            Profile("merchant", "sandbox", "660001", "", "sandbox:"), settings_of({}), store, lambda: Echo(),
            lambda seconds: nullcontext(), time.time, time.sleep, "benchmark",
        )  # fmt: skip
        before = time.process_time()
        rows: list[AllocationRow] = read_allocations(Source(str(path))).rows
        allocate(shop, rows)
        return time.process_time() - before


def _plain(path: Path, folder: Path) -> float:
    with sqlite3.connect(folder / "plain.db", isolation_level=None) as plain:
        plain.execute("DROP TABLE IF EXISTS items")
        plain.execute("CREATE TABLE items (item_id TEXT PRIMARY KEY, factory_id TEXT)")
        with path.open(encoding="utf-8") as file:
            plain.executemany(
                "INSERT INTO items VALUES (?, '')", ((row["item_id"],) for row in csv.DictReader(file))
            )
        before = time.process_time()
        with path.open(encoding="utf-8") as file:
            plain.execute("BEGIN")
            plain.executemany(
                "UPDATE items SET factory_id = ? WHERE item_id = ?",
                ((row["factory_id"], row["item_id"]) for row in csv.DictReader(file)),
            )
            plain.execute("COMMIT")
        return time.process_time() - before


if __name__ == "__main__":
    main()
