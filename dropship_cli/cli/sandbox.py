"""`sandbox serve|seed|refund|cancel|remark|address|reset|code|set|push|fault`: the embedded platform from outside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.options import Yes
from dropship_cli.cli.wiring import accounts
from dropship_cli.domain.errors import ExitStatus, UsageError

sandbox = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
    help="The platform on your own machine: place orders, play the buyer.",
)

ItemId = Annotated[str, typer.Argument(help="A dropship order (子订单编号).", show_default=False)]
MERCHANT = "660001"


@sandbox.callback()
def show(context: typer.Context) -> int:
    """The platform on your own machine: place orders, play the buyer."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
    return 0


@sandbox.command("serve")
def serve(
    port: Annotated[int, typer.Option("--port", help="0 takes a free one.", min=0, max=65535)] = 8600,
) -> int:
    """Serve the sandbox on 127.0.0.1 for other programs, until Ctrl-C.

    Example: dropship sandbox serve --port 8600
    """
    from dropship_cli.sandbox.app import create_app
    from dropship_cli.sandbox.serve import serve as run

    screen = wiring.screen()

    def ready(chosen: int) -> None:
        screen.record("serving", {"url": f"http://127.0.0.1:{chosen}"})
        screen.out.flush()

    with _told():
        run(create_app(wiring.ledger()), port, on_ready=ready)
    return 0


@sandbox.command("seed")
def seed(
    orders: Annotated[
        Path | None,
        typer.Option("--orders", help="A merchant's export from the shop's console.", metavar="FILE"),
    ] = None,
    random: Annotated[int | None, typer.Option("--random", help="Invent so many items.", min=0)] = None,
    number: Annotated[int, typer.Option("--seed", help="The same number invents the same orders.")] = 1,
    shop: Annotated[str, typer.Option("--shop", help="The merchant's shop id.")] = MERCHANT,
    paid_at: Annotated[str | None, typer.Option("--paid-at", help="Paid at this time; else now.")] = None,
) -> int:
    """Place buyers' orders. Bind first: the platform shows only orders paid after a binding.

    Examples: dropship sandbox seed --orders export.csv; dropship sandbox seed --random 200 --seed 7
    """
    from dropship_cli.cli.times import moment
    from dropship_cli.sandbox.seed import seed_export, seed_random

    if (orders is None) == (random is None):
        raise UsageError("usage.orders_or_random")
    at = moment(paid_at)
    with _happening():
        if orders is not None:
            seeded = seed_export(wiring.ledger(), orders, shop_id=shop, paid_at=at)
        else:
            seeded = seed_random(wiring.ledger(), random or 0, seed=number, shop_id=shop, paid_at=at)
    wiring.screen().record(
        "seeded", {"orders": seeded.orders, "items": seeded.items, "skipped": seeded.skipped, "shop_id": shop}
    )
    return 0


@sandbox.command("refund")
def refund(
    item_id: ItemId,
    finish: Annotated[bool, typer.Option("--finish", help="The money went back.")] = False,
    close: Annotated[bool, typer.Option("--close", help="The buyer withdrew, or it was refused.")] = False,
) -> int:
    """Be the buyer: ask for a refund of one item (or finish or close one that is open)."""
    from dropship_cli.sandbox import buyers

    if finish and close:
        raise UsageError("usage.finish_or_close")
    act = buyers.refund_finish if finish else buyers.refund_close if close else buyers.refund
    with _happening():
        act(wiring.ledger(), item_id)
    return 0


@sandbox.command("cancel")
def cancel(order_id: Annotated[str, typer.Argument(help="The buyer's order.", show_default=False)]) -> int:
    """Be the buyer: cancel a whole order."""
    from dropship_cli.sandbox import buyers

    with _happening():
        buyers.cancel(wiring.ledger(), order_id)
    return 0


@sandbox.command("remark")
def remark(
    order_id: Annotated[str, typer.Argument(help="The buyer's order.", show_default=False)],
    text: Annotated[str, typer.Argument(help="The new remark; empty takes it away.", show_default=False)],
) -> int:
    """Be the merchant: write another remark on an order."""
    from dropship_cli.sandbox import buyers

    with _told():
        buyers.change_remark(wiring.ledger(), order_id, text)
    return 0


@sandbox.command("address")
def address(
    order_id: Annotated[str, typer.Argument(help="The buyer's order.", show_default=False)],
    move: Annotated[bool, typer.Option("--move", help="In another region too.")] = False,
) -> int:
    """Be the buyer: another receiver for an order."""
    from dropship_cli.sandbox import buyers

    with _told():
        buyers.change_address(wiring.ledger(), order_id, move=move)
    return 0


@sandbox.command("code")
def code(shop: Annotated[str, typer.Argument(help="A shop id.", show_default=False)]) -> int:
    """Be the merchant who clicks "authorise": print a code for `login --code` (10 minutes, once)."""
    from dropship_cli.sandbox.tokens import issue_code

    with _told():
        found = issue_code(wiring.ledger(), accounts.sandbox_app()[0], shop)
    wiring.screen().record("code", {"shop_id": shop, "code": found})
    return 0


