"""Fifteen builds of the program, each with one rule broken on purpose (T11), and the check that must notice."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import wait
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dropship_cli.actions import act, deliver, pull, settle, sync
from dropship_cli.domain.moment import Window
from dropship_cli.domain.operation import STEPS, State
from dropship_cli.files import writing
from dropship_cli.platforms import tokens
from dropship_cli.platforms.base import Answer, NoAnswer, Verdict
from dropship_cli.platforms.doudian import changes
from dropship_cli.platforms.transport import Transport
from dropship_cli.store import connection
from dropship_cli.store.db import Store
from dropship_cli.store.operations import Operations
from tests.faults import checks
from tests.faults.world import FewRows

Patch = pytest.MonkeyPatch


@dataclass(frozen=True, slots=True)
class Build:
    """How to break it, and who must notice."""

    break_it: Callable[[Patch], None]
    check: checks.Check


def _no_sending_row(patch: Patch) -> None:
    patch.setattr(Operations, "send", lambda self, operations, at: None)
    patch.setitem(STEPS, State.QUEUED, STEPS[State.QUEUED] | STEPS[State.SENDING])  # type: ignore[arg-type] - a dict


def _sending_after_the_call(patch: Patch) -> None:
    def start(self: Any, pool: Any) -> bool:
        batch = self._next_batch()
        if not batch:
            return False
        future = pool.submit(self.shop.platform().change, self.role, batch[0].kind, batch)
        wait([future])
        with self.shop.store.transaction():
            self.shop.store.operations.send(batch, self.shop.now())
        self.in_flight[future] = batch
        return True

    patch.setattr(deliver._Delivery, "_start", start)


def _normal(patch: Patch) -> None:
    whole = connection.connect

    def careless(path: Path) -> Any:
        opened = whole(path)
        opened.execute("PRAGMA synchronous=NORMAL")
        return opened

    patch.setattr("dropship_cli.store.db.connect", careless)


def _ask_without_quiet(patch: Patch) -> None:
    whole = settle._due_in

    def due_in(shop: Any, operation: Any) -> float:
        return whole(shop, operation) if operation.asked_at is not None else 0.0

    patch.setattr(settle, "_due_in", due_in)


def _one_reading(patch: Patch) -> None:
    def as_before(shop: Any, operation: Any, role: Any, settled: Any) -> None:
        shop.store.operations.requeue([operation])
        settled.requeued += 1

    patch.setattr(settle, "_as_before", as_before)


def _ask_by_list(patch: Patch) -> None:
    def item(self: Any, role: Any, ref: Any) -> Any:
        now = int(time.time())
        window = Window(now - 1800, now)
        rows = (one for page in self.items(role, window) for one in page)
        return next((one for one in rows if one.item_id == ref.item_id), None)

    patch.setattr(FewRows, "item", item)


def _retry_inside_the_client(patch: Patch) -> None:
    whole = Transport.post

    def post(self: Any, *words: Any) -> Any:
        try:
            return whole(self, *words)
        except NoAnswer:
            return whole(self, *words)

    patch.setattr(Transport, "post", post)


def _batch_resent_whole(patch: Patch) -> None:
    whole, earlier = FewRows.change, []  # type: ignore[var-annotated] - operations

    def change(self: Any, role: Any, kind: Any, operations: Sequence[Any]) -> list[Answer]:
        earlier.extend(operations)
        return whole(self, role, kind, list(earlier))

    patch.setattr(FewRows, "change", change)


def _missing_row_is_done(patch: Patch) -> None:
    whole = changes._allocated

    def allocated(operation: Any, rows: Any) -> Answer:
        return whole(operation, rows) if rows else Answer(operation.op_id, Verdict.DONE)

    patch.setattr(changes, "_allocated", allocated)


def _cursor_first(patch: Patch) -> None:
    whole = pull._window

    def window(shop: Any, role: Any, read: Window, *more: Any) -> Any:
        with shop.store.transaction():
            shop.store.facts.move_cursor(pull.CURSOR, read.end)
        return whole(shop, role, read, *more)

    patch.setattr(pull, "_window", window)


def _deferred_begin(patch: Patch) -> None:
    @contextmanager
    def transaction(self: Any) -> Any:
        self.connection.execute("BEGIN")
        yield
        self.connection.execute("COMMIT")

    patch.setattr(Store, "transaction", transaction)


def _refresh_outside_the_lock(patch: Patch) -> None:
    patch.setattr(tokens.TokenKeeper, "_file_lock", lambda self: nullcontext())


def _token_written_in_place(patch: Patch) -> None:
    patch.setattr(tokens, "write_private", lambda path, content: path.write_bytes(content))
    patch.setattr(tokens, "read_private", lambda path, code: path.read_bytes() if path.exists() else None)


def _nothing_recovered(patch: Patch) -> None:
    for module in (act, sync):
        patch.setattr(module, "recover", lambda shop: None)


def _cells_as_they_are(patch: Patch) -> None:
    patch.setattr(writing, "escape", lambda text: text)


def blind_retry(patch: Patch) -> None:
    """What most programs do: unknown is sent again at once. For the harnesses, which must all see it."""

    def at_once(shop: Any) -> Any:
        settled = settle.Settled()
        unknown = shop.store.operations.in_state(State.UNKNOWN)
        with shop.store.transaction():
            shop.store.operations.requeue(unknown)
        settled.requeued = len(unknown)
        return settled

    for module in (act, sync):
        patch.setattr(module, "settle", at_once)


BUILDS: Mapping[str, Build] = {
    "no sending row": Build(_no_sending_row, checks.what_leaves_is_sending),
    "sending after the call": Build(_sending_after_the_call, checks.what_leaves_is_sending),
    "synchronous=NORMAL": Build(_normal, checks.commits_reach_the_disk),
    "ask without quiet": Build(_ask_without_quiet, checks.nobody_asks_too_early),
    "one reading": Build(_one_reading, checks.one_reading_is_not_enough),
    "ask by list": Build(_ask_by_list, checks.questions_go_to_the_item_itself),
    "retry inside the client": Build(_retry_inside_the_client, checks.changes_are_sent_once),
    "batch resent whole": Build(_batch_resent_whole, checks.what_leaves_is_sending),
    "missing row is done": Build(_missing_row_is_done, checks.a_missing_row_is_not_done),
    "cursor first": Build(_cursor_first, checks.a_cursor_never_passes_its_rows),
    "deferred BEGIN": Build(_deferred_begin, checks.writers_begin_as_writers),
    "refresh outside the lock": Build(_refresh_outside_the_lock, checks.tokens_are_refreshed_once),
    "token written in place": Build(_token_written_in_place, checks.a_token_is_whole_at_every_moment),
    # The list of the plan has "answer before commit" here, which is about pushes: tests of `listen` hold that one.
    "sending rows left behind": Build(_nothing_recovered, checks.what_died_while_sending_is_asked_about),
    "unescaped cell": Build(_cells_as_they_are, checks.cells_never_run),
}
