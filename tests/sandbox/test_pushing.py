"""What the sandbox pushes: every change to whom it concerns, signed, once; and the mischief it makes on request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from dropship_cli.platforms.doudian.signing import push_sign
from dropship_cli.sandbox import allocation, bindings, buyers, ledger, outbox, pushing, seed, shipping, shops
from dropship_cli.sandbox.errors import SandboxError
from dropship_cli.sandbox.ledger import Actor
from dropship_cli.sandbox.pushing import Mischief
from dropship_cli.sandbox.schema import APP_KEY, APP_SECRET
from dropship_cli.sandbox.shipping import Parcel, Terms

MERCHANT, FACTORY = 660001, 880011


class Ear:
    """A listener that keeps what it hears and answers what it is told to."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.answer, self.status = b'{"code":0,"msg":"success"}', 200
        ear = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                ear.heard.append((dict(self.headers), body))
                self.send_response(ear.status)
                self.end_headers()
                self.wfile.write(ear.answer)

            def log_message(self, *_: object) -> None:
                """Nothing on stderr."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/pushes?x=1"

    def messages(self) -> list[dict[str, Any]]:
        """All that came with a good signature, in order, their data read."""
        return [
            one | {"data": json.loads(one["data"])}
            for headers, body in self.heard
            if headers["event-sign"] == push_sign(APP_KEY, body, APP_SECRET, headers["sign-method"])
            for one in json.loads(body)
        ]

    def tags(self) -> list[str]:
        return [one["tag"] for one in self.messages()]


@pytest.fixture
def ear() -> Iterator[Ear]:
    found = Ear()
    thread = Thread(target=found.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield found
    found.server.shutdown()
    thread.join()
    found.server.server_close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A merchant bound to a factory, six lines paid."""
    place = tmp_path / "ledger.db"
    with ledger.transaction(place) as tx:
        merchant, factory = Actor(MERCHANT, "test", 1000), Actor(FACTORY, "test", 1000)
        shops.choose_role(tx, merchant, shops.Role.MERCHANT)
        shops.choose_role(tx, factory, shops.Role.FACTORY)
        shops.open_shop(tx, factory, "厂", {})
        bindings.apply(tx, merchant, FACTORY)
        bindings.accept(tx, factory, MERCHANT)
    seed.seed_random(place, 6, seed=3, shop_id=str(MERCHANT), clock=lambda: 2000)
    return place


def item_ids(path: Path) -> list[str]:
    with ledger.transaction(path) as tx:
        rows = tx.execute("SELECT item_id FROM items WHERE refund = 0 ORDER BY item_id").fetchall()
    return [row["item_id"] for row in rows]


def allocate(path: Path, item_id: str) -> None:
    with ledger.transaction(path) as tx:
        allocation.allocate(tx, Actor(MERCHANT, "test", 3000), item_id, FACTORY)


def ship(path: Path, item_id: str) -> list[int]:
    with ledger.transaction(path) as tx:
        row = tx.execute("SELECT quantity FROM items WHERE item_id = ?", (item_id,)).fetchone()
        parcel = Parcel("zhongtong", "78170000000001", {item_id: row["quantity"]})
        return shipping.ship_allocated(tx, Actor(FACTORY, "test", 4000), item_id, [parcel], Terms())


def amend(path: Path, package_id: int) -> None:
    with ledger.transaction(path) as tx:
        shipping.amend(tx, Actor(FACTORY, "test", 5000), package_id, "yuantong", "YT0000000000001")


def order_of(path: Path, item_id: str) -> str:
    with ledger.transaction(path) as tx:
        return str(tx.execute("SELECT order_id FROM items WHERE item_id = ?", (item_id,)).fetchone()[0])


def heard(path: Path, ear: Ear, shop: int) -> list[str]:
    ear.heard.clear()
    pushing.push(path, ear.url, shop, Mischief())
    return ear.tags()


def test_every_change_is_told_to_whom_it_concerns(path: Path, ear: Ear) -> None:
    """Section 8's table: the factory hears of allocations, remarks and addresses, the merchant of the rest."""
    assert set(heard(path, ear, MERCHANT)) == {"101"}
    first, second = item_ids(path)[0], item_ids(path)[-1]
    order = order_of(path, first)
    allocate(path, first)
    assert (heard(path, ear, FACTORY), heard(path, ear, MERCHANT)) == (["501"], [])
    buyers.change_remark(path, order, "发中通")
    buyers.change_address(path, order)
    assert heard(path, ear, FACTORY) == ["500", "504"]
    assert {*heard(path, ear, MERCHANT)} == {"113", "105"}
    (package_id,) = ship(path, first)
    amend(path, package_id)
    assert (heard(path, ear, MERCHANT), heard(path, ear, FACTORY)) == (["505", "102", "104"], [])
    allocate(path, second)
    buyers.refund(path, second)
    buyers.refund_close(path, second)
    buyers.refund(path, second)
    buyers.refund_finish(path, second)
    assert heard(path, ear, MERCHANT) == ["200", "207", "200", "206"]
    assert heard(path, ear, FACTORY) == ["501", "503"]
    third = item_ids(path)[1]
    allocate(path, third)
    buyers.cancel(path, order_of(path, third))
    assert "106" in heard(path, ear, MERCHANT)
    assert heard(path, ear, FACTORY) == ["501", "503"]


