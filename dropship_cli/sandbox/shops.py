"""Shops: who exists, the role each has chosen, and the shop it opened in the dropshipping console."""

import json
import sqlite3
from enum import IntEnum
from pathlib import Path
from typing import Any

from dropship_cli.sandbox import ledger, schema
from dropship_cli.sandbox.errors import Refused, SandboxError, Why
from dropship_cli.sandbox.ledger import Act, Actor


class Role(IntEnum):
    """The role of a shop (doudian.md section 3)."""

    NONE = 0
    MERCHANT = 1
    FACTORY = 2


def add(path: Path, shop_id: str | int, name: str = "") -> None:
    """Make one more shop known, without a role; a shop that is known already stays as it is."""
    with ledger.transaction(path) as tx:
        register(tx, number(shop_id), name)


def register(tx: sqlite3.Connection, shop_id: int, name: str = "") -> None:
    """The same as ``add``, inside a transaction that is open already."""
    row = (shop_id, name or schema.default_name(shop_id))
    tx.execute("INSERT OR IGNORE INTO shops (shop_id, name) VALUES (?, ?)", row)


def number(shop_id: str | int) -> int:
    """A shop number as it is kept; raises ``SandboxError`` for what is no number of up to 18 digits."""
    text = str(shop_id).strip()
    if not (text.isascii() and text.isdigit() and 0 < len(text) <= 18):
        raise SandboxError(f"{text[:40]!r} is not a shop number.")
    return int(text)


def find(tx: sqlite3.Connection, shop_id: int) -> sqlite3.Row:
    """The shop's row; raises ``Refused`` when there is none."""
    row: sqlite3.Row | None = tx.execute("SELECT * FROM shops WHERE shop_id = ?", (shop_id,)).fetchone()
    if row is None:
        raise Refused(Why.NO_SUCH_SHOP)
    return row


def role_of(tx: sqlite3.Connection, shop_id: int) -> Role:
    """The role that the shop has chosen, or none."""
    return Role(find(tx, shop_id)["role"])


def choose_role(tx: sqlite3.Connection, actor: Actor, role: Role) -> None:
    """Choose a role for the first time; a second choice is refused, even of the same role."""
    if role_of(tx, actor.shop_id) is not Role.NONE:
        raise Refused(Why.ROLE_CHOSEN)
    _set_role(tx, actor, role, Act.ROLE_CHOSEN)


def switch_role(tx: sqlite3.Connection, actor: Actor) -> Role:
    """Change to the other role, while no application was ever sent or received; answers the new role."""
    now = role_of(tx, actor.shop_id)
    if now is Role.NONE:
        raise Refused(Why.ROLE_NOT_CHOSEN)
    if _any_application(tx, actor.shop_id):
        raise Refused(Why.ROLE_FIXED)
    other = Role.FACTORY if now is Role.MERCHANT else Role.MERCHANT
    _set_role(tx, actor, other, Act.ROLE_SWITCHED)
    return other


def open_shop(tx: sqlite3.Connection, actor: Actor, name: str, sender: Any) -> None:
    """Give the shop its own name and the default sender address; again to change them."""
    if role_of(tx, actor.shop_id) is Role.NONE:
        raise Refused(Why.ROLE_NOT_CHOSEN)
    kept = json.dumps(sender) if sender else ""
    tx.execute(
        "UPDATE shops SET name = ?, sender = ?, open = 1 WHERE shop_id = ?", (name, kept, actor.shop_id)
    )
    ledger.record(tx, actor, Act.SHOP_OPENED, name=name, sender=bool(sender))


def _set_role(tx: sqlite3.Connection, actor: Actor, role: Role, act: Act) -> None:
    tx.execute("UPDATE shops SET role = ? WHERE shop_id = ?", (role.value, actor.shop_id))
    ledger.record(tx, actor, act, role=role.name.lower())


def _any_application(tx: sqlite3.Connection, shop_id: int) -> bool:
    found = tx.execute(
        "SELECT EXISTS (SELECT 1 FROM bindings WHERE merchant_id = ?1)"
        " OR EXISTS (SELECT 1 FROM bindings WHERE factory_id = ?1)",
        (shop_id,),
    ).fetchone()
    return bool(found[0])
