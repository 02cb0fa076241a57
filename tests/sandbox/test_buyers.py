"""What buyers do, and the reset of the world."""

import pytest

from dropship_cli.sandbox import buyers, ledger
from dropship_cli.sandbox.errors import SandboxError

from .conftest import FACTORY, MERCHANT, World

ORDER = "6920000000000000010"


def test_a_refund_request_blocks_but_does_not_withdraw_the_allocation(bound: World) -> None:
    (item,) = bound.order(1)
    bound.allocate(item)
    buyers.refund(bound.path, f"{ORDER}/{item}", bound.clock)
    row = bound.merchant_row(item)
    assert (row["after_sale_status"], row["distr_status"], row["order_status"]) == (2, 1, 2)
    assert bound.effects("refund_opened")[0]["item_id"] == item


def test_a_refund_after_shipping_leaves_the_line_shipped(bound: World) -> None:
    (item,) = bound.order(1)
    bound.allocate(item)
    bound.ship(item)
    buyers.refund(bound.path, item, bound.clock)
    buyers.refund_finish(bound.path, item, bound.clock)
    row = bound.merchant_row(item)
    assert (row["order_status"], row["distr_status"], row["after_sale_status"]) == (3, 2, 1)


def test_cancelling_closes_what_is_not_shipped(bound: World) -> None:
    one, two = bound.order(1, 1)
    bound.allocate(one)
    bound.allocate(two)
    bound.ship(one)
    buyers.cancel(bound.path, ORDER, bound.clock)
    states = [(row["order_status"], row["distr_status"]) for row in map(bound.merchant_row, (one, two))]
    assert states == [(3, 2), (4, 3)]
    mine = bound.factory_row(two)
    assert (mine["distr_status"], mine["distr_cancel_reason"]) == (3, "买家取消订单")
    with pytest.raises(SandboxError, match="shipped already"):
        buyers.cancel(bound.path, ORDER, bound.clock)


def test_what_cannot_be_done_is_said_in_one_sentence(bound: World) -> None:
    (item,) = bound.order(1)
    with pytest.raises(SandboxError, match="404: no such dropship order"):
        buyers.refund(bound.path, "404", bound.clock)
    with pytest.raises(SandboxError, match="404: no such order"):
        buyers.cancel(bound.path, "404", bound.clock)
    with pytest.raises(SandboxError, match="no refund is open"):
        buyers.refund_close(bound.path, item, bound.clock)
    buyers.refund(bound.path, item, bound.clock)
    with pytest.raises(SandboxError, match="a refund is open"):
        buyers.refund(bound.path, item, bound.clock)
    buyers.refund_finish(bound.path, item, bound.clock)
    with pytest.raises(SandboxError, match="closed"):
        buyers.refund(bound.path, item, bound.clock)


def test_another_address_is_another_receiver(bound: World) -> None:
    (item,) = bound.order(1)
    bound.allocate(item)
    before = bound.factory_row(item)["receiver_id"]
    buyers.change_address(bound.path, ORDER, bound.clock)
    assert bound.factory_row(item)["receiver_id"] != before


def test_a_changed_remark_reaches_both_sides(bound: World) -> None:
    (item,) = bound.order(1)
    bound.allocate(item)
    buyers.change_remark(bound.path, ORDER, "改发顺丰", bound.clock)
    assert bound.merchant_row(item)["seller_words"] == bound.factory_row(item)["seller_words"] == "改发顺丰"


def test_reset_begins_anew_and_keeps_logins(bound: World) -> None:
    bound.order(1)
    buyers.reset(bound.path, bound.clock)
    assert bound.ok(MERCHANT, "iop.roleGet") == {"role_type": 0}
    bound.bind(FACTORY)
    assert bound.ok(MERCHANT, "iop.sellerOrderList", page=0, size=10, **bound.window())["total"] == 0
    assert next(effect["act"] for effect in ledger.effects(bound.path)) == "reset"
