"""The JSON of chats and of what became of their news, field by field; no key and no secret leaves through here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dropship_cli.terminal import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dropship_cli.domain.chat import Chat


def chat_record(chat: Chat, masked: str) -> dict[str, Any]:
    """A chat as `notify list --json` shows it; `masked` is its address without the key."""
    return {
        "chat": chat.name,
        "webhook": chat.kind.value,
        "url": masked,
        "signed": bool(chat.secret),
        "quiet": str(chat.quiet) if chat.quiet else None,
        "lang": chat.lang,
    }


def report_record(
    profile: str, chat: str, result: str, *, fresh: int, known: int, texts: Sequence[str], code: str | None,
    values: dict[str, object], lang: str,
) -> dict[str, Any]:  # fmt: skip
    """What became of a chat's news, as `notify --json` shows it; `texts` are the messages that arrived."""
    return {
        "profile": profile,
        "chat": chat,
        "result": result,
        "fresh": fresh,
        "open": known,
        "messages": len(texts),
        "texts": list(texts),
        "error_code": code,
        "error": words.sentence(code, lang, values) if code else None,
    }
