"""Bindings between a merchant and a factory: applications, answers, unbinding (doudian.md sections 3 and 9).

Each application is a row of its own and stays; a pair's newest row is what the lists show.
"""

import sqlite3
from collections.abc import Sequence
from enum import IntEnum

from dropship_cli.sandbox import ledger, shops
from dropship_cli.sandbox.errors import Refused, Why
from dropship_cli.sandbox.ledger import Act, Actor
from dropship_cli.sandbox.shops import Role


class Status(IntEnum):
    """``bind_status`` of section 3."""

    APPLIED = 1
    BOUND = 2
    REFUSED = 3
    UNBOUND = 4


def apply(tx: sqlite3.Connection, actor: Actor, factory_id: int) -> None:
    """The merchant ``actor`` asks a factory; this fixes the role of both."""
    _require(tx, actor, Role.MERCHANT)
    if factory_id == actor.shop_id:
        raise Refused(Why.ITSELF)
    _require_open_factory(tx, factory_id)
    newest = _newest(tx, actor.shop_id, factory_id)
    if newest is not None and newest["status"] in (Status.APPLIED, Status.BOUND):
        raise Refused(Why.APPLIED_ALREADY)
    tx.execute(
        "INSERT INTO bindings (merchant_id, factory_id, status, apply_time) VALUES (?, ?, ?, ?)",
        (actor.shop_id, factory_id, Status.APPLIED.value, actor.now),
    )
    ledger.record(tx, actor, Act.APPLIED, factory_id=factory_id)


def accept(tx: sqlite3.Connection, actor: Actor, merchant_id: int) -> None:
    """The factory ``actor`` binds itself to a merchant that has applied."""
    pending = _pending(tx, actor, merchant_id)
    tx.execute(
        "UPDATE bindings SET status = ?, band_time = ? WHERE id = ?",
        (Status.BOUND.value, actor.now, pending["id"]),
    )
    ledger.record(tx, actor, Act.ANSWERED, merchant_id=merchant_id, accepted=True)


def refuse(tx: sqlite3.Connection, actor: Actor, merchant_id: int, reason: str) -> None:
    """The factory ``actor`` refuses; the merchant may apply again."""
    pending = _pending(tx, actor, merchant_id)
    tx.execute(
        "UPDATE bindings SET status = ?, refuse_time = ?, reason = ? WHERE id = ?",
        (Status.REFUSED.value, actor.now, reason, pending["id"]),
    )
    ledger.record(tx, actor, Act.ANSWERED, merchant_id=merchant_id, accepted=False, reason=reason)


def unbind(tx: sqlite3.Connection, actor: Actor, factory_id: int) -> None:
    """The merchant ``actor`` ends a binding at once (our decision); what was allocated stays allocated."""
    _require(tx, actor, Role.MERCHANT)
    shops.find(tx, factory_id)
    newest = _newest(tx, actor.shop_id, factory_id)
    if newest is None or newest["status"] != Status.BOUND:
        raise Refused(Why.NOT_BOUND)
    tx.execute(
        "UPDATE bindings SET status = ?, unbind_time = ? WHERE id = ?",
        (Status.UNBOUND.value, actor.now, newest["id"]),
    )
    ledger.record(tx, actor, Act.UNBOUND, factory_id=factory_id)


def bound_since(tx: sqlite3.Connection, merchant_id: int, factory_id: int) -> int | None:
    """The second since when the two are bound now, or ``None``."""
    newest = _newest(tx, merchant_id, factory_id)
    return newest["band_time"] if newest is not None and newest["status"] == Status.BOUND else None


def first_bound(tx: sqlite3.Connection, merchant_id: int) -> int | None:
    """The second of the merchant's earliest accepted binding, whatever became of it, or ``None``."""
    found = tx.execute(
        "SELECT min(band_time) FROM bindings WHERE merchant_id = ? AND band_time > 0", (merchant_id,)
    ).fetchone()[0]
    return None if found is None else int(found)


def listed(
    tx: sqlite3.Connection, shop_id: int, role: Role, statuses: Sequence[int], page: int, size: int
) -> tuple[list[sqlite3.Row], int]:
    """One page of the shop's partners, newest application first, and how many there are.

    Rows carry ``partner_id``, ``name`` and the members of a binding; no ``statuses`` means all.
    """
    mine, partner = ("merchant_id", "factory_id") if role is Role.MERCHANT else ("factory_id", "merchant_id")
    wanted = f" AND b.status IN ({', '.join('?' * len(statuses))})" if statuses else ""
    source = (
        f"FROM bindings b JOIN shops s ON s.shop_id = b.{partner} WHERE b.{mine} = ? AND b.id ="
        f" (SELECT max(id) FROM bindings n WHERE n.{mine} = b.{mine} AND n.{partner} = b.{partner}){wanted}"
    )
    values = (shop_id, *statuses)
    total = tx.execute(f"SELECT count(*) {source}", values).fetchone()[0]
    rows = tx.execute(
        f"SELECT b.*, s.shop_id AS partner_id, s.name {source} ORDER BY b.id DESC LIMIT ? OFFSET ?",
        (*values, size, page * size),
    ).fetchall()
    return rows, int(total)


def _require(tx: sqlite3.Connection, actor: Actor, role: Role) -> None:
    if shops.role_of(tx, actor.shop_id) is not role:
        raise Refused(Why.WRONG_ROLE)


def _require_open_factory(tx: sqlite3.Connection, factory_id: int) -> None:
    factory = shops.find(tx, factory_id)
    if factory["role"] != Role.FACTORY:
        raise Refused(Why.NOT_A_FACTORY)
    if not factory["open"]:
        raise Refused(Why.NOT_OPEN)


def _newest(tx: sqlite3.Connection, merchant_id: int, factory_id: int) -> sqlite3.Row | None:
    row: sqlite3.Row | None = tx.execute(
        "SELECT * FROM bindings WHERE merchant_id = ? AND factory_id = ? ORDER BY id DESC LIMIT 1",
        (merchant_id, factory_id),
    ).fetchone()
    return row


def _pending(tx: sqlite3.Connection, actor: Actor, merchant_id: int) -> sqlite3.Row:
    _require(tx, actor, Role.FACTORY)
    shops.find(tx, merchant_id)
    newest = _newest(tx, merchant_id, actor.shop_id)
    if newest is None or newest["status"] != Status.APPLIED:
        raise Refused(Why.NOT_PENDING)
    return newest
