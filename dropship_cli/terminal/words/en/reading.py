"""English sentences about reading: exported sheets, figures, lists that refresh themselves."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "file.format": (
        "nothing can be written as [{format} ]to {file}",
        "end the name in one of {known}, or say it with `--format`",
    ),
    "export.not_json": (
        "`--json` wants JSON on stdout and `--format` {format}",
        "give one of them, or name a file",
    ),
    "export.terminal": (
        "a terminal can't show {format}",
        "name a file, or send it on: `dropship export - --format {format} > items.{format}`",
    ),
    "stats.period": (
        "the period ends before it begins",
        "give `--since` an earlier time than `--until`",
    ),
    "stats.by": (
        "figures can't be told apart by {by}",
        "say one of {known}",
    ),
}

NOTES: dict[str, str] = {
    "progress.export": "exporting",
    "export.done": "{count} items written to {file}",
    # An exported sheet's headings: scripts read them, so they are the names of `--json`.
    "export.order_id": "order_id",
    "export.item_id": "item_id",
    "export.sku_code": "sku_code",
    "export.title": "title",
    "export.spec": "spec",
    "export.product_id": "product_id",
    "export.quantity": "quantity",
    "export.price_yuan": "price_yuan",
    "export.allocation": "allocation",
    "export.shipment": "shipment",
    "export.refund": "refund",
    "export.closed": "closed",
    "export.merchant_id": "merchant_id",
    "export.merchant_name": "merchant_name",
    "export.factory_id": "factory_id",
    "export.factory_name": "factory_name",
    "export.shipped_by": "shipped_by",
    "export.shipped_quantity": "shipped_quantity",
    "export.carrier": "carrier",
    "export.tracking_number": "tracking_number",
    "export.paid_at": "paid_at",
    "export.allocated_at": "allocated_at",
    "export.ship_by": "ship_by",
    "export.shipped_at": "shipped_at",
    "export.remark": "remark",
    "export.buyer_words": "buyer_words",
    "export.cancel_reason": "cancel_reason",
    "export.platform": "platform",
    "stats.empty": "the store has no items yet: run `dropship sync`",
    "stats.nothing": "no item in this period",
    "stats.more": "the first {shown} of {count} groups; `--limit 0` shows all",
    "stats.nobody": "nobody",
    "stats.period_told": "{since} to {until} · {n} days from the first order on",
    "stats.came": "{orders} orders, {a_day} a day · {items} items, {pieces} pieces",
    "stats.shipped": "{n} items shipped[ · by factories: {by_factory}][ · by the merchant: {by_merchant}]",
    "stats.took": "time to ship: half within {median}, nine in ten within {nine}",
    "stats.late": "late: {n} of {of} ({share})",
    "stats.refunds": "refunds: {n} of {of} items ({share})",
    "column.day": "day",
    "column.bar": "",
    "column.items": "items",
    "column.orders": "orders",
    "column.shipped": "shipped",
    "column.median": "median",
    "column.p90": "p90",
    "column.late_share": "late",
    "column.refund_share": "refunds",
}
