"""The tables, told as a history of migrations. A step that was released is never edited."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("dropship")

_ITEMS = """
CREATE TABLE items (
    item_id TEXT PRIMARY KEY, order_id TEXT NOT NULL, quantity INTEGER NOT NULL,
    title TEXT NOT NULL, spec TEXT NOT NULL, sku_code TEXT NOT NULL, product_id TEXT NOT NULL, price INTEGER,
    merchant_id TEXT, merchant_name TEXT, factory_id TEXT, factory_name TEXT,
    allocation TEXT NOT NULL, shipment TEXT NOT NULL, refund TEXT NOT NULL, closed INTEGER NOT NULL,
    shipped_quantity INTEGER NOT NULL, shipped_by TEXT, packages TEXT NOT NULL,
    paid_at INTEGER, allocated_at INTEGER, ship_by INTEGER, shipped_at INTEGER,
    remark TEXT NOT NULL, buyer_words TEXT NOT NULL, region TEXT NOT NULL, receiver_id TEXT NOT NULL,
    cancel_reason TEXT NOT NULL, raw_state TEXT NOT NULL, local INTEGER NOT NULL, source TEXT NOT NULL,
    seen_at REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX items_order ON items (order_id, shipped_by, local, allocation, shipment, factory_id);
CREATE INDEX items_paid ON items (paid_at, item_id);
CREATE INDEX items_factory ON items (factory_id, paid_at);
CREATE INDEX items_sku ON items (sku_code, paid_at);
CREATE INDEX items_open ON items (ship_by, allocation, refund)
    WHERE shipment <> 'shipped' AND closed = 0;
CREATE INDEX items_to_allocate ON items (ship_by)
    WHERE shipment = 'none' AND closed = 0 AND refund = 'none' AND allocation <> 'allocated';
CREATE INDEX items_at_factory ON items (ship_by)
    WHERE shipment <> 'shipped' AND closed = 0 AND refund = 'none' AND allocation = 'allocated';
CREATE INDEX items_refund ON items (refund, allocation) WHERE refund = 'open' AND shipment <> 'shipped' AND closed = 0;
CREATE INDEX items_withdraw ON items (refund) WHERE allocation = 'allocated' AND shipment = 'none' AND refund <> 'none';
CREATE INDEX items_shipped ON items (shipped_at) WHERE shipment = 'shipped';
"""

_OPERATIONS = """
CREATE TABLE operations (
    op_id TEXT PRIMARY KEY, kind TEXT NOT NULL, target TEXT NOT NULL, order_id TEXT NOT NULL,
    wish TEXT NOT NULL, before TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    who TEXT NOT NULL, created_at REAL NOT NULL, sent_at REAL, asked_at REAL, settled_at REAL,
    error_code TEXT, error TEXT, waits_for TEXT REFERENCES operations (op_id), found INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX operations_wish ON operations (kind, target, wish)
    WHERE state IN ('queued', 'sending', 'unknown');
CREATE INDEX operations_live ON operations (state, op_id) WHERE state IN ('queued', 'sending', 'unknown');
CREATE INDEX operations_queued ON operations (kind, due, op_id) WHERE state = 'queued';
CREATE INDEX operations_waiting ON operations (waits_for) WHERE state = 'queued' AND waits_for IS NOT NULL;
CREATE INDEX operations_target ON operations (target) WHERE state IN ('queued', 'sending', 'unknown');
CREATE INDEX operations_created ON operations (created_at);
"""

_REST = """
CREATE TABLE bindings (
    partner_id TEXT PRIMARY KEY, partner_name TEXT NOT NULL, state TEXT NOT NULL,
    applied_at INTEGER, bound_at INTEGER, refused_at INTEGER
);
CREATE TABLE carriers (code TEXT PRIMARY KEY, name TEXT NOT NULL, platform_code TEXT NOT NULL);
CREATE TABLE cursors (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE log (
    seq INTEGER PRIMARY KEY, at REAL NOT NULL, who TEXT NOT NULL, act TEXT NOT NULL,
    target TEXT NOT NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL
);
CREATE INDEX log_at ON log (at);
"""

_DAILY = """
CREATE TABLE rules (
    rule_id INTEGER PRIMARY KEY AUTOINCREMENT, priority INTEGER NOT NULL,
    sku_code TEXT NOT NULL DEFAULT '', product TEXT NOT NULL DEFAULT '', spec TEXT NOT NULL DEFAULT '',
    region TEXT NOT NULL DEFAULT '', factory_id TEXT NOT NULL, share INTEGER, capacity INTEGER,
    who TEXT NOT NULL, created_at REAL NOT NULL, added_in INTEGER NOT NULL,
    removed_at REAL, removed_in INTEGER, undone_at REAL
);
CREATE INDEX items_allocated ON items (allocated_at) WHERE allocation = 'allocated';
CREATE TABLE holds (item_id TEXT PRIMARY KEY, reason TEXT NOT NULL, until INTEGER, who TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE changes (
    seq INTEGER PRIMARY KEY, item_id TEXT NOT NULL, at REAL NOT NULL, field TEXT NOT NULL,
    before TEXT NOT NULL, after TEXT NOT NULL, acked_at REAL, acked_by TEXT NOT NULL
);
CREATE INDEX changes_open ON changes (item_id) WHERE acked_at IS NULL;
CREATE INDEX changes_item ON changes (item_id);
CREATE TABLE notes (item_id TEXT PRIMARY KEY, text TEXT NOT NULL, who TEXT NOT NULL, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE notices (
    chat TEXT NOT NULL, case_key TEXT NOT NULL, at REAL NOT NULL, PRIMARY KEY (chat, case_key)
) WITHOUT ROWID;
"""

_PRICES = """
CREATE TABLE prices (
    partner_id TEXT NOT NULL, sku_key TEXT NOT NULL, sku_code TEXT NOT NULL, valid_from INTEGER NOT NULL,
    price INTEGER NOT NULL, freight INTEGER NOT NULL, who TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (partner_id, sku_key, valid_from)
) WITHOUT ROWID;
"""

_LOCAL = """
CREATE TABLE local_factories (
    name TEXT PRIMARY KEY, note TEXT NOT NULL, added_at REAL NOT NULL, removed_at REAL
) WITHOUT ROWID;
CREATE TABLE local_allocations (
    item_id TEXT PRIMARY KEY, factory TEXT NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL,
    sheet_at REAL, stopped_at REAL
) WITHOUT ROWID;
CREATE INDEX local_untold ON local_allocations (item_id) WHERE sheet_at IS NULL OR stopped_at IS NOT NULL;
CREATE TABLE imports (item_id TEXT PRIMARY KEY, told_at INTEGER) WITHOUT ROWID;
CREATE INDEX operations_local ON operations (op_id)
    WHERE state = 'queued' AND instr(wish, '"local":true') > 0;
CREATE INDEX items_hand ON items (
    CASE WHEN shipped_by = 'merchant' AND local = 0 THEN 'self'
    WHEN shipped_by = 'factory' OR allocation = 'allocated' THEN 'factory'
    WHEN shipment = 'none' THEN 'nobody' ELSE 'self' END, paid_at, item_id);
"""

_BENCH = """
CREATE INDEX items_ended ON items (ship_by)
    WHERE shipment <> 'shipped' AND (closed = 1 OR refund = 'refunded' OR allocation = 'cancelled');
CREATE TABLE waybills (
    waybill_id INTEGER PRIMARY KEY, carrier TEXT NOT NULL, tracking_number TEXT NOT NULL, item_id TEXT NOT NULL,
    merchant_id TEXT NOT NULL, pack_id TEXT NOT NULL, routing TEXT NOT NULL, op_id TEXT NOT NULL,
    got_at REAL NOT NULL, cancelled_at REAL, printed_at REAL,
    UNIQUE (carrier, tracking_number, item_id, pack_id)
);
CREATE INDEX waybills_number ON waybills (tracking_number);
CREATE INDEX waybills_got ON waybills (got_at);
CREATE INDEX waybills_unprinted ON waybills (got_at) WHERE printed_at IS NULL AND cancelled_at IS NULL;
CREATE TABLE waybill_goods (
    waybill_id INTEGER NOT NULL, item_id TEXT NOT NULL, quantity INTEGER NOT NULL,
    sku_code TEXT NOT NULL, spec TEXT NOT NULL, title TEXT NOT NULL, PRIMARY KEY (waybill_id, item_id)
);
CREATE INDEX waybill_goods_item ON waybill_goods (item_id);
"""

_INBOX = """
CREATE TABLE inbox (
    seq INTEGER PRIMARY KEY, msg_key TEXT NOT NULL UNIQUE, tag TEXT NOT NULL, received_at REAL NOT NULL,
    item_ids TEXT NOT NULL, order_id TEXT NOT NULL, merchant_id TEXT NOT NULL,
    looked_at REAL, outcome TEXT NOT NULL
);
CREATE INDEX inbox_waiting ON inbox (seq) WHERE looked_at IS NULL;
CREATE INDEX inbox_received ON inbox (received_at);
"""


_COUNTED = """
DROP INDEX items_open;
DROP INDEX items_to_allocate;
DROP INDEX items_at_factory;
DROP INDEX items_refund;
DROP INDEX items_shipped;
CREATE INDEX items_open ON items (ship_by, allocation, refund, shipment, closed)
    WHERE shipment <> 'shipped' AND closed = 0;
CREATE INDEX items_to_allocate ON items (ship_by, allocation, refund, shipment, closed)
    WHERE shipment = 'none' AND closed = 0 AND refund = 'none' AND allocation <> 'allocated';
CREATE INDEX items_at_factory ON items (factory_id, ship_by, allocation, refund, shipment, closed)
    WHERE shipment <> 'shipped' AND closed = 0 AND allocation = 'allocated';
CREATE INDEX items_refund ON items (refund, allocation, shipment, closed)
    WHERE refund = 'open' AND shipment <> 'shipped' AND closed = 0;
CREATE INDEX items_shipped ON items (shipped_at, allocation, factory_id, shipment) WHERE shipment = 'shipped';
"""


@migrations()
def m001_first(db: Database) -> None:
    """Items, the journal, bindings, cursors, facts, the log; rules, holds, changes, prices, notices, pushes."""
    _run(db, _ITEMS + _OPERATIONS + _REST + _DAILY + _PRICES + _LOCAL + _BENCH + _INBOX)


@migrations()
def m002_counted(db: Database) -> None:
    """What `status` counts stands in its index as a whole, the index's own condition too: SQLite looks up the row of
    every entry otherwise, ten times the work."""
    _run(db, _COUNTED)


def _run(db: Database, statements: str) -> None:
    for statement in statements.split(";\n"):
        if statement.strip():
            db.execute(statement)
