"""`status`: what needs doing now, most urgent first, each with the command to type; as `git status` does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dropship_cli.domain.moment import rfc3339
from dropship_cli.domain.operation import Operation
from dropship_cli.domain.push import Listening
from dropship_cli.domain.shop import Role
from dropship_cli.domain.summary import FactoryDay, Summary
from dropship_cli.terminal import words
from dropship_cli.terminal.cells import LATE, STRANGE, URGENT, Cell, Look, ago
from dropship_cli.terminal.json_shape import operation_record
from dropship_cli.terminal.screen import Screen
from dropship_cli.terminal.standing_shape import standstill_record

SHOWN = 3
"""How many unknown operations are named; the others are counted."""
_NUMBERS = (
    "to_allocate", "to_ship", "late", "due_soon", "refund_open_allocated", "refunded_allocated", "changed",
    "held", "queued", "kept_back", "sending",
    "bindings_pending", "bindings_active", "shipped_today",
)  # fmt: skip
_STYLES = {"unknown": STRANGE, "late": LATE, "due_soon": URGENT, "refund_open": URGENT, "refunded": URGENT}


def show(screen: Screen, summary: Summary) -> None:
    """The summary on stdout: an object, or short lines and the factories' table."""
    if screen.json:
        screen.record("status", status_record(summary))
        return
    screen.cells(status_lines(summary, screen.look()))
    if summary.factories:
        screen.cells([Cell("")])
        screen.records("factories", map(factory_record, summary.factories))


def status_record(summary: Summary) -> dict[str, Any]:
    """The same numbers for a script; `unknown` are the operations themselves."""
    return {
        "profile": summary.profile,
        "platform": summary.platform,
        "shop_id": summary.shop_id,
        "shop_name": summary.shop_name,
        "role": summary.role.value if summary.role else None,
        "live": summary.live,
        **{name: getattr(summary, name) for name in _NUMBERS},
        "unknown": [operation_record(one) for one in summary.unknown],
        "last_sync_at": rfc3339(summary.last_sync_at),
        "sync_error": summary.sync_error,
        "factories": [factory_record(one) for one in summary.factories],
        "stopped": standstill_record(summary.standstill),
        "listen": _listening_record(summary.listening),
        "not_on_sheet": summary.not_on_sheet,
    }


def factory_record(day: FactoryDay) -> dict[str, Any]:
    """One factory's numbers; what nobody has is under no id."""
    return {
        "factory_id": day.factory_id,
        "name": day.name,
        "to_ship": day.to_ship,
        "late": day.late,
        "due_soon": day.due_soon,
        "refund_open": day.refund_open,
        "shipped_today": day.shipped_today,
    }


def status_lines(summary: Summary, look: Look) -> Iterator[Cell]:
    """First whose shop it is and how fresh the numbers are, then what to do; a quiet day says so."""
    yield Cell(_heading(summary, look))
    yield from map(Cell, _freshness(summary, look))
    yield from _standstill(summary, look)
    yield from _listening(summary.listening, look)
    todo = [*_trouble(summary, look), *_work(summary, look)]
    if summary.role is not None:
        yield Cell("")
        yield from todo or [Cell(words.word("status.clean", look.lang, ""))]
    if summary.shipped_today:
        yield _line("shipped_today", summary.shipped_today, "", look)


def _heading(summary: Summary, look: Look) -> str:
    role = f"role.{summary.role.value}" if summary.role else "status.no_role"
    values = {
        "name": summary.profile,
        "platform": summary.platform,
        "world": words.word("label.live" if summary.live else "label.sandbox", look.lang, ""),
        "role": words.word(role, look.lang, ""),
        "shop_id": summary.shop_id,
        "shop_name": summary.shop_name,
    }
    return words.note("status.shop", look.lang, values)


def _freshness(summary: Summary, look: Look) -> Iterator[str]:
    if summary.role is None:
        yield words.word("status.choose", look.lang, "")
        return
    if summary.last_sync_at is None:
        yield _with_command(words.word("status.never", look.lang, ""), "dropship sync")
    else:
        yield words.note("status.synced", look.lang, {"when": ago(summary.last_sync_at, look)})
    if summary.sync_error:
        why = words.sentence(summary.sync_error, look.lang, {})
        yield _with_command(words.note("status.failed", look.lang, {"why": why}), "dropship sync")


