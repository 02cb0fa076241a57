"""Doudian (抖店) as the program's `Platform`: readings retried, changes sent once, console matters declined."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from dropship_cli.domain.binding import Binding
from dropship_cli.domain.capability import Can, Cannot, Capabilities
from dropship_cli.domain.carrier import Carrier
from dropship_cli.domain.errors import RefusedError, SetupError
from dropship_cli.domain.item import Item
from dropship_cli.domain.label import PrintData
from dropship_cli.domain.moment import Window, instant
from dropship_cli.domain.operation import Fence, Kind, Operation
from dropship_cli.domain.receiver import Opened, SealedOrder
from dropship_cli.domain.shop import Role
from dropship_cli.domain.waybill import Waybill
from dropship_cli.platforms.base import Answer, ItemRef, NoAnswer, NotSent, OrderFacts, Raw
from dropship_cli.platforms.doudian import mapping, receivers, wire
from dropship_cli.platforms.doudian.authority import Authority
from dropship_cli.platforms.doudian.carriers import to_neutral
from dropship_cli.platforms.doudian.changes import CHANGES, M, data
from dropship_cli.platforms.doudian.codes import Ruling, refusal
from dropship_cli.platforms.doudian.ewaybills import EWAYBILLS, apply_params, print_data
from dropship_cli.platforms.doudian.line import Line, Reply
from dropship_cli.platforms.doudian.paging import changed
from dropship_cli.platforms.doudian.push import DoudianPushes
from dropship_cli.platforms.limits import Limiter
from dropship_cli.platforms.reading import Reader
from dropship_cli.platforms.registry import Opening
from dropship_cli.platforms.tokens import TokenKeeper
from dropship_cli.platforms.transport import Transport

WINDOW, PAGE = 30 * 60, 100  # section 11
CONSOLE = "订单 › 代发管理"
PRINTING = "订单 › 打单发货"
T = TypeVar("T")


def doudian(opening: Opening) -> Doudian:
    """The platform behind a profile; nothing is called yet."""
    return Doudian(opening)


class Doudian:
    """One shop on Doudian. Thread safe: threads call, the store is none of its business."""

    def __init__(self, opening: Opening) -> None:
        settings, profile = opening.settings, opening.profile
        self._shop_id, self._app_key, self._secret = profile.shop_id, profile.app_key, opening.secret
        self._transport = Transport(
            profile.base_url,
            connect_timeout=settings.connect_timeout,
            read_timeout=settings.read_timeout,
            inner=opening.transport,
        )
        limiter = Limiter(
            settings.rate, monotonic=opening.monotonic, sleep=opening.sleep, deadline_at=opening.deadline_at
        )
        self._line = Line(
            self._transport, limiter, app_key=profile.app_key, secret=opening.secret, clock=opening.clock
        )
        authority = Authority(self._line, profile.shop_id, clock=opening.clock, sleep=opening.sleep)
        self._tokens = TokenKeeper(opening.token_path, authority, clock=opening.clock)
        self._reader = Reader(monotonic=opening.monotonic, deadline_at=opening.deadline_at)

    def capabilities(self, role: Role) -> Capabilities:
        """Section 11's limits; what the console alone can do is said with its place."""
        acts: dict[Kind, Can | Cannot] = dict.fromkeys(
            (Kind.ROLE, Kind.APPLY, Kind.ACCEPT, Kind.REJECT, Kind.UNBIND), Cannot("console.only", CONSOLE)
        )
        if role is Role.MERCHANT:
            acts |= {
                Kind.ALLOCATE: Can(batch=100),
                Kind.CANCEL: Can(batch=100),
                Kind.SHIP: Can(fence=Fence.KEYED),
                Kind.WAYBILL: Cannot("waybill.factory_only", PRINTING),
                Kind.WAYBILL_CANCEL: Cannot("waybill.factory_only", PRINTING),
            }
        else:
            acts |= {
                Kind.SHIP: Can(),
                Kind.WAYBILL: Can(batch=10, fence=Fence.NONE),
                Kind.WAYBILL_CANCEL: Can(fence=Fence.NONE),
            }
        acts[Kind.AMEND] = Can(fence=Fence.NONE)
        reveal = (
            Can(batch=receivers.MOST, fence=Fence.NONE) if role is Role.MERCHANT else Cannot("reveal.factory")
        )
        return Capabilities(acts, window=WINDOW, page=PAGE, partial=role is Role.MERCHANT, reveal=reveal)

    def role(self) -> Role | None:
        """`iop.roleGet`; 0 is a service that was never opened."""
        return mapping.ROLES.get(self._read("iop.roleGet", {}, wire.RoleData).role_type)

    def bindings(self, role: Role) -> list[Binding]:
        """`iop.sellerSupplierList` or `iop.getSellerList`, every page."""
        merchant = role is Role.MERCHANT
        method = "iop.sellerSupplierList" if merchant else "iop.getSellerList"
        found: list[Binding] = []
        seen, page = 0, 0
        while True:
            listed = self._read(method, {"page": page, "page_size": PAGE}, wire.PartnerPage)
            rows = listed.supplier_shop_list if merchant else listed.seller_shop_list
            found += [one for row in rows if (one := mapping.binding(row, role)) is not None]
            seen, page = seen + len(rows), page + 1
            if not rows or seen >= listed.total:
                return sorted(found, key=lambda one: -(one.applied_at or one.bound_at or 0))

    def items(self, role: Role, window: Window) -> Iterator[list[Item]]:
        """Rows by the update pair, pages from the last to the first: no row is missed while others move."""
        read = partial(self._page, role)
        for rows in changed(read, window, PAGE, lambda row: row.distr_order_id, self._line.now):
            yield self._items(role, rows)

    def item(self, role: Role, ref: ItemRef) -> Item | None:
        """`iop.sellerOrderInfo` or `iop.orderInfo`."""
        if role is Role.MERCHANT:
            params: dict[str, Any] = {"distr_order_id": ref.item_id}
            row = self._detail(
                "iop.sellerOrderInfo",
                params,
                lambda reply: data(wire.MerchantDetail, reply).distr_order_detail,
            )
        else:
            params = {"user_id": mapping.number(ref.merchant_id or ""), "distr_order_id": ref.item_id}
            row = self._detail("iop.orderInfo", params, lambda reply: data(wire.Line, reply))
        return None if row is None else self._items(role, [row])[0]

    def order_facts(self, order_id: str) -> OrderFacts | None:
        """`order.orderDetail`: a merchant's own order, dropshipped or not."""
        order = self._order(order_id)
        if order is None:
            return None
        return OrderFacts(
            order_id, instant(order.pay_time),
            closed=order.order_status == mapping.CLOSED, refunded=mapping.refunded(order),
        )  # fmt: skip

    def sealed(self, order_id: str) -> SealedOrder | None:
        """`order.orderDetail`, read for its ciphers alone."""
        order = self._detail(
            "order.orderDetail",
            {"shop_order_id": order_id},
            lambda reply: data(wire.SealedOrderDetail, reply).shop_order_detail,
        )
        return None if order is None else receivers.sealed(order, order_id)

    def opened(self, order: SealedOrder) -> list[Opened]:
        """`order.batchDecrypt`, sent once."""
        return receivers.opened(self._send, order)

    def ordinary(self, item: Item) -> Item | None:
        """`order.orderDetail` once more: the states of one line of it."""
        order = self._order(item.order_id)
        return None if order is None else mapping.ordinary(item, order)

    def carriers(self) -> list[Carrier]:
        """`order.logisticsCompanyList`: the list itself is the data, or one level deeper."""
        found = [one for one in self._reader(self._companies) if one.code]
        return [Carrier(to_neutral(one.code), one.name or one.code, platform_code=one.code) for one in found]

    def change(self, role: Role, kind: Kind, operations: Sequence[Operation]) -> list[Answer]:
        """Sent once; an expired token is the one refusal after which the same call goes out again."""
        found = CHANGES.get((role, kind)) or EWAYBILLS.get((role, kind))
        if found is None:
            raise RefusedError("console.only", act=kind, where=CONSOLE)
        if kind is Kind.AMEND:
            operations = [self._with_package(role, one) for one in operations]
        return found(self._send, operations)

    def pushes(self) -> DoudianPushes:
        """Section 8; signed with the app's secret, which is read now: a missing one is said at once."""
        secret = self._secret()
        return DoudianPushes(self._app_key, lambda: secret)

    def print_data(self, role: Role, waybills: Sequence[Waybill]) -> list[PrintData]:
        """`logistics.waybillApply`; that it serves numbers of `iop.waybillGet` is our reading (section 6, D)."""
        found = self._read("logistics.waybillApply", apply_params(waybills), wire.PrintDataList)
        return print_data(waybills, found)

    def log_in(self, code: str | None = None) -> float:
        """A token by click or by the app's own right."""
        return self._tokens.log_in(code).expires_at

    def clock_skew(self) -> float | None:
        """From the last answer's Date header."""
        return self._line.skew

    def raw(self, method: str, params: Mapping[str, Any], *, timestamp: str | None = None) -> Raw:
        """Nothing is sent."""
        return self._line.raw(method, params, timestamp)

    def call(self, method: str, params: Mapping[str, Any], *, timestamp: str | None = None) -> dict[str, Any]:
        """The whole answer, refusals included."""
        return dict(self._send(method, params, timestamp).whole)

    def close(self) -> None:
        """Let the connections go."""
        self._transport.close()

    def _send(self, method: str, params: Mapping[str, Any], timestamp: str | None = None) -> Reply:
        with _nothing_left():
            token = self._tokens.current()
        reply = self._line.send(method, params, token, timestamp)
        if reply.ruling is Ruling.TOKEN:  # refused before any work
            with _nothing_left():
                token = self._tokens.renew(token)
            reply = self._line.send(method, params, token, timestamp)
        if reply.ruling is Ruling.TOKEN:
            raise SetupError("auth.token", method=method, said=reply.said, log_id=reply.log_id)
        return reply

    def _with_package(self, role: Role, operation: Operation) -> Operation:
        """An amendment names its package; where the wish does not, the platform's own record does."""
        if operation.wish.get("package_id"):
            return operation
        merchant_id = operation.wish.get("merchant_id")
        ref = ItemRef(operation.target, operation.order_id, str(merchant_id) if merchant_id else None)
        with _nothing_left():
            item = self.item(role, ref)
            if (
                item is None and role is Role.MERCHANT
            ):  # older than the binding: the ordinary order has its packages
                item = self.ordinary(Item(operation.order_id, operation.target, quantity=0))
        return replace(
            operation, wish={**operation.wish, "package_id": mapping.package_to_amend(operation, item)}
        )

    def _companies(self) -> list[wire.Company]:
        reply = self._asked("order.logisticsCompanyList", {})
        found = reply.data.get("data") if isinstance(reply.data, dict) else reply.data
        return data(wire.CompanyList, replace(reply, data={"companies": found})).companies

    def _read(self, method: str, params: Mapping[str, Any], model: type[M]) -> M:
        """A reading, retried until its data can be understood."""
        return self._reader(lambda: data(model, self._asked(method, params)))

    def _asked(self, method: str, params: Mapping[str, Any]) -> Reply:
        """One try; a refusal of a reading is an error unless somebody expects it."""
        reply = self._whole(method, params)
        if reply.ruling is Ruling.REFUSED:
            raise SetupError("platform.bad_call", method=method, said=reply.said, log_id=reply.log_id)
        return reply

    def _whole(self, method: str, params: Mapping[str, Any]) -> Reply:
        """A reading's answer; half of one would hide rows."""
        reply = self._send(method, params)
        if reply.ruling is Ruling.PARTLY:
            raise NoAnswer("platform.busy", reply.said, log_id=reply.log_id)
        return reply

    def _detail(self, method: str, params: Mapping[str, Any], read: Callable[[Reply], T]) -> T | None:
        """One record; `None` where the platform says that there is none for this shop."""

        def once() -> T | None:
            reply = self._whole(method, params)
            if reply.ruling is not Ruling.REFUSED:
                return read(reply)
            if refusal(method, reply.sub_code) in ("item.none", "order.none"):
                return None
            raise SetupError("platform.bad_call", method=method, said=reply.said, log_id=reply.log_id)

        return self._reader(once)

    def _order(self, order_id: str) -> wire.ShopOrder | None:
        params = {"shop_order_id": order_id}
        return self._detail(
            "order.orderDetail", params, lambda reply: data(wire.ShopOrderDetail, reply).shop_order_detail
        )

    def _page(self, role: Role, window: Window, page: int) -> tuple[list[wire.Line], int]:
        params = {
            "page": page,
            "size": PAGE,
            "start_update_time": window.start,
            "end_update_time": window.end,
        }
        if role is Role.MERCHANT:
            listed = self._read("iop.sellerOrderList", params, wire.MerchantPage)
            return listed.distr_order_list, listed.total
        found = self._read("iop.orderList", params, wire.FactoryPage)
        return found.order_list, found.total

    def _items(self, role: Role, rows: Sequence[wire.Line]) -> list[Item]:
        """Rows as items; where a merchant's row leaves something out, one call a shop order tells it."""
        if role is Role.FACTORY:
            return [mapping.factory_item(row, self._shop_id) for row in rows]
        items = [mapping.merchant_item(row, self._shop_id) for row in rows]
        orders: dict[str, wire.ShopOrder | None] = {}
        return [self._with_detail(item, orders) for item in items]

    def _with_detail(self, item: Item, orders: dict[str, wire.ShopOrder | None]) -> Item:
        if not mapping.wants_detail(item):
            return item
        if item.order_id not in orders:
            orders[item.order_id] = self._order(item.order_id)
        order = orders[item.order_id]
        return item if order is None else mapping.detailed(item, order)


@contextmanager
def _nothing_left() -> Iterator[None]:
    """Whatever happens before a change leaves: a lost answer to a token or a reading is no doubt about the change."""
    try:
        yield
    except NoAnswer as error:
        failure = NotSent(error.reason, error.detail)
    else:
        return
    raise failure
