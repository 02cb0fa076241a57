"""Chinese sentences about safe hands: stopping a shop, decrypting receivers, removing what is no longer needed."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "run.stopped": (
        "没有发送：该店铺已[由 {who} ]暂停[，始于 {since}][：{reason}]",
        "`dropship resume` 恢复；之后 `dropship sync` 发送排队的操作",
    ),
    "restore.other_shop": (
        "{path} 是另一家店铺的备份[：{found}，而不是 {wanted}]",
        "请选择本店铺的备份，或用 `--profile` 指定那家店铺的配置",
    ),
    "store.other_shop": (
        "数据文件 {path} 是另一家店铺的[：{found}，而不是 {wanted}]",
        "移走该文件，或换回本店铺的备份：`dropship restore FILE`",
    ),
    "usage.days": ("{value} 不是天数", "请写 180d 或 180"),
    "reveal.factory": (
        "该平台从不向厂家提供买家的姓名、电话和地址明文",
        "请打印面单：电子面单里带有加密的收件信息；或询问商家",
    ),
    "reveal.closed": ("[{order}：]订单已关闭，不解密收件信息", "不需要发货"),
    "reveal.unpaid": ("[{order}：]订单未付款，不解密收件信息", "请等付款后再查看"),
    "reveal.long_ago": (
        "[{order}：]发货已超过 {days} 天，不解密收件信息",
        "确有需要时放宽：`dropship profile set reveal_days 天数`",
    ),
    "reveal.nothing": ("[{order}：]平台没有给出该订单的加密收件信息", "请到平台后台查看"),
    "reveal.quota": ("店铺的解密额度已用完[：{said}]", "明天再试，或在平台后台申请提额"),
    "reveal.forbidden": (
        "平台不允许在该订单状态下解密[：{said}]",
        "运行 `dropship sync`，再用 `dropship order ORDER_ID` 查看",
    ),
    "reveal.cipher": ("平台不认自己的密文[：{said}]", "再运行一次；若仍如此请报告"),
    "reveal.row": ("平台没有解密[：{said}]", "请到平台后台查看该订单"),
    "reveal.refused": (
        "平台拒绝解密[：{said}]",
        "[日志号 {log_id}；]请到后台查看店铺的解密权限和额度",
    ),
    "reveal.no_answer": (
        "[{order}：]解密没有回应[：{detail}]，可能已占用额度",
        "没有保存任何内容；仍需要时请再运行一次",
    ),
    "reveal.terminal": (
        "收件信息只显示在终端上，以免误存进文件",
        "不要接管道；若由程序读取请加 `--json`",
    ),
}

NOTES: dict[str, str] = {
    "restore.unowned": "{path} 没有说明属于哪家店铺；如果不是店铺 {shop_id} 的，其中排队的操作会以它的名义发出",
    "restore.again": (
        "备份之后提出、未恢复的操作：{count} 个，见上表；它们从未发送，或属于平台之外的厂家。仍需要的请重新提出"
    ),
    "restore.not_whole": (
        "被替换的数据不存在、已损坏，或不是当初备份的那一份：备份之后提出而未发送的操作、之后的暂缓和电子面单号可能丢失。"
        "重新提出之前请先到平台上核对"
    ),
    "restore.ended": (
        "备份之后[，已完成：{done}（`dropship sync` 会读到）][，被拒绝：{refused}][，已放弃：{dropped}]"
    ),
    "restore.unknown": "结果未知：{count}；`dropship sync` 会先逐个查询，再发送",
    "restore.rest": (
        "规则、价格、备注、导入的订单和日志以备份为准；之后的保留在被替换的数据里（可用 `dropship restore` 换回），"
        "满一周后由 `dropship purge` 删除"
    ),
    "restore.next": "下一步：`dropship sync`，它会先完整读取，再发送",
    "act.stop": "暂停",
    "act.resume": "恢复发送",
    "act.purge": "清理",
    "field.before": "早于",
    "field.orders": "订单",
    "field.items": "商品",
    "field.operations": "操作记录",
    "field.log": "日志",
    "field.pushes": "推送",
    "field.copies": "数据副本",
    "field.younger": "保留的新副本",
    "field.elsewhere": "别处的备份",
    "field.bytes_freed": "释放字节",
    "purge.confirm": (
        "永久删除配置 {profile} 中 {before} 之前已结束的 {orders} 个订单（{items} 个商品），"
        "以及 {copies} 个旧数据副本？"
    ),
    "purge.elsewhere": "{path} 里可能还有已删除的内容；请自行处理",
    "purge.younger": "{path} 不足一周，可能还有已删除的内容；以后的清理会删除它",
    "act.reveal": "查看收件信息",
    "field.receiver": "收件人",
    "field.phone": "电话",
    "field.phone_extension": "分机号",
    "field.phone_virtual": "虚拟号",
    "field.phone_until": "有效期至",
    "reveal.field": "{field}：{error}",
    "status.stopped": "{when}由 {who} 暂停[：{reason}]；不会发送任何操作",
    "check.sending": "没有人暂停",
    "stop.done": "已暂停：在 `dropship resume` 之前，该店铺不再发送新操作",
    "stop.already": "早已暂停",
    "resume.done": "已恢复：`dropship sync` 会发送排队的操作",
    "resume.already": "没有暂停",
    "span.seconds": "{n} 秒",
    "span.minutes": "{n} 分钟",
    "span.hours": "{n} 小时 {minutes} 分钟",
    "progress.estimate": "共 {calls} 次调用，约需 {time}；Ctrl-C 或 `dropship stop` 可随时结束，不会丢失任何操作",
    "progress.too_long": "本次运行在 {time} 后结束（时限）；剩下的等下次 `dropship sync`",
    "stop.waits": "排队中：{queued}，发送中：{sending}",
}
