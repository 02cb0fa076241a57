"""Chinese help of `stop`, `resume`, `reveal`, `purge`."""

from __future__ import annotations

HELP: dict[str, str] = {
    "Send nothing new for this shop, from now on, in any terminal or cron; what is in flight finishes.": (
        "从现在起，该店铺在任何终端或定时任务里都不再发送新操作；正在发送的会完成。"
    ),
    "What is asked for meanwhile waits. `sync` still reads. Go on with `dropship resume`.": (
        "期间的操作会排队。`sync` 仍会读取。用 `dropship resume` 恢复。"
    ),
    "Why; whoever looks is told.": "原因；查看的人会看到。",
    "Let a stopped shop send again. Nothing is sent by this itself: `dropship sync` does.": (
        "让暂停的店铺恢复发送。本命令不发送任何操作，由 `dropship sync` 发送。"
    ),
    "Decrypt the name, phone and address of one order, to this terminal only (merchant).": (
        "解密一个订单的姓名、电话和地址，只显示在本终端（商家）。"
    ),
    (
        "Asked from the platform each time and kept nowhere; the log says who looked at which order. It spends the "
        "shop's decryption quota. Refused for orders that are closed or unpaid, or were shipped long ago (setting "
        "`reveal_days`)."
    ): (
        "每次都向平台读取，不保存；日志记下谁看了哪个订单。会占用店铺的解密额度。"
        "已关闭、未付款或早已发货（设置 `reveal_days`）的订单不予解密。"
    ),
    "Remove orders that are over and old, with all that belongs to them, from the store and its copies.": (
        "删除早已结束的订单及其全部记录，包括数据文件的旧副本。"
    ),
    (
        "Over is: every item of it closed, wholly shipped or refunded, no refund open, nothing on its way. Removed "
        "text is overwritten and can't be found in the files any more. Backups elsewhere are named, not touched."
    ): (
        "已结束指：订单的每件商品都已关闭、全部发货或已退款，没有退款中，也没有未完成的操作。删除的内容会被覆盖，"
        "在文件里再也找不到。别处的备份只指出，不改动。"
    ),
    "Days, as 180d; else the setting `retention`. The last two months always stay.": (
        "天数，如 180d；不填则用设置 `retention`。最近两个月始终保留。"
    ),
}