def test_a_message_is_written_as_the_platform_writes_it(path: Path, ear: Ear) -> None:
    """Ids above 2^53 as numbers, data as text, a signature over the very bytes in either method; no plain receiver."""
    first = item_ids(path)[0]
    buyers.change_address(path, order_of(path, first))
    for method in pushing.SIGN_METHODS:
        pushing.push(path, ear.url, MERCHANT, Mischief(), method)
        buyers.refund(path, first) if method == "MD5" else None
    paid = next(one for one in ear.messages() if one["tag"] == "101")
    assert paid["msg_id"] == f"0000001::101:2000:{APP_KEY}"
    assert paid["data"]["p_id"] > 2**53
    assert {type(one) for one in paid["data"]["s_ids"]} == {int}
    assert {headers["sign-method"] for headers, _ in ear.heard} == {"MD5", "hmac-sha256"}
    with ledger.transaction(path) as tx:
        people = tx.execute("SELECT receiver_name, receiver_phone, receiver_detail FROM orders").fetchall()
    said = b"".join(body for _, body in ear.heard).decode()
    assert not [text for row in people for text in row if text in said]


def test_each_is_tried_once(path: Path, ear: Ear) -> None:
    """Refused, or nobody there: it is lost and stays lost; the next round has only what is new."""
    ear.status = 500
    many = pushing.push(path, ear.url, MERCHANT, Mischief())
    assert (many.sent, many.lost, many.unanswered) == (0, len(ear.messages()), len(ear.messages()))
    ear.status, ear.answer = 200, b'{"code":1,"msg":"fail"}'
    buyers.refund(path, item_ids(path)[0])
    assert pushing.push(path, ear.url, MERCHANT, Mischief()).lost == 1
    buyers.refund(path, item_ids(path)[0])
    assert pushing.push(path, "http://127.0.0.1:9", MERCHANT, Mischief()).lost == 1
    ear.answer = b'{"code":0,"msg":"success"}'
    assert pushing.push(path, ear.url, MERCHANT, Mischief()) == pushing.Pushed()
    assert outbox.counts(path, MERCHANT) == {"waiting": 0, "sent": 0, "lost": many.lost + 2}


def test_mischief_is_counted_and_repeatable(path: Path, ear: Ear, tmp_path: Path) -> None:
    """What is lost never arrives, what is repeated comes twice, what is forged has no good signature."""
    seed.seed_random(path, 60, seed=9, shop_id=str(MERCHANT), clock=lambda: 2000)
    copy = tmp_path / "again.db"
    with ledger.transaction(path) as tx:
        tx.execute("COMMIT")
        tx.execute("VACUUM INTO ?", (str(copy),))
        tx.execute("BEGIN")
    mischief = Mischief(lose=0.3, repeat=0.5, shuffle=True, forge=5, seed=4)
    pushed = pushing.push(path, ear.url, MERCHANT, mischief)
    ids = [one["msg_id"] for one in ear.messages()]
    assert len(ids) == pushed.sent + pushed.repeated
    assert len(set(ids)) == pushed.sent
    assert outbox.counts(path, MERCHANT) == {"waiting": 0, "sent": pushed.sent, "lost": pushed.lost}
    assert min(pushed.sent, pushed.lost, pushed.repeated) > 5
    assert pushed.unanswered == 0
    assert ids != sorted(ids)
    assert (pushed.forged, pushed.believed) == (5, 5)  # this ear believes everybody
    assert len(ear.heard) - len([1 for _, body in ear.heard if b"msg_id" in body]) == 0
    ear.heard.clear()
    assert pushing.push(copy, ear.url, MERCHANT, mischief) == pushed
    assert [one["msg_id"] for one in ear.messages()] == ids


def test_with_an_address_every_change_is_pushed_at_once(path: Path, ear: Ear) -> None:
    """To the shop that has one; without, before it had one, and after `off`, it waits."""
    outbox.listen_at(path, MERCHANT, ear.url)
    outbox.listen_at(path, FACTORY, ear.url)
    first, second = item_ids(path)[:2]
    allocate(path, first)
    pushing.push_at_once(path)
    assert ear.tags() == ["501"]
    assert outbox.counts(path, MERCHANT)["waiting"] > 0
    outbox.listen_at(path, FACTORY, "")
    allocate(path, second)
    pushing.push_at_once(path)
    assert ear.tags() == ["501"]
    assert outbox.counts(path, FACTORY) == {"waiting": 1, "sent": 1, "lost": 0}
    assert heard(path, ear, FACTORY) == ["501"]


def test_the_probe_is_sent_when_asked(ear: Ear) -> None:
    assert pushing.probe(ear.url)
    assert json.loads(ear.heard[0][1])[0]["tag"] == "0"
    assert not pushing.probe("http://127.0.0.1:9")


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "127.0.0.1:8700", "http://", "http://x:99999999"])
def test_what_is_no_address_is_refused(path: Path, url: str) -> None:
    with pytest.raises(SandboxError):
        pushing.push(path, url, MERCHANT, Mischief())
    if url:
        with pytest.raises(SandboxError):
            outbox.listen_at(path, MERCHANT, url)
