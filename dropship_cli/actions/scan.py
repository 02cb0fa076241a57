"""Shipping by scanner: an item's barcode, then its tracking number's; a pair is in the journal before the next line.

Nothing is sent here but by `go` and at the end: what a crash leaves is queued, and the next `sync` sends it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from dropship_cli.actions.act import Journalled, Report, journal, outcomes_of
from dropship_cli.actions.carriers import known_carriers
from dropship_cli.actions.context import Shop
from dropship_cli.actions.record import dropped
from dropship_cli.actions.resolve import find_items, reference
from dropship_cli.actions.scan_numbers import KnownNumbers
from dropship_cli.actions.ship import How, ShipmentRow, planner
from dropship_cli.domain.carrier import resolve
from dropship_cli.domain.decision import Decision, Refusal
from dropship_cli.domain.errors import DropshipError
from dropship_cli.domain.item import Item, ShipmentState
from dropship_cli.domain.operation import State
from dropship_cli.domain.outcome import Outcome, Result
from dropship_cli.domain.picking import why_kept
from dropship_cli.domain.scanning import (
    Command,
    Number,
    carrier_for,
    cleaned,
    command_of,
    is_like_item,
    pieces_of,
    why_not_pair,
)
from dropship_cli.store.picking import candidates_of

Send = Callable[[], DropshipError | None]


class Heard(StrEnum):
    """What a line turned out to be."""

    NOTHING = "nothing"
    ITEM = "item"
    PART = "part"
    PAIR = "pair"
    SENT = "sent"
    UNDONE = "undone"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one line. `items` are those in hand, or of the pair just made."""

    heard: Heard
    items: Sequence[Item] = ()
    code: str | None = None
    values: tuple[tuple[str, object], ...] = ()
    carrier: str = ""
    number: str = ""
    left: int = 0


