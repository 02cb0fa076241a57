"""Who plays in the story: a merchant, three factories on the platform, one off it, and the buyers; no assertions."""

from __future__ import annotations

import csv
import random
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from program import FACTORIES, Program

CLOCKWORK = Path(__file__).parent / "clockwork"
MERCHANT, HOME_FACTORY = "660001", "老王家"
FIRST_MORNING = datetime.fromisoformat("2026-11-10T07:00:00+08:00").timestamp()
DAY = 86_400.0
SENDER = (
    "--name", "一号仓", "--mobile", "13800000000", "--province", "浙江省", "--city", "金华市", "--district", "义乌市",
    "--detail", "稠州北路1号",
)  # fmt: skip
REGIONS_OF_3 = "新疆、内蒙古"
Item = dict[str, Any]


class Cast:
    """One world on a clock of its own, played in processes like everybody's."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.rng = folder, random.Random(seed)
        self._clock = folder / "clock"
        self.morning(-1)
        self.program = Program(folder / "home", STORY_CLOCK=str(self._clock), PYTHONPATH=str(CLOCKWORK))
        self.wrong_number = ""

    def morning(self, day: int) -> None:
        """Seven o'clock of that day, for every process that starts from now on."""
        self._clock.write_text(repr(FIRST_MORNING + day * DAY - time.time()))

    def curtain(self) -> None:
        """The day before: from `init` to rules and prices."""
        ok = self.program.ok
        ok("init", "--platform", "sandbox")
        ok("sandbox", "set", "rate_per_second", "0")
        for profile in ("merchant", *FACTORIES):
            ok("role", "choose", "merchant" if profile == "merchant" else "factory", "-p", profile)
            ok("profile", "set", "rate", "1000", "-p", profile)
        for profile, shop in FACTORIES.items():
            ok("bind", shop, "--yes")
            ok("accept", MERCHANT, "-p", profile)
        ok("factory", "add", HOME_FACTORY)
        ok("waybill", "sender", *SENDER, "-p", "factory-1")
        self._rules()
        self._prices()

    def buyers_order(self, items: int, day: int) -> None:
        self.program.ok("sandbox", "seed", "--random", str(items), "--seed", str(day + 1))

    def items(self, profile: str = "merchant", *filters: str) -> list[Item]:
        rows: list[Item] = self.program.ok("orders", "--json", *filters, "-p", profile).json
        return rows

    def some(self, rows: Sequence[Item], share: float) -> list[Item]:
        """A share of these, at least one."""
        return self.rng.sample(list(rows), max(1, int(len(rows) * share)))

    def number(self, item: Item) -> str:
        """A ZTO number of its own for an item."""
        return f"7{int(item['item_id']) % 10**13:013d}"

    def sheet(self, name: str, rows: Iterable[Mapping[str, str]]) -> Path:
        """A shipping sheet as a factory's clerk fills it in, in GB18030."""
        path = self.folder / name
        with path.open("w", encoding="gb18030", newline="") as file:
            writer = csv.DictWriter(file, ["代发订单号", "快递公司", "快递单号"])
            writer.writeheader()
            writer.writerows(rows)
        return path

    def effects(self, *acts: str) -> list[str]:
        """The items to which these acts happened, by the sandbox's own ledger."""
        with sqlite3.connect(self.program.home / "sandbox" / "ledger.db") as ledger:
            rows = ledger.execute("SELECT act, item_id FROM effects ORDER BY seq").fetchall()
        return [item_id for act, item_id in rows if act in acts]

    def _rules(self) -> None:
        add = ("rules", "add")
        for words in (
            ("--sku", "SJK-*", "--to", HOME_FACTORY, "--priority", "10"),
            ("--region", REGIONS_OF_3, "--to", FACTORIES["factory-3"], "--priority", "20"),
            ("--default", "--to", FACTORIES["factory-1"], "--share", "60"),
            ("--default", "--to", FACTORIES["factory-2"], "--share", "40"),
        ):
            self.program.ok(*add, *words)

    def _prices(self) -> None:
        path = self.folder / "prices.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(
                [["商家编码", "单价", "运费"], ["YRF-01", "180.00", "8"], ["*", "20.50", "3.5"]]
            )
        for partner in (*FACTORIES.values(), HOME_FACTORY):
            self.program.ok("price", "import", path, "--partner", partner)
        for profile in FACTORIES:
            self.program.ok("price", "import", path, "--partner", MERCHANT, "-p", profile)
