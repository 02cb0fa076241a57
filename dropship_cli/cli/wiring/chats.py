"""The doors to a profile's group chats."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from dropship_cli.cli.wiring import home, sandbox_transport

if TYPE_CHECKING:
    from dropship_cli.actions.context import Shop
    from dropship_cli.actions.notify import Post
    from dropship_cli.domain.chat import Chat, ChatKind
    from dropship_cli.domain.shop import Profile
    from dropship_cli.platforms.chats.book import ChatBook


def book(chosen: Profile) -> ChatBook:
    """The profile's chats."""
    from dropship_cli.platforms.chats.book import ChatBook

    return ChatBook(home().folder(chosen.name) / "chats.json")


def kind(url: str, told: str | None) -> ChatKind:
    """Whose webhook an address is; the address is checked."""
    from dropship_cli.platforms.chats.address import address_of, kind_of

    found = kind_of(url, told)
    address_of(url)
    return found


def masked_url(chat: Chat) -> str:
    """The chat's address as it may be shown."""
    from dropship_cli.platforms.chats.address import masked

    return masked(chat.url)


def most_bytes(chat: Chat) -> int:
    """How many bytes a text may have."""
    from dropship_cli.platforms.chats.wire import MOST_BYTES

    return MOST_BYTES[chat.kind]


def post(shop: Shop) -> Post:
    """The way to the chats; those of the sandbox are in this process."""
    from dropship_cli.platforms.chats.post import ChatPost
    from dropship_cli.terminal.notice_text import FACTS, case_record

    here = home()
    post = ChatPost(shop.settings, lambda: sandbox_transport(here))
    return lambda chat, message: post(chat, message.text, [case_record(one) for one in message.cases[:FACTS]])


def lock(chosen: Profile) -> AbstractContextManager[None]:
    """One run at a time tells the chats of a profile; `sync` is not waited for."""
    from dropship_cli.store.lock import shop_lock

    return shop_lock(home().folder(chosen.name) / "notify.lock")


def sandbox_secret(url: str) -> str:
    """The secret of the sandbox's own chats, known to everybody; nothing for any other address."""
    if not url.startswith("sandbox:"):
        return ""
    from dropship_cli.sandbox.chats.formats import SECRET

    return SECRET
