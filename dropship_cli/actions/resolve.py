"""Which items a person means: `ORDER`, `ORDER/ITEM` or `ITEM`, on the command line and in files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dropship_cli.actions.context import Shop
from dropship_cli.domain.decision import Decision, refuse
from dropship_cli.domain.item import Item
from dropship_cli.domain.shop import Role

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reference:
    """What a row names: an order, an item, or both; `text` is either of them."""

    order_id: str = ""
    item_id: str = ""
    text: str = ""
    row: int | None = None

    @property
    def shown(self) -> str:
        return self.text or "/".join(part for part in (self.order_id, self.item_id) if part)


def reference(text: str, row: int | None = None) -> Reference:
    """`ORDER/ITEM`, or one id that is an order or an item."""
    order_id, slash, item_id = text.strip().partition("/")
    return Reference(order_id, item_id, row=row) if slash else Reference(text=order_id, row=row)


def find_items(shop: Shop, references: Sequence[Reference], role: Role) -> list[list[Item] | Decision]:
    """For each reference its items, or the refusal of its row.

    An id alone that is an order means all its items; else the item of that id. A factory never sees the
    merchant's order numbers: where its file gives both, only the item counts (cli.md, ITEM).
    """
    items = shop.store.items.by_ids(_distinct(one.item_id or one.text for one in references))
    orders = shop.store.items.by_orders(_distinct(one.order_id or one.text for one in references))
    return [_resolve(one, items, orders, role) for one in references]


def resolved(found: Iterable[Sequence[T] | Decision]) -> list[T]:
    """What the rows that were not refused mean, in their order."""
    return [one for several in found if not isinstance(several, Decision) for one in several]


def in_order(found: Sequence[Sequence[object] | Decision], decisions: Sequence[Decision]) -> list[Decision]:
    """Put the refusals of unknown rows back between the decisions of the known ones."""
    planned = iter(decisions)
    return [
        decision
        for items in found
        for decision in ([items] if isinstance(items, Decision) else [next(planned) for _ in items])
    ]


def _distinct(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(one for one in ids if one))


def _resolve(
    one: Reference, items: dict[str, Item], orders: dict[str, list[Item]], role: Role
) -> list[Item] | Decision:
    if one.item_id:
        item = items.get(one.item_id)
        if item is not None and _belongs(item, one, role):
            return [item]
    elif one.order_id or one.text:
        whole = orders.get(one.order_id or one.text)
        if whole:
            return whole
        item = items.get(one.text)
        if item is not None:
            return [item]
    return refuse(one.order_id, one.item_id or one.text, one.row, "item.unknown", item=one.shown)


def _belongs(item: Item, one: Reference, role: Role) -> bool:
    return not one.order_id or role is Role.FACTORY or item.order_id == one.order_id
