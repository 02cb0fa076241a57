"""What a shop's store offers to the beginning of a word, for completion; which word wants what is `cli`'s to know."""

from __future__ import annotations

from enum import Enum, auto

from dropship_cli.store.glimpse import Found, Glimpse

__all__ = ["Glimpse", "Wanted", "offered"]

_STATE_OF = {"allocate": "unallocated", "unallocate": "allocated", "ship": "to-ship", "waybill": "to-ship"}
"""In which state the items are that a command is for."""
_ON_PLATFORM = {"bind", "unbind", "accept", "reject"}
"""Commands that no local factory can be named to."""


class Wanted(Enum):
    """What a word stands for."""

    ITEM = auto()
    ORDER = auto()
    PARTNER = auto()
    LOCAL_FACTORY = auto()
    CARRIER = auto()
    SKU = auto()
    OPERATION = auto()
    RULE = auto()
    WAYBILL = auto()


def offered(look: Glimpse, wanted: Wanted, start: str, *, command: str) -> Found:
    """Values that begin with `start`, as far as they make sense to the command."""
    match wanted:
        case Wanted.ITEM:
            return look.items(start, _STATE_OF.get(command))
        case Wanted.ORDER:
            return look.orders(start)
        case Wanted.PARTNER:
            return look.partners(start) + ([] if command in _ON_PLATFORM else look.local_factories(start))
        case Wanted.LOCAL_FACTORY:
            return look.local_factories(start)
        case Wanted.CARRIER:
            return look.carriers(start) or _usual_carriers(start)
        case Wanted.SKU:
            return look.skus(start)
        case Wanted.OPERATION:
            return look.operations(start)
        case Wanted.RULE:
            return look.rules(start)
        case Wanted.WAYBILL:
            return look.waybills(start)


def _usual_carriers(start: str) -> Found:
    from dropship_cli.domain.carrier_table import CARRIERS

    return [(one.code, one.name) for one in CARRIERS if one.code.startswith(start)]
