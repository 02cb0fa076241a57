"""E-waybill numbers that a factory draws for lines allocated to it (doudian.md section 6); no wire format."""

import sqlite3

from dropship_cli.sandbox import allocation, items, ledger
from dropship_cli.sandbox.carriers import BY_CODE
from dropship_cli.sandbox.errors import Refused, Why
from dropship_cli.sandbox.items import DistrStatus
from dropship_cli.sandbox.ledger import Act, Actor


def draw(
    tx: sqlite3.Connection, actor: Actor, merchant_id: int, item_id: str, pack_id: str, company_code: str
) -> str:
    """A tracking number for one parcel of a line.

    The same line, parcel and carrier again answers the old number while it is not cancelled (our decision,
    after ``logistics.newCreateOrder``).
    """
    _require_waiting(tx, actor, merchant_id, item_id)
    if company_code not in BY_CODE:
        raise Refused(Why.NO_SUCH_CARRIER)
    old = tx.execute(
        "SELECT track_no FROM waybills WHERE item_id = ? AND factory_id = ? AND pack_id = ?"
        " AND company_code = ? AND NOT cancelled",
        (item_id, actor.shop_id, pack_id, company_code),
    ).fetchone()
    if old is not None:
        return str(old["track_no"])
    return _new(tx, actor, item_id, pack_id, company_code)


def cancel(tx: sqlite3.Connection, actor: Actor, company_code: str, track_no: str) -> None:
    """Give a number back that no package carries."""
    row = tx.execute(
        "SELECT * FROM waybills WHERE track_no = ? AND company_code = ? AND factory_id = ?",
        (track_no, company_code, actor.shop_id),
    ).fetchone()
    if row is None:
        raise Refused(Why.NO_SUCH_WAYBILL)
    if row["cancelled"]:
        raise Refused(Why.WAYBILL_CANCELLED)
    if tx.execute("SELECT 1 FROM packages WHERE track_no = ?", (track_no,)).fetchone() is not None:
        raise Refused(Why.WAYBILL_USED)
    tx.execute("UPDATE waybills SET cancelled = 1 WHERE track_no = ?", (track_no,))
    ledger.record(tx, actor, Act.WAYBILL_CANCELLED, row["item_id"], track_no=track_no)


def to_print(tx: sqlite3.Connection, actor: Actor, company_code: str, track_no: str) -> sqlite3.Row:
    """A number of this factory's that is not given back, with the receiver of its line's order."""
    row: sqlite3.Row | None = tx.execute(
        "SELECT w.item_id, w.track_no, i.order_id, o.receiver_name, o.receiver_phone, o.receiver_detail,"
        " o.province, o.city, o.district FROM waybills w JOIN items i USING (item_id) JOIN orders o USING (order_id)"
        " WHERE w.track_no = ? AND w.company_code = ? AND w.factory_id = ? AND NOT w.cancelled",
        (track_no, company_code, actor.shop_id),
    ).fetchone()
    if row is None:
        raise Refused(Why.NO_SUCH_WAYBILL)
    return row


def _require_waiting(tx: sqlite3.Connection, actor: Actor, merchant_id: int, item_id: str) -> None:
    mine = allocation.find(tx, actor.shop_id, item_id)
    row = items.find(tx, item_id)
    if row["shop_id"] != merchant_id:
        raise Refused(Why.NO_SUCH_ITEM)
    if mine["distr_status"] == DistrStatus.CANCELLED:
        raise Refused(Why.ALLOCATION_CANCELLED)
    if not items.left_to_ship(row):
        raise Refused(Why.SHIPPED)


def _new(tx: sqlite3.Connection, actor: Actor, item_id: str, pack_id: str, company_code: str) -> str:
    serial = tx.execute(
        "INSERT INTO waybills VALUES (?, ?, ?, ?, '', 0)", (actor.shop_id, item_id, pack_id, company_code)
    ).lastrowid
    track_no = f"{BY_CODE[company_code].prefix}{serial:012d}"
    tx.execute("UPDATE waybills SET track_no = ? WHERE rowid = ?", (track_no, serial))
    values = {"pack_id": pack_id, "company_code": company_code, "track_no": track_no}
    ledger.record(tx, actor, Act.WAYBILL_GOT, item_id, **values)
    return track_no
