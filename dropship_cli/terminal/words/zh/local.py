"""中文语句：商品归谁处理、平台外厂家、拣货表、导入的订单。"""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "usage.hand": ("没有“{hand}”这一类", "可选：{known}"),
}

NOTES: dict[str, str] = {
    "act.handled_by": "按处理方查看",
    "column.handled_by": "处理方",
    "hand.self": "自己",
    "hand.factory": "厂家",
    "hand.nobody": "无人",
}
