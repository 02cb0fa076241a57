"""Chinese sentences of the factory's bench: picking, e-waybills."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "pick.taken_back": ("[{item}：]商家已收回[（{reason}）]", "不要发出"),
    "pick.closed": ("[{item}：]订单已关闭[（{reason}）]", "不要发出"),
    "pick.refund_open": ("[{item}：]买家申请了退款", "先留下；`dropship sync` 会显示退款是否撤销或拒绝"),
    "pick.refund_refunded": ("[{item}：]已退款", "不要发出"),
    "waybill.factory_only": (
        "在此平台上，电子面单由发货的厂家取号；商家自己的面单不能在这里取",
        "请在店铺后台取号[：{where}]；`ship` 可以使用这些单号",
    ),
    "waybill.no_sender": (
        "还不知道本厂从哪里发货",
        "设置一次：`dropship waybill sender --name … --mobile … --province … --city … --district … --detail …`",
    ),
    "waybill.none": ("该商品没有电子面单号", "用 `dropship waybill get 商品 --carrier 快递` 取号"),
    "waybill.unknown": ("[{number}：]不是在这里取的单号", "`dropship waybill list` 列出单号"),
    "waybill.used": (
        "[{number}：]该单号已用于包裹",
        "不能退号；`dropship ship --amend` 可以给包裹换号",
    ),
    "waybill.cancelled": ("[{number}：]该单号已退回", "重新取号：`dropship waybill get`"),
    "waybill.shipped": ("已发货或正在发货", "不需要单号"),
    "waybill.other_carrier": (
        "已有单号[：{carrier} {number}]",
        "使用它，或先退号：`dropship waybill cancel {number}`",
    ),
    "waybill.other_sender": ("等待期间发件人已更改，没有取号", "请重新取号"),
    "waybill.contradicts": ("同一包裹的几行写了不同的快递或数量[：{carriers}]", "只保留其中一行"),
    "waybill.none_left": ("快递公司给本店的单号已用完", "向快递公司充值，或换一家快递"),
    "waybill.no_contract": ("本店没有开通该快递的电子面单", "在店铺后台开通，或换一家快递"),
    "waybill.share": ("退号比例过高，快递公司不再接受退号", "请使用该单号，或联系快递公司"),
    "waybill.pack": ("不能作为包裹名：{value}", "最多 15 个字母、数字和 _"),
    "waybill.no_print_data": (
        "平台没有给出该单号的打印数据",
        "`dropship waybill list` 会显示是否已退号；也可稍后再试",
    ),
    "label.font": ("{file}：不是 TrueType 字体[（{reason}）]", "请给出含中文的 .ttf 或 .ttc 文件"),
    "label.font_lacks": ("{file} 缺少这些字：{characters}", "请换含简体中文的字体，或不用 `--font`"),
    "usage.numbers_or_all": ("请写出快递单号，或用 `--all`", "`dropship waybill list --state got` 列出单号"),
    "scan.no_item": ("{text} 不是本店的商品", "请先扫商品，再扫它的快递单号"),
    "scan.no_number": ("{item} 没有扫快递单号", "请重新扫该商品，再扫单号"),
    "scan.shipped": ("{item} 已发货或正在发货", "先放一边，用 `dropship order {item}` 查看"),
    "scan.which_carrier": (
        "{number}：从单号看不出是哪家快递",
        "请指定快递：`dropship ship --scan --carrier 快递`",
    ),
    "scan.not_carriers": ("{number} 不可能是{carrier}的单号", "请扫快递单号的条码，或换一家快递"),
    "scan.other_receiver": ("{number} 已用于另一收件人（商品 {other}）", "请贴本包裹自己的面单"),
    "scan.nothing_to_undo": ("没有可撤销的", "已发出的用 `dropship ship --amend` 更正"),
    "usage.not_with_scan": ("{flag} 不能与 `--scan` 同用", "商品和单号由扫码枪决定；去掉 {flag}"),
    "usage.not_with_waybill": (
        "{flag} 不能与 `--waybill` 同用",
        "快递、单号和数量由电子面单决定；去掉 {flag}",
    ),
}

NOTES: dict[str, str] = {
    "act.pick": "拣货",
    "act.waybill": "取电子面单号",
    "act.waybill_cancel": "退电子面单号",
    "act.waybill_print": "打印面单",
    "act.waybill_sender": "设置发件人",
    "column.package": "包裹",
    "column.without": "留下",
    "column.goods": "商品",
    "column.got_at": "取号时间",
    "column.printed_at": "打印时间",
    "column.cancelled_at": "退号时间",
    "column.mobile": "电话",
    "column.province": "省",
    "column.city": "市",
    "column.district": "区县",
    "column.street": "街道",
    "number.got": "未用",
    "number.used": "已用",
    "number.cancelled": "已退",
    "pick.sum": "共 {pieces} 件，{items} 单，{packages} 个包裹",
    "pick.going": "另有 {count} 单已在发货途中（`dropship queue`）",
    "pick.written": "已写出 {count} 行：{path}",
    "pick.kept": "{item}（{sku}）不可发出：{why}",
    "labels.written": "已写出 {count} 张面单：{path}",
    "waybill.doubt": (
        "程序无法查询电子面单：请在店铺后台或向快递公司确认是否已取号或退号；"
        "然后用 `dropship queue retry 操作` 再试一次，或用 `dropship queue drop 操作` 放弃"
    ),
    "labels.none": "没有要打印的面单，未写出文件",
    "labels.font": (
        "本机没有找到中文字体文件：PDF 使用标准字体 STSong-Light，由阅读器提供；用 `--font 文件` 可把字体嵌入 PDF"
    ),
    "progress.labels": "读取打印数据",
    "scan.item?": "商品：",
    "scan.number?": "快递单号（或先输件数）：",
    "scan.item": "{item}：{goods}",
    "scan.part": "{item}：{left} 件[，已扫 {carrier} {number}]",
    "scan.pair": "已记下：{item}[ 及另外 {more} 单] {carrier} {number}",
    "scan.undone": "已撤销：{item}",
    "scan.sent": "已发出记下的部分（以平台接受为准）",
    "scan.refused": "不行：{what}",
    "progress.waybill": "取电子面单号",
}
