"""A month of a merchant and its factories, and the statements of both sides: they agree to the cent, or it is said
where they don't."""

from __future__ import annotations

import csv
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from program import Program, copy_of, made_once

from dropship_cli.domain.calendar import day
from dropship_cli.sandbox import ledger
from dropship_cli.sandbox.placing import NewItem, NewOrder, place
from dropship_cli.sandbox.receivers import Region, invent

MONTH = ("--month", "2025-10")
OURS, THEIRS = (
    ("statement", "880011", *MONTH, "-p", "merchant"),
    ("statement", "660001", *MONTH, "-p", "factory-1"),
)
PRICES = """商家编码,单价,运费,生效日期
A,10.00,3,always
A,11.50,3,2025-10-16
B,20.05,5,always
*,7.77,4,always
"""
LINES = [  # SKU, pieces, the last digit of each package's number, day of October on which it left
    ("A", 2, "1", 1),
    ("B", 1, "1", 1),  # in the same package
    ("A", 1, "2", 15),
    ("A", 1, "3", 16),  # the price has changed
    ("B", 3, "456", 31),
    ("X9", 1, "7", 20),
    ("A", 1, "8", 32),  # the first of November
    ("B", 2, "9", 20),  # refunded afterwards
]
TOTAL = sum([2000 + 300, 2005 + 200, 1000 + 300, 1150 + 300, 3 * (2005 + 500), 777 + 400, 2 * 2005 + 500])
REFUNDED, NOVEMBER = 7, 6
OTHERS, ITSELF = 8, 9


def item_of(number: int) -> str:
    return str(6_930_000_000_000_000_000 + number)


def buy(program: Program) -> None:
    """Buyers order the lines; two more do not go to this factory, or are shipped by the merchant itself."""
    now, region = int(time.time()), Region("浙江省", "金华市", "义乌市", "稠江街道")
    skus = [*((sku, pieces) for sku, pieces, _, _ in LINES), ("A", 1), ("A", 1)]
    ids = [item_of(number) for number in range(len(skus))]
    orders = [NewOrder(item_id, 660001, now, now, 0, invent(item_id), region) for item_id in ids]
    items = [
        NewItem(
            item_id=item_id, order_id=item_id, shop_id=660001, product_name="保温杯", product_id="36",
            price=6900, quantity=pieces, sku_spec="白", out_sku_id=sku, seller_words="", buyer_words="",
            paid_at=now, exp_ship_time=now + 172_800,
        )
        for item_id, (sku, pieces) in zip(ids, skus, strict=True)
    ]  # fmt: skip
    with ledger.transaction(program.home / "sandbox" / "ledger.db") as tx:
        place(tx, now, orders, items)


def ship(program: Program, folder: Path) -> None:
    """The factory ships its lines, one row a package; the platform then says that they left on their days."""
    rows = [
        f"{item_of(number)},zhongtong,7817378648500{digit},{pieces // len(digits)}"
        for number, (_, pieces, digits, _) in enumerate(LINES)
        for digit in digits
    ]
    sheet = folder / "ship.csv"
    sheet.write_text("\n".join(["item_id,carrier,tracking_number,quantity", *rows]), encoding="utf-8")
    program.ok("ship", "--batch", sheet, "-p", "factory-1")
    program.ok("ship", item_of(OTHERS), "-c", "zhongtong", "-t", "78173786485020", "-p", "factory-2")
    program.ok("ship", item_of(ITSELF), "-c", "zhongtong", "-t", "78173786485021", "-p", "merchant")
    days = {item_of(number): line[3] for number, line in enumerate(LINES)} | {
        item_of(OTHERS): 5,
        item_of(ITSELF): 5,
    }
    with closing(sqlite3.connect(program.home / "sandbox" / "ledger.db")) as book, book:
        for item_id, number in days.items():
            at = day("2025-10-01") + (number - 1) * 86_400 + 60
            book.execute("UPDATE items SET ship_time = ? WHERE item_id = ?", (at, item_id))


