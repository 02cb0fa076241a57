"""`api`: the platform's own signature vectors (doudian.md section 1), and raw calls that ask before they change."""

from __future__ import annotations

from pathlib import Path

import pytest
from program import Program

KEY, SECRET = "7043675397937989128", "3c7a9b1e-5d2f-4a86-9e0b-1f2d3c4b5a69"

# method, time stamp, parameters in an order and spacing of their own, HMAC-SHA256 by the Go, PHP and Python SDKs
VECTORS = [
    ("iop.roleGet", "1700000000", "{}", "8ead6f9e1d00654266d6d72edab390ae307de6f2ecb5999678ba4a43b09fbcd2"),
    (
        "iop.sellerDistribute",
        "2023-11-15 06:13:01",
        '{"distribute_order_list": [{"supplier_shop_id": 77977, "distr_order_id": "77878786688878787"}]}',
        "1d635a8864eb675ac2de36f031994ce0060e6f04d18e3abdb1fc1786a92345d7",
    ),
    (
        "iop.waybillReturn",
        "1700000002",
        '{"user_id":884334435345,"distr_order_id":"6923011223344556677","is_refund_reject":false,'
        '"pack_list":[{"track_no":"SF1234567890123","ship_num":2,"company_code":"shunfeng"}]}',
        "9db0df748116e61a459e88b7bfd70b1f5332020634176c01db16f11023e15988",
    ),
    (
        "order.searchList",
        "1700000010",
        '{"tags":[],"size":100,"page":0,"order_asc":true,"combine_status":[{"order_status":"2","main_status":""}],'
        '"product":"<b>A&B</b> \'x\'=\\"加厚/黑\\" 🧣𠮷"}',
        "62bcc9919760114a00e1732342cc7ea2835047f3db707f7b266481187398e269",
    ),
    (
        "logistics.newCreateOrder",
        "1700000011",
        '{"user_id":9223372036854775807,"order_infos":[{"weight":0.1,"volume":12.5,"pay_amount":9007199254740993,'
        '"is_sign_back":0,"delta":-3}],"delivery_req":{"is_pickup_self":false,"is_center_delivery":true}}',
        "a8b7c666acfe7963cb2c08f3f61f048a00a68469eec7fa20638ae6aaeb48826e",
    ),
]


@pytest.fixture(scope="module")
def doudian(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A profile with the vectors' app, its secret from the environment."""
    program = Program(tmp_path_factory.mktemp("api") / "home", DROPSHIP_APP_SECRET=SECRET)
    program.ok("init", "--platform", "doudian", "--profile", "v", "--shop-id", "7", "--app-key", KEY)
    return program


@pytest.mark.parametrize(("method", "timestamp", "params", "sign"), VECTORS, ids=[one[0] for one in VECTORS])
def test_the_request_that_would_be_sent(
    doudian: Program, method: str, timestamp: str, params: str, sign: str
) -> None:
    """Signed as three SDKs sign it, the token masked, no call, no login, no secret anywhere."""
    ran = doudian.ok("api", method, "--params", params, "--timestamp", timestamp, "--dry-run", "--json")
    assert set(ran.json) == {"url", "query", "body"}
    query = ran.json["query"]
    assert (query["sign"], query["timestamp"], query["app_key"]) == (sign, timestamp, KEY)
    assert (query["method"], query["access_token"]) == (method, "***")
    assert ran.json["url"].startswith("https://")
    assert SECRET not in ran.out + ran.err


def test_a_raw_call_reads_and_asks_before_it_changes(bound: Program) -> None:
    """Reading needs no yes; what may change something does; each is in the log."""
    assert bound.ok("api", "iop.roleGet", "--json").json["data"] == {"role_type": 1}
    before = bound.effects()
    change = ("api", "iop.sellerDistribute", "--params", '{"distribute_order_list":[]}', "--json")
    ran = bound(*change)
    assert (ran.status, ran.error["code"]) == (2, "confirm.needed")
    bound(*change, "--yes")
    assert bound.effects() == before
    acts = [(row["act"], row["target"]) for row in bound.ok("log", "--json", "-n", "2").json]
    assert acts == [("api", "iop.sellerDistribute"), ("api", "iop.roleGet")]


def test_parameters_may_be_anything_json_can_say(doudian: Program, tmp_path: Path) -> None:
    """Deep nesting and huge numbers are refused or signed, never a traceback."""
    for params, status in (
        ("[" * 5000, 2),
        ('{"a":' * 900 + "1" + "}" * 900, 2),
        ('{"a":' * 90 + "1" + "}" * 90, 0),
        ('{"a":"\\ud800"}', 2),
        ('{"a":1e400}', 2),
        ("", 2),
    ):
        ran = doudian("api", "iop.roleGet", "--params", params, "--dry-run", "--json")
        assert ran.status == status, (params[:20], ran)
        assert "Traceback" not in ran.err
