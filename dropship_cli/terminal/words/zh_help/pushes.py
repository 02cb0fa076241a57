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
}