def play(program: Program) -> Program:
    """A month: orders, allocation, shipment in several packages, a refund afterwards, the same prices on both sides."""
    buy(program)
    program.ok("sync", "-p", "merchant")
    ids = [item_of(number) for number in range(len(LINES))]
    program.ok("allocate", *ids, item_of(ITSELF), "--to", "880011", "-p", "merchant")
    program.ok("allocate", item_of(OTHERS), "--to", "880022", "-p", "merchant")
    for factory in ("factory-1", "factory-2"):
        program.ok("sync", "-p", factory)
    ship(program, program.home.parent)
    program.ok("sandbox", "refund", item_of(REFUNDED))
    for words in (("--partner", "880011", "-p", "merchant"), ("--partner", "660001", "-p", "factory-1")):
        program.ok("price", "import", "-", *words, stdin=PRICES)
    program.ok("sandbox", "refund", item_of(REFUNDED), "--finish")
    for profile in ("merchant", "factory-1"):
        program.ok("sync", "-p", profile)
    return program


@pytest.fixture(scope="session")
def month_once(shared: Path, bound_once: Program) -> Program:
    return made_once(shared, "month", lambda home: play(copy_of(bound_once, home)))


@pytest.fixture
def month(month_once: Program, tmp_path: Path) -> Program:
    """The month as it was played, to change as a test likes."""
    return copy_of(month_once, tmp_path / "world")


def test_both_sides_agree_to_the_cent(month_once: Program, tmp_path: Path) -> None:
    """Freight once a package, the price of the day, nothing of other factories, nothing that the merchant shipped."""
    here, there = (month_once.ok(*words, "--json").json for words in (OURS, THEIRS))
    assert here["total"] == there["total"] == TOTAL == sum(line["total"] for line in here["lines"])
    assert here["goods"] + here["freight"] - here["deduction"] == here["total"]
    assert {line["item_id"] for line in here["lines"]} == {
        item_of(number) for number in (0, 1, 2, 3, 4, 5, 7)
    }
    assert (here["merchant_id"], here["factory_id"]) == (there["merchant_id"], there["factory_id"])
    same = ("quantity", "goods", "freight", "deduction", "total")
    assert [[line[name] for name in same] for line in here["lines"]] == [
        [line[name] for name in same] for line in there["lines"]
    ]
    for lang, name in (("zh", "october.xlsx"), ("en", "october.csv")):
        month_once.ok(*THEIRS, "--to", tmp_path / name, "--lang", lang)
        ran = month_once.ok(*OURS, "--compare", tmp_path / name, "--json")
        assert (ran.json, "both statements agree" in ran.err) == ([], True)


def test_a_sheet_has_amounts_in_yuan_sums_below_and_no_receiver(month_once: Program, tmp_path: Path) -> None:
    path = tmp_path / "october.csv"
    month_once.ok(*OURS, "--to", path, "--lang", "zh")
    assert month_once(*OURS, "--to", path).status == 2  # nothing is replaced unasked
    text = path.read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert (rows[-1]["子订单编号"], rows[-1]["合计"]) == ("合计", str(TOTAL / 100))
    assert round(sum(float(row["合计"]) for row in rows[:-1]) * 100) == TOTAL
    region = invent(item_of(0))
    assert not [word for word in (region.name, region.phone, "浙江", "义乌") if word in text]


def test_compare_names_exactly_the_lines_that_differ(month: Program, tmp_path: Path) -> None:
    """A price that the factory raised in mid-month, a freight that it forgot, and a line that is missing."""
    sheet = tmp_path / "october.csv"
    month.ok("price", "set", "--partner", "660001", "--sku", "A", "--price", "12", "--from", "2025-10-16",
             "-p", "factory-1")  # fmt: skip
    month.ok("price", "set", "--partner", "660001", "--sku", "*", "--price", "7.77", "--freight", "0",
             "--from", "always", "-p", "factory-1")  # fmt: skip
    month.ok(*THEIRS, "--to", sheet)
    rows = sheet.read_text(encoding="utf-8-sig").splitlines()
    kept = [row for row in rows if item_of(0) not in row]
    sheet.write_text("\n".join([*kept, f"{item_of(99)},,,,,1,5,5,0,,,5,"]), encoding="utf-8")
    ran = month(*OURS, "--compare", sheet, "--json")
    assert ran.status == 1
    assert [(row["item_id"], row["differs"], row["difference"]) for row in ran.json] == [
        (item_of(0), ["only_here"], 2300),
        (item_of(3), ["price"], -50),
        (item_of(5), ["freight"], 400),
        (item_of(99), ["only_there"], -500),
    ]
    assert "difference +21.50 yuan" in ran.err
    assert "their total says" in ran.err  # it is the sum of the lines that were there before


