"""`api`: a signed raw call, or the request that it would be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.options import Yes

if TYPE_CHECKING:
    from dropship_cli.terminal.screen import Screen

DEEPEST = 100
"""Levels of nesting in parameters; no method of any platform comes near."""


def api(
    method: Annotated[str, typer.Argument(help="For example iop.roleGet.", show_default=False)],
    params: Annotated[
        str, typer.Option("--params", help="The parameters as a JSON object.", metavar="JSON")
    ] = "{}",
    timestamp: Annotated[
        str | None,
        typer.Option("--timestamp", help="Sign for this time (seconds, or as the platform writes it)."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show the request, the token masked.")
    ] = False,
    yes: Yes = False,
) -> int:
    """Call a method of the platform, signed and authorised. What changes something asks first.

    Examples: dropship api iop.roleGet; dropship api iop.roleGet --dry-run --json --timestamp 1700000000
    """
    found = _object(params)
    screen = wiring.screen()
    with wiring.shop() as shop:
        if dry_run:
            raw = shop.platform().raw(method, found, timestamp=timestamp)
            screen.record("request", {"url": raw.url, "query": dict(raw.query), "body": raw.body})
            return 0
        if not _reads(method):
            shop.may_send()
            _confirm(screen, method, yes=yes, shop_id=shop.profile.shop_id)
        with shop.lock(shop.wait):
            answer = shop.read(lambda platform: platform.call(method, found, timestamp=timestamp))
            with shop.store.transaction():
                shop.store.log.add("api", who=shop.who, at=shop.now(), target=method)
        screen.record("answer", answer)
    return 0


def _reads(method: str) -> bool:
    """Whether a method only reads, told by its name; when in doubt it does not."""
    name = method.rpartition(".")[2]
    return name.endswith(("Get", "List", "Info", "Detail", "Sensitive")) and name != "waybillGet"


def _confirm(screen: Screen, method: str, *, yes: bool, shop_id: str) -> None:
    from dropship_cli.cli.asking import confirm

    confirm(screen, "api.confirm", yes=yes, method=method, shop_id=shop_id)


def _object(text: str) -> dict[str, Any]:
    import json

    from dropship_cli.domain.errors import UsageError

    try:
        found = json.loads(text)
        json.dumps(found, allow_nan=False, ensure_ascii=False).encode()  # what can be read but never be sent
    except (ValueError, RecursionError) as error:
        raise UsageError("usage.params", option="--params", detail=str(error)) from None
    if not isinstance(found, dict) or _deeper(found, DEEPEST):
        detail = f"nested deeper than {DEEPEST}" if isinstance(found, dict) else None
        raise UsageError("usage.params", option="--params", detail=detail)
    return found


def _deeper(value: object, levels: int) -> bool:
    """Whether it is nested deeper than so many levels."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels < 0 or any(_deeper(one, levels - 1) for one in inner)
