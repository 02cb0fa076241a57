"""Shipping lines of orders in parcels, by either side, and amending a parcel's number; no wire format here.

Both sides pass through ``ship``; the transaction around it lets exactly one of two win.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dropship_cli.sandbox import allocation, items, ledger
from dropship_cli.sandbox.errors import Refused, Why
from dropship_cli.sandbox.items import DistrStatus, OrderStatus, Refund
from dropship_cli.sandbox.ledger import Act, Actor


@dataclass(frozen=True, slots=True)
class Parcel:
    """One parcel: who carries it, under which number, and how many pieces of each line are in it."""

    company_code: str
    track_no: str
    quantities: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Terms:
    """How to ship: whether an open refund is refused by it, and the serial numbers of each line."""

    reject_refund: bool = False
    serials: Mapping[str, Sequence[str]] = field(default_factory=dict)


def ship_allocated(
    tx: sqlite3.Connection, actor: Actor, item_id: str, parcels: Sequence[Parcel], terms: Terms
) -> list[int]:
    """The factory ``actor`` ships all that is left of a line allocated to it; answers package ids.

    A factory cannot ship a part: the parcels must hold exactly what is left (section 0, point 8).
    """
    mine = allocation.find(tx, actor.shop_id, item_id)
    row = items.find(tx, item_id)
    if mine["distr_status"] == DistrStatus.CANCELLED:
        raise Refused(Why.ALLOCATION_CANCELLED)
    _require_shippable(row, terms)
    if sum(parcel.quantities[item_id] for parcel in parcels) != items.left_to_ship(row):
        raise Refused(Why.QUANTITY)
    package_ids = ship(tx, actor, parcels, terms)
    tx.execute(
        "UPDATE allocations SET distr_status = 2 WHERE item_id = ? AND factory_id = ?",
        (item_id, actor.shop_id),
    )
    items.change(tx, actor.now, item_id, distr_status=DistrStatus.SHIPPED.value)
    return package_ids


def ship(tx: sqlite3.Connection, actor: Actor, parcels: Sequence[Parcel], terms: Terms) -> list[int]:
    """Ship parcels, all or nothing; answers the package ids in the order of the parcels.

    The caller has made sure that ``actor`` may touch these lines. Raises ``Refused`` for the first line that
    cannot be shipped, or of which more would be shipped than is left.
    """
    wanted = {item_id: sum(p.quantities.get(item_id, 0) for p in parcels) for item_id in _lines(parcels)}
    rows = {item_id: items.find(tx, item_id) for item_id in wanted}
    for row in rows.values():
        # The state comes first: of a line that is shipped there is nothing left, and that is no wrong count.
        _require_shippable(row, terms)
    _require_counts(rows, wanted, parcels)
    package_ids = [_add_package(tx, actor, parcel) for parcel in parcels]
    for item_id, row in rows.items():
        _mark_shipped(tx, actor, row, wanted[item_id], terms)
        ledger.record(tx, actor, Act.SHIPPED, item_id, packages=_told(item_id, parcels, package_ids))
    return package_ids


def amend(tx: sqlite3.Connection, actor: Actor, package_id: int, company_code: str, track_no: str) -> None:
    """Correct the carrier and number of one of the actor's own packages; the same again changes nothing."""
    old = own_package(tx, actor, package_id)
    if (old["company_code"], old["track_no"]) == (company_code, track_no):
        return
    tx.execute(
        "UPDATE packages SET company_code = ?, track_no = ? WHERE package_id = ?",
        (company_code, track_no, package_id),
    )
    before = {"company_code": old["company_code"], "track_no": old["track_no"]}
    after = {"company_code": company_code, "track_no": track_no}
    for line in tx.execute(
        "SELECT item_id FROM package_items WHERE package_id = ?", (package_id,)
    ).fetchall():
        items.change(tx, actor.now, line["item_id"])
        values = {"package_id": str(package_id), "before": before, "after": after}
        ledger.record(tx, actor, Act.AMENDED, line["item_id"], **values)


def own_package(tx: sqlite3.Connection, actor: Actor, package_id: int) -> sqlite3.Row:
    """A package that the actor's own shop has shipped; raises ``Refused``."""
    row: sqlite3.Row | None = tx.execute(
        "SELECT * FROM packages WHERE package_id = ? AND shop_id = ?", (package_id, actor.shop_id)
    ).fetchone()
    if row is None:
        raise Refused(Why.NO_SUCH_PACKAGE)
    return row


def _require_shippable(row: sqlite3.Row, terms: Terms) -> None:
    match row["order_status"]:
        case OrderStatus.CLOSED:
            raise Refused(Why.REFUNDED if row["refund"] == Refund.REFUNDED else Why.CLOSED)
        case OrderStatus.TO_PAY:
            raise Refused(Why.NOT_PAID)
        case OrderStatus.DONE:
            raise Refused(Why.FINISHED)
        case OrderStatus.SHIPPED:
            raise Refused(Why.SHIPPED)
    if row["refund"] == Refund.OPEN and not terms.reject_refund:
        raise Refused(Why.REFUND_OPEN)


def _lines(parcels: Sequence[Parcel]) -> list[str]:
    return list(dict.fromkeys(item_id for parcel in parcels for item_id in parcel.quantities))


def _require_counts(
    rows: Mapping[str, sqlite3.Row], wanted: Mapping[str, int], parcels: Sequence[Parcel]
) -> None:
    empty = any(min(parcel.quantities.values(), default=0) < 1 for parcel in parcels)
    if empty or any(wanted[item_id] > items.left_to_ship(row) for item_id, row in rows.items()):
        raise Refused(Why.QUANTITY)


def _add_package(tx: sqlite3.Connection, actor: Actor, parcel: Parcel) -> int:
    package_id = tx.execute(
        "INSERT INTO packages (shop_id, way, company_code, track_no, ship_time) VALUES (?, ?, ?, ?, ?)",
        (actor.shop_id, actor.method, parcel.company_code, parcel.track_no, actor.now),
    ).lastrowid
    if package_id is None:
        raise AssertionError("an INSERT has a row id")
    lines = [(package_id, item_id, quantity) for item_id, quantity in parcel.quantities.items()]
    tx.executemany("INSERT INTO package_items VALUES (?, ?, ?)", lines)
    return package_id


def _mark_shipped(tx: sqlite3.Connection, actor: Actor, row: sqlite3.Row, pieces: int, terms: Terms) -> None:
    item_id = row["item_id"]
    if row["refund"] == Refund.OPEN:
        ledger.record(tx, actor, Act.REFUND_CLOSED, item_id, rejected=True)
    whole = pieces == items.left_to_ship(row)
    serials = [*json.loads(row["serials"]), *terms.serials.get(item_id, ())]
    items.change(
        tx,
        actor.now,
        item_id,
        shipped=row["shipped"] + pieces,
        order_status=(OrderStatus.SHIPPED if whole else OrderStatus.PARTLY_SHIPPED).value,
        ship_time=actor.now,
        refund=Refund.NONE.value if row["refund"] == Refund.OPEN else row["refund"],
        serials=json.dumps(serials, ensure_ascii=False),
    )


def _told(item_id: str, parcels: Sequence[Parcel], package_ids: Sequence[int]) -> list[dict[str, Any]]:
    return [
        {
            "package_id": str(package_id),
            "company_code": parcel.company_code,
            "track_no": parcel.track_no,
            "quantity": parcel.quantities[item_id],
        }
        for parcel, package_id in zip(parcels, package_ids, strict=True)
        if item_id in parcel.quantities
    ]