@sandbox.command("chats")
def chats() -> int:
    """Show what arrived at the chats that stand here: sandbox:feishu, sandbox:dingtalk, sandbox:wecom, sandbox:generic.

    Over HTTP they are at /chat/feishu/NAME, /chat/dingtalk/?access_token=NAME, /chat/wecom/?key=NAME and
    /chat/generic/NAME of `sandbox serve`. Their signing secret is sandbox-chat-not-for-production.

    Example: dropship sandbox chats --json
    """
    from dropship_cli.domain.moment import rfc3339
    from dropship_cli.sandbox.chats.box import arrived

    screen = wiring.screen()
    with _told():
        found = arrived(wiring.ledger())
    if screen.json:
        screen.records("arrived", [{**one, "at": rfc3339(one["at"])} for one in found])
        return 0
    for one in found:
        screen.line("sandbox.arrived", at=rfc3339(one["at"]), chat=one["kind"], number=one["code"] or None)
        screen.texts([one["text"]] if one["text"] else [])
    if not found:
        screen.note("table.empty")
    return 0


@sandbox.command("set")
def put(
    setting: Annotated[
        str, typer.Argument(help="rate_per_second, skew_seconds, access_life, …", show_default=False)
    ],
    value: Annotated[
        str, typer.Argument(help="A whole number; for push_url an address, or off.", show_default=False)
    ],
    shop: Annotated[str, typer.Option("--shop", help="push_url: whose pushes.")] = MERCHANT,
) -> int:
    """Change how the sandbox behaves, for every process that uses it.

    Examples: dropship sandbox set rate_per_second 5; dropship sandbox set push_url http://127.0.0.1:8700
    """
    from dropship_cli.sandbox import outbox, settings

    with _told():
        if setting == "push_url":
            outbox.listen_at(wiring.ledger(), shop, "" if value == "off" else value)
        else:
            settings.put(wiring.ledger(), setting, _whole(value))
    return 0


@sandbox.command("push")
def push(
    url: Annotated[str, typer.Option("--url", help="Where a listener is.", show_default=False)],
    shop: Annotated[str, typer.Option("--shop", help="Whose pushes.")] = MERCHANT,
    lose: Annotated[float, typer.Option("--lose", help="Lose this share of them.", min=0, max=1)] = 0.0,
    repeat: Annotated[float, typer.Option("--repeat", help="Send this share twice.", min=0, max=1)] = 0.0,
    shuffle: Annotated[bool, typer.Option("--shuffle", help="In any order.")] = False,
    forge: Annotated[int, typer.Option("--forge", help="Add so many with a wrong signature.", min=0)] = 0,
    number: Annotated[int, typer.Option("--seed", help="The same number loses the same ones.")] = 1,
    sign_method: Annotated[str, typer.Option("--sign-method", help="hmac-sha256 or MD5.")] = "hmac-sha256",
    probe: Annotated[bool, typer.Option("--probe", help="Only the probe of an address.")] = False,
) -> int:
    """Be the platform: push what happened since the last time, signed, one try each.

    Exit status 1: something that was meant to arrive was not answered with success, or a forged one was.

    Examples: dropship sandbox push --url http://127.0.0.1:8700; dropship sandbox push --url http://127.0.0.1:8700
    --lose 0.2 --repeat 0.2 --shuffle --forge 3 --seed 7
    """
    from dropship_cli.sandbox import pushing

    screen = wiring.screen()
    with _told():
        if probe:
            answered = pushing.probe(url)
            screen.record("probed", {"url": url, "answered": answered})
            return ExitStatus.DONE if answered else ExitStatus.PARTLY
        mischief = pushing.Mischief(lose, repeat, shuffle, forge, number)
        pushed = pushing.push(wiring.ledger(), url, shop, mischief, sign_method)
    screen.record("pushed", {"shop_id": shop, **asdict(pushed)})
    if pushed.unanswered:
        screen.warning("sandbox.unanswered", url=url, count=pushed.unanswered)
    return ExitStatus.PARTLY if pushed.unanswered or pushed.believed else ExitStatus.DONE


@sandbox.command("fault")
def fault(
    kind: Annotated[
        str, typer.Argument(help="busy_before, busy_after, html, drop_row, …", show_default=False)
    ],
    method: Annotated[str | None, typer.Option("--method", help="Only calls of this method.")] = None,
    times: Annotated[int, typer.Option("--times", help="So many calls.", min=1)] = 1,
) -> int:
    """Let the next calls go wrong, to see what your scripts make of it.

    Example: dropship sandbox fault busy_after --method iop.sellerDistribute
    """
    from dropship_cli.sandbox import faults

    with _told():
        faults.plan(wiring.ledger(), method, kind, times)
    return 0


@sandbox.command("reset")
def reset(yes: Yes = False) -> int:
    """Forget every order, role and binding of the sandbox. The profiles' own stores are left alone."""
    from dropship_cli.cli.asking import confirm
    from dropship_cli.sandbox import buyers

    screen = wiring.screen()
    confirm(screen, "sandbox.reset_confirm", yes=yes, path=str(wiring.home().sandbox_ledger))
    with _told():
        buyers.reset(wiring.ledger())
    screen.note("sandbox.reset_done")
    return 0


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise UsageError("sandbox.not_a_number", value=text) from None


@contextmanager
def _happening() -> Iterator[None]:
    """As `_told`, for what changes the world: who listens hears of it at once."""
    from dropship_cli.sandbox.pushing import push_at_once

    with _told():
        yield
        push_at_once(wiring.ledger())


@contextmanager
def _told() -> Iterator[None]:
    """The sandbox's refusals as usage errors; its sentences are its own."""
    from dropship_cli.sandbox.errors import SandboxError

    try:
        yield
    except SandboxError as error:
        raise UsageError("sandbox.refused", detail=str(error)) from None
