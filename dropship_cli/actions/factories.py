"""Factories that are not on the platform: add, list, remove; and every factory that items may go to."""

from __future__ import annotations

from dataclasses import dataclass

from dropship_cli.actions.context import Shop
from dropship_cli.domain.binding import Binding
from dropship_cli.domain.errors import RefusedError
from dropship_cli.domain.local import LocalFactory, key, new_name, tidy
from dropship_cli.domain.outcome import Result
from dropship_cli.domain.shop import Role


@dataclass(frozen=True, slots=True)
class Listed:
    """A local factory, how many items it still has to send, and how many of them are on no sheet yet."""

    factory: LocalFactory
    to_ship: int
    not_on_sheet: int


def partners(shop: Shop) -> dict[str, Binding]:
    """Every factory that items may go to, by id or name: those of the platform, and the local ones."""
    local = {one.name: one.as_partner for one in shop.store.local.factories()}
    return {**shop.store.bindings.all(), **local}


def canonical(shop: Shop, factory: str) -> str:
    """The local factory's own spelling of its name; anything else as it is."""
    return shop.store.local.names().get(key(factory), factory)


def factories(shop: Shop) -> list[Listed]:
    """The local factories by name."""
    shop.require(Role.MERCHANT, "factory")
    local = shop.store.local
    untold = local.not_on_sheet()
    return [Listed(one, local.unshipped(one.name), untold.get(one.name, 0)) for one in local.factories()]


def add(shop: Shop, text: str, note: str) -> tuple[LocalFactory, Result]:
    """Take in a factory by its name; one that is there changes only its note. Raises `UsageError` `factory.*`."""
    shop.require(Role.MERCHANT, "factory")
    shop.may_change()
    name = new_name(text)
    with shop.store.transaction():
        there = {key(one.name): one for one in shop.store.local.factories()}.get(key(name))
        wanted = LocalFactory(
            there.name if there else name, tidy(note), there.added_at if there else shop.now()
        )
        if there is not None and (not note or there == wanted):
            return there, Result.UNCHANGED
        shop.store.local.add(wanted)
        shop.store.log.add("factory_add", who=shop.who, at=shop.now(), target=wanted.name, detail=wanted.note)
    return wanted, Result.DONE


def remove(shop: Shop, text: str) -> LocalFactory:
    """Take a factory out. Raises `RefusedError`: `factory.unknown`, or `factory.has_items` (some to send)."""
    shop.require(Role.MERCHANT, "factory")
    shop.may_change()
    with shop.store.transaction():
        found = named(shop, text)
        count = shop.store.local.unshipped(found.name)
        if count:
            raise RefusedError("factory.has_items", factory=found.name, count=count)
        shop.store.local.remove(found.name, shop.now())
        shop.store.log.add("factory_remove", who=shop.who, at=shop.now(), target=found.name)
    return found


def named(shop: Shop, text: str) -> LocalFactory:
    """The local factory of this name. Raises `RefusedError` `factory.unknown`."""
    found = {key(one.name): one for one in shop.store.local.factories()}.get(key(text))
    if found is None:
        raise RefusedError("factory.unknown", factory=tidy(text))
    return found
