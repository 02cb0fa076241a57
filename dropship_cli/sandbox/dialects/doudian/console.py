"""The ``/console/…`` endpoints: what the real platform offers only in its web console (section 9, ours).

Numbers of the refusals, all 50002 ``isv.business-failed:N``, are in ``NUMBERS``; wrong parameters are 40004
``isv.parameter-invalid:10000``.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from dropship_cli.sandbox import bindings, shops
from dropship_cli.sandbox.dialects.doudian.answers import business
from dropship_cli.sandbox.dialects.doudian.call import Call
from dropship_cli.sandbox.errors import Refused, Why
from dropship_cli.sandbox.shops import Role

NUMBERS = {
    Why.ROLE_CHOSEN: (90001, "已选择代发角色"),
    Why.ROLE_FIXED: (90002, "已有绑定申请,角色不能再切换"),
    Why.NO_SUCH_SHOP: (90003, "店铺不存在"),
    Why.NOT_A_FACTORY: (90004, "对方未选择厂家角色"),
    Why.ITSELF: (90005, "不能绑定自己"),
    Why.APPLIED_ALREADY: (90006, "已申请或已绑定"),
    Why.WRONG_ROLE: (90007, "当前角色不能进行此操作"),
    Why.NOT_PENDING: (90008, "没有待处理的申请"),
    Why.NOT_BOUND: (90009, "未绑定"),
    Why.NOT_OPEN: (90010, "对方未开通代打店铺"),
    Why.ROLE_NOT_CHOSEN: (90011, "未选择代发角色"),
}
_ROLES = {
    "merchant": Role.MERCHANT,
    "1": Role.MERCHANT,
    "商家": Role.MERCHANT,
    "factory": Role.FACTORY,
    "2": Role.FACTORY,
    "厂家": Role.FACTORY,
}
_MOST_NAME = 60

T = TypeVar("T")


def role_choose(call: Call) -> dict[str, Any]:
    """``role``: merchant or factory (also 1 and 2); once."""
    role = _ROLES.get(call.params.need_text("role"))
    if role is None:
        raise call.params.wrong
    _do(lambda: shops.choose_role(call.tx, call.actor, role))
    return {"role_type": role.value}


def role_switch(call: Call) -> dict[str, Any]:
    """Change to the other role while nothing was applied for."""
    return {"role_type": _do(lambda: shops.switch_role(call.tx, call.actor)).value}


def shop_open(call: Call) -> dict[str, Any]:
    """``name`` of the shop and ``sender``, an object or a text; without a sender there is no default address."""
    name = call.params.need_text("name")
    if len(name) > _MOST_NAME:
        raise call.params.wrong
    sender = call.params.raw("sender")
    if sender is not None and not isinstance(sender, str | dict):
        raise call.params.wrong
    _do(lambda: shops.open_shop(call.tx, call.actor, name, sender))
    return {"shop_id": call.actor.shop_id, "name": name}


def binding_apply(call: Call) -> dict[str, Any]:
    """``factory_shop_id``: a merchant asks a factory."""
    factory_id = call.params.need_whole("factory_shop_id")
    _do(lambda: bindings.apply(call.tx, call.actor, factory_id))
    return {"bind_status": bindings.Status.APPLIED.value}


def binding_answer(call: Call) -> dict[str, Any]:
    """``merchant_shop_id``, ``accept``, ``reason``: a factory accepts or refuses an application."""
    merchant_id = call.params.need_whole("merchant_shop_id")
    if not call.params.has("accept"):
        raise call.params.wrong
    if call.params.flag("accept"):
        _do(lambda: bindings.accept(call.tx, call.actor, merchant_id))
        return {"bind_status": bindings.Status.BOUND.value}
    reason = call.params.text("reason")
    _do(lambda: bindings.refuse(call.tx, call.actor, merchant_id, reason))
    return {"bind_status": bindings.Status.REFUSED.value}


def binding_unbind(call: Call) -> dict[str, Any]:
    """``factory_shop_id``: a merchant ends a binding at once."""
    factory_id = call.params.need_whole("factory_shop_id")
    _do(lambda: bindings.unbind(call.tx, call.actor, factory_id))
    return {"bind_status": bindings.Status.UNBOUND.value}


def _do(act: Callable[[], T]) -> T:
    try:
        return act()
    except Refused as refused:
        raise business(*NUMBERS[refused.why]) from refused
