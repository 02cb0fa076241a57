"""Invented orders, endless in number and the same for the same seed; it touches no ledger."""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass

from dropship_cli.sandbox import receivers
from dropship_cli.sandbox.items import Refund
from dropship_cli.sandbox.places import REGIONS
from dropship_cli.sandbox.placing import NewItem, NewOrder

_PROMISES = (24 * 3600, 48 * 3600, 48 * 3600, 72 * 3600)
_LINES = (1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 5)
_QUANTITIES = (1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 12)
_ID_STEP = 10
_SHARED_RECEIVER = 0.1
_REFUND = 0.03
_REMARK = 0.2
_HOSTILE = 0.01


@dataclass(frozen=True, slots=True)
class _Product:
    number: str
    name: str
    specs: tuple[str, ...]
    sku: str
    price: int


_PRODUCTS = (
    _Product("3600000000000000101", "儿童保温杯316不锈钢带吸管 480ml", ("奶油白", "粉色"), "BWB-480", 6900),
    _Product("3600000000000000102", "山核桃仁 奶香原味 250g*2罐", ("原味", "椒盐"), "SHT-250", 5980),
    _Product(
        "3600000000000000103", "加厚羽绒服 女 中长款", ("颜色:黑;尺码:M", "颜色:黑;尺码:L"), "YRF-01", 39900
    ),
    _Product("3600000000000000104", '四件套 纯棉 1.8m床 "北欧风"', ("灰蓝", "米白"), "SJT-1.8", 23900),
    _Product("3600000000000000105", "蓝莓叶黄素软糖 60粒", ("单瓶", "三瓶装"), "", 4990),
    _Product("3600000000000000106", "手机壳 适用iPhone 防摔 <磨砂>", ("透明", "黑色"), "SJK-15P", 1990),
    _Product("3600000000000000107", "桂花龙井 250g/罐", ("明前", "雨前"), "CHA-LJ", 12800),
    _Product("3600000000000000108", "洗衣凝珠 100颗 & 留香珠", ("100颗",), "XYN-100", 3990),
)
_REMARKS = ("发中通", "加赠品一份", "尽快发货", "要黑色的！！", "放驿站\n谢谢", "不要放快递柜")
_HOSTILE_WORDS = (
    '=HYPERLINK("http://x.invalid")',
    "[bold red]markup[/]",
    "<script>alert(1)</script>",
    "\u202egnp.exe",
    "\x1b[31mred\x1b[0m",
    "🧣𠮷🎁",
    "'; DROP TABLE items; --",
    "a" * 500,
)


def orders(count: int, *, seed: int, shop_id: int, paid_at: int) -> Iterator[tuple[NewOrder, list[NewItem]]]:
    """Orders with ``count`` lines in all; ids come from shop and seed, so two seeds do not meet."""
    rng = random.Random(f"{shop_id} {seed}")  # noqa: S311 - must be repeatable, guards nothing
    base = _first_id(shop_id, seed)
    shared = ""
    region = REGIONS[0]
    left = count
    while left > 0:
        lines = min(left, rng.choice(_LINES))
        left -= lines
        order_id = str(base)
        base += _ID_STEP
        if not shared or rng.random() >= _SHARED_RECEIVER:
            shared, region = order_id, rng.choice(REGIONS)
        order = NewOrder(
            order_id=order_id,
            shop_id=shop_id,
            created_at=paid_at - rng.randrange(5, 600),
            paid_at=paid_at,
            post_amount=0,
            receiver=receivers.invent(shared),
            region=region,
        )
        yield order, [_item(rng, order, number) for number in range(lines)]


def _first_id(shop_id: int, seed: int) -> int:
    digest = hashlib.sha256(f"{shop_id} {seed}".encode()).digest()
    return 6_900_000_000_000_000_000 + int.from_bytes(digest[:4]) % 10**7 * 10**10


def _item(rng: random.Random, order: NewOrder, number: int) -> NewItem:
    product = rng.choice(_PRODUCTS)
    return NewItem(
        # One line of an order has the order's own number (doudian.md section 7).
        item_id=str(int(order.order_id) + number),
        order_id=order.order_id,
        shop_id=order.shop_id,
        product_name=_words(rng, product.name),
        product_id=product.number,
        price=product.price,
        quantity=rng.choice(_QUANTITIES),
        sku_spec=rng.choice(product.specs),
        out_sku_id=product.sku,
        seller_words=_remark(rng),
        buyer_words=_remark(rng),
        paid_at=order.paid_at,
        exp_ship_time=(order.paid_at or order.created_at) + rng.choice(_PROMISES),
        refund=Refund.OPEN if rng.random() < _REFUND else Refund.NONE,
    )


def _words(rng: random.Random, text: str) -> str:
    return f"{text} {rng.choice(_HOSTILE_WORDS)}" if rng.random() < _HOSTILE else text


def _remark(rng: random.Random) -> str:
    return _words(rng, rng.choice(_REMARKS)) if rng.random() < _REMARK else ""
