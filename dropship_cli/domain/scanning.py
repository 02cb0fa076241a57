"""What a scanned line means, and which pairs of item and tracking number are wrong; nothing is read or kept here."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dropship_cli.domain.carrier_numbers import is_plausible, is_wellformed, signed_by
from dropship_cli.domain.decision import Refusal
from dropship_cli.domain.item import Item
from dropship_cli.domain.picking import destination
from dropship_cli.domain.waybill import Waybill


class Command(StrEnum):
    """Words that a person types between two scans."""

    GO = "go"
    UNDO = "undo"


_COMMANDS = {"go": Command.GO, "发货": Command.GO, "undo": Command.UNDO, "撤销": Command.UNDO}
_ID_DIGITS = 17
"""From so many digits on, a line as long as an item's own number is taken for one: no carrier's are so long and plain
in the tables of ours, and a second item must never become the first one's tracking number (our decision)."""

Destination = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Used:
    """Who a tracking number is for already: its item and where that goes."""

    item_id: str
    destination: Destination


@dataclass(frozen=True, slots=True)
class Number:
    """A scanned tracking number with all that is known of it."""

    text: str
    waybills: Sequence[Waybill] = ()
    used: Sequence[Used] = ()


def cleaned(line: str) -> str:
    """A line as a scanner meant it: no control characters, no spaces, half-width."""
    folded = unicodedata.normalize("NFKC", line)
    return "".join(one for one in folded if one.isprintable() and not one.isspace())


def command_of(text: str) -> Command | None:
    """The command that a line is, if any."""
    return _COMMANDS.get(text.casefold())


def pieces_of(text: str) -> int | None:
    """A count of pieces: up to three digits, which no tracking number has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def is_like_item(text: str, item_id: str) -> bool:
    """Whether a line has the shape of the waiting item's own number."""
    return len(text) == len(item_id) >= _ID_DIGITS and text.isascii() and text.isdigit()


def carrier_for(number: Number, given: str | None) -> str | None:
    """The carrier: the given one, that of the e-waybill, else the one whose sign the number carries."""
    bought = next((one.carrier for one in number.waybills if one.cancelled_at is None), None)
    return given or bought or signed_by(number.text)


def why_not_pair(items: Sequence[Item], number: Number, carrier: str | None) -> Refusal | None:
    """The first reason why this number can't be on this package."""
    if not is_wellformed(number.text):
        return "tracking.invalid", {"number": number.text}
    if number.waybills and all(one.cancelled_at is not None for one in number.waybills):
        return "waybill.cancelled", {"number": number.text}
    if carrier is None:
        return "scan.which_carrier", {"number": number.text}
    bought = {one.carrier for one in number.waybills if one.cancelled_at is None}
    if (bought and carrier not in bought) or not is_plausible(carrier, number.text):
        return "scan.not_carriers", {"number": number.text, "carrier": carrier}
    return _elsewhere(items, number)


def _elsewhere(items: Sequence[Item], number: Number) -> Refusal | None:
    """A number that another receiver's package has, or was bought for."""
    mine = {destination(item) for item in items}
    for one in number.used:
        if one.destination not in mine:
            return "scan.other_receiver", {"number": number.text, "other": one.item_id}
    return None


def used_by_waybills(number: Number, known: Mapping[str, Item]) -> list[Used]:
    """Where the goods go that the number was bought for."""
    return [
        Used(goods.item_id, destination(known[goods.item_id]))
        for one in number.waybills
        if one.cancelled_at is None
        for goods in one.goods
        if goods.item_id in known
    ]
