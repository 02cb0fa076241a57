"""What is sold and sent: the item, its three separate states, its packages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class AllocationState(StrEnum):
    """Whether a factory has it. On Doudian a cancelled one on an open order may be allocated again."""

    UNALLOCATED = "unallocated"
    ALLOCATED = "allocated"
    CANCELLED = "cancelled"


class ShipmentState(StrEnum):
    """How much of it has left."""

    NONE = "none"
    PARTIAL = "partial"
    SHIPPED = "shipped"


class RefundState(StrEnum):
    """What the buyer wants back."""

    NONE = "none"
    OPEN = "open"
    REFUNDED = "refunded"


class Origin(StrEnum):
    """Who told us of an item: the platform's dropship list, or a file exported from its console."""

    PLATFORM = "platform"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Package:
    """One package on its way. `package_id` is the platform's name for it, where it gives one."""

    carrier: str
    tracking_number: str
    quantity: int | None = None
    package_id: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a buyer's order. Money in cents (fen), times in Unix seconds, ids as text.

    A factory never learns the merchant's order number: there `order_id` equals `item_id` (cli.md, ITEM).
    `raw_state` keeps the platform's own values, numbers or texts, beside ours. `local` says that its factory is not on
    the platform: `factory_id` is then a name that only we know.
    """

    order_id: str
    item_id: str
    quantity: int
    title: str = ""
    spec: str = ""
    sku_code: str = ""
    product_id: str = ""
    price: int | None = None
    merchant_id: str | None = None
    merchant_name: str | None = None
    factory_id: str | None = None
    factory_name: str | None = None
    allocation: AllocationState = AllocationState.UNALLOCATED
    shipment: ShipmentState = ShipmentState.NONE
    refund: RefundState = RefundState.NONE
    closed: bool = False
    shipped_quantity: int = 0
    shipped_by: str | None = None
    packages: tuple[Package, ...] = ()
    paid_at: int | None = None
    allocated_at: int | None = None
    ship_by: int | None = None
    shipped_at: int | None = None
    remark: str = ""
    buyer_words: str = ""
    region: str = ""
    receiver_id: str = ""
    cancel_reason: str = ""
    raw_state: Mapping[str, int | str] = field(default_factory=dict)
    local: bool = False
    source: Origin = Origin.PLATFORM

    @property
    def left(self) -> int:
        """How many pieces are still to ship."""
        return 0 if self.shipment is ShipmentState.SHIPPED else max(self.quantity - self.shipped_quantity, 0)

    @property
    def is_free(self) -> bool:
        """Whether a merchant may allocate it: nobody has it (unallocated and cancelled count alike)."""
        return self.allocation is not AllocationState.ALLOCATED
