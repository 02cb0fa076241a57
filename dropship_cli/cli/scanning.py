"""`ship --scan`: the bench's loop around a scanner that types lines; prompts and beeps are for a person alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import BinaryIO

from dropship_cli.actions.scan import Heard, Reply, Scan
from dropship_cli.cli import wiring
from dropship_cli.cli.times import seconds_of
from dropship_cli.domain.errors import DropshipError, Interrupted
from dropship_cli.domain.operation import State
from dropship_cli.terminal import words
from dropship_cli.terminal.screen import Screen

_LONGEST = 500
"""Bytes of a line: more than any barcode holds; the rest of a longer one is a line of its own, and refused."""

_TOLD = {
    Heard.ITEM: "scan.item",
    Heard.PART: "scan.part",
    Heard.PAIR: "scan.pair",
    Heard.UNDONE: "scan.undone",
    Heard.SENT: "scan.sent",
}


def scan_and_ship(carrier: str | None, *, reject_refund: bool, deadline: str | None, wait: float) -> int:
    """Read until the input ends, then send; every line's end is shown."""
    from dropship_cli.actions.act import send_now
    from dropship_cli.actions.ship import How
    from dropship_cli.cli.showing import show_report

    seconds = seconds_of(deadline)

    def send() -> DropshipError | None:
        # A day at the bench is longer than a run may take: each sending is a run of its own.
        with (
            wiring.shop(wait=wait, deadline=seconds) as fresh,
            screen.progress("progress.ship") as fresh.progress,
        ):
            return send_now(fresh)

    screen = wiring.screen()
    with wiring.shop(wait=wait, deadline=seconds) as shop:
        session = Scan(shop, send, carrier, How(reject_refund=reject_refund))
        try:
            for line in _lines(sys.stdin.buffer, screen, session):
                _tell(screen, session.hear(line))
            report = session.end()
        except Interrupted as interrupt:
            live = shop.store.operations.counts()
            interrupt.queued, interrupt.unknown = live.get(State.QUEUED, 0), live.get(State.UNKNOWN, 0)
            raise
        return show_report(screen, shop, report)


def _lines(stream: BinaryIO, screen: Screen, session: Scan) -> Iterator[str]:
    """Lines as they come; before each, at a terminal, what is waited for."""
    while True:
        if sys.stdin.isatty():
            screen.ask("scan.number?" if session.waits_for_number else "scan.item?")
        line = stream.readline(_LONGEST)
        if not line:
            return
        yield line.decode("utf-8", "replace")


def _tell(screen: Screen, reply: Reply) -> None:
    """What became of a line: a beep and a warning for what is refused."""
    values = dict(reply.values)
    if reply.heard is Heard.REFUSED:
        screen.beep()
        what = words.note(reply.code or "", screen.lang, values)
        screen.warning("scan.refused", what=what)
    elif reply.heard in _TOLD:
        screen.note(_TOLD[reply.heard], **_facts(reply))


def _facts(reply: Reply) -> dict[str, object]:
    first = reply.items[0] if reply.items else None
    goods = [f"{item.left} × {item.sku_code or item.title} {item.spec}".rstrip() for item in reply.items]
    return {
        "item": first.item_id if first else "",
        "more": len(reply.items) - 1 or None,
        "goods": ", ".join(goods),
        "carrier": reply.carrier,
        "number": reply.number,
        "left": reply.left,
    }
