"""Write a local factory's sheet and remember what it was told; what comes back filled in is `ship`'s affair."""

from __future__ import annotations

from dropship_cli.actions.context import Shop
from dropship_cli.actions.factories import named
from dropship_cli.domain.item import Item
from dropship_cli.domain.local import LocalFactory
from dropship_cli.domain.moment import minute
from dropship_cli.domain.sheet import Sheet, sheet
from dropship_cli.domain.shop import Role
from dropship_cli.files.local_sheet import headings, id_cell
from dropship_cli.files.writing import write_rows
from dropship_cli.store import sheets


def write_sheet(
    shop: Shop, name: str, path: str, *, whole: bool = False, lang: str = "en", force: bool = False
) -> tuple[LocalFactory, Sheet]:
    """The factory and what its sheet holds; without an item no file is written.

    File and memory go together: the file is there whole before what it tells is remembered, and two terminals can't
    put one item on two sheets. A crash in between tells an item twice rather than never. Raises `RefusedError`
    `factory.unknown`; `UsageError` and `StoreError` as `write_rows`.
    """
    shop.require(Role.MERCHANT, "sheet")
    with shop.store.transaction():
        factory = named(shop, name)
        now = shop.now()
        found = sheet(sheets.told(shop.store.connection, factory.name, now=now), whole=whole)
        if found.items:
            columns = headings(lang)
            rows = [_row(path, item) for item in found.items]
            write_rows(path, list(columns.values()), rows, overwrite=force)
            sheets.tell(shop.store.connection, [one.item_id for one in found.items], now)
        sheets.stop(shop.store.connection, [one.item.item_id for one in found.stopped], now)
        shop.store.log.add(
            "sheet", who=shop.who, at=now, target=factory.name,
            detail=f"{path if found.items else '-'} items={len(found.items)} stopped={len(found.stopped)}",
        )  # fmt: skip
    return factory, found


def _row(path: str, item: Item) -> list[object]:
    """In the order of the headings; carrier and number are the factory's to fill in. No receiver (rule 15)."""
    return [
        id_cell(path, item.order_id), id_cell(path, item.item_id), minute(item.ship_by), item.sku_code, item.title,
        item.spec, item.left, item.remark, item.region, "", "",
    ]  # fmt: skip
