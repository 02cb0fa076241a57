"""Every change on Doudian: its parameters, and its answer read row by row (doudian.md sections 4, 5, 7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from dropship_cli.domain.effect import packages_of
from dropship_cli.domain.operation import Kind, Operation
from dropship_cli.domain.shop import Role
from dropship_cli.platforms.base import Answer, NoAnswer, Verdict
from dropship_cli.platforms.doudian import mapping, wire
from dropship_cli.platforms.doudian.codes import Ruling, is_busy_row, refusal, row_refusal
from dropship_cli.platforms.doudian.line import Reply

Send = Callable[[str, Mapping[str, Any]], Reply]
Change = Callable[[Send, Sequence[Operation]], list[Answer]]
Read = Callable[[str, Operation, Reply], Answer]
M = TypeVar("M", bound=wire.Wire)


def allocate(send: Send, operations: Sequence[Operation]) -> list[Answer]:
    """`iop.sellerDistribute`: up to 100 rows, each with its own result."""
    rows = [
        {"supplier_shop_id": mapping.number(one.wish["factory_id"]), "distr_order_id": one.target}
        for one in operations
    ]
    reply = send("iop.sellerDistribute", {"distribute_order_list": rows})
    if reply.ruling is Ruling.REFUSED:
        return _all_refused("iop.sellerDistribute", operations, reply)
    found: dict[tuple[str, str], list[wire.DistributeRow]] = {}
    for row in data(wire.DistributeData, reply).distribute_order_reuslts:
        found.setdefault((row.distr_order_id, row.supplier_shop_id), []).append(row)
    return [_allocated(one, found.get((one.target, str(one.wish["factory_id"])), [])) for one in operations]


def cancel(send: Send, operations: Sequence[Operation]) -> list[Answer]:
    """`iop.sellerCancleDistribute` (spelt so): two lists; an id in neither, or in both, is unknown."""
    reply = send("iop.sellerCancleDistribute", {"distr_order_ids": [one.target for one in operations]})
    if reply.ruling is Ruling.REFUSED:
        return _all_refused("iop.sellerCancleDistribute", operations, reply)
    if not isinstance(reply.data, dict):
        raise NoAnswer("answer.unreadable", "iop.sellerCancleDistribute", log_id=reply.log_id)
    found = data(wire.CancelData, reply)
    done, failed = set(found.succ_distr_order_ids), found.fail_distr_order_ids
    return [_cancelled(one, is_done=one.target in done, reason=failed.get(one.target)) for one in operations]


def ship_as_factory(send: Send, operations: Sequence[Operation]) -> list[Answer]:
    """`iop.waybillReturn`: one dropship order, exactly what is left."""
    return [
        _one(send, "iop.waybillReturn", one, mapping.shipping_params(one), _returned) for one in operations
    ]


def ship_as_merchant(send: Send, operations: Sequence[Operation]) -> list[Answer]:
    """`order.logisticsAddMultiPack` with the operation's id as `request_id`."""
    method = "order.logisticsAddMultiPack"
    return [_one(send, method, one, mapping.multipack_params(one), _multipacked) for one in operations]


def amend_as_factory(send: Send, operations: Sequence[Operation]) -> list[Answer]:
    """`iop.waybillUpdate`: one package a call, named by `wish["package_id"]`."""
    return [_amended(send, "iop.waybillUpdate", one, mapping.update_params, _updated) for one in operations]


def amend_as_merchant(send: Send, operations: Sequence[Operation]) -> list[Answer]:
    """`order.logisticsEditByPack`, as every shipment of ours was a MultiPack."""
    return [
        _amended(send, "order.logisticsEditByPack", one, mapping.edit_params, plainly) for one in operations
    ]


CHANGES: Mapping[tuple[Role, Kind], Change] = {
    (Role.MERCHANT, Kind.ALLOCATE): allocate,
    (Role.MERCHANT, Kind.CANCEL): cancel,
    (Role.FACTORY, Kind.SHIP): ship_as_factory,
    (Role.MERCHANT, Kind.SHIP): ship_as_merchant,
    (Role.FACTORY, Kind.AMEND): amend_as_factory,
    (Role.MERCHANT, Kind.AMEND): amend_as_merchant,
}
"""What the API can change, by role; the rest is done in the console."""