def _listening_record(listening: Listening | None) -> dict[str, Any] | None:
    if listening is None:
        return None
    return {
        "since": rfc3339(listening.since),
        "alive_at": rfc3339(listening.alive_at),
        "last_push_at": rfc3339(listening.last_push_at),
        "waiting": listening.waiting,
        "refused": listening.refused,
        "lost": listening.lost,
    }


def _listening(listening: Listening | None, look: Look) -> Iterator[Cell]:
    """Whether somebody hears what the platform pushes; after a clean end there is nothing to say of it."""
    if listening is None:
        return
    last = "" if listening.last_push_at is None else ago(listening.last_push_at, look)
    if listening.is_up(look.now):
        yield Cell(words.note("status.listening", look.lang, {"last": last}))
    elif listening.since is not None:
        told = words.note("status.listen_away", look.lang, {"when": ago(listening.alive_at, look)})
        yield Cell(_with_command(told, "dropship listen"), URGENT)
    if listening.waiting:
        told = words.note("status.to_look", look.lang, {"n": listening.waiting})
        yield Cell(_with_command(told, "dropship sync"))


def _standstill(summary: Summary, look: Look) -> Iterator[Cell]:
    """Before all that is to do: none of it will be sent."""
    if summary.standstill is not None:
        since, who, reason = summary.standstill
        told = words.note(
            "status.stopped", look.lang, {"when": ago(since, look), "who": who, "reason": reason}
        )
        yield Cell(_with_command(told, "dropship resume"), URGENT)


def _trouble(summary: Summary, look: Look) -> Iterator[Cell]:
    if summary.unknown:
        yield _line("unknown", len(summary.unknown), "dropship sync", look)
        yield from (Cell(_operation(one, look)) for one in summary.unknown[:SHOWN])
    if len(summary.unknown) > SHOWN:
        yield Cell("    " + words.note("status.more", look.lang, {"n": len(summary.unknown) - SHOWN}))
    counts = (
        ("late", summary.late, "dropship orders --late"),
        ("due_soon", summary.due_soon, f"dropship orders --due {_within(look)}"),
        ("refund_open", summary.refund_open_allocated, "dropship orders --attention"),
        ("refunded", summary.refunded_allocated, "dropship orders --attention"),
        ("changed", summary.changed, "dropship orders --attention"),
        ("queued", summary.queued, "dropship sync"),
        ("kept_back", summary.kept_back, "dropship queue"),
        ("sending", summary.sending, "dropship queue"),
    )
    yield from _lines(counts, look)


def _work(summary: Summary, look: Look) -> Iterator[Cell]:
    merchant = summary.role is Role.MERCHANT
    counts = (
        ("to_allocate", summary.to_allocate, "dropship allocate --batch FILE"),
        ("with_factories", summary.to_ship if merchant else 0, "dropship orders --state to-ship"),
        ("not_on_sheet", summary.not_on_sheet, "dropship sheet NAME FILE"),
        ("to_ship", 0 if merchant else summary.to_ship, "dropship ship --batch FILE"),
        ("pending", summary.bindings_pending if merchant else 0, "dropship bindings"),
        ("pending_here", 0 if merchant else summary.bindings_pending, "dropship accept MERCHANT_ID"),
        ("held", summary.held, "dropship orders --held"),
    )
    yield from _lines(counts, look)
    if summary.role is not None and not summary.bindings_active and not summary.bindings_pending:
        name, command = ("unbound", "dropship bind FACTORY_ID") if merchant else ("unbound_here", "")
        yield Cell(_with_command("  " + words.word(f"status.{name}", look.lang, ""), command))


def _lines(counts: Iterable[tuple[str, int, str]], look: Look) -> Iterator[Cell]:
    return (_line(name, count, command, look) for name, count, command in counts if count)


def _line(name: str, count: int, command: str, look: Look) -> Cell:
    told = "  " + words.note(f"status.{name}", look.lang, {"n": count})
    return Cell(_with_command(told, command), _STYLES.get(name, ""))


def _within(look: Look) -> str:
    """The time of `due soon` as `--due` takes it."""
    minutes = int(look.soon // 60)
    return f"{minutes}m" if minutes % 60 else f"{minutes // 60}h"


def _with_command(text: str, command: str) -> str:
    return f"{text}  ({command})" if command else text


def _operation(op: Operation, look: Look) -> str:
    sent = op.sent_at or op.created_at
    values = {"act": op.kind, "target": op.target, "when": ago(sent, look)}
    return "    " + words.note("status.unknown_one", look.lang, values)
