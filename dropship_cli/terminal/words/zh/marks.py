"""Chinese words about holds, notes, and what changed after the hand-over."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "item.held": (
        "已被 {who} 暂扣[，到 {until}][：{reason}]",
        "用 `dropship release ITEM` 放行",
    ),
    "item.changed": (
        "交给厂家之后{field}变了，还没有人确认",
        "先查看（`dropship order {item:raw}`），需要时重打面单，再 `dropship ack {item:raw}`",
    ),
    "withdraw.refund_gone": (
        "买家已关闭退款，分配保留",
        "不用处理",
    ),
    "usage.past": ("{flag} 的时间已经过去", "请给一个将来的时间"),
    "usage.items_or_all": ("不能既给子订单又用 `--all`", "给出子订单，或只用 `--all`"),
    "usage.text_or_remove": ("需要备注内容或 `--remove`", "用 `--text 内容` 或 `--remove`"),
}
NOTES: dict[str, str] = {
    "column.attention": "需处理",
    "column.flag": "",
    "field.flag": "需处理",
    "column.held": "暂扣",
    "field.address": "地址",
    "field.quantity": "数量",
    "attention.refund_open": "退款中：不要发货",
    "attention.refunded": "已退款而厂家手里还有：不要发货，可用 `dropship unallocate` 收回",
    "attention.address": "地址变更[：{before} → {after}]",
    "attention.remark": "备注变更[：{before}] → {after}",
    "attention.buyer_words": "买家留言变更[：{before}] → {after}",
    "attention.quantity": "数量变更：{before} → {after}",
    "attention.urgent": "发货时限提前：{after}",
    "attention.withdrawn": "已被收回[：{after}]：不要发货",
    "attention.cancelled": "发出后被取消[：{after}]",
    "attention.refund": "退款：{after}",
    "attention.held": "暂扣[到 {until}][：{reason}]",
    "status.changed": "{n} 件在分配后有变更",
    "status.held": "{n} 件暂扣",
    "sync.changed": "已交出的商品有 {count} 处变更：`dropship orders --attention`",
    "sync.withdrawn": "因退款收回 {count} 个分配",
    "sync.stay": "买家已关闭退款，{count} 个分配保留",
    "allocate.held_back": "{count} 件暂扣，未分配",
    "act.hold": "暂扣",
    "act.release": "放行",
    "act.ack": "确认变更",
    "act.note": "备注",
    "act.change": "变更",
}
