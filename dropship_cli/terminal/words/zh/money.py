"""Chinese sentences about prices and statements."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "money.number": ("[{column}：]不是金额[：{given}]", "请写元，例如 12.50"),
    "money.decimals": ("[{column}：]小数超过两位[：{given}]", "请写元，最多两位小数，例如 12.50"),
    "price.range": ("[{column}：]小于零或超过一百万[：{given}]", "请写 0 到 1000000 元"),
    "price.day": ("[{column}：]不是日期[：{given}]", "请写成 2026-11-16，或 `always`（一直）"),
    "price.none": (
        "没有对方 {partner_id}、商家编码 {sku_code} 的这个价格",
        "用 `dropship price list --all` 查看",
    ),
    "price.repeated_row": ("另一行对同一对方、商家编码和日期给了别的价格", "文件中只留一个"),
    "price.other_shop": ("这一行属于店铺 {given}，不是本店（{shop_id}）", "请去掉其他店铺的行"),
    "usage.empty": ("{flag} 是空的", "请给出值；`*` 表示全部"),
}

NOTES: dict[str, str] = {
    "act.price": "管理价格",
    "act.price_set": "设置价格",
    "act.price_import": "导入价格",
    "act.price_remove": "删除价格",
    "column.freight": "运费",
    "column.valid_from": "生效",
    "column.valid_until": "截止",
    "column.in_force": "",
    "column.price_before": "原价",
    "column.freight_before": "原运费",
    "price.exported": "已写出 {count} 个价格：{path}",
    "price.not_bound": "{partner_id} 没有与本店绑定，请核对编号",
}
