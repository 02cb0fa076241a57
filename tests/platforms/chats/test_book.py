"""The chats' file: for its owner alone, whole or refused, and never quoted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dropship_cli.domain.chat import Chat, ChatKind, parse_quiet
from dropship_cli.domain.errors import DropshipError
from dropship_cli.platforms.chats.book import MOST, ChatBook

TEAM = Chat(
    "团队",
    ChatKind.DINGTALK,
    "https://oapi.dingtalk.com/x?k=hidden-key",
    "SEChidden",
    parse_quiet("22:00-7:00"),
    "zh",
)
PLAIN = Chat("plain", ChatKind.GENERIC, "http://127.0.0.1/x")


@pytest.fixture
def book(tmp_path: Path) -> ChatBook:
    return ChatBook(tmp_path / "chats.json")


def code_of(act: Any, *words: Any) -> str:
    with pytest.raises(DropshipError) as refused:
        act(*words)
    assert "hidden" not in str(refused.value)
    return refused.value.code


def test_chats_come_back_as_they_were_and_only_their_owner_reads_them(book: ChatBook, tmp_path: Path) -> None:
    assert book.all() == []
    book.add(TEAM)
    book.add(PLAIN)
    assert ChatBook(tmp_path / "chats.json").all() == [TEAM, PLAIN]
    assert book.get("团队") == TEAM
    assert (tmp_path / "chats.json").stat().st_mode & 0o777 == 0o600
    book.remove("团队")
    assert book.all() == [PLAIN]
    book.remove("plain")
    assert list(tmp_path.iterdir()) == []


def test_no_chat_shows_its_key_or_secret() -> None:
    assert "hidden" not in repr(TEAM)


def test_names_are_taken_once_and_the_file_stays_small(book: ChatBook) -> None:
    book.add(TEAM)
    assert code_of(book.add, TEAM) == "chat.exists"
    assert code_of(book.get, "nobody") == "chat.unknown_name"
    assert code_of(book.remove, "nobody") == "chat.unknown_name"
    longest = "https://example.com/" + "k" * 1900
    for number in range(MOST - 1):
        book.add(Chat(f"c{number}", ChatKind.GENERIC, longest, "s" * 200))
    assert len(book.all()) == MOST
    assert code_of(book.add, PLAIN) == "chat.too_many"


def test_a_file_that_others_can_read_is_refused(book: ChatBook, tmp_path: Path) -> None:
    book.add(TEAM)
    (tmp_path / "chats.json").chmod(0o644)
    assert code_of(book.all) == "chat.file_open"


ROW = {"name": "a", "kind": "wecom", "url": "hidden", "secret": "", "quiet": None, "lang": "en"}


@pytest.mark.parametrize(
    "content",
    [
        "", "{", "5", "null", '"hidden"', json.dumps([{}]), json.dumps([ROW | {"kind": "hidden"}]),
        json.dumps([ROW | {"url": 5}]), json.dumps([ROW | {"quiet": "hidden"}]), json.dumps([[]]), "[" * 100_000,
    ],
)  # fmt: skip
def test_a_damaged_file_is_refused_and_not_quoted(content: str, book: ChatBook, tmp_path: Path) -> None:
    path = tmp_path / "chats.json"
    path.write_text(content, encoding="utf-8")
    path.chmod(0o600)
    assert code_of(book.all) == "chat.file_bad"
