"""Factories off the platform, and what the platform ended of theirs, as records. Pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dropship_cli.domain.moment import minute, rfc3339
from dropship_cli.terminal import words

if TYPE_CHECKING:
    from dropship_cli.domain.local import LocalFactory
    from dropship_cli.domain.outcome import Result
    from dropship_cli.domain.sheet import Sheet, Stopped

Record = dict[str, Any]


def factory_record(factory: LocalFactory, to_ship: int, not_on_sheet: int) -> Record:
    """A local factory: what it still has to send, and how much of that is on no sheet yet."""
    return {
        "factory": factory.name,
        "note": factory.note,
        "to_ship": to_ship,
        "not_on_sheet": not_on_sheet,
        "added_at": rfc3339(factory.added_at),
    }


def added_record(factory: LocalFactory, result: Result) -> Record:
    """A factory that came or went, or was there already."""
    return {"factory": factory.name, "note": factory.note, "result": result.value}


def sheet_record(factory: LocalFactory, sheet: Sheet, path: str, lang: str) -> Record:
    """A sheet that was written (or, without an item, was not): its items, and those that must not leave."""
    return {
        "factory": factory.name,
        "path": path if sheet.items else None,
        "items": [one.item_id for one in sheet.items],
        "earlier": sheet.earlier,
        "going": sheet.going,
        "stopped": [_stopped(one, factory.name, lang) for one in sheet.stopped],
    }


def _stopped(one: Stopped, factory: str, lang: str) -> Record:
    values = {
        "item": "",
        "factory": factory,
        "reason": one.reason,
        "field": one.reason,
        "told": minute(one.sheet_at),
    }
    return {
        "item_id": one.item.item_id,
        "code": one.code,
        "error": words.sentence(one.code, lang, values),
        "sheet_at": rfc3339(one.sheet_at),
    }


def conflict_record(item_id: str, code: str, factory: str) -> Record:
    """An item that a local factory had until the platform said otherwise."""
    return {"item_id": item_id, "factory": factory, "code": code}
