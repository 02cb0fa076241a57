"""Worlds to begin from, built once by the program's own commands and copied for each case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from dropship_cli.actions import bind
from dropship_cli.actions.allocate import AllocationRow, allocate
from dropship_cli.actions.resolve import Reference
from dropship_cli.actions.ship import How, ShipmentRow, ship
from dropship_cli.domain.shop import Role
from tests.faults.world import SHOPS, World

FACTORIES = ("factory-1", "factory-2", "factory-3")
MERCHANTS = ("merchant", "merchant-2", "merchant-3")
ITEMS = tuple(str(6_920_000_000_000_000_100 + number) for number in range(5))
"""Five lines of one order, two pieces each."""


class Stages:
    """Builds a stage when it is first asked for; `copy` gives a world of one's own on it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._built: dict[str, World] = {}

    def copy(self, name: str, folder: Path) -> World:
        """A fresh world that stands where this stage ends."""
        return self._stage(name).copy(folder)

    def _stage(self, name: str) -> World:
        if name not in self._built:
            earlier, build = _STAGES[name]
            folder = self._folder / name
            folder.mkdir()
            world = self._stage(earlier).copy(folder) if earlier else World(folder)
            build(world)
            self._built[name] = world
        return self._built[name]


def tracking(item_id: str, kind: str = "a") -> str:
    """A well-formed number for this item that nobody else has."""
    return f"SF{ord(kind):03d}{item_id[-10:]}"


def _nothing(world: World) -> None:
    """Shops without roles."""


def _chosen(world: World) -> None:
    with world.shop("merchant") as shop:
        bind.choose_role(shop, Role.FACTORY, shop_name="名")


def _roles(world: World) -> None:
    for name in (*MERCHANTS, *FACTORIES):
        with world.shop(name) as shop:
            bind.choose_role(shop, Role.MERCHANT if name in MERCHANTS else Role.FACTORY, shop_name=name)


def _applied(world: World) -> None:
    for name in MERCHANTS:
        with world.shop(name) as shop:
            bind.apply(shop, SHOPS["factory-1"])


def _bound(world: World) -> None:
    for factory in FACTORIES:
        with world.shop("merchant") as shop:
            bind.apply(shop, SHOPS[factory])
        with world.shop(factory) as shop:
            bind.accept(shop, SHOPS["merchant"])
    world.order(1, [2] * len(ITEMS))
    world.clock.advance(5)
    world.sync("merchant")


def _allocated(world: World) -> None:
    with world.shop("merchant") as shop:
        allocate(shop, [AllocationRow(Reference(item_id=one), SHOPS["factory-1"]) for one in ITEMS])
    world.clock.advance(5)
    world.sync("merchant", "factory-1")


def _shipped(world: World) -> None:
    for name, items in (("factory-1", ITEMS[:3]), ("merchant", ITEMS[3:])):
        with world.shop(name) as shop:
            rows = [ShipmentRow(Reference(item_id=one), "shunfeng", tracking(one)) for one in items]
            ship(shop, rows, How())
    world.clock.advance(5)
    world.sync("merchant", "factory-1")


_STAGES: Mapping[str, tuple[str, Callable[[World], None]]] = {
    "bare": ("", _nothing),
    "chosen": ("bare", _chosen),
    "roles": ("bare", _roles),
    "applied": ("roles", _applied),
    "bound": ("roles", _bound),
    "allocated": ("bound", _allocated),
    "shipped": ("allocated", _shipped),
}
