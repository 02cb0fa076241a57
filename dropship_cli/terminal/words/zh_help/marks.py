"""Help texts in Chinese of `hold`, `release`, `ack`, `note` and what belongs to them."""

from __future__ import annotations

HELP: dict[str, str] = {
    "List items, the newest first; with --late, --due and --attention the most urgent first. No call is made.": (
        "列出子订单，新的在前；用 --late、--due 或 --attention 时最急的在前。不调用平台。"
    ),
    "Keep items from being allocated and shipped. What waits in the queue already waits on.": (
        "暂扣子订单：不分配也不发货。已在队列中等待的继续等待。"
    ),
    "Why; others read it.": "原因，别人也看得到。",
    "Until this day or time; else until it is released.": "到这个日期或时间为止；不给则直到放行。",
    "Let held items go on.": "放行暂扣的子订单。",
    "Say that you have seen what changed after the hand-over. Until then a new address keeps an item from shipping.": (
        "确认已看到分配之后的变更。确认之前，地址变了的子订单不能发货。"
    ),
    "Everything that changed.": "确认全部变更。",
    "Pin a note of your own to items. It stays here, and no remark from the platform wipes it.": (
        "给子订单加自己的备注。只存在本机，平台的备注不会覆盖它。"
    ),
    "The note.": "备注内容。",
    "Take the note off.": "去掉备注。",
    "Only what needs a person: refunds, changes after the hand-over.": "只看需要人处理的：退款、分配后的变更。",
    "Only what is held back.": "只看暂扣的。",
    "Be the merchant: write another remark on an order.": "扮演商家：改写订单备注。",
    "The new remark; empty takes it away.": "新的备注；空则去掉。",
    "Be the buyer: another receiver for an order.": "扮演买家：更换订单的收件人。",
    "In another region too.": "同时换到另一个地区。",
}
