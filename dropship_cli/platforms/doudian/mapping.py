"""Doudian's rows as the domain's, and wishes as Doudian's parameters; pure, no calls."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dropship_cli.domain.binding import Binding, BindingState
from dropship_cli.domain.effect import packages_of
from dropship_cli.domain.item import AllocationState, Item, Package, RefundState, ShipmentState
from dropship_cli.domain.moment import instant
from dropship_cli.domain.operation import Operation
from dropship_cli.domain.shop import Role
from dropship_cli.platforms.doudian.carriers import to_doudian, to_neutral
from dropship_cli.platforms.doudian.wire import Line, Partner, ShopOrder, SkuOrder

ROLES = {1: Role.MERCHANT, 2: Role.FACTORY}
_BINDINGS = {
    1: BindingState.APPLIED,
    2: BindingState.BOUND,
    3: BindingState.REFUSED,
    4: BindingState.UNBOUND,
    5: BindingState.UNBINDING,
}
_ALLOCATIONS = {
    0: AllocationState.UNALLOCATED,
    1: AllocationState.ALLOCATED,
    2: AllocationState.ALLOCATED,
    3: AllocationState.CANCELLED,
}
PARTLY, SHIPPED, CLOSED, FINISHED = 101, 3, 4, 5  # order_status
BY_FACTORY = 2  # distr_status: the factory gave its numbers back
REFUND_OPEN = 2  # after_sale_status of a dropship row
OPEN_AFTER_SALES = frozenset({6, 7, 11, 13, 27, 29})  # after_sale_info, section 7 (D)
KEPT_AFTER_SALES = frozenset({3, 6, 7, 8})  # after_sale_type of section 7: the buyer keeps goods
REFUND_DONE = 3  # refund_status


def binding(row: Partner, role: Role) -> Binding | None:
    """One row of a binding list; nothing for one without a partner or with a state nobody knows."""
    merchant = role is Role.MERCHANT
    partner_id = row.supplier_shop_id if merchant else row.seller_shop_id
    state = _BINDINGS.get(row.bind_status)
    if not partner_id or state is None:
        return None
    return Binding(
        partner_id=partner_id,
        partner_name=row.supplier_shop_name if merchant else row.seller_shop_name,
        state=state,
        applied_at=instant(row.apply_time),
        bound_at=instant(row.band_time),
        refused_at=instant(row.refuse_time),
    )


def merchant_item(row: Line, shop_id: str) -> Item:
    """A row of `sellerOrderList` or `sellerOrderInfo`; counts of a partial shipment come with `detailed`."""
    shipped = row.order_status in (SHIPPED, FINISHED) or row.distr_status == BY_FACTORY
    partly = row.order_status == PARTLY
    by = "factory" if row.distr_status == BY_FACTORY else "merchant" if shipped or partly else None
    return Item(
        **_common(row, whole=shipped),
        order_id=row.shop_order_id or row.distr_order_id,
        merchant_id=shop_id,
        factory_id=_id(row.supplier_shop_id),
        factory_name=row.supplier_shop_name or None,
        allocation=_ALLOCATIONS.get(row.distr_status, AllocationState.UNALLOCATED),
        shipment=ShipmentState.SHIPPED
        if shipped
        else ShipmentState.PARTIAL
        if partly
        else ShipmentState.NONE,
        shipped_quantity=row.product_count if shipped else 0,
        shipped_by=by,
        refund=RefundState.OPEN if row.after_sale_status == REFUND_OPEN else RefundState.NONE,
        closed=row.order_status == CLOSED,
        raw_state=_raw(row, row.after_sale_status),
    )


def factory_item(row: Line, shop_id: str) -> Item:
    """A row of `orderList` or `orderInfo`, whose refund flags have different names.

    A factory never sees the shop order's number: item and order are one. Shipped by the merchant shows as a
    shipping time on a row that the factory has not given back (our sandbox's reading, D).
    """
    after_sale = row.aftersale_status or row.distr_order_aftersale_status
    by_factory = row.distr_status == BY_FACTORY
    shipped = by_factory or bool(row.ship_time)
    return Item(
        **_common(row, whole=shipped),
        order_id=row.distr_order_id,
        merchant_id=_id(row.user_id),
        merchant_name=row.user_name or None,
        factory_id=shop_id,
        allocation=_ALLOCATIONS.get(row.distr_status, AllocationState.ALLOCATED),
        shipment=ShipmentState.SHIPPED if shipped else ShipmentState.NONE,
        shipped_quantity=row.product_count if shipped else 0,
        shipped_by="factory" if by_factory else "merchant" if shipped else None,
        refund=RefundState.OPEN if after_sale == REFUND_OPEN else RefundState.NONE,
        raw_state=_raw(row, after_sale),
    )


def wants_detail(item: Item) -> bool:
    """Whether the row leaves something out that the ordinary order tells: counts, and whether money went back."""
    return item.shipment is ShipmentState.PARTIAL or item.closed or item.shipped_by == "merchant"


def detailed(item: Item, order: ShopOrder) -> Item:
    """The item with what the ordinary order adds: packages with counts, and a refund that succeeded."""
    line = _line_of(item, order)
    packages = _parcels(item, order)
    if packages and item.shipped_by != "factory":
        whole = item.shipment is ShipmentState.SHIPPED
        counted = item.quantity if whole else min(sum(one.quantity or 0 for one in packages), item.quantity)
        item = replace(item, packages=packages, shipped_quantity=counted)
    return item if line is None else replace(item, refund=_refund(item, line))


def refunded(order: ShopOrder) -> frozenset[str]:
    """The items of an order whose money went back; an exchange, a price refund, a resend or a repair is none."""
    return frozenset(one.order_id for one in order.sku_order_list if _is_paid_back(one))


def ordinary(item: Item, order: ShopOrder) -> Item | None:
    """An item with its states as the ordinary order tells them (section 7); nothing where that has no such line."""
    line = _line_of(item, order)
    if line is None:
        return None
    packages = _parcels(item, order)
    whole = line.order_status in (SHIPPED, FINISHED)
    quantity = line.item_num or item.quantity
    counted = quantity if whole else min(sum(one.quantity or 0 for one in packages), quantity)
    partly = line.order_status == PARTLY or bool(packages)
    return replace(
        item,
        quantity=quantity,
        shipment=ShipmentState.SHIPPED if whole else ShipmentState.PARTIAL if partly else ShipmentState.NONE,
        shipped_quantity=counted,
        shipped_by="merchant" if whole or partly else None,
        packages=packages,
        closed=line.order_status == CLOSED,
        refund=_refund(replace(item, refund=RefundState.NONE), line),
    )


def shipping_params(operation: Operation) -> dict[str, Any]:
    """A factory's `waybillReturn`: all that is left, in one or several packs."""
    params: dict[str, Any] = {
        "user_id": number(operation.wish["merchant_id"]),
        "distr_order_id": operation.target,
        "pack_list": [
            {
                "track_no": one.tracking_number,
                "ship_num": one.quantity,
                "company_code": to_doudian(one.carrier),
            }
            for one in packages_of(operation)
        ],
    }
    return {**params, "is_refund_reject": True} if operation.wish.get("reject_refund") else params


def multipack_params(operation: Operation) -> dict[str, Any]:
    """A merchant's `logisticsAddMultiPack`; the operation's id is the platform's key against a second shipment."""
    params: dict[str, Any] = {
        "order_id": operation.order_id,
        "request_id": operation.op_id,
        "pack_list": [
            {
                "shipped_order_info": [{"shipped_order_id": operation.target, "shipped_num": one.quantity}],
                "logistics_code": one.tracking_number,
                "company_code": to_doudian(one.carrier),
            }
            for one in packages_of(operation)
        ],
    }
    return {**params, "is_refund_reject": True} if operation.wish.get("reject_refund") else params


def number(value: object) -> int | str:
    """An id as the wire wants it: a number where it is one."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() else text


def package_to_amend(operation: Operation, item: Item | None) -> str | None:
    """The platform's name of the package that the wish replaces; nothing where that is not plain."""
    replaces = operation.wish.get("replaces")
    found = [one for one in item.packages if replaces in (None, one.tracking_number)] if item else []
    return found[0].package_id if len(found) == 1 else None


def update_params(operation: Operation) -> dict[str, Any]:
    """A factory's `waybillUpdate`."""
    return {
        "user_id": number(operation.wish["merchant_id"]),
        "distr_order_id": operation.target,
        "delivery_id": operation.wish["package_id"],
        "track_no": operation.wish["tracking_number"],
        "company_code": to_doudian(str(operation.wish["carrier"])),
    }


def edit_params(operation: Operation) -> dict[str, Any]:
    """A merchant's `logisticsEditByPack`."""
    return {
        "order_id": operation.order_id,
        "pack_id": operation.wish["package_id"],
        "logistics_code": operation.wish["tracking_number"],
        "company_code": to_doudian(str(operation.wish["carrier"])),
    }


def _common(row: Line, *, whole: bool) -> dict[str, Any]:
    """What both sides' rows say alike. (A dictionary: a second copy of each item would cost a third of reading it.)"""
    return {
        "item_id": row.distr_order_id,
        "quantity": row.product_count,
        "title": row.product_name,
        "spec": row.sku_spec,
        "sku_code": row.out_sku_id,
        "product_id": row.product_id,
        "price": row.product_price,
        "packages": _packages(row, row.product_count if whole else None),
        "paid_at": instant(row.pay_time),
        "allocated_at": instant(row.distr_time),
        "ship_by": instant(row.exp_ship_time),
        "shipped_at": instant(row.ship_time),
        "remark": row.seller_words,
        "buyer_words": row.buyer_words,
        "region": " ".join(filter(None, (row.province, row.city, row.district))),
        "receiver_id": row.receiver_id,
        "cancel_reason": row.distr_cancel_reason,
    }


def _packages(row: Line, whole: int | None) -> tuple[Package, ...]:
    """The list of packages; the single number of the row where it gives no list.

    Lists seldom tell the pieces in a package; the only one of an item shipped as a `whole` has them all.
    """
    if not row.pack_list:
        return (Package(to_neutral(row.company_name), row.tracking_no, whole),) if row.tracking_no else ()
    only = whole if len(row.pack_list) == 1 else None
    return tuple(
        Package(
            to_neutral(one.company_code),
            one.track_no,
            one.ship_num or only,
            one.deliver_id or one.delivery_id or None,
        )
        for one in row.pack_list
    )


def _line_of(item: Item, order: ShopOrder) -> SkuOrder | None:
    return next((one for one in order.sku_order_list if one.order_id == item.item_id), None)


def _parcels(item: Item, order: ShopOrder) -> tuple[Package, ...]:
    """The ordinary order's packages that hold pieces of the item, with their counts."""
    counted = [
        (parcel, sum(one.product_count for one in parcel.product_info if one.sku_order_id == item.item_id))
        for parcel in order.logistics_info
    ]
    return tuple(
        Package(to_neutral(parcel.company), parcel.tracking_no, pieces, parcel.delivery_id or None)
        for parcel, pieces in counted
        if pieces
    )


def _refund(item: Item, line: SkuOrder) -> RefundState:
    info = line.after_sale_info
    if _is_paid_back(line):
        return RefundState.REFUNDED
    return RefundState.OPEN if info.after_sale_status in OPEN_AFTER_SALES else item.refund


def _is_paid_back(line: SkuOrder) -> bool:
    info = line.after_sale_info
    ended = info.refund_status == REFUND_DONE and info.after_sale_status not in OPEN_AFTER_SALES
    return ended and info.after_sale_type not in KEPT_AFTER_SALES


def _raw(row: Line, after_sale: int) -> dict[str, int | str]:
    return {
        "order_status": row.order_status,
        "distr_status": row.distr_status,
        "after_sale_status": after_sale,
    }


def _id(text: str) -> str | None:
    """`0` is how the platform writes nobody."""
    return text if text not in ("", "0") else None
