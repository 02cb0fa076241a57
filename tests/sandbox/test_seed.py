"""Seeds from a console export and invented ones (files-and-carriers.md section 1)."""

import contextlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dropship_cli.sandbox import export_cells, export_file, ledger, seed
from dropship_cli.sandbox.errors import SandboxError
from dropship_cli.sandbox.placing import Seeded

from .conftest import FACTORY, MERCHANT, START, World

HEADER = (
    "主订单编号,子订单编号,选购商品,商品规格,商品数量,商品ID,商家编码,商品单价,运费,收件人,收件人手机号,"
    "省,市,区,街道,详细地址,买家留言,订单提交时间,商家备注,支付完成时间,订单状态,承诺发货时间,售后状态,"
    "取消原因,快递信息"
)
_CELLS = {
    "主订单编号": '"\t6923007000000001326"',
    "子订单编号": '"\t6923007000000001327"',
    "选购商品": "保温杯",
    "商品规格": "白色",
    "商品数量": "2",
    "商品ID": "\t3600000000000000009",
    "商家编码": "BWB-480",
    "商品单价": "49.90",
    "运费": "5.00",
    "收件人": "周**",
    "收件人手机号": "1*********0",
    "省": "浙江省",
    "市": "金华市",
    "区": "义乌市",
    "街道": "稠江街道",
    "详细地址": "***",
    "买家留言": "-",
    "订单提交时间": "2026-11-12 00:45:00",
    "商家备注": "发中通",
    "支付完成时间": "2026-11-12 00:45:52",
    "订单状态": "待发货",
    "承诺发货时间": "2026-11-14 12:45:52",
    "售后状态": "-",
    "取消原因": "",
    "快递信息": "",
}


def row(**cells: str) -> str:
    return ",".join((_CELLS | cells).values())


def write(tmp_path: Path, *rows: str, encoding: str = "utf-8-sig", header: str = HEADER) -> Path:
    path = tmp_path / "1763000000_ab.csv"
    path.write_bytes("\r\n".join([header, *rows, ""]).encode(encoding))
    return path


def export(world: World, path: Path, **more: Any) -> Seeded:
    return seed.seed_export(world.path, path, shop_id=str(MERCHANT), clock=world.clock, **more)


