"""The processor time of a started `sync`, against json.loads of the same pages plus one executemany of their rows.

The sandbox serves from a process of its own, so that only the program's own time is counted: the system's account
of the one child process (`wait4`), its start and its signatures included. The pages for the plain program are what
the platform answered, byte for byte. Prints `name ratio limit` three times: the cost, the cost of an item against
that of one among a quarter as many (both less the cost of a `sync` that finds nothing), and the memory against
200 MiB. Another number of items may be given as the only argument: `sync.py 1000000`.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path

import httpx
from world import Spent, World, served, spent

from dropship_cli.domain.moment import Window
from dropship_cli.domain.settings import settings_of
from dropship_cli.domain.shop import Role
from dropship_cli.platforms.doudian.console import sandbox
from dropship_cli.platforms.registry import Opening
from dropship_cli.sandbox.app import create_app
from dropship_cli.sandbox.schema import APP_SECRET
from dropship_cli.store.profiles import Home

ITEMS, ROUNDS, LONG = 50_000, 5, 200_000  # one round of a long run is enough
MEMORY = 200 * 1024  # KiB


def main() -> None:
    """The median of rounds in which both take turns."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ITEMS
    few, _, _ = _measured(count // 4)
    many, memory, ratio = _measured(count)
    print(f"sync: {count} items {ratio:.2f} 3")
    print(f"sync: {count} items, one of them against one of {count // 4} {many / few:.2f} 1.1")
    print(f"sync: {count} items, memory {memory / MEMORY:.2f} 1")


def _measured(count: int) -> tuple[float, int, float]:
    """Seconds for an item, KiB at most, and the ratio to the plain program, which runs before and after."""
    with tempfile.TemporaryDirectory() as name, served(Path(name)) as world:
        empty = statistics.median(_sync(world, 0).seconds for _ in range(ROUNDS))
        world.place(count)
        _record(world, Path(name) / "pages")
        seconds, memory, ratios = [], [], []
        for _ in range(1 if count >= LONG else ROUNDS):
            before, ours, after = _plain(Path(name), count), _sync(world, count), _plain(Path(name), count)
            seconds.append((ours.seconds - empty) / count)
            memory.append(ours.memory)
            ratios.append(2 * ours.seconds / (before + after))
        return statistics.median(seconds), max(memory), statistics.median(ratios)


def _sync(world: World, count: int) -> Spent:
    """What one `sync` costs into a store that knows the binding alone."""
    store = world.home / "profiles" / "merchant" / "store.db"
    bound = world.home / "bound.db"
    if not bound.exists():
        shutil.copyfile(store, bound)
    shutil.copyfile(bound, store)
    command = [sys.executable, "-m", "dropship_cli", "sync", "-p", "merchant"]
    used = spent(command, world.environ)
    with sqlite3.connect(store) as found:
        (items,) = found.execute("SELECT count(*) FROM items").fetchone()
    assert items == count
    return used


class Recorder(httpx.BaseTransport):
    """Lets calls through and keeps what the platform answered to those for a page, a line each."""

    def __init__(self, ledger: Path, pages: Path) -> None:
        self._inner = httpx.WSGITransport(app=create_app(ledger), raise_app_exceptions=False)
        self._pages = pages.open("wb")

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._inner.handle_request(request)
        if request.url.path == "/iop/sellerOrderList":
            self._pages.write(response.read() + b"\n")
        return response

    def close(self) -> None:
        self._pages.close()


def _record(world: World, pages: Path) -> None:
    """All pages of the merchant's list, as the program asks for them."""
    profile = Home(world.home).load("merchant")
    opening = Opening(
        profile, settings_of({"rate": "1000"}), lambda: APP_SECRET,
        world.home / "profiles" / "merchant" / "token.json",
        Recorder(world.home / "sandbox" / "ledger.db", pages),
    )  # fmt: skip
    platform = sandbox(opening)
    now = int(time.time())
    for _ in platform.items(Role.MERCHANT, Window(now - 1700, now)):
        pass
    platform.close()


def _plain(folder: Path, count: int) -> float:
    """Processor seconds to read the pages and to insert their rows, a column a member."""
    with (folder / "pages").open("rb") as pages:
        row = next(_rows(pages))
    columns = [name for name, value in row.items() if not isinstance(value, list)]
    file = folder / "plain.db"
    file.unlink(missing_ok=True)
    with sqlite3.connect(file, isolation_level=None) as plain, (folder / "pages").open("rb") as pages:
        plain.execute(f"CREATE TABLE items ({', '.join(columns)}, PRIMARY KEY (distr_order_id))")
        insert = f"INSERT OR REPLACE INTO items VALUES ({', '.join('?' * len(columns))})"
        before = time.process_time()
        plain.execute("BEGIN")
        plain.executemany(insert, map(itemgetter(*columns), _rows(pages)))
        plain.execute("COMMIT")
        took = time.process_time() - before
        (items,) = plain.execute("SELECT count(*) FROM items").fetchone()
    plain.close()
    assert items == count
    return took


def _rows(pages: Iterable[bytes]) -> Iterator[dict[str, object]]:
    for page in pages:
        yield from json.loads(page)["data"]["distr_order_list"]


if __name__ == "__main__":
    main()
