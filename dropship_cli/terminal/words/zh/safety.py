"""Chinese sentences about safe hands: stopping a shop, decrypting receivers, removing what is no longer needed."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "run.stopped": (
        "没有发送：该店铺已暂停[，{who}][，始于 {since}][：{reason}]",
        "`dropship resume` 恢复；之后 `dropship sync` 发送排队的操作",
    ),
}

NOTES: dict[str, str] = {
    "act.stop": "暂停",
    "act.resume": "恢复发送",
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
