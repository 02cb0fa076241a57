"""What an option or an argument may take, for completion: its own choices, words of ours, or what the shop has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dropship_cli.cli import wiring
from dropship_cli.cli.wiring import chats

if TYPE_CHECKING:
    from dropship_cli.actions.offer import Wanted
    from dropship_cli.terminal.completion_text import Candidate

_PARTNERS = {"factory", "merchant", "factory_id", "merchant_id", "partner"}


def values(param: Any, path: Sequence[str], start: str) -> list[Candidate]:
    """What this option or argument of the command `path` takes, as far as it begins with `start`."""
    choices = getattr(param.type, "choices", None) or _lists(path).get(param.name)
    if choices is not None:
        return starting([(str(one), "") for one in choices], start)
    named = {"profile": profiles, "notify": _chats}.get(path[0])
    if named is not None and param.name == "name" and path[-1] != "add":
        return starting(named(), start)
    wanted = _wanted(param, path)
    if wanted is None:
        return []
    from dropship_cli.actions.offer import offered

    with wiring.glimpse() as look:
        return [] if look is None else offered(look, wanted, start, command=path[0])


def _lists(path: Sequence[str]) -> Mapping[str, Iterable[object]]:
    """Values that are words of ours."""
    from dropship_cli.domain.figures import By
    from dropship_cli.domain.hand import Hand

    lists: dict[str, Iterable[object]] = {
        "by": By,
        "handled_by": Hand,
        "form": ("csv", "tsv", "xlsx", "jsonl"),
    }
    if path[0] in ("orders", "export"):
        from dropship_cli.actions.orders import STATES

        lists["state"] = STATES
    if path[0] == "waybill":
        from dropship_cli.domain.waybill import WaybillState

        lists["state"] = WaybillState
    if path[0] == "notify":
        from dropship_cli.domain.chat import ChatKind

        lists["kind"] = ChatKind
    if list(path) == ["profile", "set"]:
        from dropship_cli.domain.settings import SETTINGS

        lists["setting"] = SETTINGS
    return lists


def _wanted(param: Any, path: Sequence[str]) -> Wanted | None:
    """What of the store an option or argument means, by its name in the commands."""
    from dropship_cli.actions.offer import Wanted

    name = param.name
    if name in _PARTNERS or (name == "to" and param.metavar == "FACTORY"):
        return Wanted.PARTNER
    if name == "name" and path[0] in ("sheet", "factory") and path[-1] != "add":
        return Wanted.LOCAL_FACTORY
    return {
        "items": Wanted.ITEM, "item": Wanted.ITEM, "item_id": Wanted.ITEM, "order_id": Wanted.ORDER,
        "carrier": Wanted.CARRIER, "word": Wanted.CARRIER, "sku": Wanted.SKU, "op_ids": Wanted.OPERATION,
        "rule_ids": Wanted.RULE, "numbers": Wanted.WAYBILL,
    }.get(name)  # fmt: skip


def profiles() -> list[Candidate]:
    """The profiles of this machine."""
    return [(name, "") for name in wiring.home().names()]


def _chats() -> list[Candidate]:
    return [(one.name, one.kind) for one in chats.book(wiring.profile()).all()]


def starting(found: Iterable[Candidate], start: str) -> list[Candidate]:
    """Those that begin so, each once."""
    return [one for one in dict(found).items() if one[0].startswith(start)]
