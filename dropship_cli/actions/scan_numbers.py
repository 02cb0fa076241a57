"""What a bench knows of tracking numbers: bought, shipped lately, waiting to ship, and paired in this session."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import cast

from dropship_cli.actions.context import Shop
from dropship_cli.domain.item import Item
from dropship_cli.domain.operation import Kind, Operation, State
from dropship_cli.domain.scanning import Number, Used, used_by_waybills
from dropship_cli.store.numbers import ShippedNumbers, used_by

REMEMBERED = 30 * 86_400
"""Seconds for which a shipped number counts as used: carriers give numbers out again after months (our decision)."""


class KnownNumbers:
    """Looked at when a session begins, and kept up with what it pairs."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._shipped = ShippedNumbers(shop.store.connection, shop.now() - REMEMBERED)
        self._paired: dict[str, list[Used]] = {}
        waiting = shop.store.operations.in_state(State.QUEUED, State.SENDING, State.UNKNOWN)
        shipping = [one for one in waiting if one.kind is Kind.SHIP]
        items = shop.store.items.by_ids(one.target for one in shipping)
        for one in shipping:
            for number in _numbers(one):
                self.note(number, [items[one.target]] if one.target in items else [])

    def look_up(self, text: str) -> Number:
        """A number with all that is known of it now."""
        bought = self._shop.store.waybills.by_numbers([text]).get(text, [])
        goods = [goods.item_id for one in bought for goods in one.goods]
        number = Number(text, bought)
        bought_for = used_by_waybills(number, self._shop.store.items.by_ids(goods))
        return Number(text, bought, [*self._shipped.of(text), *self._paired.get(text, []), *bought_for])

    def note(self, number: str, items: Sequence[Item]) -> None:
        """The number is on a package of these items now."""
        self._paired.setdefault(number, []).extend(used_by(items))

    def forget(self, item_ids: Collection[str]) -> None:
        """What was paired with these items is taken back."""
        self._paired = {
            number: [use for use in uses if use.item_id not in item_ids]
            for number, uses in self._paired.items()
        }


def _numbers(operation: Operation) -> list[str]:
    rows = cast("Sequence[dict[str, object]]", operation.wish.get("packages", ()))
    return [str(one.get("tracking_number")) for one in rows]