@dataclass
class Scan:
    """One session at the bench. `send` carries the queue to the platform; `carrier` is for numbers that tell none."""

    shop: Shop
    send: Send
    carrier: str | None = None
    how: How = field(default_factory=How)
    error: DropshipError | None = None
    _hand: list[Item] = field(default_factory=list)
    _rows: list[ShipmentRow] = field(default_factory=list)
    _pieces: int | None = None
    _line: int = 0
    _kept: list[tuple[int, Journalled]] = field(default_factory=list)
    _refused: list[tuple[int, Outcome]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Whatever forbids the whole session is said before the first line."""
        self.shop.may_change()
        planner(self.shop, [], self.how)
        if self.carrier is not None:
            self.carrier = resolve(self.carrier, known_carriers(self.shop)).code
        self._numbers = KnownNumbers(self.shop)

    @property
    def waits_for_number(self) -> bool:
        """Whether an item lies in hand."""
        return bool(self._hand)

    def hear(self, line: str) -> Reply:
        """Take one line. A pair is in the journal, durably, when this returns."""
        self._line += 1
        text = cleaned(line)
        command = command_of(text)
        if not text:
            return Reply(Heard.NOTHING)
        if command is not None:
            return self._command(command)
        items = self._items(text)
        if items:
            return self._take_item(items)
        if not self._hand:
            return self._refuse("scan.no_item", text, text=text)
        pieces = pieces_of(text)
        return self._take_pieces(pieces) if pieces is not None else self._take_number(text)

    def end(self) -> Report:
        """The input is over: an item without a number is named, what was paired is sent, every line's end is told."""
        if self._hand:
            self._line += 1
            self._refuse("scan.no_number", self._hand[0].item_id, item=self._hand[0].item_id)
            self._put_down()
        self._send()
        ends = [
            (line, replace(outcome, row=line))
            for line, kept in self._kept
            for outcome in outcomes_of(self.shop, kept)
        ]
        return Report([outcome for _, outcome in sorted([*ends, *self._refused], key=_line)], self.error)

    def _items(self, text: str) -> list[Item]:
        role = self.shop.require_any("ship")
        (found,) = find_items(self.shop, [reference(text)], role)
        return [] if isinstance(found, Decision) else found

    def _take_item(self, items: list[Item]) -> Reply:
        if self._hand:
            left_behind = self._hand[0].item_id
            self._put_down()
            return self._refuse("scan.no_number", left_behind, item=left_behind)
        refusal = self._why_stays(items)
        if refusal is not None:
            return self._refuse(refusal[0], items[0].item_id, **refusal[1])
        self._hand = items
        return Reply(Heard.ITEM, items, left=sum(item.left for item in items))

    def _why_stays(self, items: Sequence[Item]) -> Refusal | None:
        """The first reason why one of these is not to be packed at all."""
        role = self.shop.require_any("ship")
        known = candidates_of(
            self.shop.store.connection, [item.item_id for item in items], now=self.shop.now()
        )
        for one in known.values():
            refusal = why_kept(one, role)
            if refusal is not None and not (self.how.reject_refund and refusal[0] == "pick.refund_open"):
                return refusal
            if one.item.shipment is ShipmentState.SHIPPED or one.going:
                return "scan.shipped", {"item": one.item.item_id}
        return None

    def _take_pieces(self, pieces: int) -> Reply:
        left = self._left
        if len(self._hand) > 1 or not 1 <= pieces <= left:
            return self._refuse("ship.quantity_wrong", self._hand[0].item_id, wanted=pieces, left=left)
        self._pieces = pieces
        return Reply(Heard.PART, self._hand, left=pieces)

    def _take_number(self, text: str) -> Reply:
        item = self._hand[0]
        if is_like_item(text, item.item_id):
            self._put_down()
            return self._refuse("item.unknown", text, item=text)
        number = self._numbers.look_up(text)
        carrier = carrier_for(number, self.carrier)
        refusal = why_not_pair(self._hand, number, carrier)
        if refusal is not None:
            return self._refuse(refusal[0], item.item_id, **refusal[1])
        beside, refusal = self._beside(number)
        if refusal is not None:
            return self._refuse(refusal[0], item.item_id, **refusal[1])
        self._hand = [*self._hand, *beside]
        return self._pair(number, carrier or "")

    def _beside(self, number: Number) -> tuple[list[Item], Refusal | None]:
        """What else lies whole in the package that the number was bought for: it ships with the item in hand. One of
        them that must not leave keeps the package here."""
        if len(self._hand) > 1 or self._rows or self._pieces is not None:
            return [], None
        mine = self._hand[0].item_id
        goods = {
            one.item_id: one.quantity
            for waybill in number.waybills
            if waybill.cancelled_at is None and mine in {one.item_id for one in waybill.goods}
            for one in waybill.goods
            if one.item_id != mine
        }
        role = self.shop.require_any("ship")
        found = candidates_of(self.shop.store.connection, goods, now=self.shop.now())
        waiting = [
            one
            for one in found.values()
            if one.item.left and not one.going and goods[one.item.item_id] == one.item.left
        ]
        for one in waiting:
            refusal = why_kept(one, role)
            if refusal is not None:
                return [], (refusal[0], {**refusal[1], "item": one.item.item_id})
        return [one.item for one in waiting], None

    def _pair(self, number: Number, carrier: str) -> Reply:
        """A package more; the item's shipment is journalled as soon as its packages hold all that is left."""
        items, rest = self._hand, self._left
        pieces = self._pieces if self._pieces is not None else rest if self._rows else None
        self._pieces = None
        self._rows += [
            ShipmentRow(reference(f"{one.order_id}/{one.item_id}", self._line), carrier, number.text, pieces)
            for one in items
        ]
        if pieces is not None and pieces < rest:
            return Reply(Heard.PART, items, carrier=carrier, number=number.text, left=rest - pieces)
        rows = self._rows
        kept = journal(self.shop, planner(self.shop, rows, self.how))
        self._put_down()
        refused = next((one for one in kept.decisions if one.code is not None), None)
        self._kept.append((self._line, kept))
        if refused is not None:
            return Reply(Heard.REFUSED, items, refused.code, refused.values)
        for used in {row.tracking_number for row in rows}:
            self._numbers.note(used, items)
        return Reply(Heard.PAIR, items, carrier=carrier, number=number.text)

    def _command(self, command: Command) -> Reply:
        if self._hand:
            left_behind = self._hand[0].item_id
            self._put_down()
            return self._refuse("scan.no_number", left_behind, item=left_behind)
        if command is Command.UNDO:
            return self._undo()
        self._send()
        return Reply(Heard.SENT)

    def _undo(self) -> Reply:
        """Take the last pair back, as long as it has not been sent."""
        kept = self._kept[-1][1] if self._kept else Journalled([], [])
        ids = [one.op_id for chain in kept.chains for one in chain]
        with self.shop.store.transaction():
            operations = list(self.shop.store.operations.by_ids(ids).values())
            if not operations or any(one.state is not State.QUEUED for one in operations):
                return self._refuse("scan.nothing_to_undo", "")
            dropped(self.shop, operations, who=self.shop.who)
        self._kept.pop()
        gone = {one.target for one in operations}
        self._numbers.forget(gone)
        items = list(self.shop.store.items.by_ids(gone).values())
        return Reply(Heard.UNDONE, items)

    def _send(self) -> None:
        if self._kept:
            self.error = self.send()

    @property
    def _left(self) -> int:
        """Pieces of what is in hand that no package of it holds yet."""
        return sum(item.left for item in self._hand) - sum(row.quantity or 0 for row in self._rows)

    def _put_down(self) -> None:
        self._hand, self._rows, self._pieces = [], [], None

    def _refuse(self, code: str, item_id: str, **values: object) -> Reply:
        outcome = Outcome(item_id, item_id, Result.REFUSED, code, tuple(values.items()), row=self._line)
        self._refused.append((self._line, outcome))
        return Reply(Heard.REFUSED, list(self._hand), code, tuple(values.items()))


def _line(pair: tuple[int, Outcome]) -> int:
    return pair[0]
