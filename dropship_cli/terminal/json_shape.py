"""The promised JSON, field by field (cli.md, "JSON"): pure functions from the domain's records to dictionaries.

Identifiers are text, money is integer cents, times are RFC 3339. No receiver leaves through here.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any

from dropship_cli.domain.hand import hand
from dropship_cli.domain.moment import rfc3339
from dropship_cli.terminal import words

if TYPE_CHECKING:  # only what a command shows is loaded, and by who made it
    from dropship_cli.domain.binding import Binding
    from dropship_cli.domain.carrier import Carrier
    from dropship_cli.domain.errors import DropshipError
    from dropship_cli.domain.item import Item, Package
    from dropship_cli.domain.operation import Operation
    from dropship_cli.domain.outcome import Outcome
    from dropship_cli.domain.shop import Profile, Role

Record = dict[str, Any]
CURRENCY = "CNY"


def item_record(item: Item, platform: str) -> Record:
    """An item as `orders --json` shows it."""
    return {
        "order_id": item.order_id,
        "item_id": item.item_id,
        "sku_code": item.sku_code,
        "title": item.title,
        "spec": item.spec,
        "product_id": item.product_id,
        "quantity": item.quantity,
        "shipped_quantity": item.shipped_quantity,
        "price": item.price,
        "currency": CURRENCY,
        "allocation": item.allocation.value,
        "shipment": item.shipment.value,
        "refund": item.refund.value,
        "closed": item.closed,
        "factory_id": item.factory_id,
        "factory_name": item.factory_name,
        "merchant_id": item.merchant_id,
        "merchant_name": item.merchant_name,
        "shipped_by": item.shipped_by,
        "handled_by": hand(item).value,
        "packages": [_package(one) for one in item.packages],
        **_times(ship_by=item.ship_by, paid_at=item.paid_at),
        **_times(allocated_at=item.allocated_at, shipped_at=item.shipped_at),
        "remark": item.remark,
        "buyer_words": item.buyer_words,
        "region": item.region,
        "cancel_reason": item.cancel_reason,
        "platform": platform,
        "source": item.source.value,
        "raw_state": dict(item.raw_state),
    }


def outcome_record(outcome: Outcome, lang: str) -> Record:
    """What became of one row. `row`, `warning` and `hint` are there only when there is something to say."""
    extra = {
        "row": outcome.row,
        "op_id": outcome.op_id,
        "hint": _outcome_hint(outcome, lang),
        "warning": _outcome_warning(outcome, lang),
    }
    return {
        "order_id": outcome.order_id,
        "item_id": outcome.item_id,
        "result": outcome.result.value,
        "error_code": outcome.error_code,
        "error": _told(outcome.error_code, outcome_values(outcome), lang),
        **{name: value for name, value in extra.items() if value},
    }


def binding_record(binding: Binding, role: Role) -> Record:
    """A binding as the shop of `role` sees it: the id is the other side's."""
    return {
        f"{role.other.value}_id": binding.partner_id,
        "name": binding.partner_name,
        "state": binding.state.value,
        **_times(applied_at=binding.applied_at, bound_at=binding.bound_at, refused_at=binding.refused_at),
    }


def operation_record(op: Operation, lang: str = "en") -> Record:
    """A journal entry; its `error` is the sentence of its code."""
    return {
        "op_id": op.op_id,
        "kind": op.kind.value,
        "order_id": op.order_id,
        "target": op.target,
        "state": op.state.value,
        "wish": dict(op.wish),
        "before": dict(op.before),
        "attempts": op.attempts,
        **_times(created_at=op.created_at, sent_at=op.sent_at),
        **_times(asked_at=op.asked_at, settled_at=op.settled_at),
        "error_code": op.error_code,
        "error": _told(op.error_code, op.facts, lang),
        "waits_for": op.waits_for,
    }


def carrier_record(carrier: Carrier) -> Record:
    """A carrier and everything it is called."""
    return {
        "code": carrier.code,
        "name": carrier.name,
        "english": carrier.english,
        "platform_code": carrier.platform_code or carrier.code,
        "aliases": list(carrier.aliases),
    }


def profile_record(profile: Profile, *, current: bool) -> Record:
    """A profile; it holds no secret, only where the secret is kept."""
    return {
        "name": profile.name,
        "current": current,
        "platform": profile.platform,
        "shop_id": profile.shop_id,
        "live": not profile.is_sandbox,
        "app_key": profile.app_key,
        "base_url": profile.base_url,
        "secret_in": profile.secret_in,
        "read_only": profile.read_only,
        "settings": dict(profile.settings),
    }


def log_record(row: Mapping[str, Any]) -> Record:
    """A line of the log as it is kept; `at` as a time."""
    at = row.get("at")
    return {**row, "at": rfc3339(at)} if isinstance(at, int | float) else dict(row)


def error_record(error: DropshipError, lang: str, profile: str | None = None) -> Record:
    """An error as `--json` puts it on stderr: code, message, hint, and the facts it carries; the shop's profile where
    it is of one among many."""
    values = {name: _plain(value) for name, value in error.values.items()}
    if profile is not None:
        values["profile"] = profile
    own = {
        "code": error.code,
        "message": words.sentence(error.code, lang, error.values),
        "hint": words.hint(error.code, lang, error.values),
    }
    return {"error": {**own, **{name: value for name, value in values.items() if name not in own}}}


def outcome_values(outcome: Outcome) -> dict[str, object]:
    """What fills the sentence of an outcome's code."""
    said = {"said": outcome.said} if outcome.said else {}
    return {**said, **dict(outcome.values)}


def _package(package: Package) -> Record:
    return {
        "carrier": package.carrier,
        "tracking_number": package.tracking_number,
        "quantity": package.quantity,
    }


def _times(**moments: float | None) -> Record:
    return {name: rfc3339(moment) for name, moment in moments.items()}


def _told(code: str | None, values: Mapping[str, object], lang: str) -> str | None:
    """The sentence of a code; the platform's own words behind it where it does not hold them itself."""
    if not code:
        return None
    said = values.get("said")
    told = words.sentence(code, lang, values)
    return told if not said or words.says(code, lang, "said") else f"{told} ({words.clean(str(said))})"


def _outcome_hint(outcome: Outcome, lang: str) -> str:
    return words.hint(outcome.error_code, lang, outcome_values(outcome)) if outcome.error_code else ""


def _outcome_warning(outcome: Outcome, lang: str) -> str:
    if not outcome.warning:
        return ""
    known = words.knows(outcome.warning, lang)
    return (
        words.sentence(outcome.warning, lang, outcome_values(outcome))
        if known
        else words.clean(outcome.warning)
    )


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return value if isinstance(value, str | int | float | bool | None) else str(value)
