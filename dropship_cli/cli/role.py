"""`role`, `role choose`, `role switch`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.domain.shop import Role

if TYPE_CHECKING:
    from dropship_cli.actions.act import Report
    from dropship_cli.actions.context import Shop

role = typer.Typer(
    invoke_without_command=True, help="Show, choose or switch the shop's role.", rich_markup_mode=None
)

ShopName = Annotated[str, typer.Option("--shop-name", help="The name the other side sees.")]
Sender = Annotated[str, typer.Option("--sender", help="Who sends, on labels (factory).")]


@role.callback()
def show(context: typer.Context) -> int:
    """Show the shop's role as the platform has it; choose it once, switch it before the first application.

    Example: dropship role choose merchant
    """
    if context.invoked_subcommand:
        return 0
    from dropship_cli.actions.bind import how_to_choose

    with wiring.shop() as shop:
        found = shop.read_role()
        screen = wiring.screen()
        screen.record(
            "role", {"shop_id": shop.profile.shop_id, "platform": shop.profile.platform, "role": found}
        )
        if found is None:
            code, values = how_to_choose(shop)
            screen.note(code, **dict(values))
    return 0


@role.command("choose")
def choose(
    wanted: Annotated[
        Role, typer.Argument(help="merchant sells, factory ships.", metavar="ROLE", show_default=False)
    ],
    shop_name: ShopName = "",
    sender: Sender = "",
) -> int:
    """Choose the role. It can be switched until the first application, then never.

    Example: dropship role choose factory --shop-name "Yiwu Home" --sender "Mr Wu"
    """
    return _choose(wanted, shop_name, sender)


@role.command("switch")
def switch(shop_name: ShopName = "", sender: Sender = "") -> int:
    """Take the other role, as long as no application fixed it.

    Example: dropship role switch
    """
    return _choose(None, shop_name, sender)


def _choose(wanted: Role | None, shop_name: str, sender: str) -> int:
    from dropship_cli.cli.showing import show_report

    with wiring.shop() as shop:
        return show_report(wiring.screen(), shop, _changed(shop, wanted, shop_name, sender), kind="answers")


def _changed(shop: Shop, wanted: Role | None, shop_name: str, sender: str) -> Report:
    from dropship_cli.actions import bind as action

    return action.choose_role(shop, wanted or action.other_role(shop), shop_name=shop_name, sender=sender)