def test_goods_altered_alone_are_shown_in_yuan(month_once: Program, tmp_path: Path) -> None:
    sheet = tmp_path / "october.csv"
    month_once.ok(*THEIRS, "--to", sheet)
    rows = list(csv.reader(sheet.read_text(encoding="utf-8-sig").splitlines()))
    rows[1][rows[0].index("goods")] = "1.23"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    ran = month_once(*OURS, "--compare", sheet)
    (told,) = csv.DictReader(ran.out.splitlines(), delimiter="\t")
    assert (ran.status, told["differs"], told["goods_there"]) == (1, '["goods"]', "1.23")


def test_a_sheet_whose_own_total_is_wrong_is_not_said_to_agree(month_once: Program, tmp_path: Path) -> None:
    sheet = tmp_path / "october.csv"
    month_once.ok(*THEIRS, "--to", sheet)
    lines = sheet.read_text(encoding="utf-8-sig").replace(f"{TOTAL / 100:g}", "1")
    sheet.write_text(lines, encoding="utf-8")
    ran = month_once(*OURS, "--compare", sheet, "--json")
    assert (ran.status, ran.json) == (1, [])
    assert ("their total says 1.00" in ran.err, "both statements agree" in ran.err) == (True, False)


def test_what_both_agree_on_is_taken_off_on_both_sides(month: Program, tmp_path: Path) -> None:
    """The merchant's own statement tells the factory which refunds; both come to the same again."""
    merchants, factorys = tmp_path / "merchant.xlsx", tmp_path / "factory.xlsx"
    month.ok(*OURS, "--deduct-refunds", "--to", merchants, "--lang", "zh")
    ran = month(*THEIRS, "--compare", merchants, "--json")
    assert (ran.status, [(row["item_id"], row["differs"]) for row in ran.json]) == (
        1, [(item_of(REFUNDED), ["deduction"])],
    )  # fmt: skip
    agreed = month.ok(*THEIRS, "--deduct", merchants, "--to", factorys, "--json").json
    assert (agreed["deduction"], agreed["total"]) == (4010, TOTAL - 4010)
    assert month.ok(*OURS, "--deduct-refunds", "--compare", factorys, "--json").json == []
    ran = month(*THEIRS, "--deduct-refunds", "--json")
    assert (ran.status, ran.error["code"]) == (2, "statement.refunds_unknown")


def test_a_deduction_may_come_in_a_later_month_and_only_for_what_was_owed(
    month: Program, tmp_path: Path
) -> None:
    sheet = tmp_path / "off.csv"
    sheet.write_text(
        f"子订单编号,扣款,备注\n{item_of(4)},12.34,\n合计,12.34,\n确认：,,\n,,十一月\n", encoding="utf-8"
    )
    november = [(*words[:3], "2025-11", *words[4:]) for words in (OURS, THEIRS)]
    for words in november:
        found = month.ok(*words, "--deduct", sheet, "--json").json
        assert [(line["item_id"], line["quantity"], line["total"]) for line in found["lines"]] == [
            (item_of(4), 0, -1234), (item_of(NOVEMBER), 1, 1450),
        ]  # fmt: skip
        assert found["total"] == 216
    sheet.write_text(f"item_id,deduction\n{item_of(OTHERS)},1\n", encoding="utf-8")
    ran = month(*OURS, "--deduct", sheet)
    assert (ran.status, item_of(OTHERS) in ran.err) == (1, True)
    sheet.write_text(f"item_id,deduction\n{item_of(0)},1.234\n", encoding="utf-8")
    assert month(*OURS, "--deduct", sheet, "--json").error["code"] == "statement.deduction_row"


def test_a_line_without_a_price_is_named_and_in_no_sum(month: Program) -> None:
    month.ok("price", "remove", "--partner", "880011", "--sku", "*", "-p", "merchant")
    ran = month(*OURS, "--json", "--lang", "zh")
    assert (ran.status, "X9 在发货当天没有价格" in ran.err, item_of(5) in ran.err) == (1, True, True)
    found = ran.json
    assert (found["unpriced"], found["total"]) == (1, TOTAL - 1177)
    assert [line["total"] for line in found["lines"] if line["item_id"] == item_of(5)] == [None]


Sheet = Callable[[list[list[object]]], Path]


@pytest.fixture
def workbook(tmp_path: Path) -> Sheet:
    """A sheet as a factory's bookkeeper makes it, formulas where a text begins with `=`."""
    from xlsxwriter import Workbook

    def made(rows: list[list[object]]) -> Path:
        path = tmp_path / "books.xlsx"
        with Workbook(str(path)) as book:
            page = book.add_worksheet()
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
        return path

    return made


