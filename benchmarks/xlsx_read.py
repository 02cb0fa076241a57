"""Reading an .xlsx of 100,000 rows against python-calamine alone; prints `name ratio limit` (performance.md)."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from python_calamine import CalamineWorkbook

from dropship_cli.files.headers import SHIPMENT
from dropship_cli.files.rows import open_rows
from dropship_cli.files.writing import write_rows

ROWS = 100_000
ROUNDS = 7
LIMIT = 1.5
HEADERS = ("代发订单号", "商品名称", "规格", "数量", "快递公司", "快递单号")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "tracking.xlsx")
        write_rows(path, HEADERS, (_row(number) for number in range(ROWS)))
        alone, ours = [], []
        for _ in range(ROUNDS):  # by turns, so that what else the machine does hits both
            alone.append(_seconds(lambda: _alone(path)))
            ours.append(_seconds(lambda: _ours(path)))
    print(f"xlsx_read {min(ours) / min(alone):.2f} {LIMIT}")


def _row(number: int) -> list[object]:
    item = str(6923007000000000000 + number)
    return [item, "蓝莓叶黄素软糖 60粒", "单瓶", 1, "中通快递", str(78173786485074 + number)]


def _alone(path: str) -> int:
    return len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()) - 1


def _ours(path: str) -> int:
    with open_rows(path, SHIPMENT) as sheet:
        return sum(row.problem is None for row in sheet)


def _seconds(read: Callable[[], int]) -> float:
    start = time.perf_counter()
    assert read() == ROWS
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
