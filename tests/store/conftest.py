"""Stores in a folder of the test's own, and children that start at one moment or die at a chosen one."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dropship_cli.domain.decision import Draft
from dropship_cli.domain.operation import Kind
from dropship_cli.store.db import Store, open_store


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the store of this test lies."""
    return tmp_path / "store.db"


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store just made: its tables take longer to make than to copy."""
    file = tmp_path_factory.mktemp("new") / "store.db"
    open_store(file).close()
    return file


@pytest.fixture
def store(place: Path, new_file: Path) -> Iterator[Store]:
    """A new store."""
    shutil.copyfile(new_file, place)
    with open_store(place) as opened:
        yield opened


def allocation(number: int, factory_id: str = "F") -> Draft:
    """A wish like those of real files."""
    item_id = f"I{number:06}"
    return Draft(Kind.ALLOCATE, item_id, f"O{number:06}", {"factory_id": factory_id}, {"factory_id": None})


def write_numbers(store: Store, numbers: range) -> None:
    """One commit a number: a wish in the journal, a line in the log and the cursor, or none of the three."""
    for number in numbers:
        with store.transaction():
            store.operations.add([allocation(number)], who="test", at=number)
            store.log.add("note", who="test", at=number, detail=str(number))
            store.facts.move_cursor("items", number)


def numbers_in(store: Store) -> int:
    """How many commits of `write_numbers` are there; fails unless they are a whole prefix."""
    noted = [entry["detail"] for entry in reversed(store.log.recent(10_000))]
    assert noted == [str(number) for number in range(len(noted))]
    targets = [entry["target"] for entry in reversed(store.operations.recent(10_000))]
    assert targets == [f"I{number:06}" for number in range(len(noted))]
    assert store.facts.cursor("items") == (len(noted) - 1 if noted else None)
    return len(noted)


@contextmanager
def forgotten(store: Store) -> Iterator[None]:
    """A transaction that is rolled back: hundreds of examples without hundreds of syncs."""
    store.connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        store.connection.rollback()


@dataclass
class Child:
    """A process of its own that waits for the word."""

    pid: int
    go: int
    answer: int

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)

    def result(self) -> Any:
        """What its work answered; an exception it ended with is answered, not raised."""
        with os.fdopen(self.answer, "rb") as pipe:
            found = pipe.read()
        os.waitpid(self.pid, 0)
        return pickle.loads(found)

    def wait_ready(self) -> None:
        """Block until the child says that it holds what the test wants it to hold."""
        assert os.read(self.answer, 1) == b"!"


def start(work: Callable[[Callable[[], None]], object]) -> Child:
    """Fork a child that does `work` after `release`; `work` may call its argument to say that it is ready."""
    wait, go = os.pipe()
    answer, write = os.pipe()
    pid = os.fork()
    if pid:
        os.close(wait)
        os.close(write)
        return Child(pid, go, answer)
    try:
        os.close(go)
        os.close(answer)
        os.read(wait, 1)
        result: object = work(lambda: _say_ready(write))
    except BaseException as error:
        result = error
    os.write(write, pickle.dumps(result))
    os._exit(0)


def _say_ready(pipe: int) -> None:
    os.write(pipe, b"!")


def release(*children: Child) -> None:
    """Let them all go at one moment."""
    for child in children:
        os.write(child.go, b"!")
    for child in children:
        os.close(child.go)
