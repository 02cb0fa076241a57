"""`listen`: receive what the platform pushes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.wiring.listening import listener, require_loopback

if TYPE_CHECKING:
    from dropship_cli.domain.errors import DropshipError
    from dropship_cli.domain.push import Push

LOOPBACK = "127.0.0.1"


def listen(
    address: Annotated[
        str, typer.Option("--address", help="Listen on this address of this machine.")
    ] = LOOPBACK,
    port: Annotated[int, typer.Option("--port", help="0 takes a free one.", min=0, max=65535)] = 8700,
    workers: Annotated[int, typer.Option("--workers", help="Requests answered at once.", min=1, max=64)] = 8,
    plain_http: Annotated[
        bool,
        typer.Option(
            "--plain-http", help="Listen beyond this machine without TLS: another machine's proxy adds it."
        ),
    ] = False,
) -> int:
    """Receive the platform's pushes until Ctrl-C, and read the items they name. Put a proxy with TLS before it.

    A push is answered when it is safely kept; what was missed is caught up by the next `sync`.

    Examples: dropship listen; dropship listen --port 8700 -v -p myshop
    """
    from dropship_cli.actions.listen import Place
    from dropship_cli.actions.listen import listen as action
    from dropship_cli.domain.errors import Interrupted
    from dropship_cli.terminal import words

    require_loopback(address, allowed=plain_http)
    screen = wiring.screen()

    def told(push: Push) -> None:
        named = ", ".join(push.item_ids) or push.order_id
        screen.detail("listen.message", tag=push.tag, named=named)

    def ready(chosen: int) -> None:
        shown = f"[{address}]" if ":" in address else address
        name = wiring.profile()
        record = {"url": f"http://{shown}:{chosen}", "profile": name.name, "shop_id": name.shop_id}
        screen.record("listening", record)
        screen.out.flush()

    def troubled(error: DropshipError) -> None:
        why = words.sentence(error.code, screen.lang, error.values)
        screen.warning("listen.look_failed", why=why)

    try:
        with listener(told, troubled) as doors:
            action(doors, Place(address, port, workers), ready)
    except Interrupted as end:
        screen.note("listen.ended")
        return end.exit_status
    return 0
