"""How Doudian hands out tokens: `token.create` and `token.refresh` (doudian.md section 2); keeping them is not ours."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from dropship_cli.domain.errors import SetupError
from dropship_cli.platforms.base import NoAnswer
from dropship_cli.platforms.doudian.codes import Ruling, refusal
from dropship_cli.platforms.doudian.line import Line, Reply
from dropship_cli.platforms.doudian.wire import TokenData, read
from dropship_cli.platforms.tokens import Refused, Tokens

REFRESH_LIFE = 14 * 24 * 3600
"""Seconds a refresh token lives; the answer does not say (section 2)."""

RACING_TRIES = 3


class Authority:
    """The platform's source of tokens for one shop."""

    def __init__(
        self,
        line: Line,
        shop_id: str,
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._line = line
        self._shop_id = shop_id
        self._clock = clock
        self._sleep = sleep

    def create(self, code: str | None) -> Tokens:
        """By the merchant's click (`code`), or without one by the right of an own-use app."""
        grant: dict[str, Any] = {"grant_type": "authorization_self", "code": "", "shop_id": self._shop_id}
        if code is not None:
            grant = {"grant_type": "authorization_code", "code": code}
        reply = self._line.send("token.create", grant, "")
        if reply.ruling is not Ruling.DONE:
            raise SetupError("auth.login", said=reply.said, log_id=reply.log_id)
        tokens = self._tokens(reply)
        if tokens.shop_id not in ("", self._shop_id):
            raise SetupError("auth.other_shop", shop_id=self._shop_id, given=tokens.shop_id)
        return tokens

    def refresh(self, tokens: Tokens) -> Tokens:
        """The same pair before its last hour, a new one after; `Refused` where the platform takes it no more."""
        params = {"grant_type": "refresh_token", "refresh_token": tokens.refresh_token}
        for tried in range(RACING_TRIES):
            try:
                reply = self._line.send("token.refresh", params, "")
            except SetupError as error:
                if error.code == "auth.login":
                    raise Refused from None
                raise
            if reply.ruling is Ruling.DONE:
                return self._tokens(reply)
            if refusal("token.refresh", reply.sub_code) != "token.racing":
                raise Refused
            self._sleep(0.5 * 2**tried)  # 31012: another refresh ran at the same time, call again
        raise Refused

    def _tokens(self, reply: Reply) -> Tokens:
        try:
            data = read(TokenData, reply.data)
        except ValueError:
            data = None
        if data is None:  # outside the handler: the error's text would hold the token
            raise NoAnswer("answer.unreadable", "token", log_id=reply.log_id)
        now = self._clock()
        return Tokens(
            access_token=data.access_token,
            refresh_token=data.refresh_token,
            expires_at=now + data.expires_in,
            refresh_expires_at=now + REFRESH_LIFE,
            got_at=now,
            shop_id=data.shop_id,
        )
