"""How Doudian hands out tokens (doudian.md section 2), through the keeper that keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dropship_cli.domain.errors import SetupError
from dropship_cli.platforms.base import NoAnswer

from .canned import NOW, TOKEN, Canned, ok, refused

WEEK = 604_800
SECOND = {**TOKEN, "access_token": "access-canary-2", "refresh_token": "refresh-canary-2"}


@pytest.fixture
def canned(tmp_path: Path) -> Canned:
    return Canned(tmp_path).say("iop.roleGet", ok({"role_type": 2}))


def used(canned: Canned) -> str:
    canned.platform.role()
    return canned.of("iop.roleGet")[-1].query["access_token"]


def test_an_own_use_app_creates_by_its_own_right(canned: Canned) -> None:
    assert used(canned) == TOKEN["access_token"]
    assert canned.of("token.create")[0].params == {
        "grant_type": "authorization_self", "code": "", "shop_id": "660001",
    }  # fmt: skip
    assert "access_token" not in canned.of("token.create")[0].query, (
        "an empty one, which the page allows, or none"
    )


def test_a_tool_app_logs_in_with_the_code_of_the_shops_click(canned: Canned) -> None:
    assert canned.platform.log_in("code-1") == NOW + WEEK
    assert canned.of("token.create")[0].params == {"grant_type": "authorization_code", "code": "code-1"}


def test_another_shops_token_is_not_kept(canned: Canned) -> None:
    canned.say("token.create", ok({**TOKEN, "shop_id": 880011}))
    with pytest.raises(SetupError) as caught:
        canned.platform.log_in("code-1")
    assert caught.value.code == "auth.other_shop"
    assert not (canned.folder / "token.json").exists()


@pytest.mark.parametrize("shop", [660001, "660001", None, ""])
def test_numbers_and_texts_of_the_answer_are_read_alike(canned: Canned, shop: object) -> None:
    canned.say("token.create", ok({**TOKEN, "shop_id": shop, "expires_in": "530808", "authority_id": None}))
    assert canned.platform.log_in() == NOW + 530_808


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        [],
        {"access_token": ""},
        {"access_token": "canary-x"},
    ],
)
def test_an_answer_without_a_token_is_no_token_and_is_not_shown(canned: Canned, data: object) -> None:
    canned.say("token.create", ok(data))
    with pytest.raises(NoAnswer) as caught:
        canned.platform.log_in()
    assert "canary" not in repr([caught.value, caught.value.__context__, caught.value.__cause__])


def test_in_its_last_hour_it_is_refreshed_before_a_call(canned: Canned) -> None:
    used(canned)
    canned.say("token.refresh", ok(SECOND))
    canned.now += WEEK - 3601
    assert used(canned) == TOKEN["access_token"]
    canned.now += 2
    assert used(canned) == SECOND["access_token"]
    assert used(canned) == SECOND["access_token"]
    assert len(canned.of("token.refresh")) == 1


def test_a_refresh_that_ran_beside_another_is_asked_for_again(canned: Canned) -> None:
    used(canned)
    canned.say("token.refresh", refused(50002, "isv.business-failed:31012"), ok(SECOND))
    canned.now += WEEK - 60
    assert used(canned) == SECOND["access_token"]
    assert len(canned.of("token.refresh")) == 2
    assert canned.slept


@pytest.mark.parametrize(
    ("code", "sub"),
    [(50002, "isv.business-failed:31009"), (50001, "dop.token-generate-failed:token-expired")],
)
def test_a_refresh_token_that_is_no_good_leads_to_a_new_one(canned: Canned, code: int, sub: str) -> None:
    used(canned)
    canned.say("token.refresh", refused(code, sub)).say("token.create", ok(SECOND))
    canned.now += WEEK
    assert used(canned) == SECOND["access_token"]


def test_where_nothing_helps_a_person_has_to_log_in(canned: Canned) -> None:
    canned.say("token.create", refused(50001, "dop.token-generate-failed:no-authorization"))
    with pytest.raises(SetupError) as caught:
        canned.platform.role()
    assert caught.value.code == "auth.login"


def test_lost_answers_to_token_calls_are_asked_for_again_by_a_reading(canned: Canned) -> None:
    canned.say("token.create", b"<html>", ok(TOKEN))
    assert used(canned) == TOKEN["access_token"]
