"""The tables of the sandbox's ledger file and the world it begins with; no rule lives here."""

import sqlite3

APPLICATION_ID = 0x44534258
VERSION = 1
APP_KEY = "7000000000000000001"
APP_SECRET = "sandbox-secret-not-for-production"  # noqa: S105 - published on purpose, guards nothing real
FIRST_SHOPS = (660001, 880011, 880022, 880033)
# Package ids look like the platform's: nineteen digits, all below 2^63.
_FIRST_PACKAGE = 7_300_000_000_000_000_000

_TABLES = """
CREATE TABLE apps (app_key TEXT PRIMARY KEY, secret TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE settings (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE faults (
    id INTEGER PRIMARY KEY AUTOINCREMENT, method TEXT, fault TEXT NOT NULL, times INTEGER NOT NULL);
CREATE TABLE buckets (
    shop_id INTEGER NOT NULL, method TEXT NOT NULL, tokens REAL NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (shop_id, method)) WITHOUT ROWID;
CREATE TABLE tokens (
    access TEXT PRIMARY KEY, refresh TEXT NOT NULL UNIQUE, app_key TEXT NOT NULL, shop_id INTEGER NOT NULL,
    access_ends REAL NOT NULL, refresh_ends REAL NOT NULL, successor TEXT, superseded_at REAL);
CREATE INDEX tokens_of_shop ON tokens (shop_id, app_key, successor);
CREATE TABLE codes (
    code TEXT PRIMARY KEY, app_key TEXT NOT NULL, shop_id INTEGER NOT NULL,
    ends REAL NOT NULL, used INTEGER NOT NULL DEFAULT 0);
CREATE TABLE shops (
    shop_id INTEGER PRIMARY KEY, name TEXT NOT NULL, role INTEGER NOT NULL DEFAULT 0,
    open INTEGER NOT NULL DEFAULT 0, sender TEXT NOT NULL DEFAULT '');
CREATE TABLE bindings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    merchant_id INTEGER NOT NULL REFERENCES shops, factory_id INTEGER NOT NULL REFERENCES shops,
    status INTEGER NOT NULL, apply_time INTEGER NOT NULL, band_time INTEGER NOT NULL DEFAULT 0,
    refuse_time INTEGER NOT NULL DEFAULT 0, unbind_time INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '');
CREATE INDEX bindings_of_merchant ON bindings (merchant_id, factory_id, id);
CREATE INDEX bindings_of_factory ON bindings (factory_id, merchant_id, id);
CREATE TABLE orders (
    order_id TEXT PRIMARY KEY, shop_id INTEGER NOT NULL REFERENCES shops,
    created_at INTEGER NOT NULL, paid_at INTEGER, updated_at INTEGER NOT NULL,
    post_amount INTEGER NOT NULL DEFAULT 0,
    receiver_name TEXT NOT NULL, receiver_phone TEXT NOT NULL, receiver_detail TEXT NOT NULL,
    receiver_id TEXT NOT NULL,
    province TEXT NOT NULL, province_id TEXT NOT NULL,
    city TEXT NOT NULL, district TEXT NOT NULL, street TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX orders_by_update ON orders (shop_id, updated_at, order_id);
CREATE INDEX orders_by_creation ON orders (shop_id, created_at, order_id);
CREATE TABLE items (
    item_id TEXT PRIMARY KEY, order_id TEXT NOT NULL REFERENCES orders, shop_id INTEGER NOT NULL,
    product_name TEXT NOT NULL, product_id TEXT NOT NULL, price INTEGER NOT NULL, quantity INTEGER NOT NULL,
    sku_spec TEXT NOT NULL, out_sku_id TEXT NOT NULL,
    seller_words TEXT NOT NULL, buyer_words TEXT NOT NULL,
    paid_at INTEGER, exp_ship_time INTEGER NOT NULL, updated_at INTEGER NOT NULL,
    order_status INTEGER NOT NULL DEFAULT 2, refund INTEGER NOT NULL DEFAULT 0,
    distr_status INTEGER NOT NULL DEFAULT 0, distr_time INTEGER NOT NULL DEFAULT 0,
    factory_id INTEGER, cancel_reason TEXT NOT NULL DEFAULT '',
    shipped INTEGER NOT NULL DEFAULT 0, ship_time INTEGER NOT NULL DEFAULT 0,
    serials TEXT NOT NULL DEFAULT '[]') WITHOUT ROWID;
CREATE INDEX items_of_order ON items (order_id);
CREATE INDEX items_by_update ON items (shop_id, updated_at, item_id, paid_at);
CREATE INDEX items_by_payment ON items (shop_id, paid_at, item_id);
CREATE TABLE allocations (
    item_id TEXT NOT NULL REFERENCES items, factory_id INTEGER NOT NULL REFERENCES shops,
    distr_status INTEGER NOT NULL, distr_time INTEGER NOT NULL, updated_at INTEGER NOT NULL,
    cancel_reason TEXT NOT NULL DEFAULT '', PRIMARY KEY (item_id, factory_id)) WITHOUT ROWID;
CREATE INDEX allocations_by_update ON allocations (factory_id, updated_at, item_id);
CREATE INDEX allocations_by_time ON allocations (factory_id, distr_time, item_id);
CREATE TABLE packages (
    package_id INTEGER PRIMARY KEY AUTOINCREMENT, shop_id INTEGER NOT NULL, way TEXT NOT NULL,
    company_code TEXT NOT NULL, track_no TEXT NOT NULL, ship_time INTEGER NOT NULL);
CREATE INDEX packages_by_number ON packages (track_no);
CREATE TABLE package_items (
    package_id INTEGER NOT NULL REFERENCES packages, item_id TEXT NOT NULL REFERENCES items,
    quantity INTEGER NOT NULL, PRIMARY KEY (item_id, package_id)) WITHOUT ROWID;
CREATE INDEX items_of_package ON package_items (package_id);
CREATE TABLE requests (
    shop_id INTEGER NOT NULL, method TEXT NOT NULL, request_id TEXT NOT NULL, answer TEXT NOT NULL,
    PRIMARY KEY (shop_id, method, request_id)) WITHOUT ROWID;
CREATE TABLE waybills (
    factory_id INTEGER NOT NULL, item_id TEXT NOT NULL, pack_id TEXT NOT NULL,
    company_code TEXT NOT NULL, track_no TEXT NOT NULL UNIQUE, cancelled INTEGER NOT NULL DEFAULT 0);
CREATE INDEX waybills_of_item ON waybills (item_id, factory_id);
CREATE TABLE decryptions (
    shop_id INTEGER NOT NULL, day INTEGER NOT NULL, used INTEGER NOT NULL,
    PRIMARY KEY (shop_id, day)) WITHOUT ROWID;
CREATE TABLE push_urls (shop_id INTEGER PRIMARY KEY, url TEXT NOT NULL, after INTEGER NOT NULL);
CREATE TABLE pushes (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, shop_id INTEGER NOT NULL, tag TEXT NOT NULL,
    order_id TEXT NOT NULL, data TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'waiting');
CREATE INDEX pushes_waiting ON pushes (shop_id, id) WHERE state = 'waiting';
CREATE INDEX pushes_of_order ON pushes (order_id, tag);
CREATE TABLE effects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, shop_id INTEGER NOT NULL,
    method TEXT NOT NULL, act TEXT NOT NULL, item_id TEXT NOT NULL, "values" TEXT NOT NULL);
CREATE TRIGGER effects_stay BEFORE UPDATE ON effects
    BEGIN SELECT RAISE(ABORT, 'effects are append-only'); END;
CREATE TABLE calls (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, shop_id INTEGER NOT NULL,
    method TEXT NOT NULL, code INTEGER NOT NULL, rows INTEGER NOT NULL);
"""
_CHATS = """
CREATE TABLE chat_messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, kind TEXT NOT NULL, bot TEXT NOT NULL,
    code INTEGER NOT NULL, text TEXT NOT NULL);
CREATE INDEX chat_messages_of_bot ON chat_messages (kind, bot, at);
"""
# In the order in which rows may go: what refers first.
_WORLD = (
    "package_items",
    "packages",
    "allocations",
    "items",
    "orders",
    "bindings",
    "shops",
    "requests",
    "waybills",
    "decryptions",
    "buckets",
    "faults",
    "push_urls",
    "pushes",
    "settings",
    "effects",
    "calls",
    "chat_messages",
)


def create(tx: sqlite3.Connection) -> None:
    """Lay all tables into an empty file and begin the world."""
    tx.executescript(_TABLES + _CHATS)
    tx.execute("INSERT INTO apps VALUES (?, ?)", (APP_KEY, APP_SECRET))
    tx.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('packages', ?)", (_FIRST_PACKAGE,))
    begin(tx)
    tx.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    tx.execute(f"PRAGMA user_version = {VERSION}")


def begin(tx: sqlite3.Connection) -> None:
    """Let the first four shops be known, without a role and without orders."""
    rows = [(shop_id, default_name(shop_id)) for shop_id in FIRST_SHOPS]
    tx.executemany("INSERT INTO shops (shop_id, name) VALUES (?, ?)", rows)


def clear(tx: sqlite3.Connection) -> None:
    """Forget the world; apps and tokens stay, so that a client need not log in again."""
    for table in _WORLD:
        tx.execute(f"DELETE FROM {table}")


def default_name(shop_id: int) -> str:
    """What a shop is called before it opens under a name of its own."""
    return f"店铺{shop_id}"
