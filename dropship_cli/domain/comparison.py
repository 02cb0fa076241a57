"""Where two statements of the same month differ, line by line, and by how much; no file is read here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from dropship_cli.domain.statement import Line


class Differing(StrEnum):
    """In what two lines differ; a line may differ in several."""

    ONLY_HERE = "only_here"
    ONLY_THERE = "only_there"
    QUANTITY = "quantity"
    PRICE = "price"
    GOODS = "goods"
    FREIGHT = "freight"
    DEDUCTION = "deduction"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class TheirLine:
    """One item of the other side's statement; amounts in cents, nothing where its sheet has no such column.

    `unpriced` says that it has one for the price or the total, but nothing in it.
    """

    item_id: str
    quantity: int | None = None
    price: int | None = None
    goods: int | None = None
    freight: int | None = None
    deduction: int | None = None
    total: int | None = None
    unpriced: bool = False
    rows: tuple[int, ...] = ()

    @property
    def worth(self) -> int | None:
        """What its goods come to, by its own words."""
        if self.goods is not None or self.quantity is None or self.price is None:
            return self.goods
        return self.quantity * self.price

    def said_total(self, absent: Mapping[Differing, int | None]) -> int | None:
        """What they want for it: as they say, else what their parts come to; a part that their sheet has no
        column for is taken to be `absent`, ours."""
        if self.total is not None or self.unpriced:
            return self.total
        parts = {Differing.QUANTITY: self.quantity, Differing.PRICE: self.price, Differing.FREIGHT: self.freight,
                 Differing.DEDUCTION: self.deduction}  # fmt: skip
        known = {part: absent.get(part) if said is None else said for part, said in parts.items()}
        quantity, price = known[Differing.QUANTITY], known[Differing.PRICE]
        goods = self.goods
        if goods is None and quantity is not None and price is not None:
            goods = quantity * price
        if goods is None:
            return None
        return goods + (known[Differing.FREIGHT] or 0) - (known[Differing.DEDUCTION] or 0)


@dataclass(frozen=True, slots=True)
class Difference:
    """One item on which the two do not agree: in what, both sides' lines, and by how much ours is more (cents)."""

    item_id: str
    kinds: tuple[Differing, ...]
    here: Line | None
    there: TheirLine | None
    amount: int


def compare(here: Iterable[Line], there: Iterable[TheirLine]) -> list[Difference]:
    """Every item on which they differ: ours in our order, then those that only they have.

    A refund is not compared: a factory is not told of it (doudian.md section 5); what is taken off for it is.
    """
    theirs = {one.item_id: one for one in merged(there)}
    ours = {one.item_id: one for one in here}
    found = [_differ(line, theirs.get(item_id)) for item_id, line in ours.items()]
    only = [
        Difference(one.item_id, (Differing.ONLY_THERE,), None, one, -(one.said_total({}) or 0))
        for item_id, one in theirs.items()
        if item_id not in ours
    ]
    return [*(one for one in found if one.kinds), *only]


def merged(lines: Iterable[TheirLine]) -> list[TheirLine]:
    """One line an item: a sheet may give an item a row for each package. Quantities and amounts add up; of two rows
    with two prices only what their goods come to is kept."""
    found: dict[str, TheirLine] = {}
    for line in lines:
        known = found.get(line.item_id)
        found[line.item_id] = line if known is None else _added(known, line)
    return list(found.values())


def _differ(here: Line, there: TheirLine | None) -> Difference:
    if there is None:
        return Difference(here.item_id, (Differing.ONLY_HERE,), here, None, here.total or 0)
    ours = {Differing.QUANTITY: here.quantity, Differing.PRICE: here.price,
            Differing.FREIGHT: here.freight, Differing.DEDUCTION: here.deduction}  # fmt: skip
    theirs = {Differing.QUANTITY: there.quantity, Differing.PRICE: there.price,
              Differing.FREIGHT: there.freight, Differing.DEDUCTION: there.deduction}  # fmt: skip
    kinds = [kind for kind, own in ours.items() if theirs[kind] is not None and theirs[kind] != own]
    amount = (here.total or 0) - (there.said_total(ours) or 0)
    if Differing.PRICE not in kinds and there.unpriced and here.price is not None:
        kinds.append(Differing.PRICE)
    if not kinds and there.goods not in (None, here.goods):
        kinds = [Differing.GOODS]
    if not kinds and amount:
        kinds = [Differing.TOTAL]
    return Difference(here.item_id, tuple(kinds), here, there, amount)


def _added(one: TheirLine, other: TheirLine) -> TheirLine:
    def both(first: int | None, second: int | None) -> int | None:
        return None if first is None and second is None else (first or 0) + (second or 0)

    same = one.price == other.price
    return replace(
        one,
        quantity=both(one.quantity, other.quantity),
        price=one.price if same else None,
        goods=both(one.goods, other.goods) if same else both(one.worth, other.worth),
        freight=both(one.freight, other.freight),
        deduction=both(one.deduction, other.deduction),
        total=both(one.total, other.total),
        unpriced=one.unpriced or other.unpriced,
        rows=(*one.rows, *other.rows),
    )
