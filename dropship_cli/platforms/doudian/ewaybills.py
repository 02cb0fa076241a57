"""E-waybill numbers on Doudian: got ten a call with a result for each row, and given back (doudian.md section 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from dropship_cli.domain.label import PrintData
from dropship_cli.domain.operation import Kind, Operation
from dropship_cli.domain.shop import Role
from dropship_cli.domain.waybill import Waybill, goods_of
from dropship_cli.platforms.base import Answer, Verdict
from dropship_cli.platforms.doudian import wire
from dropship_cli.platforms.doudian.carriers import to_doudian
from dropship_cli.platforms.doudian.changes import Change, Send, data, plainly
from dropship_cli.platforms.doudian.codes import Ruling, ebill_refusal
from dropship_cli.platforms.doudian.mapping import number

_GET, _CANCEL = "iop.waybillGet", "iop.waybillCancel"
Key = tuple[str, str]


def get(send: Send, operations: Sequence[Operation]) -> list[Answer]:
    """`iop.waybillGet`: one sender a call, so who sends from elsewhere is proven not asked for."""
    sender = operations[0].wish["sender"]
    asked = [one for one in operations if one.wish["sender"] == sender]
    others = [
        Answer(one.op_id, Verdict.REFUSED, "waybill.other_sender") for one in operations if one not in asked
    ]
    params = {"sender": _sender(cast("Mapping[str, str]", sender)), "trade_order_list": _groups(asked)}
    reply = send(_GET, params)
    if reply.ruling is Ruling.REFUSED:
        return [*(plainly(_GET, one, reply) for one in asked), *others]
    found = data(wire.EbillData, reply)
    given, failed = _by_key(found.ebill_infos), _by_key(found.err_infos)
    return [*(_answer(one, given.get(_key(one), []), failed.get(_key(one), [])) for one in asked), *others]


def cancel(send: Send, operations: Sequence[Operation]) -> list[Answer]:
    """`iop.waybillCancel`: one number a call; `return_result` false is a refusal in a successful envelope."""
    return [_cancelled(send, one) for one in operations]


def apply_params(waybills: Sequence[Waybill]) -> dict[str, Any]:
    """`logistics.waybillApply`; `logistics_code` is the carrier here (section 6)."""
    return {
        "waybill_applies": [
            {"logistics_code": to_doudian(one.carrier), "track_no": one.tracking_number} for one in waybills
        ]
    }


def print_data(waybills: Sequence[Waybill], found: wire.PrintDataList) -> list[PrintData]:
    """Each number's print data, found by the number; a number in both lists, or in none, has none."""
    given = {row.track_no: row for row in found.waybill_infos if row.print_data}
    failed = {row.track_no: row for row in found.err_infos}
    return [
        _sealed(one, given[one.tracking_number])
        if one.tracking_number in given.keys() - failed.keys()
        else _without(one, failed.get(one.tracking_number))
        for one in waybills
    ]


EWAYBILLS: Mapping[tuple[Role, Kind], Change] = {
    (Role.FACTORY, Kind.WAYBILL): get,
    (Role.FACTORY, Kind.WAYBILL_CANCEL): cancel,
}
"""A merchant's own e-waybills are another family of methods."""


def _sender(sender: Mapping[str, str]) -> dict[str, Any]:
    """camelCase here only."""
    address = {
        "countryCode": "CHN",
        "provinceName": sender["province"],
        "cityName": sender["city"],
        "districtName": sender["district"],
        "streetName": sender["street"],
        "detailAddress": sender["detail"],
    }
    return {
        "contact": {"name": sender["name"], "mobile": sender["mobile"]},
        "address": {name: value for name, value in address.items() if value},
    }


def _groups(operations: Sequence[Operation]) -> list[dict[str, Any]]:
    """Requests by merchant and carrier, as the page nests them."""
    groups: dict[Key, list[dict[str, Any]]] = {}
    for one in operations:
        group = str(one.wish["merchant_id"]), to_doudian(str(one.wish["carrier"]))
        groups.setdefault(group, []).append(_order(one))
    return [
        {"user_id": number(merchant_id), "company_code": code, "order_infos": orders}
        for (merchant_id, code), orders in groups.items()
    ]


def _order(operation: Operation) -> dict[str, Any]:
    order: dict[str, Any] = {
        "distr_order_id": operation.target,
        "items": [
            {"item_name": one.title or one.sku_code or one.item_id, "item_count": one.quantity}
            | ({"item_specs": one.spec} if one.spec else {})
            for one in goods_of(operation)
        ],
    }
    pack_id = str(operation.wish.get("pack_id") or "")
    return {**order, "pack_id": pack_id} if pack_id else order


def _by_key(rows: Sequence[wire.Ebill]) -> dict[Key, list[wire.Ebill]]:
    found: dict[Key, list[wire.Ebill]] = {}
    for row in rows:
        found.setdefault((row.distr_order_id, row.pack_id), []).append(row)
    return found


def _key(operation: Operation) -> Key:
    return operation.target, str(operation.wish.get("pack_id") or "")


def _answer(operation: Operation, given: Sequence[wire.Ebill], failed: Sequence[wire.Ebill]) -> Answer:
    """A row in neither list, in both, or with two numbers is no answer: a number may have been paid for."""
    numbers = {row.track_no for row in given}
    if len(numbers) == 1 and not failed and "" not in numbers:
        return Answer(operation.op_id, Verdict.DONE, given=_given(given[0]))
    if given or not failed:
        return Answer(operation.op_id, Verdict.UNKNOWN, "answer.missing_row")
    row = failed[0]
    code = ebill_refusal(row.err_code)
    verdict = Verdict.UNKNOWN if code is None else Verdict.REFUSED
    return Answer(operation.op_id, verdict, code or "platform.busy", row.err_msg)


def _given(row: wire.Ebill) -> dict[str, str]:
    return {
        "tracking_number": row.track_no,
        "sort_code": row.sort_code,
        "package_code": row.package_code,
        "package_name": row.package_code_name,
        "destination_code": row.mark_destination_code,
        "destination_name": row.mark_destination_code_name,
    }


def _sealed(waybill: Waybill, row: wire.PrintRow) -> PrintData:
    """The ciphertext as it is; masks where it is in our sandbox's form."""
    masks = _masks(row.print_data)
    return PrintData(
        waybill.carrier,
        waybill.tracking_number,
        row.print_data,
        row.sign,
        masks.name,
        masks.phone,
        masks.area,
    )


def _masks(text: str) -> wire.Masks:
    try:
        return wire.Sealed.model_validate_json(text).masked
    except ValueError:
        return wire.Masks()


def _without(waybill: Waybill, row: wire.PrintRow | None) -> PrintData:
    said = row.err_msg if row else ""
    return PrintData(waybill.carrier, waybill.tracking_number, code="waybill.no_print_data", said=said)


def _cancelled(send: Send, operation: Operation) -> Answer:
    wish = operation.wish
    params = {
        "user_id": number(wish["merchant_id"]),
        "company_code": to_doudian(str(wish["carrier"])),
        "track_no": wish["tracking_number"],
    }
    reply = send(_CANCEL, params)
    if reply.ruling is Ruling.DONE and not data(wire.ReturnData, reply).return_result:
        return Answer(operation.op_id, Verdict.REFUSED, "platform.refused", reply.said)
    return plainly(_CANCEL, operation, reply)
