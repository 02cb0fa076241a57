"""Roles, shops and bindings (doudian.md sections 3 and 9)."""

import pytest

from dropship_cli.sandbox import shops
from dropship_cli.sandbox.errors import SandboxError

from .conftest import FACTORY, FACTORY_2, FACTORY_3, MERCHANT, World


def number(refused: tuple[int, str]) -> int:
    code, sub_code = refused
    assert code == 50002
    return int(sub_code.removeprefix("isv.business-failed:"))


def test_a_shop_begins_without_a_role_and_chooses_once(world: World) -> None:
    assert world.ok(MERCHANT, "iop.roleGet") == {"role_type": 0}
    world.ok(MERCHANT, "console.role.choose", role="merchant")
    assert world.ok(MERCHANT, "iop.roleGet") == {"role_type": 1}
    for role in ("merchant", "factory"):
        assert number(world.refused(MERCHANT, "console.role.choose", role=role)) == 90001


def test_the_role_can_be_switched_back_and_forth_before_any_application(world: World) -> None:
    assert number(world.refused(FACTORY, "console.role.switch")) == 90011
    world.ok(FACTORY, "console.role.choose", role="merchant")
    assert world.ok(FACTORY, "console.role.switch") == {"role_type": 2}
    assert world.ok(FACTORY, "console.role.switch") == {"role_type": 1}
    switched = world.effects("role_switched")
    assert [effect["values"]["role"] for effect in switched] == ["factory", "merchant"]


@pytest.mark.parametrize("accept", [True, False])
def test_an_application_fixes_both_roles_whatever_becomes_of_it(world: World, accept: bool) -> None:
    world.become(MERCHANT, "merchant")
    world.become(FACTORY, "factory")
    world.ok(MERCHANT, "console.binding.apply", factory_shop_id=FACTORY)
    assert number(world.refused(MERCHANT, "console.role.switch")) == 90002
    world.ok(FACTORY, "console.binding.answer", merchant_shop_id=MERCHANT, accept=accept, reason="满了")
    assert number(world.refused(FACTORY, "console.role.switch")) == 90002


def test_whom_a_merchant_cannot_apply_to(world: World) -> None:
    def apply(factory: int) -> int:
        return number(world.refused(MERCHANT, "console.binding.apply", factory_shop_id=factory))

    assert apply(FACTORY) == 90007
    world.become(MERCHANT, "merchant")
    assert apply(424242) == 90003
    assert apply(FACTORY) == 90004
    assert apply(MERCHANT) == 90005
    world.ok(FACTORY, "console.role.choose", role="factory")
    assert apply(FACTORY) == 90010
    world.ok(FACTORY, "console.shop.open", name="一厂")
    world.ok(MERCHANT, "console.binding.apply", factory_shop_id=str(FACTORY))
    assert apply(FACTORY) == 90006
    world.become(FACTORY_2, "merchant")
    assert apply(FACTORY_2) == 90004
    assert number(world.refused(FACTORY, "console.binding.apply", factory_shop_id=FACTORY_2)) == 90007


def test_only_a_waiting_application_can_be_answered_and_only_by_its_factory(bound: World) -> None:
    answer = "console.binding.answer"
    assert number(bound.refused(FACTORY, answer, merchant_shop_id=MERCHANT, accept=True)) == 90008
    assert number(bound.refused(MERCHANT, answer, merchant_shop_id=MERCHANT, accept=True)) == 90007
    assert number(bound.refused(FACTORY, answer, merchant_shop_id=424242, accept=True)) == 90003
    assert bound.refused(FACTORY, answer, merchant_shop_id=MERCHANT)[0] == 40004


def test_after_a_refusal_or_an_unbinding_the_merchant_may_apply_again(world: World) -> None:
    world.become(MERCHANT, "merchant")
    world.become(FACTORY, "factory")
    for accept in (False, True):
        world.ok(MERCHANT, "console.binding.apply", factory_shop_id=FACTORY)
        world.ok(FACTORY, "console.binding.answer", merchant_shop_id=MERCHANT, accept=accept)
    world.ok(MERCHANT, "console.binding.unbind", factory_shop_id=FACTORY)
    assert number(world.refused(MERCHANT, "console.binding.unbind", factory_shop_id=FACTORY)) == 90009
    world.clock.now += 5
    world.ok(MERCHANT, "console.binding.apply", factory_shop_id=FACTORY)
    listed = world.ok(MERCHANT, "iop.sellerSupplierList", page=0, page_size=10)
    assert listed["total"] == 1
    row = listed["supplier_shop_list"][0]
    assert (row["bind_status"], row["apply_time"], row["band_time"]) == (1, int(world.clock.now), 0)
    assert len(world.effects("applied")) == 3


def test_the_lists_show_each_side_its_partners_newest_first(world: World) -> None:
    world.bind(FACTORY)
    world.become(FACTORY_2, "factory")
    world.clock.now += 1
    world.ok(MERCHANT, "console.binding.apply", factory_shop_id=FACTORY_2)
    listed = world.ok(MERCHANT, "iop.sellerSupplierList", page=0, page_size=100)
    shown = [(row["supplier_shop_id"], row["bind_status"]) for row in listed["supplier_shop_list"]]
    assert shown == [(FACTORY_2, 1), (FACTORY, 2)]
    waiting = world.ok(MERCHANT, "iop.sellerSupplierList", page="0", page_size="100", bind_status=[1, 3])
    assert (waiting["total"], waiting["supplier_shop_list"][0]["supplier_shop_id"]) == (1, FACTORY_2)
    mine = world.ok(FACTORY, "iop.getSellerList")["seller_shop_list"]
    assert [(row["seller_shop_id"], row["seller_shop_name"]) for row in mine] == [
        (MERCHANT, "merchant 660001")
    ]
    assert mine[0]["band_time"] > 0


def test_pages_of_partners(world: World) -> None:
    world.bind(FACTORY, FACTORY_2, FACTORY_3)
    pages = [
        world.ok(MERCHANT, "iop.sellerSupplierList", page=page, page_size=2)["supplier_shop_list"]
        for page in (0, 1, 2)
    ]
    assert [len(page) for page in pages] == [2, 1, 0]
    assert world.refused(MERCHANT, "iop.sellerSupplierList", page=0)[0] == 40004
    assert world.refused(MERCHANT, "iop.sellerSupplierList", page=0, page_size=101)[0] == 40004


@pytest.mark.parametrize("role", ["", "boss", 3, None, True, ["merchant"]])
def test_a_role_that_does_not_exist_is_a_wrong_parameter(world: World, role: object) -> None:
    refused = world.refused(MERCHANT, "console.role.choose", role=role)
    assert refused == (40004, "isv.parameter-invalid:10000")


def test_a_shop_opens_only_after_it_has_a_role(world: World) -> None:
    assert number(world.refused(FACTORY, "console.shop.open", name="一厂")) == 90011


def test_more_shops_can_be_made_known(world: World) -> None:
    shops.add(world.path, "990099", "新厂")
    world.become(990099, "factory")
    assert world.ok(990099, "iop.roleGet") == {"role_type": 2}
    with pytest.raises(SandboxError, match="not a shop number"):
        shops.add(world.path, "../etc")
