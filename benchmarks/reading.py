"""`orders --limit 50` and `status` with a million items in the store, against the same on an empty store.

Both are started programs, and what counts is their processor time. The items are made by SQL in a real store: a year
of work, nine tenths of it shipped; the newest tenth is in every state, half of it open, most of that late. Prints
`name ratio limit`: the median of rounds in which both take turns. Another number of items may be given as the only
argument.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from world import World, spent

from dropship_cli.store.db import open_store

ITEMS, ROUNDS = 1_000_000, 11
FILL = """
WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :items)
INSERT INTO items (
    item_id, order_id, quantity, title, spec, sku_code, product_id, price, merchant_id, factory_id, factory_name,
    allocation, shipment, refund, closed, shipped_quantity, shipped_by, packages, paid_at, allocated_at, ship_by,
    shipped_at, remark, buyer_words, region, receiver_id, cancel_reason, raw_state, local, source, seen_at
) SELECT
    6900000000000000000 + n, 6900000000000000000 + n - n % 3, 1, '儿童保温杯316不锈钢带吸管 480ml', '奶油白',
    'SKU-' || n % 500, '3600000000000000101', 6900, '660001', CASE WHEN allocated THEN 880011 + n % 2 END,
    CASE WHEN allocated THEN '金华工厂' END,
    iif(allocated, 'allocated', 'unallocated'), iif(shipped, 'shipped', 'none'),
    iif(state = 15, 'open', 'none'), 0, shipped, CASE WHEN shipped THEN 'factory' END, '[]',
    paid, CASE WHEN allocated THEN paid + 600 END, paid + 172800, CASE WHEN shipped THEN paid + 86400 END,
    '', '', '浙江省 金华市 义乌市', '', '', '{"order_status": 2}', 0, 'platform', paid
FROM (
    SELECT n, state, state < 10 AS shipped, state < 16 AS allocated, strftime('%s', 'now') - (:items - n) * 31 AS paid
    FROM (SELECT n, iif(n < :items * 9 / 10, 0, n % 20) AS state FROM numbers)
)
"""


def main() -> None:
    """Fill the one store, then let both take turns."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ITEMS
    with tempfile.TemporaryDirectory() as folder:
        empty, full = World(Path(folder) / "empty"), World(Path(folder) / "full")
        with open_store(full.home / "profiles" / "merchant" / "store.db") as store, store.transaction():
            store.connection.execute(FILL, {"items": count})
        for words, limit in (("orders --limit 50", 1.3), ("status", 2)):
            command = [sys.executable, "-m", "dropship_cli", *words.split(), "-p", "merchant"]
            ratios = [
                spent(command, full.environ).seconds / spent(command, empty.environ).seconds
                for _ in range(ROUNDS)
            ]
            print(f"reading: {words} of {count} items {statistics.median(ratios):.2f} {limit}")


if __name__ == "__main__":
    main()
