"""The chats of one profile, in a 0600 file of their own: addresses and secrets are keys. It posts nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dropship_cli.domain.chat import Chat, ChatKind, parse_quiet
from dropship_cli.domain.errors import SetupError, UsageError
from dropship_cli.platforms.private_file import read_private, remove_private, write_private

MOST = 20
"""Chats of a profile: the file stays within what is read of it, and nobody has more (our decision)."""


class ChatBook:
    """The chats, by name, in the order in which they were added."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> list[Chat]:
        """Every chat. Raises `SetupError` `chat.file_open` (others could read the file) or `chat.file_bad`."""
        content = read_private(self._path, "chat.file_open")
        return [] if content is None else _parsed(content, self._path)

    def get(self, name: str) -> Chat:
        """One chat, or a usage error that names those there are."""
        known = self.all()
        for one in known:
            if one.name == name:
                return one
        raise UsageError("chat.unknown_name", name=name, known=", ".join(one.name for one in known) or "-")

    def add(self, chat: Chat) -> None:
        """Keep one more. Raises `UsageError` `chat.exists` or `chat.too_many`."""
        known = self.all()
        if any(one.name == chat.name for one in known):
            raise UsageError("chat.exists", name=chat.name)
        if len(known) >= MOST:
            raise UsageError("chat.too_many", most=MOST)
        self._write([*known, chat])

    def remove(self, name: str) -> None:
        """Forget one; a usage error where there is none of this name."""
        self.get(name)
        self._write([one for one in self.all() if one.name != name])

    def _write(self, chats: list[Chat]) -> None:
        if not chats:
            remove_private(self._path)
            return
        write_private(self._path, json.dumps([_row(one) for one in chats], ensure_ascii=False).encode())


def _row(chat: Chat) -> dict[str, Any]:
    return {
        "name": chat.name,
        "kind": chat.kind,
        "url": chat.url,
        "secret": chat.secret,
        "quiet": str(chat.quiet) if chat.quiet else None,
        "lang": chat.lang,
    }


def _parsed(content: bytes, path: Path) -> list[Chat]:
    try:
        return [_chat(row) for row in json.loads(content)]
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    # Outside the handler: a parser's error carries the text, and the text is keys.
    raise SetupError("chat.file_bad", file=path.name)


def _chat(row: Any) -> Chat:
    texts = [row[name] for name in ("name", "url", "secret", "lang")]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError
    quiet = parse_quiet(row["quiet"]) if row["quiet"] else None
    return Chat(texts[0], ChatKind(row["kind"]), texts[1], texts[2], quiet, texts[3])
