"""No command but `reveal` writes anything of a receiver, to stdout, stderr or a file: every buyer is marked, every
command is run, and the marks are looked for. A new command has to be put into one of the tables."""

from __future__ import annotations

import io
import signal
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from program import Program

from dropship_cli.cli.main import COMMANDS, build, run
from dropship_cli.domain.moment import BEIJING
from dropship_cli.sandbox.receivers import Kind, cipher, mask
from tests.cli.test_read_only import leaves

DAY = [
    "doctor", "role", "profile list", "profile show", "profile use merchant", "profile set rate 1000", "bindings",
    "carriers", "sync", "orders", "orders --attention", "order {order}", "status", "status {item}", "stats",
    "export {folder}/a.csv", "export {folder}/a.xlsx --lang zh", "export {folder}/a.jsonl", "export -",
    "rules add --default --to 880011", "rules list", "rules explain {item}", "rules export {folder}/rules.csv",
    "rules import {folder}/rules.csv", "rules learn", "rules remove 1", "rules undo",
    "hold {item} --reason wait", "orders --state unallocated", "release {item}", "note {item} --text mine",
    "factory add 老王家", "allocate {item} --to 老王家", "factory list", "sheet 老王家 {folder}/s.xlsx",
    "sheet 老王家 {folder}/s.csv --all", "ship {item} -c 中通 -t 78173786485074", "factory remove 老王家",
    "allocate {rest} --to 880011", "allocate --batch {folder}/wrong.csv --errors {folder}/failed.csv",
    "sandbox address {order_2}", "sandbox remark {order_2} later", "sandbox refund {item_3}", "sync",
    "orders --attention", "ack --all", "unallocate {item_4}",
    "sync -p factory-1", "orders -p factory-1", "pick -p factory-1",
    "pick --packages --to {folder}/p.xlsx -p factory-1",
    "pick --to {folder}/p.csv -p factory-1", "export {folder}/f.csv -p factory-1",
    "waybill sender --name A --mobile 13800000000 --province 浙江省 --city 金华市 --district 义乌市 --detail 1 "
    "-p factory-1",
    "waybill get {item_2} -c 中通 -p factory-1", "waybill list -p factory-1", "waybill cancel {number} -p factory-1",
    "ship {item_5} -c 中通 -t 78173786485075 -p factory-1", "queue list -p factory-1", "log -p factory-1",
    "notify add team --url sandbox:feishu", "notify list", "notify test team", "notify send", "sandbox chats",
    "notify remove team", "price set --partner 880011 --sku * --price 2", "price list",
    "price export {folder}/prices.csv", "price import {folder}/prices.csv",
    "statement 880011 --month {month} --to {folder}/st.xlsx",
    "statement 880011 --month {month} --to {folder}/st.csv",
    "statement 880011 --month {month} --compare {folder}/st.csv",
    "price remove --partner 880011 --sku *", "stop --reason x", "allocate {item_4} --to 880011", "queue list",
    "queue drop {op} --yes", "resume", "queue retry", "log", "unbind 880033 --yes", "bind 880033 --yes",
    "accept 660001 -p factory-3", "reject 660001 --reason no -p factory-3", "role switch", "role choose merchant",
    "orders import {folder}/console.csv --errors {folder}/not-imported.csv",
    "orders --limit 3", "export {folder}/all.csv",
    "purge --dry-run", "purge --yes", "backup {folder}/b.db", "restore {folder}/b.db --yes", "sync",
]  # fmt: skip
"""A day with every command, in an order in which each has something to say."""

CONSOLE = (
    "主订单编号,子订单编号,选购商品,商品数量,商家编码,收件人,收件人手机号,详细地址,支付完成时间,订单状态,售后状态\n"
    "6800000000000000001,6800000000000000002,杯子,1,BWB,乙canary,13971099999,路canary,2026-01-02 10:00:00,待发货,-\n"
    "6800000000000000003,6.8E+18,杯子,1,BWB,丙canary,13971099998,路canary,2026-01-02 10:00:00,待发货,-\n"
)
"""An export of the console with its receivers, and a row that can't be taken."""

ELSEWHERE = {
    "api": "shows what the platform says, as it says it",
    "waybill print": "draws the masks that a label needs; see test_bench_labels",
    "reveal": "is the one that may; see test_reveal",
    "listen": "is a server; see test_listen",
    "demo": "has a home of its own, and runs these commands",
    "init": "no order is known yet", "login": "no order is in it", "logout": "no order is in it",
    "profile remove": "no order is in it",
}  # fmt: skip


