"""How many calls `allocate --batch` makes for N rows, against ⌈N / 100⌉; prints `name ratio limit`."""

from __future__ import annotations

import math
import tempfile
from pathlib import Path

from world import World, write_allocations

BATCH = 100  # doudian.md section 11


def main() -> None:
    """One run of each size; the count comes from the sandbox's own ledger."""
    for rows in (1, 100, 101, 950):
        with tempfile.TemporaryDirectory() as folder:
            world = World(Path(folder))
            items = world.seed(rows + rows // 5 + 5)[:rows]
            write_allocations(Path(folder) / "all.csv", items)
            world.run("allocate", "--batch", f"{folder}/all.csv", "-p", "merchant")
            made = sum(1 for method, _ in world.calls() if method == "iop.sellerDistribute")
            print(f"calls: allocate {rows} rows {made / math.ceil(rows / BATCH):.2f} 1.00")


if __name__ == "__main__":
    main()
