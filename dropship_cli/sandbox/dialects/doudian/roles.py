"""``iop.roleGet`` and the lists of partners on both sides (doudian.md section 3)."""

import sqlite3
from typing import Any

from dropship_cli.sandbox import bindings, shops
from dropship_cli.sandbox.dialects.doudian.call import Call
from dropship_cli.sandbox.shops import Role

_MOST = 100


def role_get(call: Call) -> dict[str, int]:
    """The caller's role: 0 none chosen, 1 merchant, 2 factory."""
    return {"role_type": shops.role_of(call.tx, call.actor.shop_id).value}


def seller_supplier_list(call: Call) -> dict[str, Any]:
    """The merchant's factories; page and size are required."""
    page, size = call.params.page("page", "page_size")
    return _partners(call, Role.MERCHANT, page, size, "supplier_shop")


def get_seller_list(call: Call) -> dict[str, Any]:
    """The factory's merchants, newest application first; every parameter is optional."""
    page, size = call.params.whole("page") or 0, call.params.whole("page_size")
    size = _MOST if size is None else size
    if page < 0 or not 1 <= size <= _MOST:
        raise call.params.wrong
    return _partners(call, Role.FACTORY, page, size, "seller_shop")


def _partners(call: Call, role: Role, page: int, size: int, prefix: str) -> dict[str, Any]:
    statuses = call.params.wholes("bind_status")
    rows, total = bindings.listed(call.tx, call.actor.shop_id, role, statuses, page, size)
    return {
        f"{prefix}_list": [_partner(row, prefix) for row in rows],
        "page": page,
        "page_size": size,
        "total": total,
    }


def _partner(row: sqlite3.Row, prefix: str) -> dict[str, Any]:
    return {
        f"{prefix}_id": row["partner_id"],
        f"{prefix}_name": row["name"],
        "apply_time": row["apply_time"],
        "band_time": row["band_time"],
        "refuse_time": row["refuse_time"],
        "bind_status": row["status"],
    }
