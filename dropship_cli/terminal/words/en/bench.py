"""English sentences of the factory's bench: picking."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {}

NOTES: dict[str, str] = {
    "act.pick": "make a picking list",
    "column.items": "items",
    "column.package": "package",
    "column.without": "stays here",
    "pick.sum": "{pieces} pieces for {items} items in {packages} packages",
    "pick.going": "{count} more items are on their way already (`dropship queue`)",
    "pick.written": "{count} rows written to {path}",
    "pick.kept": "{item} ({sku}) must not leave: {why}",
    "pick.taken_back": "the merchant took it back[ ({reason})]",
    "pick.closed": "the order is closed[ ({reason})]",
    "pick.refund_open": "the buyer asked for a refund",
    "pick.refund_refunded": "the buyer got the money back",
    "pick.held": "held[: {reason}]",
}
