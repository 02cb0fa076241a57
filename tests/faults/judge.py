"""The judge: what happened is read from the sandbox's ledger, never from our store; the two are compared here.

The invariants I1-I7 are those of reliability-evidence.md section 4. Nothing of the program is imported.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Effect = tuple[str, ...]
"""Shop, act, target, and the values that were to be reached; the same words for a wish and for what happened."""

LIVE = ("queued", "sending", "unknown")
GIVEN_UP = "dropped"
"""A person's word on what nobody knew: it may have happened all the same."""
IDEMPOTENT = ("shop_opened",)
"""Acts that set a name: twice is the same as once."""
_FACTORIES = "88"
"""How the ids of the sandbox's factories begin."""
_OURS = ("iop.", "order.", "console.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation of a shop's journal, read with plain SQL, and the effects it stands for."""

    op_id: str
    kind: str
    target: str
    state: str
    code: str | None
    effects: tuple[Effect, ...]
    found: bool = False
    """Called done by a reading, not by the call's own answer."""
    beside: tuple[Effect, ...] = ()
    """What may come along: a refund that was open is closed by `--reject-refund`."""


def happened(ledger: Path) -> Counter[Effect]:
    """Every effect that a call of ours had (not the buyers', not the seeding)."""
    rows = _rows(ledger, "SELECT * FROM effects ORDER BY seq")
    return Counter(_effect(row) for row in rows if row["method"].startswith(_OURS))


def _withdrawn(ledger: Path) -> Iterator[str]:
    """The items that the platform took from their factories by itself: the buyer got the money back, or cancelled."""
    acts = "('refund_finished', 'order_cancelled')"
    for row in _rows(ledger, f"SELECT item_id FROM effects WHERE act IN {acts} AND method = 'buyer'"):
        yield row["item_id"]


def journal(store: Path, shop_id: str) -> list[Entry]:
    """The shop's operations, oldest first."""
    return [_entry(row, shop_id) for row in _rows(store, "SELECT * FROM operations ORDER BY op_id")]


def wanted(
    shop_id: str, kind: str, target: str, wish: Mapping[str, Any], before: Mapping[str, Any]
) -> tuple[Effect, ...]:
    """The effects that a wish must have in the ledger, each exactly once."""
    match kind:
        case "allocate":
            return ((shop_id, "allocated", target, wish["factory_id"]),)
        case "cancel":
            return ((shop_id, "allocation_cancelled", target),)
        case "ship":
            packs = sorted(
                f"{one['carrier']} {one['tracking_number']} {one['quantity']}" for one in wish["packages"]
            )
            return ((shop_id, "shipped", target, *packs),)
        case "amend":
            return ((shop_id, "amended", target, f"{wish['carrier']} {wish['tracking_number']}"),)
        case "apply":
            return ((shop_id, "applied", target),)
        case "accept" | "reject":
            return ((shop_id, "answered", target, str(kind == "accept")),)
        case "unbind":
            return ((shop_id, "unbound", target),)
    return _role_effects(shop_id, wish, before)


def disagreements(ledger: Path, stores: Mapping[str, Path], *, drained: bool = True) -> list[str]:
    """Where ledger and stores differ (I1-I3, I7); `stores` by shop id. Empty is what must hold.

    Only effects of these shops are looked at. An unknown operation may have happened or not; `drained` demands
    that no other is on its way any more.
    """
    entries = {shop_id: journal(path, shop_id) for shop_id, path in stores.items()}
    found = Counter({one: times for one, times in happened(ledger).items() if one[0] in stores})
    withdrawn = set(_withdrawn(ledger))
    done, perhaps = Counter[Effect](), Counter[Effect]()
    problems = []
    for shop_id, own in entries.items():
        for entry in own:
            if entry.found and entry.kind == "cancel" and entry.target in withdrawn:
                perhaps.update(entry.effects)  # what was read may be the platform's doing, not ours
            elif entry.state == "done":
                done.update(entry.effects)
                perhaps.update(entry.beside)
            elif entry.state in (*LIVE, GIVEN_UP):
                perhaps.update(entry.effects + entry.beside)
                if drained and entry.state in ("queued", "sending"):
                    problems.append(f"I7: {shop_id} still has {entry.kind} {entry.target} {entry.state}")
    return problems + list(_differences(found, done, perhaps))


def item_differences(ledger: Path, store: Path, shop_id: str) -> list[str]:
    """Where a shop's items differ from the platform's rows of them (I6)."""
    theirs = _platform_items(ledger, shop_id)
    factory = shop_id.startswith(_FACTORIES)
    ours = {row["item_id"]: _our_item(row, factory=factory) for row in _rows(store, "SELECT * FROM items")}
    missing = [f"I6: {shop_id} misses {item_id}" for item_id in theirs.keys() - ours.keys()]
    return missing + [
        f"I6: {shop_id} has {item_id} as {ours[item_id]}, the platform as {row}"
        for item_id, row in theirs.items()
        if item_id in ours and ours[item_id] != row
    ]


def has_items(store: Path) -> bool:
    """Whether the shop has read any item yet."""
    return bool(list(_rows(store, "SELECT 1 FROM items LIMIT 1")))


def strange_packages(ledger: Path, store: Path, items: Collection[str] | None = None) -> list[str]:
    """Packages to which our store gives another name than the platform does: an amend would hit a stranger's.

    Of these items only, where some are named.
    """
    names = {str(row["package_id"]): row["track_no"] for row in _rows(ledger, "SELECT * FROM packages")}
    return [
        f"I2: {row['item_id']} has {number} as package {name}, which is {names.get(name)}"
        for row in _rows(store, "SELECT item_id, packages FROM items")
        if items is None or row["item_id"] in items
        for _, number, _, name in json.loads(row["packages"])
        if name is not None and names.get(name) != number
    ]


def receivers(ledger: Path) -> list[str]:
    """The plain names, phones and addresses of all buyers."""
    rows = _rows(ledger, "SELECT receiver_name, receiver_phone, receiver_detail FROM orders")
    return [text for row in rows for text in row if text]


def leaks(folder: Path, canaries: Iterable[str], *, allowed: Iterable[str] = ("token.json",)) -> list[str]:
    """Files under a shop's folder that hold one of the secrets (I5)."""
    secrets = [text.encode() for text in canaries]
    return [
        f"I5: {file.name} holds a secret"
        for file in folder.rglob("*")
        if file.is_file() and file.name not in set(allowed)
        if any(secret in content for content in [file.read_bytes()] for secret in secrets)
    ]


def _entry(row: sqlite3.Row, shop_id: str) -> Entry:
    wish, before = json.loads(row["wish"]), json.loads(row["before"])
    effects = wanted(shop_id, row["kind"], row["target"], wish, before)
    beside = ((shop_id, "refund_closed", row["target"]),) if wish.get("reject_refund") else ()
    return Entry(
        row["op_id"], row["kind"], row["target"], row["state"], row["error_code"], effects, bool(row["found"]), beside,
    )  # fmt: skip


def _differences(found: Counter[Effect], done: Counter[Effect], perhaps: Counter[Effect]) -> Iterator[str]:
    for effect in found.keys() | done.keys():
        least, most = done[effect], done[effect] + perhaps[effect]
        if effect[1] in IDEMPOTENT and found[effect] > most:
            most = found[effect] if most else 0
        if found[effect] < least:
            yield f"I2: lost, done in the store but {found[effect]} time(s) in the ledger: {effect}"
        elif found[effect] > most and most:
            yield f"I2: {found[effect]} times in the ledger for {most} wish(es): {effect}"
        elif found[effect] > most:
            yield f"I3: in the ledger, but nobody's done or unknown wish: {effect}"


def _effect(row: sqlite3.Row) -> Effect:
    shop_id, act, item_id, values = str(row["shop_id"]), row["act"], row["item_id"], json.loads(row["values"])
    match act:
        case "allocated":
            return shop_id, act, item_id, str(values["factory_id"])
        case "shipped":
            packs = [
                f"{one['company_code']} {one['track_no']} {one['quantity']}" for one in values["packages"]
            ]
            return (shop_id, act, item_id, *sorted(packs))
        case "amended":
            return shop_id, act, item_id, f"{values['after']['company_code']} {values['after']['track_no']}"
        case "applied" | "unbound":
            return shop_id, act, str(values["factory_id"])
        case "answered":
            return shop_id, act, str(values["merchant_id"]), str(values["accepted"])
        case "role_chosen" | "role_switched":
            return shop_id, act, values["role"]
        case "shop_opened":
            return shop_id, act, values["name"]
    return shop_id, act, item_id


def _role_effects(shop_id: str, wish: Mapping[str, Any], before: Mapping[str, Any]) -> tuple[Effect, ...]:
    opened = (shop_id, "shop_opened", wish["shop_name"] or shop_id)
    if before["role"] == wish["role"]:
        return (opened,)
    return ((shop_id, "role_switched" if before["role"] else "role_chosen", wish["role"]), opened)


def _platform_items(ledger: Path, shop_id: str) -> dict[str, tuple[Any, ...]]:
    packs: dict[str, set[str]] = {}
    for row in _rows(ledger, "SELECT * FROM package_items JOIN packages USING (package_id)"):
        packs.setdefault(row["item_id"], set()).add(f"{row['company_code']} {row['track_no']}")
    mine = _rows(ledger, "SELECT * FROM items WHERE shop_id = ? AND paid_at IS NOT NULL", int(shop_id))
    found = {row["item_id"]: _merchant_row(row, packs.get(row["item_id"], set())) for row in mine}
    query = "SELECT a.*, i.refund, i.shipped FROM allocations a JOIN items i USING (item_id) WHERE a.factory_id = ?"
    for row in _rows(ledger, query, int(shop_id)):
        found[row["item_id"]] = _factory_row(row, packs.get(row["item_id"], set()))
    return found


def _merchant_row(row: sqlite3.Row, packs: set[str]) -> tuple[Any, ...]:
    factory = str(row["factory_id"]) if row["distr_status"] in (1, 2) else None
    shipment = "none" if not row["shipped"] else "shipped" if row["shipped"] == row["quantity"] else "partial"
    # The row of what a factory has shipped says only whether a refund is open (doudian.md section 4).
    refund = ("none", "open", "none" if row["distr_status"] == 2 else "refunded")[row["refund"]]
    return factory, shipment, refund, bool(row["order_status"] == 4), frozenset(packs)


def _factory_row(row: sqlite3.Row, packs: set[str]) -> tuple[Any, ...]:
    """A cancelled row is frozen: what became of the item since is not shown to that factory."""
    if row["distr_status"] == 3:
        return (None,)
    shipment = "shipped" if row["shipped"] else "none"
    return str(row["factory_id"]), shipment, ("none", "open", "none")[row["refund"]], False, frozenset(packs)


def _our_item(row: sqlite3.Row, *, factory: bool) -> tuple[Any, ...]:
    packs = frozenset(f"{carrier} {number}" for carrier, number, *_ in json.loads(row["packages"]))
    if factory and row["allocation"] == "cancelled":
        return (None,)
    holder = row["factory_id"] if row["allocation"] == "allocated" else None
    # A refund after the factory's shipment is in no row: we may know of it or not yet.
    after = row["shipped_by"] == "factory" and row["refund"] == "refunded"
    return holder, row["shipment"], "none" if after else row["refund"], bool(row["closed"]), packs


def _rows(path: Path, query: str, *values: Any) -> Iterator[sqlite3.Row]:
    with closing(sqlite3.connect(path, timeout=20)) as connection:
        connection.row_factory = sqlite3.Row
        yield from connection.execute(query, values).fetchall()
