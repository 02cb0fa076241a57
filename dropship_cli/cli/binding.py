"""`bind`, `unbind`, `accept`, `reject`, `bindings`."""

from __future__ import annotations

from typing import Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.options import Wait, Yes

FactoryId = Annotated[
    str, typer.Argument(help="The factory's shop id.", metavar="FACTORY_ID", show_default=False)
]
MerchantId = Annotated[
    str, typer.Argument(help="The merchant's shop id.", metavar="MERCHANT_ID", show_default=False)
]


def bind(factory_id: FactoryId, yes: Yes = False, wait: Wait = 0.0) -> int:
    """Apply to a factory (merchant). The first application fixes the shop's role for good.

    Example: dropship bind 880011
    """
    from dropship_cli.actions import bind as action
    from dropship_cli.cli.asking import confirm
    from dropship_cli.cli.showing import show_report

    screen = wiring.screen()
    with wiring.shop(wait=wait) as shop:
        if action.is_first(shop):
            confirm(screen, "bind.fixes_role", yes=yes, shop_id=shop.profile.shop_id, factory_id=factory_id)
        return show_report(screen, shop, action.apply(shop, factory_id), kind="answers")


def unbind(factory_id: FactoryId, yes: Yes = False, wait: Wait = 0.0) -> int:
    """End the binding with a factory (merchant); what it was given and has not shipped stays with it.

    Example: dropship unbind 880011
    """
    from dropship_cli.actions import bind as action
    from dropship_cli.cli.asking import confirm
    from dropship_cli.cli.showing import show_report

    screen = wiring.screen()
    with wiring.shop(wait=wait) as shop:
        action.may_end(shop, factory_id)
        confirm(screen, "unbind.confirm", yes=yes, shop_id=shop.profile.shop_id, factory_id=factory_id)
        return show_report(screen, shop, action.unbind(shop, factory_id), kind="answers")


def accept(merchant_id: MerchantId, wait: Wait = 0.0) -> int:
    """Accept a merchant's application (factory). Orders paid from now on can reach you.

    Example: dropship accept 660001
    """
    from dropship_cli.actions import bind as action
    from dropship_cli.cli.showing import show_report

    with wiring.shop(wait=wait) as shop:
        return show_report(wiring.screen(), shop, action.accept(shop, merchant_id), kind="answers")


def reject(
    merchant_id: MerchantId,
    reason: Annotated[str, typer.Option("--reason", help="What the merchant will read.")],
    wait: Wait = 0.0,
) -> int:
    """Refuse a merchant's application (factory).

    Example: dropship reject 660001 --reason "no capacity before January"
    """
    from dropship_cli.actions import bind as action
    from dropship_cli.cli.showing import show_report

    with wiring.shop(wait=wait) as shop:
        return show_report(wiring.screen(), shop, action.reject(shop, merchant_id, reason), kind="answers")


def bindings() -> int:
    """List bindings and applications, as last read from the platform.

    Example: dropship bindings --json
    """
    from dropship_cli.actions import bind as action
    from dropship_cli.terminal.json_shape import binding_record

    with wiring.shop() as shop:
        role = shop.require_any("bindings")
        rows = [binding_record(one, role) for one in action.bindings(shop)]
        wiring.screen().records("bindings", rows)
    return 0
