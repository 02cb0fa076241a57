"""What a person, a pipe and a script get to see."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from rich.cells import cell_len

from dropship_cli.domain.errors import RefusedError
from dropship_cli.domain.item import AllocationState, Item, Package, RefundState, ShipmentState
from dropship_cli.domain.shop import Role
from dropship_cli.terminal.json_shape import item_record
from dropship_cli.terminal.screen import Screen

NOW = 1763074800.0  # 2025-11-14 07:00 in Beijing


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def screen(*, tty: bool = False, width: int = 80, **options: Any) -> Screen:
    stream = Terminal if tty else io.StringIO
    environ = {"COLUMNS": str(width), "NO_COLOR": "1", **options.pop("environ", {})}
    return Screen(stream(), stream(), clock=lambda: NOW, environ=environ, **options)


def shown(one: Screen) -> str:
    assert isinstance(one.out, io.StringIO)
    return one.out.getvalue()


def said(one: Screen) -> str:
    assert isinstance(one.err, io.StringIO)
    return one.err.getvalue()


def item(number: int, **fields: Any) -> dict[str, Any]:
    known = {
        "title": "蓝莓叶黄素软糖 60粒装 特别长的商品标题", "spec": "单瓶", "sku_code": "YHS-60",
        "factory_id": "880011", "factory_name": "义乌优品工厂", "allocation": AllocationState.ALLOCATED,
        "ship_by": int(NOW) + number * 3600,
    }  # fmt: skip
    made = Item(f"69230070000000{number:05}", f"69230070000001{number:05}", 1, **{**known, **fields})
    return item_record(made, "doudian")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
def test_a_table_keeps_within_the_terminal_and_ids_whole(width: int, lang: str) -> None:
    one = screen(tty=True, width=width, lang=lang)
    rows = [item(number, packages=(Package("zhongtong", "73120000000001"),)) for number in range(-3, 9)]
    rows.append(item(9, refund=RefundState.OPEN))  # the longest of all states
    one.records("items", rows)
    lines = shown(one).splitlines()
    assert len(lines) == 1 + len(rows)
    assert max(map(cell_len, lines)) <= width
    for row, line in zip(rows, lines[1:], strict=True):
        assert row["item_id"] in line


def test_chinese_columns_stand_straight() -> None:
    one = screen(tty=True, width=200)
    rows = [item(1, title="手机壳"), item(2, title="abc")]
    one.records("items", rows)
    first, second = shown(one).splitlines()[1:]
    assert cell_len(first[: first.index("880011")]) == cell_len(second[: second.index("880011")])


def test_the_first_column_tells_what_is_late_and_the_last_line_how_much() -> None:
    one = screen(tty=True)
    one.records("items", [item(-2), item(3), item(40), item(100, shipment=ShipmentState.SHIPPED)])
    starts = [line[:9].strip() for line in shown(one).splitlines()[1:]]
    assert starts == ["2h late", "3h left", "40h left", ""]
    assert said(one).splitlines()[0] == "items: 4 · late: 1 · due within 6h: 1"


def test_a_refund_that_forbids_sending_is_seen_before_the_allocation() -> None:
    one = screen(tty=True, width=120)
    one.records("items", [item(1, refund=RefundState.OPEN), item(2, closed=True)])
    assert "refund open · allocated" in shown(one)
    assert "closed" in shown(one)


def test_a_factory_reads_one_number_where_order_and_item_are_the_same() -> None:
    one = screen(tty=True, width=200)
    same = {**item(1), "order_id": item(1)["item_id"]}
    one.records("items", [same])
    assert shown(one).count(same["item_id"]) == 1


def test_what_has_no_room_is_named() -> None:
    one = screen(tty=True, width=60)
    one.records("items", [item(1)])
    assert "no room for: " in said(one)


def test_markup_and_escapes_in_a_title_are_only_text() -> None:
    one = screen(tty=True, width=200)
    one.records("items", [item(1, title="[/red] :x: \x1b[31m\u202e \\[")])
    assert "[/red] :x: �[31m� \\[" in shown(one)
    assert "\x1b" not in shown(one)


def test_colour_comes_only_where_it_is_wanted() -> None:
    late = [item(-2)]
    for options, coloured in [
        ({"environ": {"NO_COLOR": ""}}, True),
        ({"environ": {"NO_COLOR": "1", "FORCE_COLOR": "1"}}, False),
        ({"environ": {"NO_COLOR": "", "TERM": "dumb"}}, False),
        ({"environ": {"NO_COLOR": "", "TERM": "dumb", "CLICOLOR_FORCE": "1"}}, True),
        ({"environ": {"NO_COLOR": ""}, "color": False}, False),
    ]:
        one = screen(tty=True, **options)
        one.records("items", late)
        assert ("\x1b[" in shown(one)) is coloured, options


def test_a_pipe_gets_plain_columns_with_stable_names_in_any_language() -> None:
    for lang in ("en", "zh"):
        one = screen(lang=lang)
        one.records(
            "items", [item(1, title="a\tb\nc", packages=(Package("sf", "SF1"), Package("sf", "SF2")))]
        )
        header, row = shown(one).split("\n")[:2]
        cells = dict(zip(header.split("\t"), row.split("\t"), strict=True))
        assert cells["title"] == "a b c"
        assert cells["allocation"] == "allocated"
        assert cells["tracking_number"] == "SF1,SF2"
    assert said(one) == ""


def test_an_empty_list_is_an_empty_array_a_bare_header_or_a_word() -> None:
    one = screen(json=True)
    one.records("items", [])
    assert json.loads(shown(one)) == []
    one = screen()
    one.records("items", [])
    assert shown(one).startswith("order_id\t")
    one = screen(tty=True)
    one.records("items", [])
    assert shown(one) == ""
    assert said(one) == "nothing to show\n"


def test_json_is_one_array_and_none_of_its_rows_is_held() -> None:
    one = screen(json=True)
    alive: list[int] = []

    def rows() -> Iterator[dict[str, int]]:
        for number in range(1000):
            alive.append(shown(one).count("\n"))
            yield {"n": number}

    one.records("items", rows())
    assert [row["n"] for row in json.loads(shown(one))] == list(range(1000))
    assert alive[-1] >= 998, "rows are written as they come"


def test_a_failing_source_leaves_stdout_empty() -> None:
    def broken() -> Iterator[dict[str, int]]:
        raise RefusedError("ship.closed")
        yield {}

    for options in ({"json": True}, {}, {"tty": True}):
        one = screen(**options)
        with pytest.raises(RefusedError):
            one.records("items", broken())
        assert shown(one) == ""


def test_an_unknown_kind_is_shown_by_its_own_fields() -> None:
    one = screen(tty=True)
    one.records("whatever", [{"alpha": 1, "beta": "x"}])
    assert shown(one).split() == ["alpha", "beta", "1", "x"]


def test_a_long_table_keeps_its_columns_under_one_heading() -> None:
    one = screen(tty=True)
    one.records("items", (item(number) for number in range(1200)))
    lines = shown(one).splitlines()
    assert len(lines) == 1201
    assert len({line.index("6923007") for line in lines[1:]}) == 1


def test_a_row_that_names_only_an_order_is_still_told_apart() -> None:
    row = {
        "order_id": "6923007000000001326",
        "item_id": "",
        "result": "refused",
        "error": "no such order " * 9,
    }
    one = screen(tty=True, width=80)
    one.records("outcomes", [row])
    assert "6923007000000001326" in shown(one)


def test_the_log_tells_what_was_wanted_and_no_json() -> None:
    one = screen(tty=True)
    at = "2026-11-28T07:49:13+08:00"
    one.records("log", [
        {"at": at, "who": "me", "act": "ship", "target": "1", "outcome": "done", "op_id": "a",
         "detail": '{"carrier":"sf","tracking_number":"SF1","quantity":null,"goods":[{"a":1}],"applied":true}'},
        {"at": at, "who": "me", "act": "note", "target": "1", "outcome": "done", "op_id": None, "detail": "{gift"},
    ])  # fmt: skip
    assert [line.split("done")[1].strip() for line in shown(one).splitlines()[1:]] == ["sf SF1", "{gift"]


def test_an_answer_about_a_shop_calls_it_no_item() -> None:
    row = {"item_id": "880011", "result": "done", "error_code": None, "error": None}
    for lang, heading in (("en", "shop"), ("zh", "店铺")):
        one = screen(tty=True, lang=lang)
        one.records("answers", [row])
        assert shown(one).split()[0] == heading


def test_a_reason_is_never_cut() -> None:
    reason = "the order was paid before this factory was bound " * 4
    row = {"row": 7, "order_id": "1", "item_id": "2", "result": "refused", "error_code": "x", "error": reason}
    one = screen(tty=True, width=60)
    one.records("outcomes", [row])
    assert "".join(shown(one).split()).count("waspaidbefore") == 4


def test_an_error_is_one_line_or_one_object_on_stderr() -> None:
    error = RefusedError("role.wrong", act="allocate", shop_id="1", role=Role.FACTORY, wanted=Role.MERCHANT)
    one = screen()
    one.error(error)
    assert said(one).startswith(
        "error: only a merchant can allocate, and shop 1 is a factory. use the profile"
    )
    assert said(one).endswith(".\n")
    assert said(one).count("\n") == 1
    one = screen(lang="zh")
    one.error(error)
    assert said(one).startswith("错误：只有商家才能分配订单，而店铺 1 是厂家。")
    one = screen(json=True)
    one.error(RefusedError("ship.closed", item="5\n6"))
    assert json.loads(said(one))["error"]["item"] == "5\n6"
    assert said(one).count("\n") == 1
    assert shown(one) == ""


def test_quiet_silences_notes_verbose_brings_details_and_nothing_silences_a_warning() -> None:
    one = screen(quiet=True)
    one.note("status.clean")
    one.detail("status.clean")
    assert said(one) == ""
    one.warning("tracking.implausible", tracking_number="1", carrier="sf")
    assert said(one).startswith("warning: the tracking number 1 is not of the form")
    one = screen(verbose=True)
    one.detail("status.clean")
    assert said(one) == "nothing to do\n"


def test_lines_are_for_people_only() -> None:
    one = screen(json=True)
    one.line("status.clean")
    assert shown(one) == ""
    one = screen()
    one.line("status.clean")
    assert shown(one) == "nothing to do\n"


@pytest.mark.parametrize(
    ("answer", "yes"), [("y\n", True), ("YES\n", True), ("是\n", True), ("\n", False), ("", False)]
)
def test_only_a_yes_is_a_yes(answer: str, *, yes: bool) -> None:
    one = screen(stdin=io.StringIO(answer))
    assert one.confirm("profile.remove_confirm", name="m", shop_id="1") is yes
    assert said(one) == "Remove profile m (shop 1) with its store, tokens and secret? [y/N] "


def test_a_record_is_told_line_by_line_without_empty_fields() -> None:
    one = screen()
    one.record("item", item(1, packages=(Package("sf", "SF1", 2),)))
    lines = shown(one).splitlines()
    assert "package: sf SF1 × 2" in lines or "packages: sf SF1 × 2" in lines
    assert not any(line.endswith(": ") for line in lines)


def test_a_script_loads_nothing_heavy() -> None:
    """`--json` and pipes must start fast (libraries.md, section 1)."""
    code = (
        "import sys, io\n"
        "from dropship_cli.terminal.screen import Screen\n"
        "from dropship_cli.terminal import json_shape\n"
        "Screen(sys.stdout, sys.stderr, json=True).records('items', [{'a': 1}])\n"
        "Screen(sys.stdout, sys.stderr).records('items', [])\n"
        "Screen(sys.stdout, sys.stderr, lang='zh').note('status.clean')\n"
        "print(*sorted({'rich', 'typing_extensions', 'asyncio', 'pydantic', 'httpx', 'sqlite3', 'logging'}"
        " & set(sys.modules)), file=sys.stderr)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stderr.splitlines() == ["没有待办事项", ""]
