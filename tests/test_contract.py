"""The fields of every record in `--json`, written out again on purpose: scripts rely on them (cli.md, "JSON")."""

from __future__ import annotations

import re
import sqlite3
import sys
from pathlib import Path
from types import UnionType
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent / "cli"))

from program import DATA, Program, bound_world, copy_of, made_once, shared_folder

ID, TIME, MONEY = "id", "time", "money"
SPEC: dict[str, dict[str, object]] = {
    "item": {
        "order_id": ID, "item_id": ID, "sku_code": str, "title": str, "spec": str, "product_id": str, "quantity": int,
        "shipped_quantity": int, "price": MONEY, "currency": {"CNY"},
        "allocation": {"unallocated", "allocated", "cancelled"}, "shipment": {"none", "partial", "shipped"},
        "refund": {"none", "open", "refunded"}, "closed": bool, "factory_id": ID, "factory_name": str | None,
        "merchant_id": ID, "merchant_name": str | None, "shipped_by": {"merchant", "factory", None},
        "handled_by": {"self", "factory", "nobody"}, "packages": list,
        "ship_by": TIME, "paid_at": TIME, "allocated_at": TIME, "shipped_at": TIME, "remark": str,
        "buyer_words": str, "region": str, "cancel_reason": str, "platform": {"sandbox"},
        "source": {"platform", "file"}, "raw_state": dict, "held": dict | None, "note": str, "attention": list,
    },
    "package": {"carrier": str, "tracking_number": ID, "quantity": int | None},
    "outcome": {
        "order_id": ID, "item_id": ID,
        "result": {"done", "unchanged", "refused", "failed", "queued", "unknown", "would"},
        "error_code": str | None, "error": str | None,
    },
    "operation": {
        "op_id": ID, "kind": {"role", "apply", "accept", "reject", "unbind", "allocate", "cancel", "ship", "amend"},
        "order_id": ID, "target": ID, "state": {"queued", "sending", "unknown"}, "wish": dict, "before": dict,
        "attempts": int, "created_at": TIME, "sent_at": TIME, "asked_at": TIME, "settled_at": TIME,
        "error_code": str | None, "error": str | None, "waits_for": ID,
    },
    "merchant's binding": {
        "factory_id": ID, "name": str, "state": {"applied", "bound", "refused", "unbinding", "unbound"},
        "applied_at": TIME, "bound_at": TIME, "refused_at": TIME,
    },
    "factory's binding": {
        "merchant_id": ID, "name": str, "state": {"applied", "bound", "refused", "unbinding", "unbound"},
        "applied_at": TIME, "bound_at": TIME, "refused_at": TIME,
    },
    "carrier": {"code": str, "name": str, "english": str, "platform_code": str, "aliases": list},
    "log": {"at": TIME, "who": str, "act": str, "target": str, "outcome": str, "detail": str, "op_id": ID},
    "profile": {
        "name": str, "current": bool, "platform": str, "shop_id": ID, "live": bool, "app_key": ID, "base_url": str,
        "secret_in": {"file", "keyring"}, "read_only": bool, "settings": dict,
    },
    "status": {
        "profile": str, "platform": str, "shop_id": ID, "shop_name": str, "role": {"merchant", "factory", None},
        "live": bool, "to_allocate": int, "to_ship": int, "late": int, "due_soon": int, "refund_open_allocated": int,
        "refunded_allocated": int, "changed": int, "held": int, "queued": int, "kept_back": int,
        "sending": int, "bindings_pending": int, "bindings_active": int, "shipped_today": int,
        "unknown": list, "last_sync_at": TIME, "sync_error": str | None, "factories": list,
        "stopped": dict | None, "listen": dict | None, "not_on_sheet": int,
    },
    "sync": {
        "profile": str, "items": int, "windows": int, "bindings_changed": int, "changed_after_hand_over": int,
        "withdrawn": int, "operations": list, "error": str | None, "conflicts": list,
        "pushes_looked": int, "pushes_lost": int | None,
    },
    "check": {"name": str, "state": {"good", "mended", "advice", "bad"}, "text": str, "code": str},
}  # fmt: skip
ONLY_SOMETIMES = {"row", "op_id", "hint", "warning"}
"""What an outcome has when there is something to say."""

