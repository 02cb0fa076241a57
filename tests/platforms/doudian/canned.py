"""A Doudian platform over canned answers: for what a healthy sandbox never says. Calls are kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from dropship_cli.domain.operation import Kind, Operation
from dropship_cli.domain.settings import settings_of
from dropship_cli.domain.shop import Profile, Role
from dropship_cli.platforms.base import Answer
from dropship_cli.platforms.doudian.client import Doudian
from dropship_cli.platforms.registry import Opening

APP_KEY, SECRET = "7043675397937989128", "3c7a9b1e-5d2f-4a86-9e0b-1f2d3c4b5a69"
NOW = 1_790_000_000.0
TOKEN = {
    "access_token": "access-canary-1",
    "refresh_token": "refresh-canary-1",
    "expires_in": 604800,
    "shop_id": 660001,
}

Said = dict[str, Any] | bytes | httpx.Response | Exception


@dataclass
class Call:
    """One request as the platform got it."""

    method: str
    params: Any
    query: dict[str, str]


@dataclass
class Canned:
    """Answers by method, in order; the last one stays."""

    folder: Path
    answers: dict[str, list[Said]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    now: float = NOW

    def __post_init__(self) -> None:
        self.answers.setdefault("token.create", [ok(TOKEN)])
        profile = Profile("merchant", "doudian", "660001", APP_KEY, "https://platform.invalid")
        self.platform = Doudian(
            Opening(
                profile, settings_of({}), lambda: SECRET, self.folder / "token.json",
                transport=httpx.MockTransport(self._answer), clock=lambda: self.now, monotonic=lambda: self.now,
                sleep=self._sleep,
            )
        )  # fmt: skip

    def say(self, method: str, *said: Said) -> Canned:
        self.answers[method] = list(said)
        return self

    def of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def change(self, role: Role, kind: Kind, *operations: Operation) -> list[Answer]:
        return self.platform.change(role, kind, operations)

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def _answer(self, request: httpx.Request) -> httpx.Response:
        query = {name: values[0] for name, values in parse_qs(urlsplit(str(request.url)).query).items()}
        self.calls.append(Call(query["method"], json.loads(request.content), query))
        said = self.answers[query["method"]]
        one = said.pop(0) if len(said) > 1 else said[0]
        if isinstance(one, Exception):
            raise one
        if isinstance(one, httpx.Response):
            return one
        return httpx.Response(200, content=one if isinstance(one, bytes) else json.dumps(one).encode())


def ok(data: Any) -> dict[str, Any]:
    return {"code": 10000, "msg": "success", "sub_code": "", "sub_msg": "", "log_id": "log-1", "data": data}


def refused(code: int, sub_code: str, said: str = "平台的话") -> dict[str, Any]:
    return {
        "code": code,
        "msg": "fail",
        "sub_code": sub_code,
        "sub_msg": said,
        "log_id": "log-2",
        "data": None,
    }


Respond = Callable[[httpx.Request], httpx.Response]
