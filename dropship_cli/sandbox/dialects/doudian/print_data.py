"""``logistics.waybillApply``: print data for numbers of ``iop.waybillGet`` (doudian.md section 6).

The platform's print data is opaque and decrypted by its desktop component. Ours stands for it: a JSON text with a
cipher that nobody can open, and the masks that the platform shows elsewhere, so that a label has something to show
(our decision). That the method serves these numbers, and ten of them a call, is our decision too.
"""

import hashlib
import json
import sqlite3
from typing import Any

from dropship_cli.sandbox import waybills
from dropship_cli.sandbox.dialects.doudian.answers import missing
from dropship_cli.sandbox.dialects.doudian.call import Call
from dropship_cli.sandbox.errors import Refused
from dropship_cli.sandbox.receivers import Kind, cipher, mask

_MOST = 10
_UNKNOWN = 100101  # an error of the whole call at the platform; of a row it was not found


def waybill_apply(call: Call) -> dict[str, Any]:
    """Print data for up to ten numbers; each row succeeds or fails for itself."""
    asked = call.params.rows("waybill_applies")
    if not asked:
        raise missing(1001, "waybill_applies不能为空")
    if len(asked) > _MOST:
        raise call.params.wrong
    infos: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    for row in asked:
        company_code, track_no = row.need_text("logistics_code"), row.need_text("track_no")
        try:
            found = waybills.to_print(call.tx, call.actor, company_code, track_no)
        except Refused:
            errors.append(
                {"track_no": track_no, "order_id": "", "err_code": _UNKNOWN, "err_msg": "单号不存在"}
            )
        else:
            infos.append(_info(found))
    return {"waybill_infos": infos, "err_infos": errors}


def _info(row: sqlite3.Row) -> dict[str, Any]:
    data = json.dumps(_sealed(row), ensure_ascii=False, separators=(",", ":"))
    return {
        "order_id": row["item_id"],
        "track_no": row["track_no"],
        "print_data": data,
        "sign": hashlib.sha256(f"print {data}".encode()).hexdigest(),
    }


def _sealed(row: sqlite3.Row) -> dict[str, Any]:
    name, phone = row["receiver_name"], row["receiver_phone"]
    whole = "|".join((name, phone, row["receiver_detail"]))
    return {
        "cipher": cipher(Kind.ADDRESS, whole, row["order_id"]),
        "masked": {
            "name": mask(Kind.NAME, name),
            "phone": mask(Kind.PHONE, phone),
            "area": " ".join(part for part in (row["province"], row["city"], row["district"]) if part),
        },
    }
