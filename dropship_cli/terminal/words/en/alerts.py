"""English sentences about deadlines and alerts."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "usage.no_order_here": (
        "`--factories` and `--fail-if-…` are about the whole shop, not about order {order}",
        "leave {order} out",
    ),
}

NOTES: dict[str, str] = {
    "column.shipped_today": "shipped today",
    "column.factories": "factories",
}
