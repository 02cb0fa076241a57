"""Which columns each kind of record has, what they show, and which may be cut or left out first; no drawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dropship_cli.terminal import cells, words
from dropship_cli.terminal.cells import Cell, Look, Row
from dropship_cli.terminal.mark_cells import attention, flag

Show = Callable[[Row, str, Look], Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """`key` names the value and the heading. `drop`: 0 never leaves, the highest leaves first. `least`: the
    width it may be cut to; none = never cut, as ids must not be. `wrap`: goes on in the next line instead. `named`:
    whose heading it has, where its own would mean something else."""

    key: str
    show: Show = cells.value
    drop: int = 0
    least: int | None = None
    right: bool = False
    wrap: bool = False
    named: str = ""

    def heading(self, lang: str) -> str:
        """Its name to people."""
        return words.word(f"column.{self.named or self.key}", lang, self.key)


ITEMS = (
    Column("flag", flag, drop=1),
    # First what is late: at seven in the morning nobody reads to the end of a line.
    Column("ship_by", cells.time_left, drop=2),
    Column("order_id", drop=10),
    Column("item_id"),
    Column("state", cells.item_state, least=16),
    Column("quantity", drop=3, right=True),
    Column("sku_code", drop=5, least=8),
    Column("title", cells.full_title, drop=4, least=10),
    Column("partner", cells.partner, drop=6),
    Column("partner_name", cells.partner_name, drop=8, least=12),
    Column("parcel", cells.parcels, drop=7),
)
_MARKS = (
    Column("attention", attention, drop=1, least=16, wrap=True),
    Column("note", drop=11, least=12, wrap=True),
)
# What needs a person, and why: for `--attention` and `--held`.
NEEDS = (*ITEMS[1:], *_MARKS)
# Of one order a person asks whose each item is; a list has no room for it.
ORDER = (
    *NEEDS[:4], Column("handled_by", cells.hand), Column("source", cells.origin, drop=9), *NEEDS[4:],
)  # fmt: skip
OUTCOMES = (
    Column("row", drop=1, right=True),
    Column("order_id", drop=2),
    Column("item_id", cells.item_or_order),
    Column("result", cells.state),
    Column("error", cells.trouble, least=40, wrap=True),
)
# Of bindings and the role: what is called an item elsewhere is a shop.
ANSWERS = (Column("item_id", named="shop_id"), *OUTCOMES[3:])
BINDINGS = (
    Column("partner", cells.partner),
    Column("partner_name", cells.partner_name, drop=4, least=12),
    Column("state", cells.state),
    Column("applied_at", drop=2),
    Column("bound_at", drop=1),
    Column("refused_at", drop=3),
)
OPERATIONS = (
    Column("op_id"),
    Column("kind", cells.act),
    Column("target"),
    Column("state", cells.state),
    Column("created_at", drop=2),
    Column("sent_at", drop=4),
    Column("wish", cells.wish, drop=5, least=12),
    Column("error", cells.trouble, drop=1, least=12, wrap=True),
)
AGAIN = (
    Column("kind", cells.act),
    Column("target"),
    Column("wish", cells.wish, least=12, wrap=True),
    Column("created_at", drop=1),
)
CARRIERS = (
    Column("code"),
    Column("name"),
    Column("english", drop=2, least=8),
    Column("platform_code", drop=1),
    Column("aliases", drop=3, least=12),
)
PROFILES = (
    Column("current", cells.mark),
    Column("name"),
    Column("platform"),
    Column("live", cells.world),
    Column("shop_id"),
    Column("read_only", drop=2),
    Column("base_url", drop=1, least=16),
)
LOG = (
    Column("at"),
    Column("who", drop=3, least=6),
    Column("act", cells.act),
    Column("target"),
    Column("outcome", cells.state),
    Column("detail", cells.detail, drop=1, least=16, wrap=True),
)
CHECKS = (
    Column("name", cells.checked),
    Column("state", cells.state),
    Column("text", least=24, wrap=True),
)
FACTORIES = (
    Column("factory_id", cells.holder),
    Column("name", drop=1, least=8),
    Column("to_ship", right=True),
    Column("late", cells.overdue, right=True),
    Column("due_soon", cells.pressing, drop=2, right=True),
    Column("refund_open", cells.pressing, drop=3, right=True),
    Column("shipped_today", drop=4, right=True),
)
LOCAL_FACTORIES = (
    Column("factory"),
    Column("to_ship", right=True),
    Column("not_on_sheet", right=True),
    Column("note", drop=1, least=12, wrap=True),
    Column("added_at", drop=2),
)
_CONDITIONS = (
    Column("sku_code", least=8, drop=11),
    Column("product", least=8, drop=13),
    Column("spec", least=8, drop=14),
    Column("region", least=8, drop=12),
)
RULES = (
    Column("rule", right=True),
    Column("priority", drop=15, right=True),
    *_CONDITIONS,
    Column("factory_id"),
    Column("share", drop=2, right=True),
    Column("today", drop=16, right=True),
    Column("capacity_in_force", drop=3, right=True),
    Column("remark", drop=1, least=16, wrap=True, named="why"),
)
RULE_CHANGES = (
    Column("row", drop=4, right=True),
    Column("rule", drop=2, right=True),
    Column("change", cells.change),
    *_CONDITIONS,
    Column("factory_id"),
    Column("share", drop=15, right=True),
    Column("capacity", drop=16, right=True),
    Column("result", cells.state),
    Column("error", cells.trouble, drop=1, least=24, wrap=True),
)
PROPOSALS = (
    *_CONDITIONS,
    Column("factory_id"),
    Column("share", drop=1, right=True),
    Column("agree", right=True),
    Column("seen", right=True),
)
PLANNED = (
    Column("order_id", drop=5),
    Column("item_id", cells.item_or_order),
    Column("result", cells.state),
    Column("factory_id", drop=1),
    Column("rule", drop=2, right=True),
    Column("why", drop=4, least=24, wrap=True),
    Column("error", cells.trouble, drop=3, least=24, wrap=True),
)
VERDICTS = (
    Column("item_id", drop=2),
    Column("taken", cells.mark),
    Column("rule", right=True),
    Column("priority", drop=3, right=True),
    Column("conditions", drop=1, least=16, wrap=True),
    Column("factory_id"),
    Column("why", least=24, wrap=True),
)
PICK_LINES = (
    Column("ship_by", cells.time_left, drop=1),
    Column("sku_code", drop=2),
    Column("spec"),
    Column("title", drop=4, least=10),
    Column("quantity", right=True),
    Column("items", drop=3, right=True),
)
PICK_PARCELS = (
    Column("package", right=True),
    Column("ship_by", cells.time_left, drop=1),
    Column("merchant_id", drop=5),
    Column("item_id"),
    Column("sku_code", drop=2),
    Column("spec", drop=3),
    Column("title", drop=6, least=10),
    Column("quantity", right=True),
    Column("without", drop=4, wrap=True, least=19),
)
PRICES = (
    Column("partner", cells.partner),
    Column("sku_code", least=8),
    Column("price", cells.money, right=True),
    Column("freight", cells.money, right=True),
    Column("valid_from"),
    Column("valid_until"),
    Column("in_force", cells.mark, drop=1),
)
PRICE_CHANGES = (
    Column("row", drop=5, right=True),
    Column("partner", cells.partner),
    Column("sku_code", least=8),
    Column("price", cells.money, right=True),
    Column("freight", cells.money, right=True),
    Column("valid_from"),
    Column("price_before", cells.money, drop=3, right=True),
    Column("freight_before", cells.money, drop=4, right=True),
    Column("result", cells.state),
    Column("error", cells.trouble, drop=1, least=24, wrap=True),
)
_FIGURES = (
    Column("items", right=True),
    Column("bar", drop=4),
    Column("orders", drop=3, right=True),
    Column("shipped", drop=2, right=True),
    Column("median", drop=5, right=True),
    Column("p90", drop=7, right=True),
    Column("late_share", drop=1, right=True),
    Column("refund_share", drop=6, right=True),
)
WAYBILL_OUTCOMES = (
    Column("row", drop=1, right=True),
    Column("item_id", cells.item_or_order),
    Column("result", cells.state),
    Column("carrier", drop=2),
    Column("tracking_number"),
    Column("error", cells.trouble, least=40, wrap=True),
)
WAYBILLS = (
    Column("carrier", drop=2),
    Column("tracking_number"),
    Column("state", cells.waybill_state),
    Column("item_id"),
    Column("goods", cells.goods, drop=1, least=12),
    Column("got_at", drop=4),
    Column("printed_at", drop=3),
    Column("error", drop=5, least=16, wrap=True),
)
CHATS = (
    Column("chat"),
    Column("webhook"),
    Column("url", drop=1, least=16),
    Column("signed", drop=2),
    Column("quiet", drop=3),
    Column("lang", drop=4),
)
STATEMENT = (
    Column("item_id"),
    Column("shipped_at", drop=6),
    Column("sku_code", drop=5, least=8),
    Column("title", cells.full_title, drop=4, least=10),
    Column("quantity", right=True),
    Column("price", cells.money, right=True),
    Column("worth", cells.worth, drop=3, right=True),
    Column("freight", cells.money, right=True),
    Column("refund", cells.refund, drop=2),
    Column("deduction", cells.taken_off, drop=1, right=True),
    Column("total", cells.money, right=True),
)
DIFFERENCES = (
    Column("item_id"),
    Column("sku_code", drop=2, least=8),
    Column("title", cells.full_title, drop=3, least=10),
    Column("differs", cells.differs),
    Column("here", cells.one_side, right=True),
    Column("there", cells.one_side, right=True),
    Column("rows_there", drop=1),
    Column("difference", cells.money, right=True),
)
_OF_SHOP = Column("profile", least=6)
TABLES: Mapping[str, tuple[Column, ...]] = {
    "items": ITEMS,
    "shops_items": (_OF_SHOP, *ITEMS),
    "shops_needs": (_OF_SHOP, *NEEDS),
    "needs": NEEDS,
    "order": ORDER,
    "outcomes": OUTCOMES,
    "answers": ANSWERS,
    "bindings": BINDINGS,
    "operations": OPERATIONS,
    "again": AGAIN,
    "carriers": CARRIERS,
    "profiles": PROFILES,
    "log": LOG,
    "checks": CHECKS,
    "factories": FACTORIES,
    "local_factories": LOCAL_FACTORIES,
    "chats": CHATS,
    "rules": RULES,
    "rule_changes": RULE_CHANGES,
    "proposals": PROPOSALS,
    "planned": PLANNED,
    "verdicts": VERDICTS,
    "prices": PRICES,
    "statement": STATEMENT,
    "differences": DIFFERENCES,
    "price_changes": PRICE_CHANGES,
    "pick_lines": PICK_LINES,
    "waybill_outcomes": WAYBILL_OUTCOMES,
    "waybills": WAYBILLS,
    "pick_parcels": PICK_PARCELS,
    "stats_day": (Column("day"), *_FIGURES),
    "stats_factory": (Column("factory_id"), Column("factory_name", drop=8, least=8), *_FIGURES),
    "stats_sku": (Column("sku_code", least=8), Column("title", drop=8, least=10), *_FIGURES),
    "stats_merchant": (Column("merchant_id"), Column("merchant_name", drop=8, least=8), *_FIGURES),
}


def columns_of(kind: str, rows: Sequence[Row], own: str = "") -> tuple[Column, ...]:
    """The columns worth showing for these rows: those that say something, and ids not twice.

    A kind without a table of its own shows the first row's fields.
    """
    known = TABLES.get(kind) or tuple(Column(key, wrap=True, least=8) for key in (rows[0] if rows else ()))
    return tuple(one for one in known if one.drop == 0 or not _is_idle(one, rows, own))


def _is_idle(column: Column, rows: Sequence[Row], own: str) -> bool:
    if column.key == "order_id":  # a factory's order and item are the same number (cli.md, ITEM)
        return all(row.get("order_id") in (None, "", row.get("item_id")) for row in rows)
    look = Look("en", 0.0, own)
    return not any(column.show(row, column.key, look).text for row in rows)
