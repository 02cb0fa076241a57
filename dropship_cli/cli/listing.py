"""The list of `orders`, of one shop or of all of them as one; which items it holds is `filtering`'s."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any

from dropship_cli.cli import wiring

if TYPE_CHECKING:
    from dropship_cli.actions.context import Shop
    from dropship_cli.actions.orders import ItemFilter
    from dropship_cli.domain.item import Item

    Ask = Callable[[Shop], ItemFilter]

CHUNK = 500
"""Items whose marks are read together."""


def list_shop(ask: Ask, *, told: bool) -> int:
    """One shop's items; `told` says that the person named the limit, and needs no word about the rest."""
    from dropship_cli.actions import orders as action

    screen = wiring.screen()
    with wiring.shop() as shop:
        screen.own, screen.soon = shop.profile.shop_id, shop.settings.soon
        wanted = ask(shop)
        found = action.find(shop, wanted)
        screen.records("needs" if _asks_why(wanted) else "items", records(shop, found))
        if wanted.limit is not None and not screen.json and not told:
            whole = action.count(shop, wanted)
            if whole > wanted.limit:
                screen.note("orders.more", shown=wanted.limit, count=whole)
    return 0


def list_everywhere(ask: Ask, limit: int | None, *, told: bool) -> int:
    """The items of all shops in one list, sorted as one shop's; every item names its profile. The worst status."""
    from dropship_cli.actions import orders as action
    from dropship_cli.cli.everywhere import every_shop
    from dropship_cli.domain.outcome import worst_status

    screen = wiring.screen()
    failed: list[int] = []
    with ExitStack() as doors:
        shops = list(every_shop(doors, failed))
        asked = [(shop, ask(shop)) for shop in shops]
        streams = [_of_shop(shop, wanted, failed) for shop, wanted in asked]
        urgent = any(action.is_urgent_first(wanted) for _, wanted in asked)
        rows = merge(*streams, key=_urgency if urgent else _newness, reverse=not urgent)
        asks_why = any(_asks_why(wanted) for _, wanted in asked)
        screen.records("shops_needs" if asks_why else "shops_items", islice(rows, limit))
        if limit is not None and not screen.json and not told:
            whole = sum(action.count(shop, wanted) for shop, wanted in asked)
            if whole > limit:
                screen.note("orders.more", shown=limit, count=whole)
    return worst_status([*failed, *(0 for _ in shops)])


def records(shop: Shop, items: Iterable[Item]) -> Iterator[dict[str, Any]]:
    """Items as they are shown, each with what is pinned to it; a stream."""
    from dropship_cli.actions.orders import left_behind
    from dropship_cli.terminal.json_shape import item_record
    from dropship_cli.terminal.mark_shape import mark_record

    stream, behind = iter(items), left_behind(shop)
    while chunk := list(islice(stream, CHUNK)):
        marked = shop.store.marks.of([item.item_id for item in chunk], now=shop.now())
        for item in chunk:
            marks = mark_record(item, marked.get(item.item_id), left_behind=item.item_id in behind)
            yield item_record(item, shop.profile.platform) | marks


def _asks_why(wanted: ItemFilter) -> bool:
    """Whether the list is about what people and readings pinned to items, and has to say it."""
    return wanted.attention or wanted.held_at is not None


def _of_shop(shop: Shop, wanted: ItemFilter, failed: list[int]) -> Iterator[dict[str, Any]]:
    """One shop's records with its profile, until its store fails."""
    from dropship_cli.actions import orders as action
    from dropship_cli.cli.everywhere import tell
    from dropship_cli.domain.errors import StoreError

    whose = {"profile": shop.profile.name, "shop_id": shop.profile.shop_id}
    try:
        for record in records(shop, action.find(shop, wanted)):
            yield {**whose, **record}
    except StoreError as error:
        failed.append(tell(error, shop.profile.name))


def _urgency(record: Mapping[str, Any]) -> tuple[bool, str, str]:
    """The order of the store's most urgent list: what has no promised time comes last. All times are Beijing's."""
    return record["ship_by"] is None, record["ship_by"] or "", record["item_id"]


def _newness(record: Mapping[str, Any]) -> tuple[str, str]:
    """The order of the store's newest list, to be read backwards: what was never paid comes last."""
    return record["paid_at"] or "", record["item_id"]
