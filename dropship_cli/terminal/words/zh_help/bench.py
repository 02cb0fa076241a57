"""Help texts in Chinese of the factory's bench."""

from __future__ import annotations

HELP: dict[str, str] = {
    "Only what is promised within this time (90m, 6h).": "只要在此时间内须发出的（90m、6h）。",
    "By package: what one receiver gets from one merchant.": "按包裹：同一商家发给同一收件人的放在一起。",
    "Write a .csv, .tsv or .xlsx sheet.": "写成 .csv、.tsv 或 .xlsx 表格。",
    "Show what to take from the shelves: what may leave now, by SKU and specification. No call is made.": (
        "拣货单：现在可以发出的商品，按商家编码和规格汇总。不调用平台。"
    ),
    "What must not leave (refund open, closed, taken back, held) is named at the end.": (
        "不可发出的（退款中、已关闭、已收回、已暂停）在最后逐一列出。"
    ),
}
