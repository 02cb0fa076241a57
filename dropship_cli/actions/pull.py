"""Read what the platform has: role, bindings, carriers, and the items that changed since the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from dropship_cli.actions.context import Shop
from dropship_cli.actions.observe import observe
from dropship_cli.actions.refunds import with_refunds
from dropship_cli.domain.binding import first_bound_at
from dropship_cli.domain.errors import DropshipError, RefusedError, UnavailableError
from dropship_cli.domain.item import Item
from dropship_cli.domain.moment import Window, windows
from dropship_cli.domain.retention import is_forgotten
from dropship_cli.domain.shop import Role
from dropship_cli.platforms.base import NoAnswer, NotSent, Progress

CURSOR = "items"
"""Up to which second of the platform's clock the items' changes have been read."""
AT_ONCE = 1_000
"""Items that are written in one transaction."""
_JITTER = 5
"""Seconds by which the platform's clock seems to wander: its answers tell whole ones, and travel."""


@dataclass
class Pulled:
    """What was read: items (a changed one may count twice), windows, bindings that are new; `changed` are changes of
    items handed over already that wait for somebody."""

    items: int = 0
    windows: int = 0
    bindings_new: int = 0
    changed: int = 0


class Watcher(Protocol):
    """Somebody who wants to see what a window brings before it is written."""

    def see(self, role: Role, page: list[Item]) -> None: ...


def pull(shop: Shop, *, since: int | None = None, watch: Watcher | None = None) -> Pulled:
    """Read all that may have changed; the caller holds the lock. `since` reads again from that second, where that
    is earlier than what is due anyway.

    Raises `UnavailableError`; what was read before it is kept, with the cursor that belongs to it.
    """
    role = _role(shop)
    pulled = Pulled(bindings_new=_bindings(shop, role))
    _carriers(shop)
    for window in _windows(shop, role, since):
        if not shop.in_time:
            raise UnavailableError("run.deadline")
        items, changed = _window(shop, role, window, watch)
        pulled.items += items
        pulled.changed += changed
        pulled.windows += 1
    with shop.store.transaction():
        shop.store.marks.settle_returned(shop.now())
    return pulled


def _role(shop: Shop) -> Role:
    role = shop.read_role()
    if role is None:
        raise RefusedError("role.not_chosen", act="sync", shop_id=shop.profile.shop_id)
    return role


def _bindings(shop: Shop, role: Role) -> int:
    """Take over the platform's list; how many bindings or states are new."""
    before = shop.store.bindings.all()
    listed = shop.read(lambda platform: platform.bindings(role))
    with shop.store.transaction():
        shop.store.bindings.replace(listed)
    after = shop.store.bindings.all()
    return sum(1 for one in after.values() if before.get(one.partner_id) != one)


def _carriers(shop: Shop) -> None:
    carriers = shop.read(lambda platform: platform.carriers())
    if carriers:  # an empty answer is no reason to forget the list
        with shop.store.transaction():
            shop.store.facts.put_carriers(carriers)


def _windows(shop: Shop, role: Role, since: int | None) -> Iterator[Window]:
    """From the cursor less the overlap; at first from the first binding: nothing older is ever shown. `since` makes
    it earlier, never later: the cursor would pass what nobody has read (rule 9)."""
    end = _platform_now(shop)
    cursor = _cursor(shop, end)
    unread = (
        first_bound_at(shop.store.bindings.all().values())
        if cursor is None
        else cursor - int(shop.settings.overlap)
    )
    starts = [one for one in (since, unread) if one is not None]
    if not starts:
        return iter(())
    start = min(starts)
    width = shop.platform().capabilities(role).window
    return windows(start, max(end, start + 1), width)


def _platform_now(shop: Shop) -> int:
    """The second by the platform's clock, as far as it told."""
    return int(shop.now() + (shop.platform().clock_skew() or 0.0))


def _cursor(shop: Shop, now: int) -> int | None:
    """How far was read. One that lies ahead was written while a clock ran ahead, and says nothing: it is forgotten, and
    everything read again."""
    cursor = shop.store.facts.cursor(CURSOR)
    if cursor is None or cursor <= now + shop.settings.overlap + _JITTER:
        return cursor
    with shop.store.transaction():
        shop.store.facts.forget_cursor(CURSOR)
    return None


def _window(shop: Shop, role: Role, window: Window, watch: Watcher | None) -> tuple[int, int]:
    """Write what the window holds; the cursor moves together with its last rows (rule 9).

    Answers how many items it held, and how many of their changes wait for somebody.
    """
    number = changed = 0
    try:
        for items, is_last in _gathered(shop.platform().items(role, window), shop.progress):
            items = with_refunds(shop, items, since=window.start)
            with shop.store.transaction():
                fresh = without_forgotten(shop, items)
                if watch is not None:
                    watch.see(role, fresh)
                changed += observe(shop, fresh)
                if is_last:
                    # our clock may have been set while we read: no further than it is now
                    shop.store.facts.move_cursor(CURSOR, min(window.end, _platform_now(shop)))
            number += len(items)
    except (NotSent, NoAnswer) as error:
        raise UnavailableError(error.reason, detail=error.detail) from None
    return number, changed


def _gathered(pages: Iterable[list[Item]], progress: Progress) -> Iterator[tuple[list[Item], bool]]:
    """The items of several pages at a time, and whether they are the last: a commit waits for the disk, and a page is
    small. What was read before a failure comes before it; an item that comes again, after what it was is kept."""
    number, gathered = 0, dict[str, Item]()
    try:
        for page in pages:
            if len(gathered) >= AT_ONCE or any(one.item_id in gathered for one in page):
                yield list(gathered.values()), False
                gathered = {}
            gathered |= {one.item_id: one for one in page}
            number += len(page)
            progress(number, None)
    except (NotSent, NoAnswer, DropshipError):
        yield list(gathered.values()), False
        raise
    yield list(gathered.values()), True


def without_forgotten(shop: Shop, page: list[Item]) -> list[Item]:
    """A reading from long ago on does not bring back what a purge removed; what is still here is kept true."""
    before = shop.store.facts.purged_before()
    if before is None:
        return page
    gone = {item.item_id for item in page if is_forgotten(item, before)}
    gone -= shop.store.items.by_ids(gone).keys()
    return [item for item in page if item.item_id not in gone]
