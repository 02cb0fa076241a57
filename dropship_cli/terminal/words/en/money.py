"""English sentences about prices and statements."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "money.number": ("[{column}: ]not an amount of money[: {given}]", "write yuan: 12.50"),
    "money.decimals": (
        "[{column}: ]more than two decimals[: {given}]",
        "write yuan with at most two decimals: 12.50",
    ),
    "price.range": (
        "[{column}: ]less than nothing, or more than a million[: {given}]",
        "write yuan from 0 to 1000000",
    ),
    "price.day": ("[{column}: ]not a day[: {given}]", "write it as 2026-11-16, or `always`"),
    "price.none": (
        "there is no such price of partner {partner_id} for SKU {sku_code}",
        "`dropship price list --all` shows them",
    ),
    "price.repeated_row": (
        "another row gives the same partner, SKU and day another price",
        "leave one of them in the file",
    ),
    "price.other_shop": (
        "the row is for shop {given}, not for this one ({shop_id})",
        "leave out the rows of other shops",
    ),
    "statement.partner": (
        "there is neither a binding with {partner_id} nor an item of it",
        "`dropship bindings` shows the other side's numbers; `dropship sync` reads them",
    ),
    "statement.refunds_unknown": (
        "the platform does not tell a factory which refunds were paid",
        "take the merchant's statement: `--deduct FILE`",
    ),
    "statement.no_amounts": (
        "{file} holds no amounts that can be read: there are no such columns, or only formulas",
        "copy its cells and paste them as values",
    ),
    "statement.deduction_row": (
        "{file}, row {row}: no item, or an amount that can't be read[: {given}]; nothing was taken off",
        "mend the row; an item needs one amount, in yuan",
    ),
    "usage.month": ("no month: {value}", "write it as 2026-11"),
    "usage.empty": ("{flag} is empty", "say a value; `*` stands for all"),
}

NOTES: dict[str, str] = {
    "act.price": "keep prices",
    "act.price_set": "set a price",
    "act.price_import": "import prices",
    "act.price_remove": "remove a price",
    "column.freight": "freight",
    "column.valid_from": "from",
    "column.valid_until": "until",
    "column.in_force": "",
    "column.price_before": "before",
    "column.freight_before": "freight before",
    "act.statement": "make a statement",
    "column.worth": "goods",
    "column.deduction": "off",
    "column.total": "total",
    "column.differs": "differs in",
    "column.here": "ours",
    "column.there": "theirs",
    "column.rows_there": "their row",
    "column.difference": "difference",
    "differs.only_here": "only ours",
    "differs.only_there": "only theirs",
    "differs.quantity": "quantity",
    "differs.price": "price",
    "differs.goods": "goods",
    "differs.freight": "freight",
    "differs.deduction": "deduction",
    "differs.total": "total",
    "statement.sum": "total",
    "statement.written": "{count} lines written to {path}",
    "statement.total": "{partner_id}: {count} items, {total} yuan",
    "statement.refunded": (
        "refunded after shipment: {count}, not taken off; `--deduct-refunds` takes them off"
    ),
    "statement.unpriced": "no price for SKU {sku_code:raw} on the day it left, {count} items: {items}",
    "statement.not_owed": "{item} is to be taken off, but this factory has not shipped it by then",
    "statement.read_up_to": "orders were read up to {moment} only: what left after it is missing; run `dropship sync`",
    "statement.never_read": "orders were never read; run `dropship sync`",
    "statement.on_the_way": "{count} shipments are on their way to the platform, so not in it; run `dropship sync`",
    "statement.purged": "`purge` has removed what was over before {moment}: lines of this month are missing",
    "statement.timeless": "shipped, but the platform does not say when, so in no month: {count} items: {items}",
    "statement.unreadable": "their row {row} can't be read: {why}",
    "statement.their_sum": "their total says {said}, but their lines come to {summed}",
    "statement.agree": "both statements agree",
    "statement.lines_agree": "the lines that can be read agree; their sheet itself has the faults above",
    "statement.differ": "differing: {count}; ours {here}, theirs {there}, difference {more} yuan",
    "price.exported": "{count} prices written to {path}",
    "price.not_bound": "{partner_id} is not bound to this shop: check the number",
}
