"""A sandbox with a clock of its own, and raw callers that sign by hand and know nothing of our client."""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from dropship_cli.sandbox import ledger, settings
from dropship_cli.sandbox.app import create_app
from dropship_cli.sandbox.placing import NewItem, NewOrder, place
from dropship_cli.sandbox.receivers import Region, invent

KEY = "7000000000000000001"
SECRET = "sandbox-secret-not-for-production"
START = 1_790_000_000
MERCHANT, FACTORY, FACTORY_2, FACTORY_3 = 660001, 880011, 880022, 880033


@dataclass
class Clock:
    """A clock that moves only when a test says so."""

    now: float = START

    def __call__(self) -> float:
        return self.now


def signature(
    method: str, text: str, stamp: str, sign_method: str = "hmac-sha256", secret: str = SECRET
) -> str:
    """A second telling of the signature, so that no test leans on the code it tests."""
    whole = f"{secret}app_key{KEY}method{method}param_json{text}timestamp{stamp}v2{secret}".encode()
    if sign_method == "md5":
        return hashlib.md5(whole, usedforsecurity=False).hexdigest()
    return hmac.new(secret.encode(), whole, hashlib.sha256).hexdigest()


@dataclass
class World:
    """A ledger, the application on it, and short words for what tests do."""

    path: Path
    clock: Clock
    http: Client
    tokens: dict[int, str] = field(default_factory=dict)

    def query(self, method: str, text: str, token: str = "", **changes: str) -> dict[str, str]:
        stamp = changes.pop("timestamp", str(int(self.clock.now)))
        sign_method = changes.pop("sign_method", "hmac-sha256")
        query = {"app_key": KEY, "method": method, "access_token": token, "timestamp": stamp, "v": "2"}
        query |= {"sign": signature(method, text, stamp, sign_method), "sign_method": sign_method}
        return {name: value for name, value in (query | changes).items() if value != "-"}

    def send(self, method: str, text: str, token: str = "", **changes: str) -> Any:
        query = self.query(method, text, token, **changes)
        return self.http.post(f"/{method.replace('.', '/')}", query_string=query, data=text.encode())

    def call(self, shop: int, method: str, **params: Any) -> dict[str, Any]:
        """The whole envelope of a call in the name of a shop (0: without a token)."""
        token = self.token(shop) if shop else ""
        text = json.dumps(params, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        answer: dict[str, Any] = self.send(method, text, token).json
        return answer

    def token(self, shop: int) -> str:
        if shop not in self.tokens:
            made = self.call(0, "token.create", code="", grant_type="authorization_self", shop_id=str(shop))
            self.tokens[shop] = made["data"]["access_token"]
        return self.tokens[shop]

    def ok(self, shop: int, method: str, **params: Any) -> Any:
        answer = self.call(shop, method, **params)
        assert answer["code"] == 10000, answer
        return answer["data"]

    def refused(self, shop: int, method: str, **params: Any) -> tuple[int, str]:
        answer = self.call(shop, method, **params)
        return answer["code"], answer["sub_code"]

    def become(self, shop: int, role: str) -> None:
        self.ok(shop, "console.role.choose", role=role)
        self.ok(shop, "console.shop.open", name=f"{role} {shop}", sender={"name": "仓库", "detail": "1号"})

    def bind(self, *factories: int) -> None:
        self.become(MERCHANT, "merchant")
        for factory in factories:
            self.become(factory, "factory")
            self.ok(MERCHANT, "console.binding.apply", factory_shop_id=factory)
            self.ok(factory, "console.binding.answer", merchant_shop_id=MERCHANT, accept=True)

    def order(self, *quantities: int, order_id: str = "6920000000000000010", **changes: Any) -> list[str]:
        """Let a buyer order lines of these quantities; answers their dropship order ids."""
        now = int(self.clock.now)
        paid = changes.pop("paid_at", now)
        receiver = invent(changes.pop("receiver", order_id))
        region = Region("浙江省", "金华市", "义乌市", "稠江街道")
        order = NewOrder(order_id, changes.get("shop_id", MERCHANT), now - 60, paid, 0, receiver, region)
        lines = [self._line(order, number, quantity, changes) for number, quantity in enumerate(quantities)]
        with ledger.transaction(self.path) as tx:
            place(tx, now, [order], lines)
            ledger.record(tx, ledger.Actor(order.shop_id, "test", now), ledger.Act.SEEDED, items=len(lines))
        return [line.item_id for line in lines]

    def _line(self, order: NewOrder, number: int, quantity: int, changes: dict[str, Any]) -> NewItem:
        values: dict[str, Any] = {
            "item_id": str(int(order.order_id) + number),
            "order_id": order.order_id,
            "shop_id": order.shop_id,
            "product_name": "保温杯 & <吸管>",
            "product_id": "3600000000000000001",
            "price": 6900,
            "quantity": quantity,
            "sku_spec": "颜色:白;480ml",
            "out_sku_id": "BWB-480",
            "seller_words": "发中通",
            "buyer_words": "",
            "paid_at": order.paid_at,
            "exp_ship_time": int(self.clock.now) + 172_800,
        }
        return NewItem(**(values | changes))

    def allocate(self, item_id: str, factory: int = FACTORY) -> int:
        """The row error number of allocating one line."""
        wish = {"distr_order_id": item_id, "supplier_shop_id": factory}
        answer = self.ok(MERCHANT, "iop.sellerDistribute", distribute_order_list=[wish])
        return int(answer["distribute_order_reuslts"][0]["err_no"])

    def ship(self, item_id: str, number: int = 1, shop: int = FACTORY, **more: Any) -> dict[str, Any]:
        """The envelope of a factory's shipment of one line in one pack."""
        pack = {"track_no": "SF1000000001", "ship_num": number, "company_code": "shunfeng"}
        params = {"user_id": MERCHANT, "distr_order_id": item_id, "pack_list": [pack]} | more
        return self.call(shop, "iop.waybillReturn", **params)

    def merchant_row(self, item_id: str) -> dict[str, Any]:
        detail = self.ok(MERCHANT, "iop.sellerOrderInfo", distr_order_id=item_id)["distr_order_detail"]
        return dict(detail)

    def factory_row(self, item_id: str, shop: int = FACTORY) -> dict[str, Any]:
        return dict(self.ok(shop, "iop.orderInfo", user_id=MERCHANT, distr_order_id=item_id))

    def effects(self, act: str) -> list[dict[str, Any]]:
        return [effect for effect in ledger.effects(self.path) if effect["act"] == act]

    def window(self, subject: str = "update_time") -> dict[str, int]:
        now = int(self.clock.now)
        return {f"start_{subject}": now - 1800, f"end_{subject}": now}


@pytest.fixture
def new_world(tmp_path: Path) -> Callable[[], World]:
    def build() -> World:
        clock = Clock()
        path = tmp_path / "ledger.sqlite"
        world = World(path, clock, Client(create_app(path, clock=clock)))
        # A clock that stands still refills no bucket; the tests of the limit set it themselves.
        settings.put(path, "rate_per_second", 0)
        return world

    return build


@pytest.fixture
def world(new_world: Callable[[], World]) -> World:
    """Shops known, nothing chosen, no order."""
    return new_world()


@pytest.fixture
def bound(world: World) -> World:
    """A merchant bound to two factories."""
    world.bind(FACTORY, FACTORY_2)
    return world
