"""The carriers a shop may use: ``order.logisticsCompanyList`` and its younger form (doudian.md section 7)."""

from typing import Any

from dropship_cli.sandbox import carriers
from dropship_cli.sandbox.dialects.doudian.call import Call

_MOST = 20


def logistics_company_list(_: Call) -> list[dict[str, Any]]:
    """All carriers; ``data`` itself is the array."""
    return [{"id": carrier.id, "name": carrier.name, "code": carrier.code} for carrier in carriers.ALL]


def query_logistics_company_list(call: Call) -> dict[str, Any]:
    """The carriers of the shop, and those that suit up to 20 orders (all of them do)."""
    order_ids = call.params.texts("shop_order_ids")
    if len(order_ids) > _MOST:
        raise call.params.wrong
    known = [{"code": carrier.code, "name": carrier.name} for carrier in carriers.ALL]
    return {
        "logistics_company_list_by_shop": known,
        "logistics_company_list_by_order_ids": known if order_ids else [],
    }
