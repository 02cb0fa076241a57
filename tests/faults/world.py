"""A platform and its shops in this process: real store, real client, real rules; only wire and clock are a test's."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from dropship_cli.actions.context import Shop
from dropship_cli.actions.sync import Synced, sync
from dropship_cli.domain.capability import Can, Capabilities
from dropship_cli.domain.settings import settings_of
from dropship_cli.domain.shop import Profile, Role
from dropship_cli.platforms.doudian.console import Console
from dropship_cli.platforms.registry import Opening
from dropship_cli.sandbox import ledger, settings, shops
from dropship_cli.sandbox.placing import NewItem, NewOrder, place
from dropship_cli.sandbox.receivers import Region, invent
from dropship_cli.sandbox.schema import APP_KEY, APP_SECRET
from dropship_cli.store.db import Store, open_store
from dropship_cli.store.lock import shop_lock
from tests.faults.clock import Clock
from tests.faults.transport import Wire

SHOPS = {
    "merchant": "660001", "merchant-2": "660002", "merchant-3": "660003",
    "factory-1": "880011", "factory-2": "880022", "factory-3": "880033",
}  # fmt: skip
QUIET = 61.0
"""Seconds after which an unknown outcome may be asked about, with a second to spare."""


class FewRows(Console):
    """The sandbox's client with two rows a call, so that five rows are three calls."""

    def capabilities(self, role: Role) -> Capabilities:
        """Console's own, the batches cut."""
        found = super().capabilities(role)
        few = {
            kind: replace(act, batch=min(act.batch, 2)) if isinstance(act, Can) else act
            for kind, act in found.acts.items()
        }
        return replace(found, acts=few)


@dataclass
class World:
    """One sandbox ledger with its shops' homes beside it."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    workers: int = 1
    client: type[Console] = FewRows
    dies_at: int | None = None
    """The transaction at which the next run dies; used up by it."""

    def __post_init__(self) -> None:
        self.ledger = self.folder / "ledger.db"
        fresh = not self.ledger.exists()
        settings.put(self.ledger, "rate_per_second", 0)  # a clock that stands still refills no bucket
        if fresh:
            for name, shop_id in SHOPS.items():
                shops.add(self.ledger, shop_id, name)
        self.wire = Wire(self.ledger, self.clock)

    @contextmanager
    def shop(self, name: str) -> Iterator[Shop]:
        """One run of the program for this shop: the store opened, and closed again."""
        folder = self.home(name)
        folder.mkdir(mode=0o700, exist_ok=True)
        with open_store(folder / "store.db") as store:
            if self.dies_at is not None:
                die_at(store, self.dies_at)
                self.dies_at = None
            yield self.opened(name, store, folder)

    def opened(self, name: str, store: Store, folder: Path) -> Shop:
        """A shop's doors around a store that is open."""
        profile = Profile(name, "sandbox", SHOPS[name], APP_KEY, "sandbox:")
        numbers = settings_of({"rate": "1000", "workers": str(self.workers)})
        opening = Opening(
            profile, numbers, lambda: APP_SECRET, folder / "token.json", self.wire,
            clock=self.clock.ours, monotonic=self.clock.monotonic, sleep=self.clock.advance,
        )  # fmt: skip
        client = self.client(opening)
        return Shop(
            profile=profile, settings=numbers, store=store, platform=lambda: client,
            lock=lambda patience: shop_lock(folder / "lock", wait=patience),
            now=self.clock.ours, sleep=self.clock.advance, who="test",
        )  # fmt: skip

    def home(self, name: str) -> Path:
        """The folder of a shop's store and token."""
        return self.folder / name

    def store_file(self, name: str) -> Path:
        """The shop's database."""
        return self.home(name) / "store.db"

    def sync(self, *names: str) -> list[Synced]:
        """One `sync` of each shop."""
        rounds = []
        for name in names or self.names():
            with self.shop(name) as shop:
                rounds.append(sync(shop))
        return rounds

    def names(self) -> list[str]:
        """The shops that have a store."""
        return [name for name in SHOPS if self.store_file(name).exists()]

    def order(self, number: int, quantities: Sequence[int], *, merchant: str = "merchant") -> list[str]:
        """A buyer's order of lines with these quantities; answers the lines' ids."""
        now, order_id = int(self.clock.platform()), str(6_920_000_000_000_000_000 + 100 * number)
        order = NewOrder(
            order_id, int(SHOPS[merchant]), now - 60, now, 0, invent(order_id),
            Region("浙江省", "金华市", "义乌市", "稠江街道"),
        )  # fmt: skip
        lines = [_line(order, at, quantity, now) for at, quantity in enumerate(quantities)]
        with ledger.transaction(self.ledger) as tx:
            place(tx, now, [order], lines)
        return [line.item_id for line in lines]

    def copy(self, folder: Path) -> World:
        """This world once more in another folder; nobody may be at work in it."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("ledger.db*"), dirs_exist_ok=True)
        with (
            closing(sqlite3.connect(self.ledger)) as old,
            closing(sqlite3.connect(folder / "ledger.db")) as new,
        ):
            old.backup(new)
        return World(folder, Clock(self.clock.platform()), self.workers, self.client)


class Died(BaseException):
    """The process is gone: nobody catches this, and nothing more is written."""


def die_at(store: Store, number: int) -> None:
    """Let the run die before its transaction with this number (from 0), and at each after it."""
    whole, left = store.transaction, [number]

    @contextmanager
    def dying() -> Iterator[None]:
        left[0] -= 1
        if left[0] < 0:
            raise Died
        with whole():
            yield

    store.transaction = dying  # type: ignore[method-assign] - a death, from outside


def _line(order: NewOrder, at: int, quantity: int, now: int) -> NewItem:
    return NewItem(
        item_id=str(int(order.order_id) + at), order_id=order.order_id, shop_id=order.shop_id,
        product_name="保温杯", product_id="3600000000000000001", price=6900, quantity=quantity,
        sku_spec="白", out_sku_id="BWB", seller_words="", buyer_words="", paid_at=now, exp_ship_time=now + 172_800,
    )  # fmt: skip
