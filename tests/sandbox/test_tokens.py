"""The life of tokens, by the table of doudian.md section 2."""

from typing import Any

import pytest

from dropship_cli.sandbox import settings, tokens

from .conftest import KEY, MERCHANT, START, World

HOUR, DAY = 3600, 86_400


def create(world: World, **params: Any) -> dict[str, Any]:
    members = {"code": "", "grant_type": "authorization_self", "shop_id": str(MERCHANT)} | params
    return world.call(0, "token.create", **members)


def refresh(world: World, token: str) -> dict[str, Any]:
    return world.call(0, "token.refresh", grant_type="refresh_token", refresh_token=token)


def works(world: World, access: str) -> str:
    return str(world.send("iop.roleGet", "{}", access).json["sub_code"])


@pytest.mark.parametrize("shop_id", ["660001", 660001])
def test_an_own_use_app_gets_a_token_for_a_shop(world: World, shop_id: str | int) -> None:
    data = create(world, shop_id=shop_id, code=None)["data"]
    assert data["expires_in"] == 7 * DAY
    assert data["shop_id"] == MERCHANT
    assert works(world, data["access_token"]) == ""


def test_creating_again_answers_the_current_token_with_what_is_left(world: World) -> None:
    first = create(world)["data"]
    world.clock.now += 100
    second = create(world)["data"]
    assert second["access_token"] == first["access_token"]
    assert second["expires_in"] == first["expires_in"] - 100


def test_after_its_end_a_token_is_expired_and_creating_gives_another(world: World) -> None:
    first = create(world)["data"]
    world.clock.now += 7 * DAY
    assert works(world, first["access_token"]) == "isv.access-token-expired"
    assert create(world)["data"]["access_token"] != first["access_token"]


def test_an_early_refresh_changes_nothing(world: World) -> None:
    first = create(world)["data"]
    world.clock.now += 7 * DAY - HOUR - 1
    second = refresh(world, first["refresh_token"])["data"]
    assert (second["access_token"], second["refresh_token"]) == (
        first["access_token"],
        first["refresh_token"],
    )
    assert second["expires_in"] == HOUR + 1


def test_in_the_last_hour_a_refresh_gives_a_new_pair_and_the_old_lives_one_hour(world: World) -> None:
    first = create(world)["data"]
    world.clock.now += 7 * DAY - 600
    second = refresh(world, first["refresh_token"])["data"]
    assert second["access_token"] != first["access_token"]
    assert second["expires_in"] == 7 * DAY
    world.clock.now += HOUR - 1
    assert works(world, first["access_token"]) == ""
    world.clock.now += 1
    assert works(world, first["access_token"]) == "isv.access-token-expired"
    assert works(world, second["access_token"]) == ""


def test_after_its_end_a_refresh_gives_a_new_pair_and_the_old_is_void(world: World) -> None:
    first = create(world)["data"]
    world.clock.now += 8 * DAY
    second = refresh(world, first["refresh_token"])["data"]
    assert works(world, first["access_token"]) == "isv.access-token-expired"
    assert works(world, second["access_token"]) == ""
    assert refresh(world, first["refresh_token"])["sub_code"] == "isv.business-failed:31009"


def test_a_second_refresh_at_the_same_time_is_told_to_call_again_and_then_gets_the_new_pair(
    world: World,
) -> None:
    first = create(world)["data"]
    world.clock.now += 7 * DAY - 600
    second = refresh(world, first["refresh_token"])["data"]
    assert refresh(world, first["refresh_token"])["sub_code"] == "isv.business-failed:31012"
    world.clock.now += 2
    assert refresh(world, first["refresh_token"])["data"]["access_token"] == second["access_token"]


def test_an_unknown_refresh_token_is_31009(world: World) -> None:
    answer = refresh(world, "0" * 36)
    assert (answer["code"], answer["sub_code"]) == (50002, "isv.business-failed:31009")


def test_after_the_end_of_the_refresh_token_nothing_is_refreshed(world: World) -> None:
    first = create(world)["data"]
    world.clock.now += 14 * DAY
    assert refresh(world, first["refresh_token"])["sub_code"] == "dop.token-generate-failed:token-expired"


def test_lives_are_settings(world: World) -> None:
    settings.put(world.path, "access_life", 50)
    data = create(world)["data"]
    assert data["expires_in"] == 50
    world.clock.now += 51
    assert works(world, data["access_token"]) == "isv.access-token-expired"


def test_a_code_is_good_once_and_for_ten_minutes(world: World) -> None:
    def by_code(code: str) -> dict[str, Any]:
        return create(world, grant_type="authorization_code", code=code, shop_id=None)

    code = tokens.issue_code(world.path, KEY, str(MERCHANT), world.clock)
    assert by_code(code)["data"]["shop_id"] == MERCHANT
    assert by_code(code)["sub_code"] == "dop.token-generate-failed:code-invalid"
    assert by_code("nonsense")["sub_code"] == "dop.token-generate-failed:code-invalid"
    late = world.ok(0, "console.code.issue", shop_id=MERCHANT)["code"]
    world.clock.now = START + 600
    assert by_code(late)["sub_code"] == "dop.token-generate-failed:code-expired"


def test_another_grant_type_is_refused(world: World) -> None:
    assert create(world, grant_type="password")["sub_code"] == "dop.token-generate-failed:grant-type-invalid"


def test_a_test_shop_needs_no_number(world: World) -> None:
    assert create(world, test_shop="1", shop_id=None)["data"]["shop_id"] == MERCHANT
