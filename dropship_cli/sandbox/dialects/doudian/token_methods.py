"""``token.create``, ``token.refresh`` and the click that gives a tool app its code (doudian.md section 2)."""

from typing import Any

from dropship_cli.sandbox import schema, shops, tokens
from dropship_cli.sandbox.dialects.doudian.answers import PLATFORM, Fail, business
from dropship_cli.sandbox.dialects.doudian.call import Call
from dropship_cli.sandbox.errors import Refused
from dropship_cli.sandbox.tokens import BadToken, Pair, TokenTrouble

_CODE_TROUBLES = {
    TokenTrouble.UNKNOWN: "code-invalid",
    TokenTrouble.USED: "code-invalid",
    TokenTrouble.EXPIRED: "code-expired",
}


def create(call: Call) -> dict[str, Any]:
    """The current token of a shop with what is left of it, or a new one."""
    shop_id = _authorised_shop(call)
    try:
        shops.find(call.tx, shop_id)
    except Refused as refused:
        raise _not_generated("no-authorization", "店铺不存在或未授权") from refused
    return _answer(call, tokens.current_or_new(call.tx, call.app_key, shop_id, call.now))


def refresh(call: Call) -> dict[str, Any]:
    """The same pair, or a new one within the last hour of the access token and after its end."""
    if call.params.text("grant_type") != "refresh_token":
        raise _not_generated("grant-type-invalid", "grant_type错误")
    try:
        pair = tokens.refresh(call.tx, call.app_key, call.params.text("refresh_token"), call.now)
    except BadToken as bad:
        raise _not_refreshed(bad) from bad
    return _answer(call, pair)


def issue_code(call: Call) -> dict[str, str]:
    """What a shop's click on "authorise" does for a tool app: signed like any call, without a token."""
    try:
        code = tokens.new_code(call.tx, call.app_key, call.params.need_whole("shop_id"), call.now)
    except Refused as refused:
        raise _not_generated("no-authorization", "店铺不存在") from refused
    return {"code": code}


def _authorised_shop(call: Call) -> int:
    match call.params.text("grant_type"):
        case "authorization_self":
            if call.params.text("test_shop") == "1" and not call.params.has("shop_id"):
                return schema.FIRST_SHOPS[0]
            return call.params.whole("shop_id") or 0
        case "authorization_code":
            return _shop_of_code(call)
    raise _not_generated("grant-type-invalid", "grant_type错误")


def _shop_of_code(call: Call) -> int:
    try:
        return tokens.redeem_code(call.tx, call.app_key, call.params.text("code"), call.now)
    except BadToken as bad:
        raise _not_generated(_CODE_TROUBLES[bad.trouble], "code错误或已过期") from bad


def _not_generated(reason: str, text: str) -> Fail:
    return Fail(PLATFORM, f"dop.token-generate-failed:{reason}", text)


def _not_refreshed(bad: BadToken) -> Fail:
    match bad.trouble:
        case TokenTrouble.AT_THE_SAME_TIME:
            return business(31012, "token正在刷新,请重新调用")
        case TokenTrouble.EXPIRED:
            return _not_generated("token-expired", "refresh_token已过期")
    return business(31009, "refresh_token不存在")


def _answer(call: Call, pair: Pair) -> dict[str, Any]:
    return {
        "access_token": pair.access,
        "expires_in": pair.expires_in,
        "refresh_token": pair.refresh,
        "scope": "SCOPE",
        "shop_id": pair.shop_id,
        "shop_name": shops.find(call.tx, pair.shop_id)["name"],
        "authority_id": str(pair.shop_id),
        "auth_subject_type": "",
    }
