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
    "price.exported": "{count} prices written to {path}",
    "price.not_bound": "{partner_id} is not bound to this shop: check the number",
}
