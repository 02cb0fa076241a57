"""Look the shop through for cases that need a person; no call is made. What makes a case is `domain/notice.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from dropship_cli.actions.context import Shop
from dropship_cli.domain.change import Field
from dropship_cli.domain.item import Item, RefundState
from dropship_cli.domain.notice import (
    Case,
    change_case,
    item_case,
    left_behind_case,
    ordered,
    shop_cases,
    unknown_cases,
)
from dropship_cli.domain.operation import State
from dropship_cli.domain.shop import Role
from dropship_cli.store import item_query
from dropship_cli.store.item_query import ItemFilter

Source = Callable[[Shop, float | None], Iterator[Case]]
"""Where cases come from: a shop, and the Unix second when its login ends, where that is known."""


def cases(shop: Shop, login_ends: float | None) -> tuple[Case, ...]:
    """All that is the matter now, in the order in which it is told."""
    return ordered(chain.from_iterable(source(shop, login_ends) for source in SOURCES))


def _items(shop: Shop, _login_ends: float | None) -> Iterator[Case]:
    now, role = shop.now(), shop.store.facts.role()
    until = int(now + shop.settings.soon)
    for wanted in (
        ItemFilter(due_until=until, as_factory=role is Role.FACTORY),
        ItemFilter(state="refund"),
    ):
        for item in item_query.find(shop.store.connection, wanted):
            opened = _opened(shop, item)
            found = item_case(item, now=now, soon=shop.settings.soon, role=role, opened=opened)
            if found is not None:
                yield found


def _opened(shop: Shop, item: Item) -> float | None:
    """When a reading saw its refund open; nothing where it came so, or has none."""
    if item.refund is not RefundState.OPEN:
        return None
    changes = shop.store.marks.history(item.item_id)
    return max(
        (one.at for one in changes if one.field is Field.REFUND and one.after == RefundState.OPEN),
        default=None,
    )


def _left_behind(shop: Shop, _login_ends: float | None) -> Iterator[Case]:
    role = shop.store.facts.role()
    items = shop.store.items.by_ids(item_query.left_behind(shop.store.connection))
    return (left_behind_case(one, role=role) for one in items.values())


def _changes(shop: Shop, _login_ends: float | None) -> Iterator[Case]:
    marks, role = shop.store.marks, shop.store.facts.role()
    names = marks.open_items()
    items = shop.store.items.by_ids(names)
    for item_id, marked in marks.of(names, now=shop.now()).items():
        if item_id in items:
            yield from (change_case(one, items[item_id], role=role) for one in marked.changes)


def _operations(shop: Shop, _login_ends: float | None) -> Iterator[Case]:
    return unknown_cases(shop.store.operations.in_state(State.UNKNOWN))


def _shop(shop: Shop, login_ends: float | None) -> Iterator[Case]:
    return shop_cases(
        sync_error=shop.store.facts.get("sync_error"),
        login_ends=login_ends,
        now=shop.now(),
        days=shop.settings.login_days,
    )


SOURCES: tuple[Source, ...] = (_items, _left_behind, _changes, _operations, _shop)
"""A new kind of case is one more of these."""
