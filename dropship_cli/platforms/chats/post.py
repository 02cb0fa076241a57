"""One message to one chat, over the one transport; what is in it and how often is not decided here."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dropship_cli.domain.chat import Chat
from dropship_cli.domain.settings import Settings
from dropship_cli.platforms.chats import wire
from dropship_cli.platforms.chats.address import address_of, without_keys
from dropship_cli.platforms.chats.wire import ChatRefused, Facts
from dropship_cli.platforms.transport import Transport

ANSWERS = (*range(200, 300), *range(400, 500))
"""Statuses whose body says something: a chat's no may come as 400, and a generic webhook's yes as 204."""


@dataclass(frozen=True, slots=True)
class ChatPost:
    """The way to the chats. `embedded` makes the transport of the sandbox inside this process."""

    settings: Settings
    embedded: Callable[[], Any]
    clock: Callable[[], float] = time.time

    def __call__(self, chat: Chat, text: str, facts: Facts = ()) -> None:
        """Post once; returns where the chat took it.

        Raises `ChatRefused` (it took nothing), `NotSent` (it did not get it, or wants it later), `NoAnswer` (it
        may have taken it). None carries the address or the secret.
        """
        address = address_of(chat.url)
        request = wire.request(chat, text, self.clock(), facts)
        transport = Transport(
            address.base,
            connect_timeout=self.settings.connect_timeout,
            read_timeout=self.settings.read_timeout,
            inner=self.embedded() if address.embedded else None,
            headers=request.headers,
            answers=ANSWERS,
        )
        try:
            incoming = transport.post(
                address.path, request.body, lambda _: {**address.query, **request.query}
            )
            wire.check(chat.kind, incoming.status, incoming.body)
        except ChatRefused as refused:
            said = without_keys(refused.said, chat.url, chat.secret)
        else:
            return
        finally:
            transport.close()
        # Outside the handler: what the chat said before it was cleaned is not carried along.
        raise ChatRefused(said)
