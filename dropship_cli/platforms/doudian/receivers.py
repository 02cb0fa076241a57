"""Receivers on Doudian: the ciphers of one order, and their plain text (doudian.md section 7, Encrypted receiver data).

A decryption costs quota: it is sent once and never retried here. Nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dropship_cli.domain.errors import RefusedError
from dropship_cli.domain.moment import instant
from dropship_cli.domain.receiver import Field, Opened, SealedOrder
from dropship_cli.platforms.doudian import mapping, wire
from dropship_cli.platforms.doudian.changes import Send, data
from dropship_cli.platforms.doudian.codes import Ruling
from dropship_cli.platforms.doudian.line import Reply

METHOD = "order.batchDecrypt"
MOST = 50  # ciphers a call, section 11
_ROWS: Mapping[int, str] = {300010: "reveal.quota", 300011: "reveal.forbidden", 300012: "reveal.cipher"}
"""Row numbers: not listed by the platform, these are our sandbox's (section 7, D)."""


def sealed(order: wire.SealedOrder, order_id: str) -> SealedOrder:
    """The order's ciphers and what decides whether they may be opened."""
    texts = {
        Field.NAME: order.encrypt_post_receiver,
        Field.PHONE: order.encrypt_post_tel,
        Field.ADDRESS: order.post_addr.encrypt_detail,
    }
    gone = order.order_status in (mapping.SHIPPED, mapping.FINISHED)
    return SealedOrder(
        order_id=order_id,
        ciphers={name: text for name, text in texts.items() if text},
        region=" ".join(part.name for part in order.post_addr.regions() if part.name),
        paid_at=instant(order.pay_time),
        closed=order.order_status == mapping.CLOSED,
        shipped_at=instant(order.ship_time) if gone else None,
    )


def opened(send: Send, order: SealedOrder) -> list[Opened]:
    """Each cipher's plain text or reason, found by the cipher and never by its place; at most 50 a call.

    Raises `RefusedError` where the platform refuses the call as a whole, and what `send` raises.
    """
    pairs = list(order.ciphers.items())
    chunks = (dict(pairs[start : start + MOST]) for start in range(0, len(pairs), MOST))
    return [one for chunk in chunks for one in _call(send, order.order_id, chunk)]


def _call(send: Send, order_id: str, ciphers: Mapping[Field, str]) -> Iterator[Opened]:
    infos = [{"auth_id": order_id, "cipher_text": text} for text in ciphers.values()]
    reply = send(METHOD, {"cipher_infos": infos})
    rows = {(row.auth_id, row.cipher_text): row for row in _rows(reply)}
    for name, text in ciphers.items():
        row = rows.get((order_id, text))
        yield Opened(name, code="answer.missing_row") if row is None else _opened(name, row)


def _rows(reply: Reply) -> list[wire.DecryptRow]:
    """The rows, which a call that failed in part (300008) or in all of them (300003) has as well."""
    if reply.ruling is Ruling.REFUSED and not _has_rows(reply.data):
        raise RefusedError("reveal.refused", said=reply.said, log_id=reply.log_id)
    return data(wire.DecryptData, reply).decrypt_infos


def _has_rows(found: Any) -> bool:
    return isinstance(found, dict) and bool(found.get("decrypt_infos"))


def _opened(name: Field, row: wire.DecryptRow) -> Opened:
    if row.err_no or not row.decrypt_text:
        return Opened(name, code=_ROWS.get(row.err_no, "reveal.row"), said=row.err_msg or str(row.err_no))
    if name is not Field.PHONE or not row.is_virtual_tel:
        return Opened(name, row.decrypt_text)
    number, _, extension = row.decrypt_text.partition("-")
    return Opened(name, number, extension, virtual=True, until=instant(row.expire_time))
