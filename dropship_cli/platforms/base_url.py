"""Which addresses may be talked to: https anywhere, plain http only to this machine, or the embedded sandbox."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from dropship_cli.domain.errors import UsageError

EMBEDDED = "sandbox:"
"""The base URL that stands for the sandbox inside this process; the wiring hands its transport in."""

EMBEDDED_HOST = "http://sandbox.invalid"


def check_base_url(url: str) -> None:
    """Refuse an address that tokens must not go to.

    Raises `UsageError` `base_url.insecure` (plain http to another machine) or `base_url.bad` (no https or http
    address, or one with a user, a query or a fragment).
    """
    if url == EMBEDDED:
        return
    scheme, host = _parts(url)
    if scheme == "http" and not is_loopback(host):
        raise UsageError("base_url.insecure", url=f"http://{host}")


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine by its very spelling; no name is looked up."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _parts(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
        # An unreadable port raises only when it is asked for.
        odd = parts.port == 0 or parts.username is not None or parts.query or parts.fragment
    except ValueError:
        raise UsageError("base_url.bad") from None
    if parts.scheme not in ("https", "http") or not parts.hostname or odd or url != url.strip():
        # The address is not repeated: a user name in it may be a secret.
        raise UsageError("base_url.bad")
    return parts.scheme, parts.hostname