FIRST, SECOND = "6923007000000001327", "6923007000000001328"
RECORDS = {
    "item": ("orders", "merchant"),
    "factory's item": ("orders", "factory-1"),
    "operation": ("queue", "merchant"),
    "merchant's binding": ("bindings", "merchant"),
    "factory's binding": ("bindings", "factory-1"),
    "carrier": ("carriers", "merchant"),
    "log": ("log", "merchant"),
    "profile": ("profile list", "merchant"),
    "status": ("status", "merchant"),
    "check": ("doctor", "factory-1"),
    "sync": ("sync", "factory-1"),
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A day in which everything happened: shipped, refunded, closed, queued."""
    bound = made_once(shared_folder(tmp_path_factory.getbasetemp()), "bound", bound_world)
    program = copy_of(bound, tmp_path_factory.mktemp("contract") / "home")
    program.ok("sandbox", "seed", "--orders", DATA / "orders-doudian.csv")
    program.ok("sync")
    program.ok("allocate", FIRST, "--to", "880011")
    program.ok("sync", "-p", "factory-1")
    program.ok("ship", FIRST, "-c", "中通", "-t", "78173786485074", "-p", "factory-1")
    program.ok("sync")
    program.away()
    assert program("allocate", SECOND, "--to", "880011").status == 5
    return program


@pytest.mark.parametrize("kind", RECORDS)
def test_a_record_has_its_fields_and_no_others(kind: str, world: Program) -> None:
    """Names, types and words; ids are text, money whole cents, times RFC 3339 with an offset."""
    words, profile = RECORDS[kind]
    found = world(*words.split(), "--json", "-p", profile).json
    records = found if isinstance(found, list) else [found]
    assert records
    for record in records:
        _holds(record, SPEC[kind.removeprefix("factory's ") if "item" in kind else kind])
        for package in record.get("packages", ()):
            _holds(package, SPEC["package"])


@pytest.mark.parametrize(
    "words",
    [
        f"allocate {FIRST} 42 --to 880011 --dry-run",
        f"allocate {SECOND} --to 880011",
        f"unallocate {FIRST} --dry-run",
        f"ship {FIRST} -c 中通 -t 1234 --dry-run -p factory-1",
        f"ship {FIRST} -c 中通 -t 1234 --amend --dry-run -p factory-1",
        "queue retry",
    ],
)
def test_every_row_is_answered_in_one_form(words: str, world: Program) -> None:
    """`allocate`, `unallocate`, `ship` and what sends again: five fields, and more only where there is more."""
    rows = world(*words.split(), "--json").json
    assert rows
    for row in rows:
        _holds({name: row[name] for name in row if name not in ONLY_SOMETIMES}, SPEC["outcome"])
        assert all(row[name] for name in ONLY_SOMETIMES & set(row))
        assert (row["error_code"] is None) == (row["error"] is None)


def test_no_record_tells_who_the_buyer_is(world: Program) -> None:
    """Neither masked nor encrypted, nor by the platform's mark of one receiver (reliability.md rule 15)."""
    marks = {mark for profile in ("merchant", "factory-1") for mark in _receivers(world, profile)}
    assert marks
    for words, profile in RECORDS.values():
        out = world(*words.split(), "--json", "-p", profile).out
        assert not re.search(r"\*\*|receiver|phone|mobile|encrypt|address|稠江街道", out), words
        assert not [mark for mark in marks if mark in out], words


def _receivers(world: Program, profile: str) -> list[str]:
    with sqlite3.connect(world.home / "profiles" / profile / "store.db") as store:
        return [
            mark
            for (mark,) in store.execute("SELECT DISTINCT receiver_id FROM items WHERE receiver_id <> ''")
        ]


def _holds(record: dict[str, Any], spec: dict[str, object]) -> None:
    assert list(record) == list(spec)
    for name, value in record.items():
        assert _fits(value, spec[name]), (name, value, spec[name])


def _fits(value: object, wanted: object) -> bool:
    if isinstance(wanted, set):
        return value in wanted
    if wanted == ID:
        return value is None or isinstance(value, str)
    if wanted == TIME:
        return value is None or bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", str(value)))
    if wanted == MONEY:
        return value is None or type(value) is int
    assert isinstance(wanted, type | UnionType)
    return isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool))
