"""Labels for numbers that were got: only for what may leave, with the receiver that the platform's print data gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dropship_cli.actions.act import Report
from dropship_cli.actions.carriers import known_carriers
from dropship_cli.actions.context import Shop
from dropship_cli.actions.waybills import Standing, standings, the_sender
from dropship_cli.domain.errors import SetupError
from dropship_cli.domain.label import Label, PrintData
from dropship_cli.domain.operation import Kind
from dropship_cli.domain.outcome import Outcome, Result
from dropship_cli.domain.shop import Role
from dropship_cli.domain.waybill import Sender, Waybill, WaybillState

BATCH = 10
"""Numbers in one call for print data: its limit was not found (doudian.md section 6), so that of getting them."""


@dataclass
class Printed:
    """The rows' ends with the number each is about, and whether the font is in the file."""

    outcomes: list[tuple[str, Outcome]] = field(default_factory=list)
    embedded: bool = True
    labels: int = 0

    @property
    def report(self) -> Report:
        """The same as other commands show it."""
        return Report([outcome for _, outcome in self.outcomes])


def print_labels(
    shop: Shop, numbers: Sequence[str] | None, file: str, *, font: str | None = None, force: bool = False
) -> Printed:
    """Write the labels of these numbers, or of all that are neither used nor printed yet.

    What must not leave gets no label. No file is written where no label is left.
    """
    role = shop.require_any("waybill_print")
    shop.platform().capabilities(role).can(Kind.WAYBILL)
    printed = Printed()
    able = [one for one in _chosen(shop, numbers, printed) if _may_print(one, printed)]
    data = _print_data(shop, role, [one.waybill for one in able])
    labels = _labels(shop, able, data, printed)
    if labels:
        from dropship_cli.files.labels import write_labels

        printed.embedded = write_labels(file, labels, font=font, overwrite=force)
        with shop.store.transaction():
            shop.store.waybills.printed((one.waybill.tracking_number for one in labels), shop.now())
            shop.store.log.add(
                "waybill_print", who=shop.who, at=shop.now(), target=file, detail=f"{len(labels)}"
            )
    printed.labels = len(labels)
    return printed


def _chosen(shop: Shop, numbers: Sequence[str] | None, printed: Printed) -> list[Standing]:
    """What the person means; a number that nobody got here is refused."""
    if numbers is None:
        return [
            one
            for one in standings(shop, shop.store.waybills.unprinted())
            if one.waybill.state(one.items) is WaybillState.GOT
        ]
    known = shop.store.waybills.by_numbers(numbers)
    for number in dict.fromkeys(numbers):
        if number not in known:
            _refuse(printed, number, "", "waybill.unknown", number=number)
    wanted = [known[number][0] for number in dict.fromkeys(numbers) if number in known]
    return standings(shop, wanted)


def _may_print(one: Standing, printed: Printed) -> bool:
    waybill = one.waybill
    code = "waybill.cancelled" if waybill.cancelled_at is not None else one.kept
    if code is not None:
        _refuse(printed, waybill.tracking_number, waybill.item_id, code)
    return code is None


def _print_data(shop: Shop, role: Role, waybills: Sequence[Waybill]) -> dict[tuple[str, str], PrintData]:
    found: dict[tuple[str, str], PrintData] = {}
    for start in range(0, len(waybills), BATCH):
        batch = waybills[start : start + BATCH]
        found.update({(one.carrier, one.tracking_number): one for one in _asked(shop, role, batch)})
        shop.progress(min(start + BATCH, len(waybills)), len(waybills))
    return found


def _asked(shop: Shop, role: Role, batch: Sequence[Waybill]) -> list[PrintData]:
    return shop.read(lambda platform: platform.print_data(role, batch))


def _labels(
    shop: Shop, able: Sequence[Standing], found: dict[tuple[str, str], PrintData], printed: Printed
) -> list[Label]:
    names = {one.code: one.name for one in known_carriers(shop)}
    sender = _sender(shop)
    labels = []
    for one in able:
        waybill = one.waybill
        data = found.get((waybill.carrier, waybill.tracking_number))
        if data is None or data.code is not None:
            said = data.said if data else ""
            _refuse(printed, waybill.tracking_number, waybill.item_id, "waybill.no_print_data", said=said)
            continue
        labels.append(Label(waybill, names.get(waybill.carrier, waybill.carrier), data, sender))
        order_id = next((item.order_id for item in one.items.values()), waybill.item_id)
        printed.outcomes.append((waybill.tracking_number, Outcome(order_id, waybill.item_id, Result.DONE)))
    return labels


def _sender(shop: Shop) -> Sender | None:
    try:
        return the_sender(shop)
    except SetupError:  # numbers may come from elsewhere: a label without a sender is one all the same
        return None


def _refuse(printed: Printed, about: str, item_id: str, code: str, **values: object) -> None:
    printed.outcomes.append((about, Outcome(item_id, item_id, Result.REFUSED, code, tuple(values.items()))))
