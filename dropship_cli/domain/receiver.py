"""A buyer's name, phone and address: sealed as the platform gives them, opened for one look. Never stored.

Nothing here shows a text in its `repr`, so that no log or traceback can carry one by accident.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

DAY = 86_400


class Field(StrEnum):
    """What can be opened."""

    NAME = "receiver"
    PHONE = "phone"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class SealedOrder:
    """A buyer's order as it is now: ciphers by field, `region` in plain words, times in Unix seconds.

    `shipped_at` is set once all of it has left.
    """

    order_id: str
    ciphers: Mapping[Field, str] = field(repr=False)
    region: str = ""
    paid_at: int | None = None
    closed: bool = False
    shipped_at: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """One field in plain text, or the code of why not with the platform's words.

    A virtual phone number (`virtual`) is dialled with its `extension` and ends at `until` (Unix seconds).
    """

    name: Field
    text: str = field(default="", repr=False)
    extension: str = field(default="", repr=False)
    virtual: bool = False
    until: int | None = None
    code: str | None = None
    said: str = ""


def why_sealed(order: SealedOrder, now: float, days: float) -> str | None:
    """The code of the rule that forbids a look: closed, unpaid, or shipped more than `days` ago; else nothing.

    The first two are the platform's (doudian.md section 7); the third is ours: nobody needs the address of a
    parcel that arrived long ago.
    """
    if order.closed:
        return "reveal.closed"
    if order.paid_at is None:
        return "reveal.unpaid"
    if order.shipped_at is not None and now - order.shipped_at > days * DAY:
        return "reveal.long_ago"
    return None
