"""中文语句：商品归谁处理、平台外厂家、拣货表、导入的订单。"""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "usage.hand": ("没有“{hand}”这一类", "可选：{known}"),
    "factory.name": ("[{name}：]不能作厂家名", "以文字、字母或数字开头，不超过 {limit} 个字符"),
    "factory.number": (
        "{name} 像是店铺编号",
        "平台上的厂家要绑定而不是添加：`dropship bind {name}`；其他厂家请取带文字的名字",
    ),
    "factory.unknown": ("没有名为 {factory} 的平台外厂家", "用 `dropship factory list` 查看"),
    "factory.has_items": (
        "{factory} 还有 {count} 件商品没发",
        "先发货或收回：`dropship orders --factory {factory} --state unshipped`",
    ),
    "allocate.imported": (
        "该订单来自导入的文件：平台从未在代发列表里给出它，无法分配给厂家 {factory_id}",
        "绑定之前付款的订单平台永远不会给出：请分配给平台外厂家或自己发货；否则先运行 `dropship sync`",
    ),
    "local.taken": ("{item}：平台上已有厂家接手，不再归 {factory}", "请告诉 {factory} 不要发货"),
    "local.shipped_elsewhere": ("{item}：已在别处发货，不再归 {factory}", "请告诉 {factory} 不要发货"),
    "sheet.refund_open": (
        "[{item}：]买家已申请退款[；在 {told} 的表上]",
        "{factory} 不得发出",
    ),
    "sheet.closed": (
        "[{item}：]订单已关闭或已退款[（{reason}）][；在 {told} 的表上]",
        "{factory} 不得发出",
    ),
    "sheet.held": ("[{item}：]已暂缓[：{reason}][；在 {told} 的表上]", "{factory} 不得发出"),
    "sheet.recall": ("已在原厂家的表上：请告诉该厂家不要发货", "请告诉该厂家不要发货"),
    "import.state": ("[{column}：]不认识的订单状态[：{given}]", "请在后台查看该订单，并删去该行"),
    "import.time": ("[{column}：]不是时间[：{given}]", "请写成 2026-11-12 00:45:52"),
    "import.sum": (
        "[{column}：]一行里 {children} 个子订单共 {given} 件，无法分开",
        "请按子订单导出，不要按主订单",
    ),
    "import.children": ("[{column}：]分不清 {children} 个子订单各是什么", "请按子订单导出，不要按主订单"),
    "import.repeated": ("第 {first} 行对同一商品的说法不同", "文件里只留一行"),
    "sheet.changed": (
        "[{item}：]{field}变了，还没有人确认[；在 {told} 的表上]",
        "请查看并告诉 {factory}，再 `dropship ack ITEM`",
    ),
    "local.refunded": ("{item}：已退款，从 {factory} 收回；它在该厂家的表上", "请告诉 {factory} 不要发货"),
}

NOTES: dict[str, str] = {
    "act.handled_by": "按处理方查看",
    "column.handled_by": "处理方",
    "hand.self": "自己",
    "hand.factory": "厂家",
    "hand.nobody": "无人",
    "act.factory": "管理平台外厂家",
    "act.factory_add": "添加厂家",
    "act.factory_remove": "移除厂家",
    "act.local_conflict": "结束平台外分配",
    "column.factory": "厂家",
    "column.note": "备注",
    "column.not_on_sheet": "未上表",
    "act.sheet": "写拣货表",
    "sheet.written": "已为 {factory} 写出 {count} 个商品（{pieces} 件）：{path}",
    "sheet.nothing": "{factory} 没有新商品：未写文件",
    "sheet.earlier": "{count} 个已在以前的表上（加 `--all` 一并写出）",
    "sheet.going": "{count} 个正在发货（`dropship queue`）",
    "ship.unfilled": "{count} 行还没有快递单号：未处理",
    "act.orders_import": "导入订单",
    "column.source": "来源",
    "source.file": "文件",
    "source.platform": "平台",
    "progress.import": "正在导入",
    "import.unpaid": "{count} 个未付款：略过",
    "import.from_platform": "{count} 个平台已给出：保持不变",
    "import.older": "{count} 个已有更新的导出：保持不变",
    "import.forgotten": "{count} 个已清除：略过",
    "column.added_at": "添加时间",
    "status.not_on_sheet": "{n} 件给平台外厂家，尚未上表",
}
