"""`demo`: a day's work played with the real commands on the sandbox, in a home folder that goes away afterwards."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path

from dropship_cli.cli import wiring
from dropship_cli.cli.options import GLOBALS

MERCHANT, FACTORIES = "merchant", ("factory-1", "factory-2", "factory-3")
SHOPS = {"factory-1": "880011", "factory-2": "880022", "factory-3": "880033"}
NUMBERS = (
    ("中通快递", "7817378648{:04d}"),
    ("顺丰速运", "SF769616706{:04d}"),
    ("圆通速递", "YT240000000{:04d}"),
)


def demo() -> int:
    """Play the whole story in a temporary home: roles, bindings, orders, allocation, a refund, shipment.

    Example: dropship demo
    """
    import tempfile

    lang = GLOBALS.lang
    with tempfile.TemporaryDirectory(prefix="dropship-demo-") as folder:
        _Play(Path(folder), lang).all()
    return 0


class _Play:
    """The demo's stage: where it plays, and the language it speaks."""

    def __init__(self, folder: Path, lang: str | None) -> None:
        self._folder = folder
        self._lang = lang
        GLOBALS.json = False

    def all(self) -> None:
        """Every scene in turn."""
        self._bind()
        self._orders()
        self._allocate()
        self._ship()
        self._chat()
        self._again()
        self._say("demo.next")

    def _bind(self) -> None:
        self._say("demo.roles")
        self._run("init --platform sandbox")
        self._run(f"role choose merchant -p {MERCHANT} --shop-name 小满家居")
        for factory in FACTORIES:
            self._run(f"role choose factory -p {factory} --shop-name {factory}", quietly=True)
        self._say("demo.bindings")
        self._run(f"bind 880011 --yes -p {MERCHANT}")
        self._run("reject 660001 --reason 产能已满 -p factory-1")
        self._run(f"bind 880011 -p {MERCHANT}")
        self._run("accept 660001 -p factory-1")
        for shop in ("880022", "880033"):
            self._run(f"bind {shop} -p {MERCHANT}", quietly=True)
        for factory in FACTORIES[1:]:
            self._run("accept 660001 -p " + factory, quietly=True)
        self._run(f"sync -q -p {MERCHANT}", quietly=True)
        self._run(f"bindings -p {MERCHANT}")

    def _orders(self) -> None:
        self._say("demo.orders")
        self._run("sandbox seed --random 12 --seed 7")
        self._run(f"sync -p {MERCHANT}")
        self._run(f"orders -p {MERCHANT}")

    def _allocate(self) -> None:
        self._say("demo.allocate")
        rows = [
            (item["order_id"], item["item_id"], SHOPS[FACTORIES[number % 3]])
            for number, item in enumerate(self._items(MERCHANT, "unallocated"))
        ]
        file = self._write("allocate.csv", ("订单编号", "子订单编号", "厂家店铺编号"), rows)
        self._run(f"allocate --batch {file} -p {MERCHANT}")
        self._say("demo.refund")
        self._run(f"sandbox refund {rows[0][1]}")

    def _ship(self) -> None:
        self._say("demo.ship")
        for number, factory in enumerate(FACTORIES):
            self._run(f"sync -q -p {factory}", quietly=True)
            carrier, pattern = NUMBERS[number]
            items = self._items(factory, "allocated")
            rows = [(item["item_id"], carrier, pattern.format(at)) for at, item in enumerate(items)]
            file = self._write(f"tracking-{factory}.csv", ("代发订单号", "快递公司", "快递单号"), rows)
            self._run(f"ship --batch {file} -p {factory}")
        self._say("demo.seen")
        self._run(f"sync -p {MERCHANT}")
        self._run(f"orders -p {MERCHANT}")

    def _chat(self) -> None:
        self._say("demo.chat")
        self._run(f"notify add team --url sandbox:feishu -p {MERCHANT}")
        self._run(f"notify -p {MERCHANT}")
        self._run(f"notify -p {MERCHANT}")
        self._run("sandbox chats")

    def _again(self) -> None:
        self._say("demo.again")
        self._run(f"allocate --batch {self._folder / 'allocate.csv'} -p {MERCHANT}", only_sum=True)
        self._run(f"status -p {MERCHANT}")

    def _run(self, line: str, *, quietly: bool = False, only_sum: bool = False) -> None:
        """Show the command as a person would type it, and run it through the program's own door."""
        import shlex

        from dropship_cli.cli.main import run

        if not quietly:
            shown = line.replace(str(self._folder) + os.sep, "")
            sys.stdout.write(f"\n$ dropship {shown}\n")
        sys.stdout.flush()
        words = ["--home", str(self._folder / "home"), *shlex.split(line)]
        words = [*(["--lang", self._lang] if self._lang else []), *(["-q"] if quietly else []), *words]
        if quietly or only_sum:
            with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
                run(words)
        else:
            run(words)

    def _say(self, code: str) -> None:
        sys.stdout.write("\n")
        GLOBALS.lang = self._lang
        wiring.screen().line(code)

    def _items(self, profile: str, state: str) -> list[dict[str, str]]:
        from dropship_cli.actions.orders import ItemFilter, find

        GLOBALS.home = str(self._folder / "home")
        with wiring.shop(named=profile) as shop:
            found = find(shop, ItemFilter(state=state))
            return [{"order_id": one.order_id, "item_id": one.item_id} for one in found]

    def _write(self, name: str, headers: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Path:
        import csv

        path = self._folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([headers, *rows])
        return path
