"""``order.batchDecrypt`` and ``order.batchSensitive``: receivers in plain text and behind masks (section 7)."""

import sqlite3
from typing import Any

from dropship_cli.sandbox import items, settings
from dropship_cli.sandbox.dialects.doudian.answers import business, invalid
from dropship_cli.sandbox.dialects.doudian.call import Call
from dropship_cli.sandbox.errors import Refused
from dropship_cli.sandbox.items import OrderStatus
from dropship_cli.sandbox.receivers import Kind, cipher, mask, virtual_phone

_MOST = 50
# Row numbers: not found for the platform, our decision (section 7 names the quota's).
_QUOTA, _FORBIDDEN, _UNKNOWN = 300010, 300011, 300012
_COLUMNS = {Kind.NAME: "receiver_name", Kind.PHONE: "receiver_phone", Kind.ADDRESS: "receiver_detail"}


def batch_decrypt(call: Call) -> dict[str, Any]:
    """Plain text for up to 50 ciphers of own orders that are paid and not closed, within the day's quota."""
    rows = [_decrypted(call, *pair) for pair in _asked(call)]
    data = {"decrypt_infos": rows, "custom_err": {"err_code": 0, "err_msg": ""}}
    failed = sum(row["err_no"] != 0 for row in rows)
    if failed == len(rows):
        raise business(300003, "解密失败", data)
    if failed:
        raise business(300008, "部分解密失败", data)
    return data


def batch_sensitive(call: Call) -> dict[str, Any]:
    """Masked text for up to 50 ciphers of own orders."""
    rows = []
    for order_id, text in _asked(call):
        found = _find(call, order_id, text)
        row = _row(order_id, text, *((0, "") if found else (_UNKNOWN, "密文错误")))
        if found:
            row |= {"decrypt_text": mask(*found), "data_type": found[0].value}
        rows.append(row)
    return {"decrypt_infos": rows, "custom_err": {"err_code": 0, "err_msg": ""}}


def _asked(call: Call) -> list[tuple[str, str]]:
    rows = call.params.rows("cipher_infos")
    if not rows:
        raise invalid(100000, "cipher_infos不能为空")
    if len(rows) > _MOST:
        raise business(300001, "一次最多50条")
    return [(row.text("auth_id"), row.text("cipher_text")) for row in rows]


def _decrypted(call: Call, order_id: str, text: str) -> dict[str, Any]:
    found = _find(call, order_id, text)
    if found is None:
        return _row(order_id, text, _UNKNOWN, "密文错误")
    if not _may_look(call, order_id):
        return _row(order_id, text, _FORBIDDEN, "订单状态不允许解密")
    if not _take_quota(call):
        return _row(order_id, text, _QUOTA, "解密额度已用完")
    kind, plain = found
    if kind is Kind.PHONE and settings.read(call.tx, "virtual_numbers"):
        return _row(order_id, text, 0, "") | _virtual(call, order_id)
    return _row(order_id, text, 0, "") | {"decrypt_text": plain, "data_type": kind.value}


def _virtual(call: Call, order_id: str) -> dict[str, Any]:
    """A number that stands for the buyer's own until it ends; which of a and b is which is our decision."""
    number, extension = virtual_phone(order_id)
    return {
        "decrypt_text": f"{number}-{extension}",
        "data_type": Kind.PHONE.value,
        "is_virtual_tel": True,
        "expire_time": call.actor.now + settings.read(call.tx, "virtual_life"),
        "phone_no_a": number,
        "phone_no_b": extension,
    }


def _find(call: Call, order_id: str, text: str) -> tuple[Kind, str] | None:
    order: sqlite3.Row | None = call.tx.execute(
        "SELECT * FROM orders WHERE order_id = ? AND shop_id = ?", (order_id, call.actor.shop_id)
    ).fetchone()
    if order is None:
        return None
    fields = ((kind, str(order[column])) for kind, column in _COLUMNS.items())
    return next((field for field in fields if cipher(*field, order_id) == text), None)


def _may_look(call: Call, order_id: str) -> bool:
    try:
        statuses = [line["order_status"] for line in items.of_order(call.tx, order_id)]
    except Refused:
        return False
    return items.status_of_order(statuses) not in (OrderStatus.TO_PAY, OrderStatus.CLOSED)


def _take_quota(call: Call) -> bool:
    day = (call.actor.now + 8 * settings.HOUR) // settings.DAY
    key = (call.actor.shop_id, day)
    row = call.tx.execute("SELECT used FROM decryptions WHERE shop_id = ? AND day = ?", key).fetchone()
    used = 0 if row is None else row["used"]
    if used >= settings.read(call.tx, "decrypt_quota"):
        return False
    call.tx.execute("INSERT OR REPLACE INTO decryptions VALUES (?, ?, ?)", (*key, used + 1))
    return True


def _row(order_id: str, text: str, number: int, message: str) -> dict[str, Any]:
    return {
        "auth_id": order_id,
        "cipher_text": text,
        "decrypt_text": "",
        "err_no": number,
        "err_msg": message,
        "data_type": 0,
        "is_virtual_tel": False,
        "expire_time": 0,
        "phone_no_a": "",
        "phone_no_b": "",
    }
