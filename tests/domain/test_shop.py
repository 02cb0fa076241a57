"""Roles: who may act, and when a role may still be chosen; capabilities: what a platform can do and where else."""

from __future__ import annotations

import pytest

from dropship_cli.domain.capability import Can, Cannot, Capabilities
from dropship_cli.domain.errors import RefusedError
from dropship_cli.domain.item import AllocationState, Item, ShipmentState
from dropship_cli.domain.operation import Fence, Kind
from dropship_cli.domain.shop import Profile, Role, choose, require_role

MERCHANT, FACTORY = Role.MERCHANT, Role.FACTORY


def test_each_role_has_the_other() -> None:
    assert (MERCHANT.other, FACTORY.other) == (FACTORY, MERCHANT)


@pytest.mark.parametrize(
    ("actual", "wanted", "code"),
    [
        (None, MERCHANT, "role.not_chosen"),
        (None, FACTORY, "role.not_chosen"),
        (MERCHANT, FACTORY, "role.wrong"),
        (FACTORY, MERCHANT, "role.wrong"),
    ],
)
def test_an_act_of_the_other_role_is_refused_and_says_whose_it_is(
    actual: Role | None, wanted: Role, code: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        require_role(actual, wanted, act="allocate", shop_id="66")
    assert refused.value.code == code
    assert refused.value.values["wanted"] is wanted
    assert (refused.value.values["act"], refused.value.values["shop_id"]) == ("allocate", "66")


@pytest.mark.parametrize("role", Role)
def test_an_act_of_the_own_role_passes(role: Role) -> None:
    require_role(role, role, act="ship", shop_id="66")


@pytest.mark.parametrize(
    ("actual", "wanted", "applied", "changes"),
    [
        (None, MERCHANT, False, True),
        (None, MERCHANT, True, True),
        (MERCHANT, MERCHANT, False, False),
        (MERCHANT, MERCHANT, True, False),
        (MERCHANT, FACTORY, False, True),
        (FACTORY, MERCHANT, False, True),
    ],
)
def test_a_role_may_be_chosen_and_switched_until_somebody_applied(
    actual: Role | None,
    wanted: Role,
    applied: bool,
    changes: bool,
) -> None:
    assert choose(actual, wanted, applied=applied) is changes


@pytest.mark.parametrize(("actual", "wanted"), [(MERCHANT, FACTORY), (FACTORY, MERCHANT)])
def test_an_application_fixes_the_role_for_good(actual: Role, wanted: Role) -> None:
    with pytest.raises(RefusedError) as refused:
        choose(actual, wanted, applied=True)
    assert (refused.value.code, refused.value.values) == ("role.fixed", {"role": actual})


def test_play_is_never_taken_for_trade() -> None:
    shops = [Profile("a", platform, "1", "k", "sandbox:") for platform in ("sandbox", "doudian")]
    assert [shop.is_sandbox for shop in shops] == [True, False]


CAPABILITIES = Capabilities(
    {
        Kind.ALLOCATE: Can(batch=100, fence=Fence.FENCED),
        Kind.UNBIND: Cannot("unbind.console", "Partners > Unbind"),
    },
    window=1800, page=100, partial=False,
)  # fmt: skip


def test_what_a_platform_can_is_told_with_its_limits() -> None:
    assert CAPABILITIES.can(Kind.ALLOCATE).batch == 100


@pytest.mark.parametrize(
    ("kind", "code", "where"),
    [
        (Kind.UNBIND, "unbind.console", "Partners > Unbind"),
        (Kind.SHIP, "platform.cannot", ""),
    ],
)
def test_what_it_cannot_is_refused_with_the_place_where_it_can_be_done(
    kind: Kind, code: str, where: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        CAPABILITIES.can(kind)
    assert (refused.value.code, refused.value.values) == (code, {"act": kind, "where": where})


@pytest.mark.parametrize(
    ("shipment", "shipped", "left"),
    [
        (ShipmentState.NONE, 0, 5),
        (ShipmentState.PARTIAL, 2, 3),
        (ShipmentState.SHIPPED, 0, 0),
        (ShipmentState.PARTIAL, 7, 0),
    ],
)
def test_never_less_than_nothing_is_left(shipment: ShipmentState, shipped: int, left: int) -> None:
    assert Item("O", "I", 5, shipment=shipment, shipped_quantity=shipped).left == left


def test_only_what_a_factory_has_is_not_free() -> None:
    free = [state for state in AllocationState if Item("O", "I", 1, allocation=state).is_free]
    assert free == [AllocationState.UNALLOCATED, AllocationState.CANCELLED]
