"""How the chats' webhooks want a message signed: pure functions, no network and no clock.

Sources: 飞书 "自定义机器人使用指南" (签名校验), 钉钉 "自定义机器人安全设置" (加签). 企业微信 signs nothing, its key is
in the address. The generic signature is ours.
"""

import base64
import hashlib
import hmac


def feishu_sign(secret: str, seconds: int) -> str:
    """飞书: time and secret together are the *key*, over an empty message; base64, sent in the body."""
    return _base64(f"{seconds}\n{secret}".encode(), b"")


def dingtalk_sign(secret: str, milliseconds: int) -> str:
    """钉钉: the secret is the key, over time and secret; base64, sent in the query (and escaped there)."""
    return _base64(secret.encode(), f"{milliseconds}\n{secret}".encode())


def body_sign(secret: str, body: bytes) -> str:
    """The generic webhook's header: `sha256=` and the hex HMAC-SHA256 of the very bytes of the body."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _base64(key: bytes, message: bytes) -> str:
    return base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode()
