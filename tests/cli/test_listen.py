"""Rule 13, over real sockets: success means kept, a push only makes us look, and nothing that comes in does harm."""

from __future__ import annotations

import json
import random
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from socket import socket
from typing import Any

import pytest
from listener import APP_KEY, CUT_OFF, SUCCESS, Listener, listening, message, rows, signed, until
from program import Program, copy_of

FAIL = {"code": 1, "msg": "fail"}
REFUSED = {413, CUT_OFF[0]}
"""A server that answers before all was sent may hang up first: then the sender sees a reset and no answer."""


@pytest.fixture(scope="module")
def world(seeded_once: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return copy_of(seeded_once, tmp_path_factory.mktemp("listen") / "world")


@pytest.fixture(scope="module")
def at(world: Program) -> Iterator[Listener]:
    """One listener for all that only posts to it."""
    with listening(world) as listener:
        yield listener


def kept(at: Listener) -> int:
    return len(at.inbox())


def send_without_end(line: socket) -> None:
    """Chunk after chunk, until the other side hangs up (or a quarter of a gigabyte was taken)."""
    for _ in range(4000):
        line.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")


def item_of(world: Program, number: int = 0) -> dict[str, Any]:
    """An item that may be allocated."""
    found = [
        one
        for one in world.items().values()
        if one["refund"] == "none" and one["allocation"] == "unallocated"
    ]
    return sorted(found, key=lambda one: one["item_id"])[number]


def test_success_is_answered_after_the_commit(at: Listener) -> None:
    """The moment the answer is here, the message is in the store: tag and ids, nothing else of it."""
    at.world.ok("sandbox", "set", "rate_per_second", "0")
    before = kept(at)
    assert at.push(message("501", distr_order_id="77878786688878787", shop_id=660001, name="张三")) == SUCCESS
    assert at.inbox()[before][:2] == ("501", "77878786688878787")
    dump = rows(at.world, "merchant", "SELECT * FROM inbox")
    assert "张三" not in repr(dump)


@pytest.mark.parametrize(("name", "status"), [("app-id", 401), ("event-sign", 401), ("sign-method", 401)])
def test_a_forged_push_is_stored_nowhere(at: Listener, name: str, status: int) -> None:
    before = kept(at)
    body = json.dumps([message(shop_id=660001, distr_order_id="1")]).encode()
    assert at.post(body, signed(body) | {name: "0" * 19}) == (status, FAIL)
    assert at.post(body + b" ", signed(body + b"x")) == (status, FAIL)
    assert kept(at) == before


def test_a_replay_and_repeats_are_answered_and_kept_once(at: Listener) -> None:
    """As often as it comes, in one body and in many, beside each other."""
    before, one = kept(at), message(shop_id=660001, distr_order_id="42")
    assert at.push(one, one) == SUCCESS
    with ThreadPoolExecutor(8) as threads:
        assert set(map(str, threads.map(lambda _: at.push(one), range(40)))) == {str(SUCCESS)}
    assert kept(at) == before + 1


def test_a_thousand_in_any_order_are_all_kept_once(at: Listener) -> None:
    before = kept(at)
    many = [message("777", note=number) for number in range(1000)]
    sent = [*many, *many[::3]]
    random.Random(7).shuffle(sent)
    bodies = [sent[start : start + 4] for start in range(0, len(sent), 4)]
    with ThreadPoolExecutor(8) as threads:
        assert all(answer == SUCCESS for answer in threads.map(lambda body: at.push(*body), bodies))
    assert at.inbox()[before:] == [("777", "", "nothing")] * 1000


def test_a_message_for_another_shop_of_the_app_is_kept_and_not_looked_at(at: Listener) -> None:
    before = kept(at)
    assert at.push(message(shop_id=990099, user_id=880011, distr_order_id="9")) == SUCCESS
    assert at.inbox()[before] == ("501", "9", "other_shop")


def test_the_probe_needs_no_signature_and_leaves_nothing(at: Listener) -> None:
    before = kept(at)
    assert at.post(b'[{"tag":"0","msg_id":"0"}]', {}) == SUCCESS
    assert kept(at) == before


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[", b"[NaN]", b"\xff\xfe", b"[" * 200_000, b'[{"tag":1,"tag":1}]'], ids=range(7)
)
def test_signed_garbage_is_refused(at: Listener, body: bytes) -> None:
    before = kept(at)
    assert at.post(body) == (400, FAIL)
    assert kept(at) == before


def test_a_body_over_one_mebibyte_is_refused_whatever_it_says_of_its_length(at: Listener) -> None:
    """Exactly one passes; one byte more does not, nor does a chunked one without an end."""
    whole = json.dumps([message("777", pad="")]).encode()
    padded = whole.replace(b"}]", b"}" + b" " * (1024 * 1024 - len(whole)) + b"]")
    assert at.post(padded) == SUCCESS
    assert at.post(padded + b" ", signed(padded + b" "))[0] in REFUSED
    with at.open() as line:
        line.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        with pytest.raises(OSError, match=r"."):
            send_without_end(line)
    assert at.push(message("777")) == SUCCESS


def test_other_methods_and_huge_headers_are_refused(at: Listener) -> None:
    assert at.post(b"", {}, "GET")[0] == 405
    assert at.post(b"[]", {"x-long": "y" * 20_000})[0] in {400, 431, CUT_OFF[0]}
    with at.open() as line:
        line.sendall(b"\x16\x03\x01 hello, is this TLS?\r\n\r\n")
        assert b" 400 " in line.recv(100)


def test_slow_senders_hold_nobody_up(at: Listener) -> None:
    """Two hundred that begin and never end: real pushes pass at once, and the slow ones are cut off and counted."""
    lines = [at.open() for _ in range(200)]
    try:
        for line in lines:
            line.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n[")
        assert at.push(message("777")) == SUCCESS
        for line in lines:
            line.settimeout(40)
        assert all(line.recv(10) == b"" for line in lines)
    finally:
        for line in lines:
            line.close()
    assert at.push(message("777")) == SUCCESS


def test_forged_and_oversized_bodies_cost_no_memory(at: Listener) -> None:
    """Sixty of a mebibyte, one after another and beside each other, leave the process as small as it was."""

    def size() -> int:
        status = Path(f"/proc/{at.process.pid}/status")
        if not status.exists():
            pytest.skip("no /proc here")
        return int(
            next(line for line in status.read_text().splitlines() if line.startswith("VmRSS")).split()[1]
        )

    big = b"[" + b" " * (1024 * 1024 - 2) + b"]"
    at.post(big, {})
    before = size()
    with ThreadPoolExecutor(4) as threads:
        answers = set(threads.map(lambda number: at.post(big + b"x" * (number % 2), {})[0], range(60)))
    assert answers <= REFUSED | {401}
    assert size() - before < 32 * 1024  # kB


def test_a_push_makes_us_look_and_its_words_are_not_believed(world: Program, at: Listener) -> None:
    """What is written is what the platform says of the item, whatever the message claims."""
    world.ok("sync", "-p", "merchant")
    item = item_of(world)
    item_id = item["item_id"]
    claimed = message("102", p_id=int(item["order_id"]), s_ids=[int(item_id)], shop_id=660001, order_status=3)
    assert at.push(claimed) == SUCCESS
    until(lambda: ("102", item_id, "read") in at.inbox())
    assert world.items()[item_id]["shipment"] == "none"

    world.ok("sandbox", "refund", item_id)
    assert at.push(message("200", p_id=item["order_id"], s_id=item_id, shop_id=660001)) == SUCCESS
    until(lambda: world.items()[item_id]["refund"] == "open")
    assert at.push(message("200", s_id="6900000000000000007", shop_id=660001)) == SUCCESS
    until(lambda: at.inbox()[-1] == ("200", "6900000000000000007", "absent"))


def test_a_second_listener_of_the_shop_is_refused(world: Program, at: Listener) -> None:
    ran = world("listen", "--port", "0", "--json", "-p", "merchant")
    assert (ran.status, ran.error["code"]) == (7, "listen.busy")


def test_a_taken_port_and_an_open_address_are_refused(world: Program, at: Listener) -> None:
    taken = world("listen", "--port", at.port.__str__(), "--json", "-p", "factory-1")
    assert (taken.status, taken.error["code"]) == (2, "listen.address")
    public = world("listen", "--address", "0.0.0.0", "--json", "-p", "factory-1")
    assert (public.status, public.error["code"]) == (2, "listen.not_loopback")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_it_cleanly(bound: Program, number: signal.Signals, status: int) -> None:
    """What was received is kept, the refusals are in the log with their number, the next one may begin."""
    with listening(bound) as listener:
        assert listener.push(message(shop_id=660001, distr_order_id="7")) == SUCCESS
        assert listener.post(b"[]", {"app-id": APP_KEY})[0] == 401
        assert listener.post(b"[]", {"app-id": APP_KEY})[0] == 401
        assert listener.post(b" " * 2_000_000)[0] in REFUSED
        ended, told = listener.end(number)
    assert (ended, "Traceback" in told) == (status, False)
    log = [
        (one["act"], one["outcome"], one["detail"])
        for one in bound.ok("log", "--json", "-p", "merchant").json
    ]
    assert {("listen", "push.signature", "count=2"), ("listen", "push.too_large", "count=1")} <= set(log)
    assert next(one for one in log if one[:2] == ("listen", "done"))[2] == "ended"
    with listening(bound) as again:
        assert len(again.inbox()) == 1


NIGHTLY = [pytest.param(number, marks=pytest.mark.nightly) for number in range(7, 300, 13)]


@pytest.mark.parametrize("after", [1, 60, *NIGHTLY])
def test_a_killed_listener_has_kept_all_it_answered(bound: Program, after: int) -> None:
    """SIGKILL at an answer, while others are being answered: success means that it is in the store."""
    answered: list[str] = []

    def send(number: int) -> None:
        try:
            if listener.push(message("777", msg_id=f"m{number}")) == SUCCESS:
                answered.append(f"m{number}")
        except (OSError, HTTPException):
            return  # no answer is no success
        if len(answered) == after:
            listener.process.kill()

    with listening(bound) as listener, ThreadPoolExecutor(8) as threads:
        list(threads.map(send, range(after + 100)))
    keys = {row[0].partition(":")[0] for row in rows(bound, "merchant", "SELECT msg_key FROM inbox")}
    assert len(answered) >= after
    assert set(answered) <= keys


def test_a_full_store_is_answered_with_no_success(bound: Program, tmp_path: Path) -> None:
    """What can't be kept is refused, and the listener goes on: with the room the next push is taken."""
    import sqlite3

    with listening(bound) as listener:
        with sqlite3.connect(
            bound.home / "profiles" / "merchant" / "store.db", isolation_level=None
        ) as store:
            store.execute("BEGIN IMMEDIATE")  # another program that holds the store for too long
            status, said = listener.push(message(shop_id=660001, distr_order_id="7"))
            store.execute("ROLLBACK")
        store.close()
        assert (status, said) == (503, FAIL)
        assert listener.push(message("777")) == SUCCESS
        assert ("777", "", "nothing") in listener.inbox()
