"""Pin marks to items: hold and release, acknowledge what changed, a note of one's own. No call is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dropship_cli.actions.context import Shop
from dropship_cli.actions.resolve import Reference, find_items, resolved
from dropship_cli.domain.decision import Decision
from dropship_cli.domain.errors import UsageError
from dropship_cli.domain.hold import Hold
from dropship_cli.domain.item import Item
from dropship_cli.domain.outcome import Outcome, Result


def hold(shop: Shop, references: Sequence[Reference], *, reason: str, until: int | None) -> list[Outcome]:
    """Keep items from being allocated and shipped until `until` (Unix seconds), or until they are released.

    What was asked for already and still waits in the queue waits on. Raises `UsageError` `usage.past` for an end
    that is over.
    """
    if until is not None and until <= shop.now():
        raise UsageError("usage.past", flag="--until")

    def act(items: Sequence[Item]) -> set[str]:
        at = shop.now()
        shop.store.marks.hold(Hold(one.item_id, reason, until, shop.who, at) for one in items)
        return {one.item_id for one in items}

    return _each(shop, references, "hold", reason, act)


def release(shop: Shop, references: Sequence[Reference]) -> list[Outcome]:
    """Let held items go on; one that nobody held is unchanged."""

    def act(items: Sequence[Item]) -> set[str]:
        held = shop.store.marks.held(shop.now()) & {one.item_id for one in items}
        shop.store.marks.release(one.item_id for one in items)
        return held

    return _each(shop, references, "release", "", act)


def ack(shop: Shop, references: Sequence[Reference]) -> list[Outcome]:
    """Say that somebody has seen what changed about these items; one with nothing new is unchanged."""

    def act(items: Sequence[Item]) -> set[str]:
        waiting = set(shop.store.marks.open_items()) & {one.item_id for one in items}
        shop.store.marks.ack(waiting, who=shop.who, at=shop.now())
        return waiting

    return _each(shop, references, "ack", "", act)


def everything_open(shop: Shop) -> list[Reference]:
    """All items with a change that waits, for `ack --all`."""
    return [Reference(item_id=item_id) for item_id in shop.store.marks.open_items()]


def note(shop: Shop, references: Sequence[Reference], text: str) -> list[Outcome]:
    """Pin a note to items; an empty one takes it off. No reading of the platform's remark ever touches it."""

    def act(items: Sequence[Item]) -> set[str]:
        ids = [one.item_id for one in items]
        had = {one: marks.note for one, marks in shop.store.marks.of(ids, now=shop.now()).items()}
        changed = {one for one in ids if had.get(one, "") != text}
        shop.store.marks.note(changed, text, who=shop.who, at=shop.now())
        return changed

    return _each(shop, references, "note", text, act)


def _each(
    shop: Shop,
    references: Sequence[Reference],
    name: str,
    detail: str,
    act: Callable[[Sequence[Item]], set[str]],
) -> list[Outcome]:
    """One outcome an item: done where `act` changed something, which goes into the log; all in one transaction."""
    shop.may_change()
    role = shop.require_any(name)
    with shop.store.transaction():
        found = find_items(shop, references, role)
        items = resolved(found)
        changed = act(items)
        for item_id in sorted(changed):
            shop.store.log.add(name, who=shop.who, at=shop.now(), target=item_id, detail=detail)
    return [
        outcome
        for several in found
        for outcome in ([several.outcome()] if isinstance(several, Decision) else _told(several, changed))
    ]


def _told(items: Sequence[Item], changed: set[str]) -> list[Outcome]:
    return [
        Outcome(one.order_id, one.item_id, Result.DONE if one.item_id in changed else Result.UNCHANGED)
        for one in items
    ]
