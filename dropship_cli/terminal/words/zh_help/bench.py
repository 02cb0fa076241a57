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
    "E-waybills (电子面单): numbers that a factory buys from its carriers through the platform.": (
        "电子面单：厂家通过平台向快递公司取的单号。"
    ),
    "A number costs money: none is asked for twice. A request without an answer stays unknown until somebody decides "
    "(`queue retry` or `queue drop`).": (
        "单号要花钱，绝不重复取。没有得到回答的取号会保持未知，由人决定（`queue retry` 或 `queue drop`）。"
    ),
    "One number for all that one receiver gets from one merchant.": "同一商家发给同一收件人的合用一个单号。",
    "A name for a second package of an item: letters, digits and _.": "同一商品第二个包裹的名称：字母、数字和 _。",
    "Get tracking numbers (factory): for some items by name, or for a whole file.": (
        "取单号（厂家）：按商品，或按整个文件。"
    ),
    "An item that has one keeps it. What must not leave gets none.": "已有单号的不再取；不可发出的不取号。",
    "Tracking numbers.": "快递单号。",
    "Give numbers back (factory) that no package carries. Carriers mind when many are given back.": (
        "退回未用于包裹的单号（厂家）。退得多了快递公司会有意见。"
    ),
    "got (not on a package yet), used, cancelled.": "got（未用）、used（已用）、cancelled（已退）。",
    "Got from this day or time on.": "此日期或时间之后取的。",
    "List the numbers, what they are for and what became of them. No call is made.": (
        "列出单号、所属商品和使用情况。不调用平台。"
    ),
    "Who sends.": "发件人。",
    "The sender's telephone number.": "发件人电话。",
    "Province.": "省。",
    "City.": "市。",
    "District or county.": "区县。",
    "Street or town (may be left out).": "街道或乡镇（可不填）。",
    "The rest of the address.": "详细地址。",
    "Tell where this factory sends from, or show it: every request for a number needs it.": (
        "设置或显示本厂的发件地址：每次取号都要用。"
    ),
    "With the numbers that `waybill get` brought.": "使用 `waybill get` 取到的单号。",
    "Every number that is not used and not printed yet.": "所有未用且未打印的单号。",
    "The PDF file.": "PDF 文件。",
    "A TrueType font with Chinese, put into the PDF.": "含中文的 TrueType 字体，嵌入 PDF。",
    "Draw labels of 76 × 130 mm as a PDF (factory): barcode, routing code, goods, masked receiver.": (
        "把面单画成 76 × 130 毫米的 PDF（厂家）：条码、路由码、商品、隐去的收件人。"
    ),
    "What must not leave gets no label. The whole receiver is in the platform's encrypted print data alone.": (
        "不可发出的不打印。完整的收件人只在平台的加密打印数据里。"
    ),
    "Read barcodes from stdin: an item, then its tracking number, and so on.": (
        "从标准输入读条码：商品、它的快递单号，如此反复。"
    ),
}
