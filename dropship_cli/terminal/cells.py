"""How one value of a record becomes a cell that a person reads: its text and its style; no widths, no stream."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dropship_cli.domain.moment import parse_moment
from dropship_cli.domain.money import yuan
from dropship_cli.terminal import words
from dropship_cli.terminal.clean import clean

Row = Mapping[str, Any]
SOON = 6 * 3600.0
"""Seconds before the promised time from which an item is shown as urgent, where no setting says so."""

LATE, URGENT, GOOD, DIM, STRANGE = "bold red", "yellow", "green", "dim", "bold magenta"
_STYLES = {
    "done": GOOD, "unchanged": DIM, "refused": "red", "failed": "red", "queued": URGENT, "sending": URGENT,
    "unknown": STRANGE, "would": "cyan", "dropped": DIM, "applied": URGENT, "bound": GOOD, "unbinding": URGENT,
    "unbound": DIM, "good": GOOD,
    "mended": GOOD, "bad": "red", "advice": URGENT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What a cell depends on beside its row: the person's language, the present second, their own shop's id, and
    from how many seconds before its time an item is urgent."""

    lang: str
    now: float
    own: str = ""
    soon: float = SOON


@dataclass(frozen=True, slots=True)
class Cell:
    """Clean text and the name of its style."""

    text: str
    style: str = ""


def value(row: Row, key: str, look: Look) -> Cell:
    """A value as it is: yes and no in words, lists joined, times to the minute."""
    return Cell(_text(row.get(key), key, look))


def item_or_order(row: Row, key: str, look: Look) -> Cell:
    """The item; where a row named only an order, the order."""
    return Cell(clean(str(row.get("item_id") or row.get("order_id") or "")))


def detail(row: Row, key: str, look: Look) -> Cell:
    """What an entry of the log says besides; of an operation, whose wish is JSON, only the values."""
    text = str(row.get(key) or "")
    if row.get("op_id"):
        import json

        told = [one for one in json.loads(text).values() if isinstance(one, str | int) and one is not True]
        text = " ".join(str(one) for one in told if one)
    return Cell(clean(text))


def money(row: Row, key: str, look: Look) -> Cell:
    """Cents as yuan; nothing where nothing is known."""
    amount = row.get(key)
    return Cell(yuan(amount) if isinstance(amount, int) else "")


def worth(row: Row, key: str, look: Look) -> Cell:
    """What an item's goods come to."""
    return money(row, "goods", look)


def taken_off(row: Row, key: str, look: Look) -> Cell:
    """The same; nothing where nothing is taken off."""
    return money(row, key, look) if row.get(key) else Cell("")


def refund(row: Row, key: str, look: Look) -> Cell:
    """What the buyer wants back, in a word; nothing for nothing."""
    raw = str(row.get(key) or "none")
    return Cell("" if raw == "none" else words.word(f"refund.{raw}", look.lang, clean(raw)), URGENT)


def differs(row: Row, key: str, look: Look) -> Cell:
    """In what two statements differ, in words."""
    return Cell(
        ", ".join(words.word(f"differs.{one}", look.lang, clean(str(one))) for one in row.get(key) or ())
    )


def one_side(row: Row, key: str, look: Look) -> Cell:
    """What one of the two (`here`, `there`) says where they differ."""
    told = []
    for kind in row.get("differs") or ():
        name = "total" if kind in ("only_here", "only_there") else str(kind)
        found = row.get(f"{name}_{key}")
        told.append("-" if found is None else str(found) if name == "quantity" else yuan(found))
    return Cell(", ".join(told))


def state(row: Row, key: str, look: Look) -> Cell:
    """A state in words, coloured. Which words depends on the kind of record."""
    raw = str(row.get(key) or "")
    room = {"result": "result", "outcome": "operation"}.get(key) or _room(row)
    return Cell(words.word(f"{room}.{raw}", look.lang, clean(raw)), _STYLES.get(raw, ""))


def act(row: Row, key: str, look: Look) -> Cell:
    """A kind of operation in words."""
    raw = str(row.get(key) or "")
    return Cell(words.word(f"act.{raw}", look.lang, clean(raw)))


