"""`orders import`: orders that the platform's dropship list never sends, from a console's export. No call is made."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from dropship_cli.actions.act import Report
from dropship_cli.actions.batch import Batch, Source
from dropship_cli.actions.carriers import known_carriers
from dropship_cli.actions.conflicts import untold
from dropship_cli.actions.context import Shop
from dropship_cli.actions.observe import observe
from dropship_cli.domain.carrier import resolve
from dropship_cli.domain.errors import RefusedError
from dropship_cli.domain.imported import Age, age, as_read, met
from dropship_cli.domain.item import Item, Origin
from dropship_cli.domain.outcome import Outcome, Result
from dropship_cli.domain.retention import is_forgotten
from dropship_cli.domain.shop import Role
from dropship_cli.files.cells import Problem
from dropship_cli.files.console_cells import is_unpaid, item_of
from dropship_cli.files.console_export import CONSOLE, children, made_at, silent
from dropship_cli.files.row import Row
from dropship_cli.files.rows import open_rows
from dropship_cli.store import imports


@dataclass(frozen=True, slots=True)
class Told:
    """An item as the file tells it, and the row that does."""

    item: Item
    row: int


@dataclass
class Export:
    """A file that was read: its items, the rows that could not be, and how many orders nobody has paid.

    `silent` are the fields of an item that it has no column for. `batch` keeps rows for `--errors`, and of them only
    the columns that mean something here: no receiver's.
    """

    made_at: int | None
    batch: Batch[Told] = field(default_factory=lambda: Batch(()))
    unpaid: int = 0
    silent: frozenset[str] = frozenset()


@dataclass
class Imported:
    """What became of the items; how many were left as the platform itself told them, as a newer export did, or away
    because a purge had removed them. As of a `sync`: `changed` after the hand-over, `conflicts` (item, code, local
    factory)."""

    report: Report
    from_platform: int = 0
    older: int = 0
    forgotten: int = 0
    changed: int = 0
    conflicts: list[tuple[str, str, str]] = field(default_factory=list)


def read_export(shop: Shop, source: Source) -> Export:
    """Every row as its items. Raises UsageError `file.*` where the file is none, or lacks order, item or quantity."""
    shop.require(Role.MERCHANT, "orders_import")
    reader = _Reader(shop, made_at(source.name))
    with open_rows(source.name, CONSOLE, stdin=source.stdin, encoding=source.encoding) as sheet:
        columns = CONSOLE.match(sheet.headers, file=source.name)
        places = sorted(columns.values())
        reader.export.silent = silent(columns)
        reader.export.batch.headers = tuple(sheet.headers[at] for at in places)
        for row in sheet:
            originals = (*row.original, *[""] * (len(sheet.headers) - len(row.original)))
            reader.export.batch.originals[row.number] = tuple(originals[at] for at in places)
            reader.take(row)
    return reader.export


def import_orders(shop: Shop, export: Export, source: Source, *, dry_run: bool = False) -> Imported:
    """One outcome an item: new or changed (`done`), known so or better (`unchanged`)."""
    if dry_run:
        return _Import(shop, export).plan(Result.WOULD)
    with shop.store.transaction():
        work = _Import(shop, export)
        imported = work.plan(Result.DONE)
        imported.changed = observe(shop, [as_read(one) for one in work.changed.values()])
        imported.conflicts = untold(shop)
        imports.note(shop.store.connection, work.told)
        counts = Counter(str(one.result) for one in imported.report.outcomes)
        shop.store.log.add(
            "orders_import", who=shop.who, at=shop.now(), target=source.name,
            detail=" ".join(f"{name}={number}" for name, number in sorted(counts.items())),
        )  # fmt: skip
    return imported


@dataclass
class _Import:
    """The items that change, and when each item from a file was told."""

    shop: Shop
    export: Export
    changed: dict[str, Item] = field(default_factory=dict)
    told: dict[str, int | None] = field(default_factory=dict)

    def plan(self, done: Result) -> Imported:
        ids = [one.item.item_id for one in self.export.batch.rows]
        known = self.shop.store.items.by_ids(ids)
        told_at = imports.told_at(self.shop.store.connection, ids)
        purged_before = self.shop.store.facts.purged_before()
        found = Imported(Report([]))
        for one in self.export.batch.rows:
            item_id = one.item.item_id
            before = self.changed.get(item_id) or known.get(item_id)
            if before is None and purged_before is not None and is_forgotten(one.item, purged_before):
                found.forgotten += 1
                continue
            how_old = age(self.export.made_at, told_at.get(item_id))
            after = met(before, one.item, how_old, self.export.silent)
            found.from_platform += after.source is Origin.PLATFORM
            found.older += after.source is Origin.FILE and how_old is Age.OLDER
            found.report.outcomes.append(self._end(before, after, one.row, done))
        return found

    def _end(self, before: Item | None, after: Item, row: int, done: Result) -> Outcome:
        if after.source is Origin.FILE:
            self.told[after.item_id] = self.export.made_at
        if after == before:
            return Outcome(after.order_id, after.item_id, Result.UNCHANGED, row=row)
        self.changed[after.item_id] = after
        return Outcome(after.order_id, after.item_id, done, row=row)


class _Reader:
    """Takes rows one by one; an item told twice must be told alike."""

    def __init__(self, shop: Shop, file_at: int | None) -> None:
        self.export = Export(file_at)
        self._merchant_id = shop.profile.shop_id
        self._listed = known_carriers(shop)
        self._seen: dict[str, Told] = {}

    def take(self, row: Row) -> None:
        found = children(row.cells) if row.problem is None else row.problem
        if isinstance(found, Problem):
            self._refuse(row, found, row.cells.get("order_id", ""), row.cells.get("item_id", ""))
            return
        for cells in found:
            if is_unpaid(cells):
                self.export.unpaid += 1
                continue
            item = item_of(cells, self._merchant_id, self._carrier)
            if isinstance(item, Problem):
                self._refuse(row, item, cells["order_id"], cells["item_id"])
            else:
                self._keep(item, row)

    def _keep(self, item: Item, row: Row) -> None:
        first = self._seen.setdefault(item.item_id, Told(item, row.number))
        if first.item == item:
            self.export.batch.rows.append(Told(item, row.number))
        else:
            self._refuse(row, Problem("import.repeated", {"first": first.row}), item.order_id, item.item_id)

    def _refuse(self, row: Row, found: Problem, order_id: str, item_id: str) -> None:
        self.export.batch.refused.append(
            Outcome(
                order_id, item_id, Result.REFUSED, found.code, tuple(found.values.items()), row=row.number
            )
        )

    def _carrier(self, name: str) -> str:
        try:
            return resolve(name, self._listed).code
        except RefusedError:  # a shipment of long ago: its carrier is told, not used
            return name