def detail(world: World, order_id: str = "6923007000000001326") -> dict[str, Any]:
    return dict(world.ok(MERCHANT, "order.orderDetail", shop_order_id=order_id)["shop_order_detail"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_line_of_an_export_becomes_a_dropship_order(bound: World, tmp_path: Path, encoding: str) -> None:
    assert export(bound, write(tmp_path, row(), encoding=encoding)) == Seeded(1, 1, 0)
    shown = bound.merchant_row("6923007000000001327")
    expected = {
        "shop_order_id": "6923007000000001326",
        "product_name": "保温杯",
        "product_id": "3600000000000000009",
        "product_count": 2,
        "product_price": 4990,
        "pay_time": START,
        "exp_ship_time": START + 60 * 3600,
        "seller_words": "发中通",
        "street": "稠江街道",
        "order_status": 2,
        "after_sale_status": 1,
    }
    assert {name: shown[name] for name in expected} == expected
    order = detail(bound)
    assert (order["post_amount"], order["create_time"], order["buyer_words"]) == (500, START - 52, "")


def test_columns_may_come_in_any_order_and_be_absent(bound: World, tmp_path: Path) -> None:
    path = write(tmp_path, "3\t6923007000000000007", header="商品数量\t子订单编号")
    assert export(bound, path) == Seeded(1, 1, 0)
    shown = bound.merchant_row("6923007000000000007")
    assert (shown["shop_order_id"], shown["product_count"]) == ("6923007000000000007", 3)
    assert shown["exp_ship_time"] == START + 48 * 3600


def test_paid_at_moves_payment_and_promise_but_not_the_arrival(bound: World, tmp_path: Path) -> None:
    bound.clock.now += 1000
    export(bound, write(tmp_path, row()), paid_at=START + 10.9)
    shown = bound.merchant_row("6923007000000001327")
    assert (shown["pay_time"], shown["exp_ship_time"]) == (START + 10, START + 10 + 60 * 3600)
    now = int(bound.clock.now)
    found = bound.ok(
        MERCHANT, "iop.sellerOrderList", page=0, size=9, start_update_time=now, end_update_time=now
    )
    assert found["total"] == 1


def test_the_same_line_twice_is_skipped_and_counted(bound: World, tmp_path: Path) -> None:
    path = write(tmp_path, row(), row(), row(子订单编号="6923007000000001328"))
    assert export(bound, path) == Seeded(1, 2, 1)
    bound.allocate("6923007000000001327")
    assert export(bound, path) == Seeded(0, 0, 3)
    assert bound.merchant_row("6923007000000001327")["distr_status"] == 1


@pytest.mark.parametrize(
    ("cells", "states"),
    [
        ({"售后状态": "退款中"}, (2, 0, 2)),
        ({"售后状态": "售后待处理"}, (2, 0, 2)),
        ({"售后状态": "售后关闭"}, (2, 0, 1)),
        ({"售后状态": "补寄成功"}, (2, 0, 1)),
        ({"售后状态": "没有申请退款"}, (2, 0, 1)),
        ({"售后状态": "退款成功"}, (4, 3, 1)),
        ({"订单状态": "已关闭", "售后状态": "退款成功", "取消原因": "不想要"}, (4, 3, 1)),
        ({"订单状态": "已发货"}, (3, 0, 1)),
        ({"订单状态": "已发货", "售后状态": "退款成功"}, (3, 0, 1)),
        ({"订单状态": "已完成"}, (5, 0, 1)),
        ({"订单状态": "已签收"}, (5, 0, 1)),
        ({"订单状态": "待配货", "售后状态": "拒绝"}, (2, 0, 1)),
        ({"订单状态": "交易关闭"}, (4, 3, 1)),
        ({"售后状态": "已全额退款"}, (4, 3, 1)),
        ({"订单状态": "部分发货"}, (2, 0, 1)),
        ({"订单状态": "部分发货", "快递信息": "SF1-顺丰速运"}, (3, 0, 1)),
    ],
)
def test_the_states_of_an_export(
    bound: World, tmp_path: Path, cells: dict[str, str], states: tuple[int, ...]
) -> None:
    export(bound, write(tmp_path, row(**cells)))
    shown = bound.merchant_row("6923007000000001327")
    assert (shown["order_status"], shown["distr_status"], shown["after_sale_status"]) == states
    assert shown["distr_cancel_reason"] == cells.get("取消原因", "")


def test_an_unpaid_order_is_no_dropship_order_yet(bound: World, tmp_path: Path) -> None:
    export(bound, write(tmp_path, row(订单状态="待支付", 支付完成时间="-")))
    assert bound.refused(MERCHANT, "iop.sellerOrderInfo", distr_order_id="6923007000000001327")[0] == 50002
    assert detail(bound)["order_status"] == 1


def test_parcels_are_split_at_the_last_hyphen(bound: World, tmp_path: Path) -> None:
    export(bound, write(tmp_path, row(订单状态="已发货", 快递信息="SF-A-顺丰速运;YT7-圆通速递")))
    packs = bound.merchant_row("6923007000000001327")["pack_list"]
    assert packs == [
        {"track_no": "SF-A", "company_code": "shunfeng"},
        {"track_no": "YT7", "company_code": "yuantong"},
    ]


def test_joined_children_are_shared_out_one_piece_each(bound: World, tmp_path: Path) -> None:
    cells = {"子订单编号": "A01;B02", "商家编码": "M1;M2", "商品数量": "2", "选购商品": "套装"}
    assert export(bound, write(tmp_path, row(**cells))) == Seeded(1, 2, 0)
    one, two = bound.merchant_row("A01"), bound.merchant_row("B02")
    assert [(line["out_sku_id"], line["product_count"]) for line in (one, two)] == [("M1", 1), ("M2", 1)]
    assert one["product_name"] == two["product_name"] == "套装"


def test_receivers_are_invented_and_the_same_at_every_seed(bound: World, tmp_path: Path) -> None:
    path = write(tmp_path, row(收件人="真实姓名", 收件人手机号="13912345678"))
    export(bound, path)
    name = detail(bound)["encrypt_post_receiver"]
    with ledger.transaction(bound.path) as tx:
        kept = tuple(tx.execute("SELECT receiver_name, receiver_phone FROM orders").fetchone())
    assert "真实姓名" not in kept
    assert len(kept[1]) == 11
    assert kept[1] != "13912345678"
    plain = bound.ok(
        MERCHANT,
        "order.batchDecrypt",
        cipher_infos=[{"auth_id": "6923007000000001326", "cipher_text": name}],
    )
    assert plain["decrypt_infos"][0]["decrypt_text"] == kept[0]


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"子订单编号": "6.92301E+17"}, "row 3: '6.92301E\\+17' is not an order number"),
        ({"子订单编号": "A01;B02;C03", "商品数量": "2"}, "row 3: the quantity of several joined children"),
        ({"商品数量": "0"}, "row 3: '0' is not a quantity"),
        ({"商品数量": "1.5"}, "row 3: '1.5' is not a quantity"),
        ({"商品数量": "²"}, "row 3: '²' is not a quantity"),
        ({"商品单价": "1.005"}, "row 3: '1.005' is not an amount of whole fen"),
        ({"商品单价": "NaN"}, "row 3: 'NaN' is not an amount of"),
        ({"商品单价": "free"}, "row 3: 'free' is not an amount of money"),
        ({"支付完成时间": "yesterday"}, "row 3: 'yesterday' is not a time"),
        ({"订单状态": "飞走了"}, "row 3: '飞走了' is not a known 订单状态"),
        ({"主订单编号": '"open'}, "row 3: "),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_placed(
    bound: World, tmp_path: Path, cells: dict[str, str], message: str
) -> None:
    path = write(tmp_path, row(), row(**({"子订单编号": "6923007000000009999"} | cells)))
    with pytest.raises(SandboxError, match=message):
        export(bound, path)
    assert bound.effects("seeded") == []


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "no column"),
        (b"a,b\n1,2\n", "no column"),
        (b"PK\x03\x04\x00\x00", "no column"),
        ("子订单编号,子订单编号\n1,2\n".encode(), "twice"),
        ("价格\n子订单编号\n".encode(), "no column"),
    ],
)
def test_a_bad_file_is_said_in_one_sentence(world: World, tmp_path: Path, raw: bytes, message: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(raw)
    with pytest.raises(SandboxError, match=message):
        export(world, path)
    with pytest.raises(SandboxError, match="cannot be read"):
        export(world, tmp_path)


def test_orders_of_another_shop_are_not_taken_over(bound: World, tmp_path: Path) -> None:
    path = write(tmp_path, row())
    seed.seed_export(bound.path, path, shop_id="660002", clock=bound.clock)
    with pytest.raises(SandboxError, match="belongs to shop 660002"):
        export(bound, path)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.booleans())
