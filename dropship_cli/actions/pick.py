"""The picking list: what may leave now, summed and by package, and its sheet; no call is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dropship_cli.actions.context import Shop
from dropship_cli.domain.moment import rfc3339
from dropship_cli.domain.picking import Picking, picking
from dropship_cli.store.picking import BenchFilter, candidates

Sentence = Callable[[str, Mapping[str, object]], str]
"""A code and its facts in words."""


def pick(shop: Shop, *, merchant_id: str | None = None, due_in: float | None = None) -> Picking:
    """What this shop has to ship; `due_in` seconds from now keeps what is promised before then."""
    role = shop.require_any("pick")
    due_before = None if due_in is None else int(shop.now() + due_in)
    wanted = BenchFilter(merchant_id, due_before)
    return picking(candidates(shop.store.connection, role, wanted, now=shop.now()), role)


def write_picking(
    file: str, found: Picking, *, by_package: bool, lang: str, sentence: Sentence, force: bool = False
) -> int:
    """Write the list, and below it what must not leave; how many rows. No receiver is among the columns."""
    from dropship_cli.files.pick_sheet import headings
    from dropship_cli.files.writing import write_rows

    rows = [*(_by_package(found) if by_package else _by_goods(found)), *_kept(found, sentence)]
    names = headings(lang, by_package=by_package)
    write_rows(
        file, list(names.values()), ([row.get(name) for name in names] for row in rows), overwrite=force
    )
    return len(rows)


def _by_goods(found: Picking) -> Iterator[dict[str, object]]:
    for line in found.lines:
        yield {
            "sku_code": line.sku_code,
            "spec": line.spec,
            "title": line.title,
            "quantity": line.quantity,
            "items": len(line.item_ids),
            "ship_by": _minute(line.ship_by),
        }


def _by_package(found: Picking) -> Iterator[dict[str, object]]:
    for parcel in found.parcels:
        for item in parcel.items:
            yield {
                "package": parcel.number,
                "merchant_id": item.merchant_id,
                "item_id": item.item_id,
                "sku_code": item.sku_code,
                "spec": item.spec,
                "title": item.title,
                "quantity": item.left,
                "ship_by": _minute(item.ship_by),
            }


def _kept(found: Picking, sentence: Sentence) -> Iterator[dict[str, object]]:
    for one in found.kept:
        yield {
            "merchant_id": one.item.merchant_id,
            "item_id": one.item.item_id,
            "sku_code": one.item.sku_code,
            "spec": one.item.spec,
            "title": one.item.title,
            "quantity": one.item.left,
            "ship_by": _minute(one.item.ship_by),
            "must_not_leave": sentence(one.code, one.values),
        }


def _minute(seconds: int | None) -> str:
    return (rfc3339(seconds) or "")[:16].replace("T", " ")
