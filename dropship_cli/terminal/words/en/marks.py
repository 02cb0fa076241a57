"""English words about holds, notes, and what changed after the hand-over."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "item.held": (
        "held back by {who}[ until {until}][: {reason}]",
        "`dropship release ITEM` lets it go on",
    ),
    "item.changed": (
        "its {field} changed after it was handed over, and nobody has acknowledged that",
        "look at it (`dropship order {item:raw}`), print a new label where needed, then `dropship ack {item:raw}`",
    ),
    "withdraw.refund_gone": (
        "the buyer closed the refund, so the allocation stays",
        "nothing needs to be done",
    ),
    "usage.past": ("{flag} is over already", "give a time to come"),
    "usage.items_or_all": ("items and `--all` exclude each other", "name items, or say `--all`"),
    "usage.text_or_remove": ("either a text or `--remove` is needed", "say `--text TEXT` or `--remove`"),
}
NOTES: dict[str, str] = {
    "column.attention": "needs you",
    "column.flag": "",
    "field.flag": "needs you",
    "column.held": "held",
    "field.address": "address",
    "field.quantity": "quantity",
    "attention.refund_open": "refund open: do not ship",
    "attention.refunded": "refunded, and its factory still has it: do not ship; `dropship unallocate` takes it back",
    "attention.address": "address changed[: {before} → {after}]",
    "attention.remark": "remark changed[: {before}] → {after}",
    "attention.buyer_words": "buyer's words changed[: {before}] → {after}",
    "attention.quantity": "quantity changed: {before} → {after}",
    "attention.urgent": "to leave earlier: {after}",
    "attention.withdrawn": "taken back[: {after}]: do not ship",
    "attention.cancelled": "cancelled after it left[: {after}]",
    "attention.refund": "refund: {after}",
    "attention.held": "held[ until {until}][: {reason}]",
    "status.changed": "{n} changed after the hand-over",
    "status.held": "{n} held back",
    "sync.changed": "{count} changes of items handed over already: `dropship orders --attention`",
    "sync.withdrawn": "{count} allocations taken back after refunds",
    "sync.stay": "{count} allocations stay after all: the buyer closed the refund",
    "allocate.held_back": "{count} held back",
    "act.hold": "hold",
    "act.release": "release",
    "act.ack": "ack",
    "act.note": "note",
    "act.change": "change",
}
