"""Chinese help of `export` and the other commands that only read."""

from __future__ import annotations

HELP: dict[str, str] = {
    "Write items to a sheet or a pipe, in the order of `orders`. No receiver is in it, and no call is made.": (
        "把商品写成表格或送入管道，顺序同 `orders`。不含收件人，也不调用平台。"
    ),
    "A .csv, .tsv, .xlsx or .jsonl file; - is stdout.": "csv、tsv、xlsx 或 jsonl 文件；- 为标准输出。",
    "csv, tsv, xlsx or jsonl; else by the file's ending.": "csv、tsv、xlsx 或 jsonl；不填则按文件名结尾。",
    "Show how a shop does: orders a day, time to ship, late share, refunds, who ships. No call is made.": (
        "查看店铺情况：每天订单、发货用时、超时率、退款率、谁发货。不调用平台。"
    ),
    (
        "Counted by the day of payment; for a factory by the day of allocation. Late: shipped after the promised time, "
        "or not shipped and past it."
    ): "按付款日统计；厂家按分配日统计。超时：晚于承诺时间发货，或过了承诺时间仍未发货。",
    "From this day or time on; else the last 30 days.": "从这一天或时间起；不填为最近 30 天。",
    "Before this day or time.": "到这一天或时间之前。",
    "day, factory, sku or merchant.": "day（日）、factory（厂家）、sku（商家编码）或 merchant（商家）。",
    "At most so many groups; 0 is all.": "最多显示这么多组；0 为全部。",
    "Every shop of this machine in turn; one that fails stops no other.": (
        "依次处理本机每个店铺；一个失败不影响其余。"
    ),
    "Draw the list again and again on a terminal, until Ctrl-C.": "在终端上反复刷新列表，按 Ctrl-C 结束。",
    "Seconds between two pictures of --watch.": "--watch 两次刷新之间的秒数。",
}
