"""The sandbox as a world for the contract: in this process or behind a port, with buyers and a judge."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from waitress import wasyncore
from waitress.server import create_server

from dropship_cli.domain.moment import Window
from dropship_cli.domain.operation import Kind, Operation
from dropship_cli.domain.settings import settings_of
from dropship_cli.domain.shop import Profile, Role
from dropship_cli.platforms.base import ItemRef, Platform, Verdict
from dropship_cli.platforms.doudian.console import Console
from dropship_cli.platforms.registry import Opening
from dropship_cli.sandbox import buyers, faults, ledger, settings
from dropship_cli.sandbox.app import create_app
from dropship_cli.sandbox.placing import NewItem, NewOrder, place
from dropship_cli.sandbox.receivers import Region, invent

KEY, SECRET = "7000000000000000001", "sandbox-secret-not-for-production"
METHODS = {
    (Kind.ALLOCATE, Role.MERCHANT): "iop.sellerDistribute",
    (Kind.CANCEL, Role.MERCHANT): "iop.sellerCancleDistribute",
    (Kind.SHIP, Role.MERCHANT): "order.logisticsAddMultiPack",
    (Kind.SHIP, Role.FACTORY): "iop.waybillReturn",
    (Kind.AMEND, Role.MERCHANT): "order.logisticsEditByPack",
    (Kind.AMEND, Role.FACTORY): "iop.waybillUpdate",
}
ACTS = {
    Kind.ALLOCATE: "allocated",
    Kind.CANCEL: "allocation_cancelled",
    Kind.SHIP: "shipped",
    Kind.AMEND: "amended",
}


@dataclass
class Clock:
    """Shared by the platform and its clients; moves only when told."""

    now: float = field(default_factory=time.time)

    def __call__(self) -> float:
        return self.now


@dataclass
class SandboxWorld:
    """See `contract.World`."""

    path: Path
    base_url: str
    clock: Clock
    merchant_id: str = "660001"
    factory_id: str = "880011"
    other_id: str = "880022"
    orders: int = 0

    def __post_init__(self) -> None:
        settings.put(self.path, "rate_per_second", 0)
        self._opened: dict[str, Platform] = {}

    @property
    def merchant(self) -> Platform:
        return self.open(self.merchant_id)

    @property
    def factory(self) -> Platform:
        return self.open(self.factory_id)

    @property
    def other(self) -> Platform:
        return self.open(self.other_id)

    def open(self, shop_id: str) -> Platform:
        if shop_id not in self._opened:
            self._opened[shop_id] = self._client(shop_id)
        return self._opened[shop_id]

    def _client(self, shop_id: str) -> Platform:
        profile = Profile(shop_id, "sandbox", shop_id, KEY, self.base_url)
        inner = None
        if self.base_url == "sandbox:":
            app = create_app(self.path, clock=self.clock)
            inner = httpx.WSGITransport(app=app, raise_app_exceptions=False)
        numbers = settings_of({"rate": "1000", "read_timeout": "5"})
        return Console(
            Opening(
                profile, numbers, lambda: SECRET, self._token_path(shop_id), transport=inner, clock=self.clock
            )
        )

    def close(self) -> None:
        for platform in self._opened.values():
            platform.close()

    def bind(self) -> None:
        """Choose roles, apply and accept, through the console."""
        act(self.merchant, Role.MERCHANT, Kind.ROLE, self.merchant_id, role=Role.MERCHANT)
        for factory, shop_id in ((self.factory, self.factory_id), (self.other, self.other_id)):
            act(factory, Role.FACTORY, Kind.ROLE, shop_id, role=Role.FACTORY, shop_name=f"厂家 {shop_id}")
            act(self.merchant, Role.MERCHANT, Kind.APPLY, shop_id)
            act(factory, Role.FACTORY, Kind.ACCEPT, self.merchant_id)

    @property
    def secrets(self) -> list[str]:
        tokens = [self._token_path(shop) for shop in (self.merchant_id, self.factory_id, self.other_id)]
        texts = [one.read_text() for one in tokens if one.exists()]
        return [SECRET, *(text.split('"')[place] for text in texts for place in (3, 7))]

    def order(self, *quantities: int) -> list[ItemRef]:
        self.orders += 1
        number, now = 6_923_000_000_000_000_000 + self.orders * 1000, int(self.clock.now)
        region = Region("浙江省", "金华市", "义乌市", "稠江街道")
        order = NewOrder(str(number), int(self.merchant_id), now, now, 0, invent(str(number)), region)
        items = [
            NewItem(
                str(number + place_), order.order_id, order.shop_id, "保温杯 & <吸管> 🧣", "3600000000000000001", 6900,
                quantity, "颜色:白;480ml", "BWB-480", "发中通", "", now, now + 172_800,
            )
            for place_, quantity in enumerate(quantities)
        ]  # fmt: skip
        with ledger.transaction(self.path) as tx:
            place(tx, now, [order], items)
        return [ItemRef(one.item_id, one.order_id, self.merchant_id) for one in items]

    def refund(self, ref: ItemRef) -> None:
        buyers.refund(self.path, ref.item_id, self.clock)

    def refund_done(self, ref: ItemRef) -> None:
        buyers.refund_finish(self.path, ref.item_id, self.clock)

    def cancel(self, ref: ItemRef) -> None:
        buyers.cancel(self.path, ref.order_id, self.clock)

    def window(self) -> Window:
        return Window(int(self.clock.now) - 900, int(self.clock.now) + 60)

    def pass_time(self, seconds: int) -> None:
        self.clock.now += seconds

    def fault(self, kind: Kind, role: Role, name: str) -> None:
        faults.plan(self.path, METHODS[kind, role], name)

    def fault_reading(self, name: str) -> None:
        faults.plan(self.path, "iop.sellerOrderList", name)

    def effects(self, ref: ItemRef, kind: Kind) -> int:
        found = [one for one in ledger.effects(self.path) if one["item_id"] == ref.item_id]
        return sum(str(one["act"]) == ACTS[kind] for one in found)

    def _token_path(self, shop_id: str) -> Path:
        return self.path.parent / f"{shop_id}.token.json"


def act(platform: Platform, by: Role, kind: Kind, target: str, **wish: object) -> None:
    answer = platform.change(by, kind, [Operation(f"{kind}-{target}", kind, target, wish)])[0]
    assert answer.verdict is Verdict.DONE, answer


class Port:
    """A real loopback port; `app` is whose sandbox answers there."""

    app: Callable[..., Iterable[bytes]]

    def __init__(self) -> None:
        self._server = create_server(lambda *call: self.app(*call), host="127.0.0.1", port=0, threads=4)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.effective_port}"

    def close(self) -> None:
        """First its workers, who would knock at a closed door; then everything else, in the server's own loop."""
        self._server.task_dispatcher.shutdown()
        self._server.trigger.pull_trigger(lambda: wasyncore.close_all(self._server._map))
        self._thread.join(10)