def wish(row: Row, key: str, look: Look) -> Cell:
    """What was wished for: carriers and numbers, or the factory, role or carrier by itself."""
    found = row.get(key) or {}
    packages = [f"{one.get('carrier')} {one.get('tracking_number')}" for one in found.get("packages") or ()]
    told = packages or [str(one) for one in found.values() if isinstance(one, str)]
    return Cell(clean(", ".join(told)))


def checked(row: Row, key: str, look: Look) -> Cell:
    """What the doctor looked at, in words."""
    raw = str(row.get(key) or "")
    return Cell(words.word(f"checked.{raw}", look.lang, clean(raw)))


def time_left(row: Row, key: str, look: Look) -> Cell:
    """What is left until an item's promised time: `2h late`, `6h left`; empty once nothing is to be sent. An open
    refund stops the clock: nobody is to hurry."""
    ends = seconds(row.get(key))
    if ends is None or not waits(row):
        return Cell("")
    left = ends - look.now
    told = "time.late" if left < 0 else "time.left"
    urgent = LATE if left < 0 else URGENT if left <= look.soon else ""
    style = DIM if row.get("refund") == "open" else urgent
    return Cell(words.note(told, look.lang, {"span": span(abs(left), look.lang)}), style)


def item_state(row: Row, key: str, look: Look) -> Cell:
    """Three states in the one word that decides what to do: what forbids sending comes first."""
    allocation = words.word(f"allocation.{row.get('allocation')}", look.lang, "")
    if row.get("refund") == "open":
        taken = f" · {allocation}" if row.get("allocation") == "allocated" and waits_at_all(row) else ""
        return Cell(words.word("refund.open", look.lang, "open") + taken, URGENT)
    if row.get("refund") == "refunded":
        return Cell(words.word("refund.refunded", look.lang, "refunded"), DIM)
    if row.get("closed"):
        return Cell(words.word("item.closed", look.lang, "closed"), DIM)
    return _shipment(row, look) or Cell(allocation, "cyan" if row.get("allocation") == "unallocated" else "")


def hand(row: Row, key: str, look: Look) -> Cell:
    """In whose hands an item is, in words."""
    raw = str(row.get(key) or "")
    return Cell(words.word(f"hand.{raw}", look.lang, clean(raw)), "cyan" if raw == "nobody" else "")


def origin(row: Row, key: str, look: Look) -> Cell:
    """That an item comes from a file; nothing for what the platform told."""
    return Cell(words.word("source.file", look.lang, "file") if row.get(key) == "file" else "", DIM)


def full_title(row: Row, key: str, look: Look) -> Cell:
    """The title, with the specification that tells siblings apart."""
    spec = clean(str(row.get("spec") or ""))
    return Cell(clean(str(row.get("title") or "")) + (f" [{spec}]" if spec else ""))


def partner(row: Row, key: str, look: Look) -> Cell:
    """The other side's id, which commands take."""
    return Cell(clean(str(row.get(f"{_other_side(row, look)}_id") or "")))


def partner_name(row: Row, key: str, look: Look) -> Cell:
    """The other side's name, which people know it by."""
    return Cell(clean(str(row.get(f"{_other_side(row, look)}_name") or row.get("name") or "")))


def _other_side(row: Row, look: Look) -> str:
    """Whoever of the two the reader is not; an item names both, a row among several shops' its own shop, too."""
    own = row.get("shop_id") or look.own
    if own:
        return "factory" if row.get("merchant_id") == own else "merchant"
    return "factory" if row.get("factory_id") else "merchant"


def parcels(row: Row, key: str, look: Look) -> Cell:
    """Carrier and number of every package."""
    return Cell(
        ", ".join(clean(f"{one['carrier']} {one['tracking_number']}") for one in row.get("packages") or ())
    )


def trouble(row: Row, key: str, look: Look) -> Cell:
    """What happened and what to do, or the warning."""
    told = words.joined(clean(str(row.get("error") or "")), clean(str(row.get("hint") or "")), look.lang)
    return Cell(" ".join(filter(None, (told, clean(str(row.get("warning") or ""))))), "" if told else URGENT)


def change(row: Row, key: str, look: Look) -> Cell:
    """Whether something comes or goes, in words."""
    raw = str(row.get(key) or "")
    return Cell(words.word(f"change.{raw}", look.lang, clean(raw)))


