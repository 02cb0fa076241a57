"""推送的中文句子：`listen`，以及 `status`、`doctor`、`sync` 对推送的说明。"""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "listen.busy": ("该店铺已有一个接收程序[（进程 {pid}）]", "一个就够：先停掉它，或指定另一个 `--profile`"),
    "listen.none": ("{platform} 没有消息推送", "请经常运行 `dropship sync`"),
    "listen.address": (
        "无法在 {address} 端口 {port} 上接收[：{detail}]",
        "请指定本机的地址和空闲的 `--port`",
    ),
    "listen.not_loopback": (
        "{address} 可以从其他机器访问，而这里是明文 HTTP",
        "请在 127.0.0.1 上接收，前面放带 TLS 的代理；代理在另一台机器上时加 `--plain-http`",
    ),
    "push.app": ("未接收发给其他应用的推送", "平台后台只应填写本应用的地址"),
    "push.signature": ("未接收签名不符的推送", "如果推送是真的：本机与平台后台的应用密钥不一致"),
    "push.unreadable": (
        "未接收不是消息列表的内容",
        "不会丢失：`dropship sync` 会读取变更；请查看是谁在访问这个地址",
    ),
    "push.too_large": ("未接收超过 1 MiB 的内容", "平台发来的远小于此；请查看是谁在访问这个地址"),
    "push.slow": ("断开了发送太慢的一方", "平台会重发；若经常出现，请检查 `listen` 前面的代理"),
    "push.bad_request": ("未接收不是 HTTP 的内容", "请查看是谁在访问这个地址，以及代理是否用 HTTP 转发"),
    "push.not_kept": ("一条推送未能保存", "请运行 `dropship doctor`，再运行 `dropship sync`"),
    "sandbox.not_a_number": ("{value} 不是整数", "只有 `push_url` 可以填文字"),
}

NOTES: dict[str, str] = {
    "act.listen": "接收推送",
    "field.url": "地址",
    "field.answered": "已应答",
    "field.sent": "已送达",
    "field.lost": "丢失",
    "field.repeated": "重复发送",
    "field.forged": "伪造",
    "field.unanswered": "其中本应送达",
    "sandbox.unanswered": (
        "{url} 没有成功回应其中 {count} 条：与平台一样，不再重发。那里的 `dropship listen` 在运行吗？"
    ),
    "field.believed": "伪造且被接收",
    "sync.pushes_lost": "至少丢失 {count} 条推送；其内容现已读取",
    "status.listening": "正在接收推送[，最近一条：{last}]",
    "status.listen_away": "接收程序不在了，最后一次动静：{when}",
    "status.to_look": "{n} 条推送提到的商品尚未读取",
    "check.listen_none": "无人接收推送；`sync` 会读取全部",
    "check.listening": "正在接收推送，最近一条 {when}；待读取：{waiting}，未接收：{refused}，丢失：{lost}",
    "check.listen_away": (
        "自 {alive} 起不在，最近一条推送 {when}；待读取：{waiting}；请启动 `dropship listen`，再运行 `dropship sync`"
    ),
    "listen.message": "推送 {tag}[：{named}]",
    "listen.ended": "已停止接收；收到的都已保存",
    "listen.look_failed": "推送提到的商品暂时无法读取：{why}；稍后再读",
}
