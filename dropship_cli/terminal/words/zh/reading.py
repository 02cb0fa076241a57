"""Chinese sentences about reading: exported sheets, figures, lists that refresh themselves."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "file.format": ("[{format} ]不是能写出的格式：{file}", "文件名以 {known} 之一结尾，或用 `--format` 指定"),
    "export.not_json": ("`--json` 要求输出 JSON，而 `--format` 是 {format}", "只用其中一个，或写到文件"),
    "export.terminal": (
        "终端无法显示 {format}",
        "请写到文件，或转到文件：`dropship export - --format {format} > items.{format}`",
    ),
}

NOTES: dict[str, str] = {
    "progress.export": "正在导出",
    "export.done": "已写出 {count} 个商品：{file}",
    # An exported sheet's headings, as batch files and the shop's own export name them.
    "export.order_id": "订单编号",
    "export.item_id": "子订单编号",
    "export.sku_code": "商家编码",
    "export.title": "选购商品",
    "export.spec": "商品规格",
    "export.product_id": "商品ID",
    "export.quantity": "数量",
    "export.price_yuan": "单价（元）",
    "export.allocation": "分配状态",
    "export.shipment": "发货状态",
    "export.refund": "售后状态",
    "export.closed": "已关闭",
    "export.merchant_id": "商家店铺编号",
    "export.merchant_name": "商家名称",
    "export.factory_id": "厂家店铺编号",
    "export.factory_name": "厂家名称",
    "export.shipped_by": "发货方",
    "export.shipped_quantity": "已发数量",
    "export.carrier": "快递公司",
    "export.tracking_number": "快递单号",
    "export.paid_at": "付款时间",
    "export.allocated_at": "分配时间",
    "export.ship_by": "承诺发货时间",
    "export.shipped_at": "发货时间",
    "export.remark": "商家备注",
    "export.buyer_words": "买家留言",
    "export.cancel_reason": "取消原因",
    "export.platform": "平台",
}
