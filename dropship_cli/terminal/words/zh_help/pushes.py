"""Help texts in Chinese about pushes."""

from __future__ import annotations

HELP: dict[str, str] = {
    "Receive the platform's pushes until Ctrl-C, and read the items they name. Put a proxy with TLS before it.": (
        "接收平台的消息推送，并读取消息提到的商品，按 Ctrl-C 结束。请在前面放一个带 TLS 的代理。"
    ),
    "A push is answered when it is safely kept; what was missed is caught up by the next `sync`.": (
        "推送保存妥当之后才应答；漏掉的由下一次 `sync` 补上。"
    ),
    "Listen on this address of this machine.": "在本机的这个地址上接收。",
    "Requests answered at once.": "同时应答的请求数。",
    "Listen beyond this machine without TLS: another machine's proxy adds it.": (
        "不加 TLS 接收其他机器的请求：由另一台机器上的代理负责。"
    ),
    "A whole number; for push_url an address, or off.": "整数；push_url 则是地址或 off。",
    "push_url: whose pushes.": "push_url：哪个店铺的推送。",
    "Where a listener is.": "接收程序的地址。",
    "Whose pushes.": "哪个店铺的推送。",
    "Lose this share of them.": "丢失这个比例的消息。",
    "Send this share twice.": "这个比例的消息发送两次。",
    "In any order.": "打乱顺序。",
    "Add so many with a wrong signature.": "另加这么多条签名错误的消息。",
    "The same number loses the same ones.": "相同的数字丢失相同的消息。",
    "hmac-sha256 or MD5.": "hmac-sha256 或 MD5。",
    "Only the probe of an address.": "只发送地址探测。",
    "Exit status 1: something that was meant to arrive was not answered with success, or a forged one was.": (
        "退出码 1：本应送达的没有得到成功回应，或伪造的被接收。"
    ),
    "Be the platform: push what happened since the last time, signed, one try each.": (
        "扮演平台：推送上次以来发生的事，带签名，每条只发一次。"
    ),
}
