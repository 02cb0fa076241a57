"""Bindings and the role: apply, accept, reject, unbind, choose; each is an operation like any other."""

from __future__ import annotations

from collections.abc import Callable

from dropship_cli.actions.act import Report, carry_out
from dropship_cli.actions.context import Shop
from dropship_cli.domain.binding import Binding, may_answer, may_apply, may_unbind
from dropship_cli.domain.capability import Can
from dropship_cli.domain.decision import Decision, Draft
from dropship_cli.domain.errors import RefusedError, UnavailableError
from dropship_cli.domain.operation import Kind, wish_text
from dropship_cli.domain.outcome import Outcome, Result
from dropship_cli.domain.shop import Role, choose


def apply(shop: Shop, factory_id: str) -> Report:
    """Apply to a factory. The first application fixes the role for good: `is_first` tells beforehand."""
    role = _able(shop, Role.MERCHANT, Kind.APPLY, "bind")
    binding = _fresh(shop, role).get(factory_id)
    draft = Draft(
        Kind.APPLY, factory_id, "", {"applied": True}, {"state": binding.state if binding else None}
    )
    return _ask(shop, draft, lambda: may_apply(shop.profile.shop_id, factory_id, binding))


def accept(shop: Shop, merchant_id: str) -> Report:
    """Accept a merchant's application."""
    return _answer(shop, Kind.ACCEPT, merchant_id, {"accept": True}, "accept")


def reject(shop: Shop, merchant_id: str, reason: str) -> Report:
    """Refuse a merchant's application, with a reason that the merchant reads."""
    return _answer(shop, Kind.REJECT, merchant_id, {"accept": False, "reason": reason}, "reject")


def unbind(shop: Shop, factory_id: str) -> Report:
    """End a binding."""
    role = _able(shop, Role.MERCHANT, Kind.UNBIND, "unbind")
    binding = _fresh(shop, role).get(factory_id)
    draft = Draft(
        Kind.UNBIND, factory_id, "", {"bound": False}, {"state": binding.state if binding else None}
    )
    return _ask(shop, draft, lambda: may_unbind(factory_id, binding))


def bindings(shop: Shop) -> list[Binding]:
    """What the store knows, the newest first."""
    return list(shop.store.bindings.all().values())


def is_first(shop: Shop) -> bool:
    """Whether no application was ever made or received: the role can still be switched."""
    return not _fresh(shop, _able(shop, Role.MERCHANT, Kind.APPLY, "bind"))


def may_end(shop: Shop, factory_id: str) -> None:
    """Refuse what `unbind` would refuse: looked at before a person is asked."""
    may_unbind(factory_id, _fresh(shop, _able(shop, Role.MERCHANT, Kind.UNBIND, "unbind")).get(factory_id))


def other_role(shop: Shop) -> Role:
    """The role that a switch leads to; refused where only the console switches, or there is none to switch."""
    shop.platform().capabilities(Role.MERCHANT).can(Kind.ROLE)
    actual = shop.read_role()
    if actual is None:
        raise RefusedError("role.none", shop_id=shop.profile.shop_id)
    return actual.other


def how_to_choose(shop: Shop) -> tuple[str, tuple[tuple[str, object], ...]]:
    """What a shop without a role is told, as a code and its facts: by this program, or where in the console."""
    able = shop.platform().capabilities(Role.MERCHANT).acts.get(Kind.ROLE)
    if isinstance(able, Can):
        return "role.none_yet", ()
    return "role.none_yet_there", (("where", able.where if able else ""),)


def choose_role(shop: Shop, wanted: Role, *, shop_name: str = "", sender: str = "") -> Report:
    """Choose the role, or switch it as long as no application fixed it."""
    shop.platform().capabilities(wanted).can(Kind.ROLE)
    actual = shop.read_role()
    applied = actual is not None and bool(_fresh(shop, actual))
    changes = choose(actual, wanted, applied=applied)
    if not changes and not shop_name and not sender:
        return Report([Outcome("", shop.profile.shop_id, Result.UNCHANGED)])
    wish = {"role": wanted, "shop_name": shop_name, "sender": sender}
    report = _ask(shop, Draft(Kind.ROLE, shop.profile.shop_id, "", wish, {"role": actual}), lambda: None)
    if report.outcomes[0].result is Result.DONE:
        with shop.store.transaction():
            shop.store.facts.put("role", wanted)
            shop.store.facts.put("shop_name", shop_name or None)
    return report


def _answer(shop: Shop, kind: Kind, merchant_id: str, wish: dict[str, object], act: str) -> Report:
    role = _able(shop, Role.FACTORY, kind, act)
    binding = _fresh(shop, role).get(merchant_id)
    draft = Draft(kind, merchant_id, "", wish, {"state": binding.state if binding else None})
    return _ask(shop, draft, lambda: may_answer(merchant_id, binding))


def _able(shop: Shop, role: Role, kind: Kind, act: str) -> Role:
    """A platform that leaves it to its console says so at once, before anything is asked of it; then the role."""
    shop.platform().capabilities(role).can(kind)
    return shop.require(role, act)


def _fresh(shop: Shop, role: Role) -> dict[str, Binding]:
    """The platform's own list, remembered; what we know where it can't be reached."""
    try:
        listed = shop.read(lambda platform: platform.bindings(role))
    except UnavailableError:
        return shop.store.bindings.all()
    with shop.store.transaction():
        shop.store.bindings.replace(listed)
    return shop.store.bindings.all()


def _ask(shop: Shop, draft: Draft, may: Callable[[], None]) -> Report:
    """Journal and send one act on a shop; what is on its way already is waited for."""

    def decide() -> list[Decision]:
        live = shop.store.operations.live_of([draft.target]).get(draft.target, ())
        for operation in live:
            if operation.kind is draft.kind and wish_text(operation.wish) == wish_text(draft.wish):
                return [Decision("", draft.target, waits=operation)]
        if live:
            raise RefusedError("operation.pending", act=live[0].kind, state=live[0].state)
        may()
        return [Decision("", draft.target, drafts=(draft,))]

    report = carry_out(shop, decide)
    if any(outcome.result is Result.DONE for outcome in report.outcomes) and draft.kind is not Kind.ROLE:
        _fresh(shop, shop.require_any("bind"))
    return report
