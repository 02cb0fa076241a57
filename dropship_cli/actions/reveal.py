"""Decrypt one order's receiver for one look: asked anew each time, logged, kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dropship_cli.actions.context import Shop
from dropship_cli.domain.errors import DropshipError, ExitStatus, RefusedError, UnavailableError
from dropship_cli.domain.item import ShipmentState
from dropship_cli.domain.receiver import Opened, SealedOrder, why_sealed


@dataclass(frozen=True, slots=True)
class Revealed:
    """An order's receiver: each field opened or with its reason; `region` in plain words."""

    order_id: str
    region: str
    fields: Sequence[Opened]

    @property
    def exit_status(self) -> ExitStatus:
        """Some of it could be read, or all."""
        return ExitStatus.PARTLY if any(one.code for one in self.fields) else ExitStatus.DONE


def reveal(shop: Shop, named: str) -> Revealed:
    """Read the order's ciphers from the platform and have them decrypted, if nothing forbids it.

    `named` is an order, or an item of it that is known here. What the store knows to be closed, or shipped long
    ago, is refused without a call; what the platform says on reading the order, without a decryption. Each look,
    refused ones too, is one row of the log: who, when, which order, what came of it. Raises `RefusedError` where
    nothing could be read, `UnavailableError` where the platform is away.
    """
    shop.may_change()  # it spends the shop's quota, and is not for somebody who may only look on
    role = shop.require_any("reveal")
    shop.platform().capabilities(role).can_reveal()
    order_id = _order_of(shop, named)
    try:
        revealed = _look(shop, order_id)
    except DropshipError as error:
        _remember(shop, order_id, error.code)
        raise
    _remember(shop, order_id, "done", [one.name for one in revealed.fields if not one.code])
    return revealed


def _order_of(shop: Shop, named: str) -> str:
    """The order; an order or item that is unknown here may still be one of the shop's own."""
    order_id, _, item_id = named.partition("/")
    if shop.store.items.of_order(order_id):
        return order_id
    item = shop.store.items.get(item_id or order_id)
    return order_id if item is None else item.order_id


def _look(shop: Shop, order_id: str) -> Revealed:
    _refuse_known(shop, order_id)
    order = shop.read(lambda platform: platform.sealed(order_id))
    if order is None:
        raise RefusedError("order.none", order=order_id)
    _refuse(shop, order)
    if not order.ciphers:
        raise RefusedError("reveal.nothing", order=order_id)
    fields = _opened(shop, order)
    if all(one.code for one in fields):
        first = fields[0]
        raise RefusedError(first.code or "reveal.row", order=order_id, said=first.said)
    return Revealed(order_id, order.region, fields)


def _opened(shop: Shop, order: SealedOrder) -> list[Opened]:
    """Asked once: a lost answer may have cost quota, so a person decides whether to ask again."""
    from dropship_cli.platforms.base import NoAnswer, NotSent

    try:
        return shop.platform().opened(order)
    except NotSent as error:
        raise UnavailableError(error.reason, detail=error.detail) from None
    except NoAnswer as error:
        raise UnavailableError("reveal.no_answer", order=order.order_id, detail=error.detail) from None


def _refuse_known(shop: Shop, order_id: str) -> None:
    """What the store knows of the order and no later reading can undo."""
    items = shop.store.items.of_order(order_id)
    if not items:
        return
    gone = all(one.shipment is ShipmentState.SHIPPED and one.shipped_at for one in items)
    shipped_at = max(one.shipped_at or 0 for one in items) if gone else None
    closed = all(one.closed for one in items)
    _refuse(shop, SealedOrder(order_id, {}, paid_at=0, closed=closed, shipped_at=shipped_at))


def _refuse(shop: Shop, order: SealedOrder) -> None:
    days = shop.settings.reveal_days
    code = why_sealed(order, shop.now(), days)
    if code is not None:
        raise RefusedError(code, order=order.order_id, days=round(days))


def _remember(shop: Shop, order_id: str, outcome: str, read: Sequence[str] = ()) -> None:
    with shop.store.transaction():
        shop.store.log.add(
            "reveal", who=shop.who, at=shop.now(), target=order_id, outcome=outcome, detail=" ".join(read)
        )
