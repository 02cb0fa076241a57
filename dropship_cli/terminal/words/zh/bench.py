"""Chinese sentences of the factory's bench: picking."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {}

NOTES: dict[str, str] = {
    "act.pick": "拣货",
    "column.items": "单数",
    "column.package": "包裹",
    "column.without": "留下",
    "pick.sum": "共 {pieces} 件，{items} 单，{packages} 个包裹",
    "pick.going": "另有 {count} 单已在发货途中（`dropship queue`）",
    "pick.written": "已写出 {count} 行：{path}",
    "pick.kept": "{item}（{sku}）不可发出：{why}",
    "pick.taken_back": "商家已收回[（{reason}）]",
    "pick.closed": "订单已关闭[（{reason}）]",
    "pick.refund_open": "买家申请了退款",
    "pick.refund_refunded": "已退款",
    "pick.held": "已暂停[：{reason}]",
}
