"""Help texts in Chinese of what tells whose items are whose, and of factories off the platform."""

from __future__ import annotations

HELP: dict[str, str] = {
    "self (we ship or shipped it), factory, or nobody.": "self（自己发货）、factory（厂家）或 nobody（无人）。",
    "Only orders whose items are in several hands.": "只看商品分在不同处理方的订单。",
}