def data(model: type[M], reply: Reply) -> M:
    """The answer's data, or the doubt that it is none."""
    try:
        return wire.read(model, reply.data)
    except ValueError:
        pass
    # Outside the handler: pydantic's error would carry the data along.
    raise NoAnswer("answer.unreadable", model.__name__, log_id=reply.log_id)


def plainly(method: str, operation: Operation, reply: Reply) -> Answer:
    """The answer of a call that says no more than done or refused."""
    if reply.ruling is Ruling.REFUSED:
        return Answer(operation.op_id, Verdict.REFUSED, refusal(method, reply.sub_code), reply.said)
    if reply.ruling is Ruling.PARTLY:  # of one thing, a part is no answer
        return Answer(operation.op_id, Verdict.UNKNOWN, "answer.unreadable", reply.said)
    return Answer(operation.op_id, Verdict.DONE)


def _one(send: Send, method: str, operation: Operation, params: Mapping[str, Any], read: Read) -> Answer:
    reply = send(method, params)
    return (read if reply.ruling is Ruling.DONE else plainly)(method, operation, reply)


def _amended(
    send: Send,
    method: str,
    operation: Operation,
    params: Callable[[Operation], Mapping[str, Any]],
    read: Read,
) -> Answer:
    if not operation.wish.get("package_id"):
        return Answer(operation.op_id, Verdict.REFUSED, "ship.which_package")
    return _one(send, method, operation, params(operation), read)


def _returned(method: str, operation: Operation, reply: Reply) -> Answer:
    """`return_result` false is a refusal in a successful envelope."""
    found = data(wire.ShipData, reply)
    if not found.return_result:
        return Answer(operation.op_id, Verdict.REFUSED, "platform.refused", reply.said)
    return _shipped(operation, [pack.track_no for pack in found.pack_list])


def _updated(method: str, operation: Operation, reply: Reply) -> Answer:
    found = data(wire.ShipData, reply)
    if not found.return_result:
        return Answer(operation.op_id, Verdict.REFUSED, "platform.refused", reply.said)
    if found.delivery_id not in ("", operation.wish["package_id"]):
        return Answer(operation.op_id, Verdict.UNKNOWN, "answer.missing_row")
    return Answer(operation.op_id, Verdict.DONE)


def _multipacked(method: str, operation: Operation, reply: Reply) -> Answer:
    packs = data(wire.MultiPackData, reply).pack_list
    if not packs:
        return Answer(operation.op_id, Verdict.UNKNOWN, "answer.missing_row")
    return _shipped(operation, [pack.logistics_code for pack in packs])


def _shipped(operation: Operation, numbers: Sequence[str]) -> Answer:
    """Done, unless the answer speaks of packages that are not ours: answers may be mixed up on the way.

    The platform's names of the packages are not taken from here: the next reading tells them, and an amendment
    before it looks them up, so that a number is never corrected on somebody else's package.
    """
    ours = {one.tracking_number for one in packages_of(operation)}
    if all(number in ours for number in numbers if number):
        return Answer(operation.op_id, Verdict.DONE)
    return Answer(operation.op_id, Verdict.UNKNOWN, "answer.missing_row")


def _allocated(operation: Operation, rows: Sequence[wire.DistributeRow]) -> Answer:
    """Rows of this item and factory, wherever they stood; contradicting ones are no answer."""
    numbers = {row.err_no for row in rows}
    if len(numbers) != 1 or is_busy_row(rows[0].err_no):
        return Answer(operation.op_id, Verdict.UNKNOWN, "answer.missing_row")
    if rows[0].err_no == 0:
        return Answer(operation.op_id, Verdict.DONE)
    return Answer(operation.op_id, Verdict.REFUSED, row_refusal(rows[0].err_no), rows[0].message)


def _cancelled(operation: Operation, *, is_done: bool, reason: str | None) -> Answer:
    if is_done == (reason is not None):
        return Answer(operation.op_id, Verdict.UNKNOWN, "answer.missing_row")
    if is_done:
        return Answer(operation.op_id, Verdict.DONE)
    # Reasons are words, not numbers: whether "refused" means "not allocated any more" is read from the item.
    return Answer(operation.op_id, Verdict.REFUSED, "allocate.not_allocated", reason or "")


def _all_refused(method: str, operations: Sequence[Operation], reply: Reply) -> list[Answer]:
    return [plainly(method, one, reply) for one in operations]
