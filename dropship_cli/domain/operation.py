"""The journal's entry: an act that somebody wished on a platform, its states and its legal steps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Every change that a platform can be asked for."""

    ROLE = "role"
    APPLY = "apply"
    ACCEPT = "accept"
    REJECT = "reject"
    UNBIND = "unbind"
    ALLOCATE = "allocate"
    CANCEL = "cancel"
    SHIP = "ship"
    AMEND = "amend"
    WAYBILL = "waybill"
    WAYBILL_CANCEL = "waybill_cancel"


class State(StrEnum):
    """Where an operation is on its way (reliability.md, "Acts and their outcomes")."""

    QUEUED = "queued"
    SENDING = "sending"
    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


class Fence(StrEnum):
    """What makes a second sending of the same operation harmless, if anything does (evidence, section 3)."""

    KEYED = "keyed"  # the platform knows our key: the same bytes again
    FENCED = "fenced"  # the platform refuses a second one
    NONE = "none"  # only a person may say "again"


HOLDABLE = frozenset({Kind.ALLOCATE, Kind.WAYBILL, Kind.SHIP})
"""What a hold stops: the steps that bring an item nearer to its buyer. Taking back and putting right go on."""

LIVE = frozenset({State.QUEUED, State.SENDING, State.UNKNOWN})
"""States in which an operation may still change something: it blocks any other act on the same item."""

STEPS: Mapping[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.SENDING, State.REFUSED, State.DROPPED}),
    State.SENDING: frozenset({State.DONE, State.REFUSED, State.UNKNOWN, State.QUEUED}),
    State.UNKNOWN: frozenset({State.DONE, State.REFUSED, State.QUEUED, State.DROPPED}),
    State.DONE: frozenset(),
    State.REFUSED: frozenset(),
    State.DROPPED: frozenset(),
}
"""The whole table of legal steps. `unknown → dropped` is a person's; `queued → refused` follows a refused
predecessor."""

REFUND_GONE = "withdraw.refund_gone"
"""The code of a withdrawal that was dropped because the buyer closed the refund: all is as it was wished before."""

Wish = Mapping[str, object]

_SPELLING = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Operation:
    """One act. `target` is an item id (or a shop id for bindings and the role), `wish` the wanted state,
    `before` the state it was planned on. `sent_at`, `asked_at` are Unix seconds. `waits_for` is the operation
    that has to be done first. `facts` fill the sentence of `error_code`; `said` among them are the platform's words.
    """

    op_id: str
    kind: Kind
    target: str
    wish: Wish
    before: Wish = field(default_factory=dict)
    order_id: str = ""
    state: State = State.QUEUED
    attempts: int = 0
    created_at: float = 0.0
    sent_at: float | None = None
    asked_at: float | None = None
    settled_at: float | None = None
    error_code: str | None = None
    facts: Wish = field(default_factory=dict)
    waits_for: str | None = None
    found: bool = False


def is_local(operation: Operation) -> bool:
    """Whether it is about a factory that is not on the platform: done here, and never sent."""
    return operation.wish.get("local") is True


def wish_text(wish: Wish) -> str:
    """The one spelling of a wish: equal wishes give equal texts, so that a repeat finds its first."""
    return _SPELLING.encode(wish)