def test_any_sheet_with_items_and_amounts_will_do(month_once: Program, workbook: Sheet) -> None:
    """Its own headings, formulas for the amounts, sums and a signature below."""
    lines = month_once.ok(*OURS, "--json").json["lines"]
    rows = [
        [
            line["item_id"],
            line["quantity"],
            line["price"] / 100,
            f"=B{at}*C{at}",
            line["freight"] / 100,
            f"=D{at}+E{at}",
        ]
        for at, line in enumerate(lines, 2)
    ]
    heading = ["代发订单号", "数量", "代发价", "金额", "快递费", "合计"]
    tail = [
        ["合计", "", "", "", "", "=SUM(F2:F8)"], ["", "", "", "", "", ""],
        ["制表人： 王", "", "", "", "", ""], ["", "", "", "", "", "确认："],
    ]  # fmt: skip
    ran = month_once.ok(*OURS, "--compare", workbook([heading, *rows, *tail[:3]]), "--json")
    assert ran.json == []
    rows[1][2] = 19.05
    rows[2][1] = "several"
    ran = month_once(*OURS, "--compare", workbook([heading, *rows, *tail]), "--json")
    assert [(row["item_id"], row["differs"]) for row in ran.json] == [
        (lines[1]["item_id"], ["price"]), (lines[2]["item_id"], ["only_here"]),
    ]  # fmt: skip
    assert "their row 4 can't be read" in ran.err


@pytest.mark.parametrize(
    ("words", "status", "fragment"),
    [
        ("statement 123456 --month 2025-10", 4, "123456"),
        ("statement 880011 --month 2025-13", 2, "2025-13"),
        ("statement 880011", 2, "--month"),
        ("statement 880011 --month 2025-10 --compare missing.csv", 2, "missing.csv"),
    ],
)
def test_what_can_not_be_is_one_line(month_once: Program, words: str, status: int, fragment: str) -> None:
    before = month_once.state()
    ran = month_once(*words.split())
    assert (ran.status, ran.err.count("\n"), ran.out) == (status, 1, "")
    assert fragment in ran.err
    assert month_once.state() == before


def test_what_may_be_missing_is_said(month: Program) -> None:
    """Items of which the platform gives no time, and what a purge may have removed; neither passes as a whole month."""
    path = month.home / "profiles" / "merchant" / "store.db"
    with closing(sqlite3.connect(path)) as store, store:
        store.execute("UPDATE items SET shipped_at = NULL WHERE item_id = ?", (item_of(2),))
    ran = month(*OURS)
    assert (ran.status, "does not say when" in ran.err, item_of(2) in ran.err) == (1, True, True)
    with closing(sqlite3.connect(path)) as store, store:
        store.execute("UPDATE items SET shipped_at = 1 WHERE item_id = ?", (item_of(2),))
        store.execute(
            "INSERT INTO facts (name, value) VALUES ('purged_before', ?)", (str(day("2025-10-02")),)
        )
    ran = month(*OURS)
    assert (ran.status, "`purge` has removed" in ran.err) == (1, True)


def test_a_factory_off_the_platform_is_owed_by_its_name(month: Program) -> None:
    """What it packed leaves in the merchant's name, and is still its own; the merchant's own shipment is nobody's."""
    month.ok("sandbox", "seed", "--random", "6")
    month.ok("sync", "-p", "merchant")
    free = [
        one for one in month.items().values() if one["allocation"] != "allocated" and one["refund"] == "none"
    ]
    item = next(one for one in free if one["shipment"] == "none")["item_id"]
    month.ok("factory", "add", "老王家")
    month.ok("allocate", item, "--to", "老王家")
    month.ok("ship", item, "-c", "zhongtong", "-t", "78173786485099")
    month.ok("price", "set", "--partner", " 老王家", "--sku", "*", "--price", "5", "--freight", "1")
    shipped = month.items()[item]
    found = month.ok("statement", "老王家", "--month", shipped["shipped_at"][:7], "--json").json
    assert [line["item_id"] for line in found["lines"]] == [item]
    assert (found["factory_id"], found["total"]) == ("老王家", 500 * shipped["quantity"] + 100)
    assert month.ok(*OURS, "--json").json["total"] == TOTAL
