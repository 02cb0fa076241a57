"""The wall time of shipping 2,000 items with 20 calls a second allowed, against 2,000 / 20 s; `name ratio limit`.

The sandbox answers in this process, each answer held back for 100 ms as a far platform's would be. A smaller
number of items may be given as the only argument.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

import httpx
from world import World

from dropship_cli.actions.context import Shop
from dropship_cli.actions.resolve import Reference
from dropship_cli.actions.ship import How, ShipmentRow, ship
from dropship_cli.domain.errors import ExitStatus
from dropship_cli.domain.settings import settings_of
from dropship_cli.platforms.doudian.console import sandbox
from dropship_cli.platforms.registry import Opening
from dropship_cli.sandbox.app import create_app
from dropship_cli.sandbox.schema import APP_SECRET
from dropship_cli.store.db import open_store
from dropship_cli.store.profiles import Home

COUNT, RATE, LATENCY = 2_000, 20, 0.1


class Far(httpx.BaseTransport):
    """The sandbox at a distance."""

    def __init__(self, ledger: Path) -> None:
        self._near = httpx.WSGITransport(app=create_app(ledger), raise_app_exceptions=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Its answer, late."""
        started = time.monotonic()
        response = self._near.handle_request(request)
        time.sleep(max(0.0, LATENCY - (time.monotonic() - started)))
        return response


def main() -> None:
    """One run: the ideal is long enough to need no repeat."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        items = world.seed(count + count // 5 + 5)[:count]
        print(f"ship: {count} rows at {RATE} calls/s {_seconds(world, items) / (count / RATE):.2f} 1.05")


def _seconds(world: World, items: list[str]) -> float:
    home = Home(world.home)
    profile = home.load("merchant")
    settings = settings_of({"rate": str(RATE)})
    place = home.folder("merchant")
    opening = Opening(
        profile, settings, lambda: APP_SECRET, place / "token.json", Far(world.home / "sandbox" / "ledger.db")
    )
    platform = sandbox(opening)
    rows = [ShipmentRow(Reference("", item), "中通", f"78{number:012d}") for number, item in enumerate(items)]
    with open_store(place / "store.db") as store:
        shop = Shop(
            profile,
            settings,
            store,
            lambda: platform,
            lambda seconds: nullcontext(),
            time.time,
            time.sleep,
            "benchmark",
        )
        started = time.monotonic()
        report = ship(shop, rows, How())
        took = time.monotonic() - started
    if report.exit_status is not ExitStatus.DONE:
        raise SystemExit(f"not everything was shipped: {report.error}")
    return took


if __name__ == "__main__":
    main()
