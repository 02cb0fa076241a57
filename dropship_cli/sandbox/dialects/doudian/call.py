"""One call on its way through the dialect: what a method may look at; no behaviour."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dropship_cli.sandbox.dialects.doudian.params import Params
from dropship_cli.sandbox.ledger import Actor
from dropship_cli.sandbox.pages import Pager
from dropship_cli.sandbox.shops import Role


@dataclass(frozen=True, slots=True)
class Call:
    """An authorised call inside its transaction; ``actor.shop_id`` is 0 for methods without a token."""

    tx: sqlite3.Connection
    actor: Actor
    params: Params
    pager: Pager
    app_key: str
    now: float


@dataclass(frozen=True, slots=True)
class Method:
    """How a method is answered, which role may call it, and whether a token is needed."""

    answer: Callable[[Call], Any]
    role: Role | None = None
    token: bool = True
