"""Which webhook addresses are taken, whose they are, and how one is shown: its host alone, as the rest is a key."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, urlsplit

from dropship_cli.domain.chat import ChatKind
from dropship_cli.domain.errors import UsageError
from dropship_cli.platforms.base_url import EMBEDDED, is_loopback

HOSTS = {
    "open.feishu.cn": ChatKind.FEISHU,
    "open.larksuite.com": ChatKind.FEISHU,
    "oapi.dingtalk.com": ChatKind.DINGTALK,
    "api.dingtalk.com": ChatKind.DINGTALK,
    "qyapi.weixin.qq.com": ChatKind.WECOM,
}
"""The hosts of the addresses that the chats hand out."""

LONGEST = 2000
"""Characters of an address."""

SHORTEST_KEY = 6
"""A shorter part of an address says nothing secret (`v2`, `send`), and would be found in every sentence."""

_PLAIN_WORD = re.compile(r"[A-Za-z_-]{1,15}")


@dataclass(frozen=True, slots=True)
class Address:
    """A webhook's address in the parts that the transport takes; `embedded` is the sandbox's in this process."""

    base: str
    path: str = field(repr=False)
    query: dict[str, str] = field(repr=False)

    @property
    def embedded(self) -> bool:
        return self.base == EMBEDDED


def address_of(url: str) -> Address:
    """The parts of a webhook's address: https anywhere, plain http only to this machine, or `sandbox:KIND`.

    Raises `UsageError` `chat.url_bad` or `chat.url_insecure`, never with the address in it.
    """
    if len(url) > LONGEST:
        raise UsageError("chat.url_bad")
    if url.startswith(EMBEDDED):
        return Address(EMBEDDED, f"/chat/{_embedded_kind(url)}/hook/sandbox-chat", {"key": "sandbox-chat"})
    parts = _split(url)
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise UsageError("chat.url_insecure")
    return Address(f"{parts.scheme}://{parts.netloc}", parts.path or "/", dict(parse_qsl(parts.query, True)))


def kind_of(url: str, told: str | None) -> ChatKind:
    """Whose webhook it is: by its host, else as told. Raises `UsageError` where both differ or neither says it."""
    found = _embedded_kind(url) if url.startswith(EMBEDDED) else HOSTS.get(_split(url).hostname or "")
    known = ", ".join(ChatKind)
    if told is not None and told not in set(ChatKind):
        raise UsageError("chat.kind_unknown", value=told, known=known)
    if found is None and told is None:
        raise UsageError("chat.kind_needed", known=known)
    if found is not None and told not in (None, found):
        raise UsageError("chat.kind_differs", value=told, found=found)
    return found or ChatKind(str(told))


def masked(url: str) -> str:
    """The address as it may be shown."""
    if url.startswith(EMBEDDED):
        return url
    return f"{address_of(url).base}/…"


def without_keys(text: str, url: str, secret: str) -> str:
    """What a chat answered, less anything of the address or the secret that it repeated."""
    found = address_of(url)
    parts = [part for part in found.path.split("/") if not _PLAIN_WORD.fullmatch(part)]  # not `webhook`
    keys = [secret, url, *found.query.values(), *parts]
    for key in sorted({one for one in keys if len(one) >= SHORTEST_KEY}, key=len, reverse=True):
        text = text.replace(key, "…")
    return text


def _embedded_kind(url: str) -> ChatKind:
    kind = url.removeprefix(EMBEDDED)
    if kind not in set(ChatKind):
        raise UsageError("chat.url_bad")
    return ChatKind(kind)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        # An unreadable port raises only when it is asked for.
        odd = parts.port == 0 or parts.username is not None or parts.fragment
    except ValueError:
        raise UsageError("chat.url_bad") from None
    if (
        parts.scheme not in ("https", "http")
        or not parts.hostname
        or odd
        or not url.isprintable()
        or " " in url
    ):
        # The address is not repeated: it is a key.
        raise UsageError("chat.url_bad")
    return parts
