"""Chinese help of `export` and the other commands that only read."""

from __future__ import annotations

HELP: dict[str, str] = {
    "Write items to a sheet or a pipe, in the order of `orders`. No receiver is in it, and no call is made.": (
        "把商品写成表格或送入管道，顺序同 `orders`。不含收件人，也不调用平台。"
    ),
    "A .csv, .tsv, .xlsx or .jsonl file; - is stdout.": "csv、tsv、xlsx 或 jsonl 文件；- 为标准输出。",
    "csv, tsv, xlsx or jsonl; else by the file's ending.": "csv、tsv、xlsx 或 jsonl；不填则按文件名结尾。",
}
