"""Homes for the installed program, made once by its own commands: bound and seeded, and allocated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dropship_cli.sandbox import ledger, settings
from dropship_cli.sandbox.placing import NewItem, NewOrder, place
from dropship_cli.sandbox.receivers import Region, invent
from tests.faults.program import PATIENT, Nursery, Place, allocation_sheet

_FIRST = 6_930_000_000_000_000_000


def bound(folder: Path, serve: Callable[[Place], str], nursery: Nursery, count: int) -> Place:
    """A merchant bound to two factories, with so many items synced; `serve` answers the ledger's address."""
    made = Place(folder)
    made.ledger.parent.mkdir(mode=0o700, parents=True)
    made.home.chmod(0o700)
    settings.put(made.ledger, "rate_per_second", 0)
    _must(nursery, made, "init", "--platform", "sandbox", "--base-url", serve(made))
    for name in ("merchant", "factory-1", "factory-2"):
        for setting, value in PATIENT.items():
            _must(nursery, made, "profile", "set", setting, value, "-p", name)
        _must(nursery, made, "role", "choose", name.partition("-")[0], "-p", name)
    for name, shop_id in (("factory-1", "880011"), ("factory-2", "880022")):
        _must(nursery, made, "bind", shop_id, "--yes", "-p", "merchant")
        _must(nursery, made, "accept", "660001", "-p", name)
    made.items = seed(made.ledger, count)
    _must(nursery, made, "sync", "-p", "merchant")
    return made


def allocated(made: Place, nursery: Nursery) -> None:
    """Give every item to the first factory, which reads them."""
    _must(nursery, made, "allocate", "--batch", allocation_sheet(made, len(made.items)), "-p", "merchant")
    _must(nursery, made, "sync", "-p", "factory-1")


def seed(path: Path, count: int) -> list[str]:
    """So many orders of one line with one piece, without refunds; their lines' ids."""
    with ledger.transaction(path) as tx:
        bound_at = tx.execute("SELECT max(band_time) FROM bindings").fetchone()[0]
        ids = [str(_FIRST + 10 * number) for number in range(count)]
        orders = [_order(one, bound_at) for one in ids]
        place(tx, bound_at, orders, [_line(order, bound_at) for order in orders])
    return ids


def _order(order_id: str, paid: int) -> NewOrder:
    region = Region("浙江省", "金华市", "义乌市", "稠江街道")
    return NewOrder(order_id, 660001, paid - 60, paid, 0, invent(order_id), region)


def _line(order: NewOrder, paid: int) -> NewItem:
    return NewItem(
        item_id=order.order_id, order_id=order.order_id, shop_id=order.shop_id, product_name="保温杯",
        product_id="3600000000000000001", price=6900, quantity=1, sku_spec="白", out_sku_id="BWB",
        seller_words="", buyer_words="", paid_at=paid, exp_ship_time=paid + 172_800,
    )  # fmt: skip


def _must(nursery: Nursery, made: Place, *argv: str) -> None:
    status = nursery.run(made.home, argv)
    assert status == 0, (argv, status, (made.home / "out.txt").read_text())