@pytest.fixture
def world(bound: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """Marked buyers' orders at the merchant, none read yet; the program runs in this process."""
    bound.ok("sandbox", "seed", "--random", "14", "--seed", "5")
    with closing(sqlite3.connect(bound.home / "sandbox" / "ledger.db")) as ledger:
        orders = [row[0] for row in ledger.execute("SELECT order_id FROM orders").fetchall()]
        ledger.executemany(
            "UPDATE orders SET receiver_name = ?, receiver_phone = ?, receiver_detail = ? WHERE order_id = ?",
            [
                (f"甲canary{at}", f"139710{at:05d}", f"标记路canary{at}号", one)
                for at, one in enumerate(orders)
            ],
        )
        ledger.commit()
    monkeypatch.setenv("DROPSHIP_HOME", str(bound.home))
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield bound
    for number, handler in handlers.items():
        signal.signal(number, handler)


def test_every_command_is_walked() -> None:
    known = {" ".join(words.split()[:length]) for words in DAY for length in (1, 2)}
    missing = [
        name
        for name in leaves(build(list(COMMANDS)))
        if name not in known and name not in ELSEWHERE and not name.startswith("sandbox ")
    ]
    assert missing == []


def test_nothing_of_a_receiver_leaves(
    world: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither plain nor masked nor encrypted, nor the platform's own id of the receiver; nor is any of it kept."""
    folder = tmp_path / "out"
    folder.mkdir()
    assert run(["sync", "-p", "merchant"]) == 0
    names = values(world, folder)
    forbidden = marks(world)
    assert len(forbidden) > 40
    kept_ids: set[str] = set()
    (folder / "wrong.csv").write_text(f"item_id,factory_id\n{names['item_5']},4711\n", encoding="utf-8")
    (folder / "console.csv").write_text(CONSOLE, encoding="utf-8")
    capsys.readouterr()
    ran = []
    for words in DAY:
        for extra in ([], ["--json"]) if reads(words) else (["--json"],):
            status = run([*words.format(**late(world, names)).split(), *extra])
            told = capsys.readouterr()
            forbidden |= marks(world)  # a buyer may have moved
            kept_ids |= ids(world)
            ran.append((words, status))
            assert found_in((told.out + told.err).encode(), forbidden) == [], words
    assert [(words, status) for words, status in ran if status not in (0, 1, 4, 5)] == []
    assert sum(status == 0 for _, status in ran) > len(ran) * 0.8, ran
    written = [path for path in folder.rglob("*") if path.is_file() and path.name != "console.csv"]
    assert len(written) > 12
    for path in (*written, *(one for one in (world.home / "profiles").rglob("*") if one.is_file())):
        # A store keeps the platform's opaque id, to know what goes to one person; and nothing else.
        own = forbidden if path in written and path.suffix != ".db" else forbidden - kept_ids
        assert found_in(content(path), own) == [], path


def reads(words: str) -> bool:
    """Whether it may be run twice."""
    return words.split()[0] in {"orders", "order", "status", "stats", "log", "doctor", "bindings", "queue"}


def values(program: Program, folder: Path) -> dict[str, str]:
    with closing(sqlite3.connect(program.home / "profiles" / "merchant" / "store.db")) as store:
        rows = store.execute(
            "SELECT order_id, item_id FROM items WHERE refund = 'none' AND closed = 0 ORDER BY order_id, item_id"
        ).fetchall()
    named = {
        f"{what}_{at + 1}": row[place]
        for at, row in enumerate(rows)
        for place, what in enumerate(("order", "item"))
    }
    return {
        **named,
        "folder": str(folder),
        "order": rows[0][0],
        "item": rows[0][1],
        "rest": " ".join(row[1] for row in rows[1:]),
    }


def late(program: Program, names: dict[str, str]) -> dict[str, str]:
    """What is known only once it was made: an e-waybill's number, an operation that waits."""
    with closing(sqlite3.connect(program.home / "profiles" / "factory-1" / "store.db")) as store:
        number = store.execute("SELECT tracking_number FROM waybills").fetchone()
    with closing(sqlite3.connect(program.home / "profiles" / "merchant" / "store.db")) as store:
        waiting = store.execute("SELECT op_id FROM operations WHERE state = 'queued'").fetchone()
    month = datetime.now(BEIJING).strftime("%Y-%m")
    return {
        **names,
        "month": month,
        "number": number[0] if number else "-",
        "op": waiting[0] if waiting else "-",
    }


def marks(program: Program) -> set[str]:
    """Everything of every buyer: plain, behind stars, encrypted, the index within the cipher, the platform's id."""
    texts = {"canary", "139710"}
    for order_id, name, phone, detail in orders(
        program, "order_id, receiver_name, receiver_phone, receiver_detail"
    ):
        for kind, plain in ((Kind.NAME, name), (Kind.PHONE, phone), (Kind.ADDRESS, detail)):
            sealed = cipher(kind, plain, order_id)
            texts |= {plain, sealed, sealed[2:].partition("*")[0]}
        texts |= {mask(Kind.NAME, name), mask(Kind.PHONE, phone)}
    return texts | ids(program)


def ids(program: Program) -> set[str]:
    return {row[0] for row in orders(program, "receiver_id")}


def orders(program: Program, columns: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(program.home / "sandbox" / "ledger.db")) as ledger:
        return ledger.execute(f"SELECT {columns} FROM orders").fetchall()


def found_in(content: bytes, forbidden: set[str]) -> list[str]:
    return [mark for mark in forbidden if mark.encode() in content]


def content(path: Path) -> bytes:
    """A file's bytes; of a spreadsheet those of its parts."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as parts:
        return b"".join(parts.read(name) for name in parts.namelist())
