"""`waybill` and `ship --waybill` as a person and a script call them: options, files, statuses, JSON."""

from __future__ import annotations

from pathlib import Path

from program import Program, copy_of

FACTORY = ("-p", "factory-1")
TO = ("-c", "中通", "--json", *FACTORY)


def leaving(program: Program) -> list[str]:
    packages = program.ok("pick", "--json", *FACTORY).json["packages"]
    return [content["item_id"] for one in packages for content in one["contents"]]


def test_a_day_from_the_picking_sheet_to_shipped(bench_once: Program, tmp_path: Path) -> None:
    """The sheet that `pick` writes is the file that `waybill get` and `ship` read."""
    world = copy_of(bench_once, tmp_path / "world")
    sheet, failed = tmp_path / "pick.xlsx", tmp_path / "failed.csv"
    world.ok("pick", "--packages", "--to", sheet, "--lang", "zh", *FACTORY)
    got = world.ok("waybill", "get", "--batch", sheet, "--merge", *TO).json
    assert [row["item_id"] for row in got] == leaving(world)
    assert {(row["result"], row["carrier"]) for row in got} == {("done", "zhongtong")}
    assert len({row["tracking_number"] for row in got}) == len(
        world.ok("pick", "--json", *FACTORY).json["packages"]
    )
    rows = tmp_path / "rows.csv"
    rows.write_text(
        f"代发订单号,快递公司\n{got[0]['item_id']},圆通\n{got[1]['item_id']},\n4711,\n", encoding="gb18030"
    )
    ran = world("waybill", "get", "--batch", rows, "--errors", failed, *TO)
    assert ran.results == [
        ("refused", "waybill.other_carrier"), ("unchanged", None), ("refused", "item.unknown"),
    ]  # fmt: skip
    assert (ran.status, [row["row"] for row in ran.json]) == (1, [2, 3, 4])
    assert "waybill.other_carrier" in failed.read_text(encoding="utf-8-sig")
    shipped = world.ok("ship", "--batch", sheet, "--waybill", "--json", *FACTORY)
    assert {result for result, _ in shipped.results} == {"done"}
    listed = world.ok("waybill", "--json", *FACTORY).json
    assert {one["tracking_number"] for one in listed} == {row["tracking_number"] for row in got}
    ran = world("waybill", "cancel", listed[0]["tracking_number"], "--json", *FACTORY)
    assert (ran.status, ran.results) == (4, [("refused", "waybill.used")])


def test_a_dry_run_and_what_can_not_be_change_nothing(bench_once: Program) -> None:
    item = leaving(bench_once)[0]
    before = bench_once.state()
    assert bench_once.ok("waybill", "get", item, "--dry-run", *TO).results == [("would", None)]
    assert bench_once.ok("waybill", "sender", "--json", *FACTORY).json["city"] == "金华市"
    for words, status, fragment in (
        (("waybill", "get", item), 2, "--carrier"),
        (("waybill", "get", "-c", "中通"), 2, "ITEM"),
        (("waybill", "get", item, "-c", "中通", "--pack", "a b"), 2, "not a name for a package"),
        (("waybill", "list", "--state", "lost"), 2, "lost"),
        (("waybill", "sender", "--name", "x"), 2, "--mobile"),
        (("ship", item, "--waybill", "-c", "中通"), 2, "--carrier can't be used with `--waybill`"),
        (("ship", item, "--waybill", "--amend"), 2, "--amend can't be used"),
        (("ship", item, "--waybill", "--json"), 4, ""),
    ):
        ran = bench_once(*words, *FACTORY)
        assert (ran.status, fragment in ran.err) == (status, True), (words, ran)
        assert status != 2 or (ran.out, ran.err.count("\n")) == ("", 1)
    ran = bench_once("waybill", "get", item, "-c", "中通", "--json")
    assert (ran.status, ran.error["code"]) == (4, "waybill.factory_only")
    ran = bench_once("waybill", "get", item, *TO[:3], "-p", "factory-2")
    assert (ran.status, ran.error["code"]) == (3, "waybill.no_sender")
    assert bench_once.state() == before