def test_no_file_breaks_the_reader(tmp_path: Path, raw: bytes, headed: bool) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(HEADER.encode() + b"\n" + raw if headed else raw)
    lines, said = [], ""
    try:
        lines = export_file.read(path)
    except SandboxError as error:
        said = str(error)
    assert "\n" not in said
    assert all(line.quantity >= 1 for line in lines)


@given(st.text(max_size=20))
def test_cells_are_read_or_refused_with_a_value_error(text: str) -> None:
    readers: list[Any] = [
        export_cells.fen,
        export_cells.quantity,
        export_cells.instant,
        export_cells.identifier,
    ]
    for read in readers:
        with contextlib.suppress(ValueError):
            read(export_cells.clean(text))


@pytest.mark.parametrize("text", ["\t6923", "'6923", '="6923"', "'\t6923", '="\t6923"', "　6923 "])
def test_an_id_is_read_without_what_keeps_a_spreadsheet_from_rounding_it(text: str) -> None:
    assert export_cells.identifier(export_cells.clean(text)) == "6923"


@pytest.mark.parametrize(
    ("text", "value"),
    [("49.90", 4990), ("¥1,234.50", 123450), ("", 0), ("5", 500), ("0.1", 10), ("99999999.99", 9999999999)],
)
def test_yuan_become_fen_exactly(text: str, value: int) -> None:
    assert export_cells.fen(text) == value


def rows_of(world: World) -> list[tuple[Any, ...]]:
    with ledger.transaction(world.path) as tx:
        found = tx.execute("SELECT * FROM items JOIN orders USING (order_id) ORDER BY item_id").fetchall()
    return [tuple(line) for line in found]


def test_invented_orders_are_the_same_for_the_same_seed(bound: World) -> None:
    first = seed.seed_random(bound.path, 500, seed=1, shop_id=str(MERCHANT), clock=bound.clock)
    rows = rows_of(bound)
    again = seed.seed_random(bound.path, 500, seed=1, shop_id=str(MERCHANT), clock=bound.clock)
    assert (first.items, first.skipped, again) == (500, 0, Seeded(0, 0, 500))
    assert rows_of(bound) == rows
    other = seed.seed_random(bound.path, 500, seed=2, shop_id=str(MERCHANT), clock=bound.clock)
    assert other.items == 500


def test_invented_orders_are_as_mixed_as_real_ones(bound: World) -> None:
    placed = seed.seed_random(bound.path, 3000, seed=3, shop_id=str(MERCHANT), clock=bound.clock)
    with ledger.transaction(bound.path) as tx:
        lines = tx.execute("SELECT * FROM items").fetchall()
        receivers = tx.execute("SELECT count(DISTINCT receiver_id) FROM orders").fetchone()[0]
    assert placed.orders < 3000
    assert receivers < placed.orders
    assert len({line["quantity"] for line in lines}) > 2
    assert 0 < sum(line["refund"] for line in lines) < 300
    assert any("\x1b" in line["product_name"] + line["seller_words"] for line in lines)
    assert bound.allocate(next(line["item_id"] for line in lines if not line["refund"]), FACTORY) == 0


def test_a_count_below_zero_is_an_error(world: World) -> None:
    with pytest.raises(SandboxError, match="-1"):
        seed.seed_random(world.path, -1, seed=1, shop_id=str(MERCHANT))
    assert seed.seed_random(world.path, 0, seed=1, shop_id=str(MERCHANT)) == Seeded(0, 0, 0)
