"""A day's work with PyPI's ``doudian`` 0.6, run in a process of its own with Beijing's clock; prints JSON."""

import json
import sys
import time
import warnings

warnings.simplefilter("ignore")

from doudian import AppType, DouDian  # noqa: E402 - its import warns

PORT, ITEM, FACTORY, MERCHANT = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])


class SandboxClient(DouDian):
    """The package's client, pointed at the sandbox before its constructor asks for a token."""

    @property
    def _gate_way(self):
        return f"http://127.0.0.1:{PORT}"

    @_gate_way.setter
    def _gate_way(self, _):
        pass


def log_in(shop):
    return SandboxClient(
        "7000000000000000001", "sandbox-secret-not-for-production", AppType.SELF, shop_id=str(shop)
    )


merchant, factory = log_in(MERCHANT), log_in(FACTORY)
now = int(time.time())
window = {"page": 0, "size": 10, "start_update_time": now - 1700, "end_update_time": now + 60}
wish = [{"distr_order_id": ITEM, "supplier_shop_id": FACTORY}]
told = {
    "life": merchant._token["expires_in"] - now,
    "roles": [client.request("/iop/roleGet", {}) for client in (merchant, factory)],
    "orders": merchant.request("/iop/sellerOrderList", window | {"product_name": "保温杯"}),
    "allocated": merchant.request("/iop/sellerDistribute", {"distribute_order_list": wish}),
    "mine": factory.request("/iop/orderList", window),
    "shipped": factory.request(
        "/iop/waybillReturn",
        {
            "user_id": MERCHANT,
            "distr_order_id": ITEM,
            "pack_list": [{"track_no": "SF1000000001", "ship_num": 2, "company_code": "shunfeng"}],
        },
    ),
    "after": merchant.request("/iop/sellerOrderInfo", {"distr_order_id": ITEM}),
    "address": merchant.build_auth_url("1", "2"),
}
json.dump(told, sys.stdout)
