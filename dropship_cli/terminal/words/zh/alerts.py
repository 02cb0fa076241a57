"""Chinese sentences about deadlines and alerts."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "usage.no_order_here": (
        "`--factories` 和 `--fail-if-…` 针对整个店铺，不针对订单 {order}",
        "请去掉 {order}",
    ),
}

NOTES: dict[str, str] = {
    "column.shipped_today": "今日已发",
    "column.factories": "厂家",
}
