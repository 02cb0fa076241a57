"""What an e-waybill (电子面单) is: a number bought from a carrier for one package; not how it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, cast

from dropship_cli.domain.item import Item
from dropship_cli.domain.operation import Operation

ROUTING = ("sort_code", "package_code", "package_name", "destination_code", "destination_name")
"""What the carrier prints beside the number (doudian.md section 6); nothing of it tells a receiver."""


class WaybillState(StrEnum):
    """`USED` is read from the items: their package carries the number."""

    GOT = "got"
    USED = "used"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Goods:
    """So many pieces of one item in the package."""

    item_id: str
    quantity: int
    sku_code: str = ""
    spec: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Waybill:
    """A number that was bought. `item_id` is the item it was asked for; the goods of a merged package name more.

    Times are Unix seconds; `routing` has the keys of `ROUTING`, as far as the carrier gave them.
    """

    carrier: str
    tracking_number: str
    item_id: str
    merchant_id: str = ""
    pack_id: str = ""
    goods: tuple[Goods, ...] = ()
    routing: Mapping[str, str] = field(default_factory=dict)
    got_at: float = 0.0
    cancelled_at: float | None = None
    printed_at: float | None = None

    def state(self, items: Mapping[str, Item]) -> WaybillState:
        """What became of it, by the items as they are known."""
        if self.cancelled_at is not None:
            return WaybillState.CANCELLED
        return WaybillState.USED if self.is_used(items) else WaybillState.GOT

    def is_used(self, items: Mapping[str, Item]) -> bool:
        """Whether a package of its items carries this number."""
        packages = (one for goods in self.goods for one in _packages(items.get(goods.item_id)))
        return any(
            (one.carrier, one.tracking_number) == (self.carrier, self.tracking_number) for one in packages
        )


@dataclass(frozen=True, slots=True)
class Sender:
    """Where the factory sends from: its own address, printed on labels. `mobile` may be a landline."""

    name: str
    mobile: str
    province: str
    city: str
    district: str
    detail: str
    street: str = ""

    def as_wish(self) -> dict[str, object]:
        """As a wish and the store keep it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def sender_of(found: Mapping[str, object]) -> Sender:
    """The sender that `as_wish` made."""
    return Sender(**{name: str(found.get(name, "")) for name in Sender.__dataclass_fields__})


def goods_of(operation: Operation) -> tuple[Goods, ...]:
    """What the wish says lies in the package."""
    rows = cast("Sequence[Mapping[str, Any]]", operation.wish.get("goods", ()))
    return tuple(
        Goods(
            str(row["item_id"]),
            int(row["quantity"]),
            *(str(row[name]) for name in ("sku_code", "spec", "title")),
        )
        for row in rows
    )


def goods_wish(items: Iterable[tuple[Item, int]]) -> list[dict[str, object]]:
    """Items and their pieces as a wish keeps them."""
    return [
        {
            "item_id": item.item_id,
            "quantity": quantity,
            "sku_code": item.sku_code,
            "spec": item.spec,
            "title": item.title,
        }
        for item, quantity in items
    ]


def _packages(item: Item | None) -> Iterable[Any]:
    return () if item is None else item.packages
