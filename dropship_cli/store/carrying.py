"""What a restore takes along from the store it replaces: what only we know, and no reading would bring back.

An e-waybill number that was bought or given back, an item that is held, one that a local factory was told to send,
an act that was sent and has no answer yet: forgotten, each would be paid, sent or made a second time. A wish of the
backup that has ended since (a person gave it up, the platform refused it) is not sent after all. Everything else is
the backup's, or read again, or told (`left_behind.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from dropship_cli.domain.errors import StoreError
from dropship_cli.domain.shop import Owner
from dropship_cli.store.connection import connect
from dropship_cli.store.db import Store
from dropship_cli.store.facts import PURGED_BEFORE, STOPPED, Facts
from dropship_cli.store.left_behind import LeftBehind, left_behind
from dropship_cli.store.operations import HERE

_HOLD = "item_id, reason, until, who, at"
_FACTORY = "name, note, added_at, removed_at"
_ALLOCATION = "item_id, factory, at, who, sheet_at, stopped_at"
_WAYBILL = "carrier, tracking_number, item_id, merchant_id, pack_id, routing, op_id, got_at, cancelled_at, printed_at"
_OPERATION = (
    "op_id, kind, target, order_id, wish, before, state, attempts, who, created_at, sent_at, asked_at, settled_at, "
    "error_code, error, waits_for, found, due"
)
_SENT = _OPERATION.replace("waits_for", "NULL")
"""What was sent waits for nothing any more, and its predecessor may not be in the backup."""
_TOLD = """
    SELECT item_id FROM old.local_allocations JOIN old.items USING (item_id)
    WHERE sheet_at IS NOT NULL AND shipment <> 'shipped'
"""
_STATEMENTS = (
    f"""INSERT OR REPLACE INTO facts (name, value)
        SELECT name, value FROM old.facts WHERE name IN ('{STOPPED}', '{PURGED_BEFORE}')""",
    f"INSERT OR REPLACE INTO holds ({_HOLD}) SELECT {_HOLD} FROM old.holds",
    f"""INSERT OR IGNORE INTO local_factories ({_FACTORY}) SELECT {_FACTORY} FROM old.local_factories
        WHERE name IN (SELECT factory FROM old.local_allocations WHERE item_id IN ({_TOLD}))""",
    f"""INSERT OR REPLACE INTO local_allocations ({_ALLOCATION})
        SELECT {_ALLOCATION} FROM old.local_allocations WHERE item_id IN ({_TOLD})""",
    f"""INSERT OR REPLACE INTO operations ({_OPERATION})
        SELECT {_OPERATION} FROM old.operations WHERE kind IN ('waybill', 'waybill_cancel')""",
    f"""INSERT OR REPLACE INTO operations ({_OPERATION})
        SELECT {_OPERATION} FROM old.operations WHERE op_id IN (SELECT op_id FROM main.operations)
        AND (state IN ('refused', 'dropped') OR (state = 'done' AND NOT {HERE}))""",
    f"""INSERT OR REPLACE INTO operations ({_OPERATION})
        SELECT {_SENT} FROM old.operations WHERE state IN ('sending', 'unknown')""",
    f"""INSERT INTO waybills ({_WAYBILL}) SELECT {_WAYBILL} FROM old.waybills WHERE 1
        ON CONFLICT (carrier, tracking_number, item_id, pack_id) DO UPDATE SET op_id = excluded.op_id,
        got_at = excluded.got_at, cancelled_at = excluded.cancelled_at, printed_at = excluded.printed_at""",
    """INSERT OR REPLACE INTO waybill_goods (waybill_id, item_id, quantity, sku_code, spec, title)
        SELECT mine.waybill_id, goods.item_id, goods.quantity, goods.sku_code, goods.spec, goods.title
        FROM old.waybill_goods AS goods JOIN old.waybills AS theirs ON theirs.waybill_id = goods.waybill_id
        JOIN main.waybills AS mine ON mine.carrier = theirs.carrier AND mine.item_id = theirs.item_id
        AND mine.tracking_number = theirs.tracking_number AND mine.pack_id = theirs.pack_id""",
)


def carry_over(old: Path, store: Store, at: float, owner: Owner | None = None) -> LeftBehind:
    """Take it along into the restored store, as far as the replaced one can still be read and is not another
    shop's than `owner`; what stays behind.

    A hold that was ended since the backup was made stands again: better asked about twice than sent.
    """
    if not _is_readable(old, owner):
        return LeftBehind(whole=False)
    with _beside(old, store):
        # a damaged table takes nothing else down with it
        taken = [_done(store, statement) for statement in _STATEMENTS]
        try:
            left = left_behind(store)
        except StoreError:
            left = LeftBehind(whole=False)
    _lay_over(store, at)
    return replace(left, whole=left.whole and all(taken))


def _done(store: Store, statement: str) -> bool:
    try:
        with store.transaction():
            store.connection.execute(statement)
    except StoreError:
        return False
    return True


def _is_readable(old: Path, owner: Owner | None) -> bool:
    """Asked by a connection of its own, which leaves a file that is no database, and its log, as they are."""
    if not old.exists():
        return False
    try:
        with closing(connect(old)) as connection:
            return owner is None or Facts(connection).owner() in (None, owner)
    except StoreError:
        return False


@contextmanager
def _beside(old: Path, store: Store) -> Iterator[None]:
    store.connection.execute("ATTACH ? AS old", (str(old),))
    try:
        yield
    finally:
        store.connection.execute("DETACH old")


def _lay_over(store: Store, at: float) -> None:
    """Items from files are in no reading that would meet their local allocations."""
    rows = store.connection.execute(
        "SELECT item_id FROM local_allocations JOIN items USING (item_id) WHERE allocation <> 'allocated'"
    ).fetchall()
    with store.transaction():
        store.items.put(list(store.items.by_ids(item_id for (item_id,) in rows).values()), at)