def overdue(row: Row, key: str, look: Look) -> Cell:
    """A number that should be 0, as what is late is shown."""
    return Cell(_text(row.get(key), key, look), LATE if row.get(key) else "")


def pressing(row: Row, key: str, look: Look) -> Cell:
    """A number that wants attention, as what is urgent is shown."""
    return Cell(_text(row.get(key), key, look), URGENT if row.get(key) else "")


def holder(row: Row, key: str, look: Look) -> Cell:
    """A factory's id; what nobody has says so."""
    found = row.get(key)
    return (
        Cell(clean(str(found)))
        if found
        else Cell(words.word("allocation.unallocated", look.lang, ""), "cyan")
    )


def waybill_state(row: Row, key: str, look: Look) -> Cell:
    """What became of an e-waybill's number; red where its goods must not leave."""
    raw = str(row.get(key) or "")
    style = "red" if row.get("error_code") and raw == "got" else DIM if raw == "cancelled" else ""
    return Cell(words.word(f"number.{raw}", look.lang, clean(raw)), style)


def goods(row: Row, key: str, look: Look) -> Cell:
    """`2 × SJK-15P [透明]`, several with a comma."""
    told = (
        f"{one['quantity']} × {clean(one['sku_code'] or one['title'])}"
        + (f" [{clean(one['spec'])}]" if one["spec"] else "")
        for one in row.get(key) or ()
    )
    return Cell(", ".join(told))


def mark(row: Row, key: str, look: Look) -> Cell:
    """A star for the one in use."""
    return Cell("*" if row.get(key) else "", GOOD)


def world(row: Row, key: str, look: Look) -> Cell:
    """Whether it is trade or play."""
    live = bool(row.get(key))
    return Cell(words.word("label.live" if live else "label.sandbox", look.lang, ""), "" if live else DIM)


def waits(row: Row) -> bool:
    """Whether somebody still has to send this item."""
    return waits_at_all(row) and row.get("refund") != "refunded"


def waits_at_all(row: Row) -> bool:
    """The same, whatever the buyer wants back."""
    return row.get("shipment") != "shipped" and not row.get("closed")


def seconds(moment: object) -> float | None:
    """Unix seconds of a record's time; nothing for nothing."""
    return float(parse_moment(moment)) if isinstance(moment, str) and moment else None


def span(length: float, lang: str) -> str:
    """A length of time in its largest whole unit; below two days in hours, below an hour in minutes."""
    for unit, size, least in (("days", 86_400, 172_800), ("hours", 3600, 3600), ("minutes", 60, 0)):
        if length >= least:
            return words.note(f"time.{unit}", lang, {"n": int(length // size)})
    return ""


def ago(moment: float, look: Look) -> str:
    """How long ago, in words."""
    if look.now - moment < 60:
        return words.word("time.now", look.lang, "")
    return words.note("time.ago", look.lang, {"span": span(look.now - moment, look.lang)})


def minute(moment: str | None) -> str:
    """A time as people write it, to the minute; nothing for nothing."""
    return (moment or "")[:16].replace("T", " ")


def _shipment(row: Row, look: Look) -> Cell | None:
    if row.get("shipment") == "shipped":
        return Cell(words.word("shipment.shipped", look.lang, ""), GOOD)
    if row.get("shipment") != "partial":
        return None
    told = words.word("shipment.partial", look.lang, "")
    return Cell(f"{told} {row.get('shipped_quantity')}/{row.get('quantity')}", URGENT)


def _room(row: Row) -> str:
    if "op_id" in row:
        return "operation"
    return "binding" if "bound_at" in row else "check"


def _text(found: object, key: str, look: Look) -> str:
    if found is None:
        return ""
    if isinstance(found, bool):
        return words.word("label.yes" if found else "label.no", look.lang, str(found))
    if isinstance(found, Mapping):
        return ", ".join(f"{clean(str(name))}={_text(one, '', look)}" for name, one in found.items())
    if isinstance(found, list | tuple):
        return ", ".join(_text(one, "", look) for one in found)
    return clean(minute(str(found)) if key.endswith("_at") or key in ("at", "ship_by") else str(found))
