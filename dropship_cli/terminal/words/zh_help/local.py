"""Help texts in Chinese of what tells whose items are whose, and of factories off the platform."""

from __future__ import annotations

HELP: dict[str, str] = {
    "self (we ship or shipped it), factory, or nobody.": "self（自己发货）、factory（厂家）或 nobody（无人）。",
    "Only orders whose items are in several hands.": "只看商品分在不同处理方的订单。",
    "Factories that are not on the platform: they get items by name, a sheet to pick from, and we ship for them.": (
        "平台外的厂家：按名字分配商品，给它一张拣货表，由我们代为发货。"
    ),
    "List the factories that are not on the platform, with what each still has to send.": (
        "列出平台外的厂家，以及各自还没发的商品数。"
    ),
    "Add a factory that is not on the platform. Its name may not look like a shop's number.": (
        "添加平台外的厂家。名字不能像店铺编号。"
    ),
    "The factory's name.": "厂家的名字。",
    "A remark of your own: a telephone, a chat.": "自己的备注：电话、微信等。",
    "Remove a factory that has nothing left to send. What it sent stays in the records.": (
        "移除没有待发商品的厂家。发过的记录保留。"
    ),
    "The factory's shop id, or the name of one that is not on the platform.": "厂家的店铺编号，或平台外厂家的名字。",
    "A .csv, .tsv or .xlsx file to write.": "要写出的 .csv、.tsv 或 .xlsx 文件。",
    "All that is to be sent, or what is on no sheet yet (the default).": (
        "--all 写出全部待发商品；--new 只写还没上过表的（默认）。"
    ),
    "Write the sheet from which a local factory picks and ships, for `ship --batch` to take back filled in.": (
        "写出平台外厂家拣货、发货用的表；填好单号后用 `ship --batch` 读回。"
    ),
    "What must not leave (refund open, closed, held) is kept off it and named. No receiver is on it.": (
        "不得发出的（退款中、已关闭、已暂缓）不写入，并逐个说明。表里没有收件人。"
    ),
    "Take in orders that the platform's dropship list never sends, from an export of the shop's console.": (
        "从店铺后台导出的文件导入平台代发列表不会给出的订单。"
    ),
    "They are marked, allocated to local factories or shipped by ourselves. What the platform told is never "
    "overwritten, and no receiver is kept. A newer export updates states; the same or an older one changes nothing.": (
        "导入的订单有标记，可分配给平台外厂家或自己发货；平台给出的内容不会被覆盖，不保存收件人。"
        "较新的导出会更新状态；相同或较旧的不作改动。"
    ),
}
