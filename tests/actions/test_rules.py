"""Rules kept, removed, undone, read from sheets and learnt: every change whole, logged, and one step."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dropship_cli.actions.allocate import AllocationRow, allocate
from dropship_cli.actions.auto_allocate import auto_allocate
from dropship_cli.actions.batch import Source
from dropship_cli.actions.context import Shop
from dropship_cli.actions.resolve import Reference
from dropship_cli.actions.rule_files import export_rules, import_rules
from dropship_cli.actions.rule_learn import proposals, take_proposals
from dropship_cli.actions.rules import RuleOutcome, RuleReport, remove, rules, take, undo
from dropship_cli.domain.errors import ExitStatus, RefusedError, UsageError
from dropship_cli.domain.outcome import Result
from dropship_cli.domain.rule import Rule
from tests.actions.shops import A, B, C, bound, buy
from tests.faults.world import World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return bound(tmp_path_factory.mktemp("world") / "world")


@pytest.fixture
def mine(world: World, tmp_path: Path) -> World:
    folder = tmp_path / "mine"
    folder.mkdir()
    return world.copy(folder)


def add(shop: Shop, *wanted: Rule) -> RuleReport:
    return take(shop, [RuleOutcome(rule, Result.WOULD) for rule in wanted], "rule_add")


def kept(shop: Shop) -> list[Rule]:
    return [one.rule for one in rules(shop)]


def sheet(path: Path, *rows: str) -> Source:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return Source(str(path))


def test_every_change_is_one_step_that_undo_takes_back(mine: World) -> None:
    with mine.shop("merchant") as shop:
        states = [kept(shop)]
        for change in (
            lambda: add(shop, Rule(A, sku_code="X")),
            lambda: add(shop, Rule(A, share=7), Rule(B, share=3)),
            lambda: remove(shop, [1, 2]),
            lambda: add(shop, Rule(C)),
        ):
            change()
            states.append(kept(shop))
        for state in reversed(states[:-1]):
            undo(shop)
            assert kept(shop) == state
        with pytest.raises(RefusedError, match=r"rule\.nothing_to_undo"):
            undo(shop)


def test_undo_after_undo_and_a_new_change_goes_on_from_there(mine: World) -> None:
    with mine.shop("merchant") as shop:
        add(shop, Rule(A, sku_code="X"))
        add(shop, Rule(B, sku_code="Y"))
        undo(shop)
        add(shop, Rule(C, sku_code="Z"))
        assert [rule.factory_id for rule in kept(shop)] == [A, C]
        undo(shop)
        undo(shop)
        assert kept(shop) == []


def test_a_rules_number_is_never_used_again(mine: World) -> None:
    with mine.shop("merchant") as shop:
        add(shop, Rule(A))
        undo(shop)
        assert add(shop, Rule(B)).outcomes[0].rule.rule_id == 2


def test_every_change_is_in_the_log(mine: World) -> None:
    with mine.shop("merchant") as shop:
        add(shop, Rule(A, sku_code="X"))
        remove(shop, [1])
        undo(shop)
        fresh = [one for one in shop.store.log.recent(1000) if one["act"].startswith("rule_")]
    assert [(one["act"], one["target"], one["detail"]) for one in reversed(fresh)] == [
        (act, target, f"priority=100 sku_code=X factory_id={A}")
        for act, target in (("rule_add", "+1"), ("rule_remove", "-1"), ("rule_undo", "+1"))
    ]


def test_the_same_rule_twice_changes_nothing(mine: World) -> None:
    with mine.shop("merchant") as shop:
        add(shop, Rule(A, sku_code="X"))
        report = add(shop, Rule(A, sku_code="ｘ"))
        assert [(one.result, one.rule.rule_id) for one in report.outcomes] == [(Result.UNCHANGED, 1)]
        undo(shop)  # the second was no change, so this takes back the first
        assert kept(shop) == []


def test_the_same_factory_with_another_share_is_refused(mine: World) -> None:
    with mine.shop("merchant") as shop:
        add(shop, Rule(A, share=7), Rule(B, share=3))
        (outcome,) = add(shop, Rule(A, share=8)).outcomes
    assert (outcome.error_code, dict(outcome.values)) == ("rule.repeated", {"rule": 1})


def test_rules_that_fight_and_factories_that_are_not_bound_are_told(mine: World) -> None:
    with mine.shop("merchant") as shop:
        add(shop, Rule(A, sku_code="X"), Rule(C))
        report = add(shop, Rule(B, sku_code="X"))
    assert report.exit_status is ExitStatus.DONE
    assert report.warnings == [("rule.fight", {"rules": "1, 3"}), ("rule.not_bound", {"factory_id": C})]


def test_a_rule_that_is_not_there_removes_none(mine: World) -> None:
    with mine.shop("merchant") as shop:
        add(shop, Rule(A))
        with pytest.raises(RefusedError, match=r"rule\.unknown"):
            remove(shop, [1, 7])
        assert len(kept(shop)) == 1


def test_a_read_only_profile_keeps_its_rules(mine: World) -> None:
    with mine.shop("merchant") as shop:
        shop.profile = replace(shop.profile, read_only=True)
        for change in (lambda: add(shop, Rule(A)), lambda: remove(shop, []), lambda: undo(shop)):
            with pytest.raises(RefusedError, match=r"profile\.read_only"):
                change()


# Sheets


def test_a_chinese_sheet_is_read(mine: World, tmp_path: Path) -> None:
    source = sheet(
        tmp_path / "rules.csv", "商家编码,商品,规格,地区,厂家店铺编号,份额,每日上限,优先级,备注",
        f"XD-*,,,,{A},,,,", f",*手机壳*,-,浙江、江苏,{B},70%,200,10,谢谢",
        f",*手机壳*,,浙江、江苏,{C},0.3,,10,", f",,,,{A},,0,300,",
    )  # fmt: skip
    with mine.shop("merchant") as shop:
        report = import_rules(shop, source)
        found = sorted(kept(shop), key=lambda rule: rule.rule_id)
    shop_rules = [
        Rule(A, sku_code="XD-*"), Rule(B, 10, product="*手机壳*", region="浙江、江苏", share=70, capacity=200),
        Rule(C, 10, product="*手机壳*", region="浙江、江苏", share=30), Rule(A, 300, capacity=0),
    ]  # fmt: skip
    assert [replace(rule, rule_id=0) for rule in found] == shop_rules
    assert report.exit_status is ExitStatus.DONE


@pytest.mark.parametrize("name", ["rules.csv", "rules.tsv", "rules.xlsx"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_written_is_read_back_unchanged(mine: World, tmp_path: Path, name: str, lang: str) -> None:
    wanted = [
        Rule(A, 7, sku_code="=XD-1", product="+250g*2罐", spec="@红", share=70, capacity=20),
        Rule(B, 7, sku_code="=XD-1", product="+250g*2罐", spec="@红", share=30),
        Rule("007", sku_code="6923010000000000001", region="新疆、西藏"), Rule(C, capacity=0),
    ]  # fmt: skip
    with mine.shop("merchant") as shop:
        add(shop, *wanted)
        assert export_rules(shop, str(tmp_path / name), lang=lang) == 4
        report = import_rules(shop, Source(str(tmp_path / name)), replace=True)
    assert {one.result for one in report.outcomes} == {Result.UNCHANGED}


def test_the_headings_are_in_the_persons_language(mine: World, tmp_path: Path) -> None:
    with mine.shop("merchant") as shop:
        export_rules(shop, str(tmp_path / "zh.csv"), lang="zh")
        export_rules(shop, str(tmp_path / "en.csv"), lang="en")
    heading = [(tmp_path / f"{lang}.csv").read_text("utf-8-sig").splitlines()[0] for lang in ("zh", "en")]
    assert "商家编码" in heading[0]
    assert "sku_code" in heading[1]


@pytest.mark.parametrize(
    ("share", "capacity"),
    [("70%", "1000"), ("70.00%", '"1,000"'), ("７０％", "１０００"), ("70.0", "1000.0"), ("0.7", "1000.00")],
)
def test_numbers_are_read_as_spreadsheets_write_them(
    mine: World, tmp_path: Path, share: str, capacity: str
) -> None:
    source = sheet(tmp_path / "rules.csv", "份额,每日上限,优先级,厂家店铺编号", f"{share},{capacity},5.0,{A}")
    with mine.shop("merchant") as shop:
        import_rules(shop, source)
        (rule,) = kept(shop)
    assert (rule.share, rule.capacity, rule.priority) == (70, 1000, 5)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("X,,", "row.missing"),
        (f"X,{A},many", "rule.number"),
        (f"X,{A},0", "rule.number"),
        (f"X,{A},-3", "rule.number"),
        (f"6.92301E+17,{A},", "row.scientific"),
        (f"X,{A},,,,,", None),
    ],
)
def test_one_wrong_row_and_none_is_taken(mine: World, tmp_path: Path, row: str, code: str | None) -> None:
    source = sheet(tmp_path / "rules.csv", "sku_code,factory_id,share", f"Y,{B},", row)
    with mine.shop("merchant") as shop:
        report = import_rules(shop, source, replace=True)
        assert len(kept(shop)) == (0 if code else 2)
    told = {one.row: one.error_code for one in report.outcomes}
    assert told == ({2: "rule.others_wrong", 3: code} if code else {2: None, 3: None})
    assert report.exit_status is (ExitStatus.REFUSED if code else ExitStatus.DONE)


def test_rows_that_contradict_each_other_are_refused(mine: World, tmp_path: Path) -> None:
    source = sheet(tmp_path / "rules.csv", "sku_code,factory_id,share", f"X,{A},70", f"X,{A},30")
    with mine.shop("merchant") as shop:
        report = import_rules(shop, source)
    assert [one.error_code for one in report.outcomes] == ["rule.others_wrong", "rule.repeated_row"]


def test_replace_takes_out_what_is_not_in_the_file_as_one_step(mine: World, tmp_path: Path) -> None:
    source = sheet(tmp_path / "rules.csv", "sku_code,factory_id", f"X,{A}", f"Z,{C}")
    with mine.shop("merchant") as shop:
        add(shop, Rule(A, sku_code="X"), Rule(B, sku_code="Y"))
        before = kept(shop)
        import_rules(shop, source, replace=True, dry_run=True)
        assert kept(shop) == before
        import_rules(shop, source, replace=True)
        assert {rule.sku_code for rule in kept(shop)} == {"X", "Z"}
        undo(shop)
        assert kept(shop) == before


def test_a_sheet_without_a_factory_column_is_a_usage_error(mine: World, tmp_path: Path) -> None:
    with mine.shop("merchant") as shop, pytest.raises(UsageError, match=r"file\.missing_column"):
        import_rules(shop, sheet(tmp_path / "rules.csv", "商家编码", "X"))


# Learning


def test_what_was_allocated_by_hand_is_proposed_and_kept_only_on_a_persons_word(mine: World) -> None:
    found = buy(mine, 1, "X", "X", "X", "Y")
    with mine.shop("merchant") as shop:
        allocate(shop, [AllocationRow(Reference(item_id=item_id), B) for item_id in found])
        proposed = proposals(shop)
        assert [(one.rule, one.agree, one.seen) for one in proposed] == [(Rule(B, sku_code="X"), 3, 3)]
        assert kept(shop) == []
        take_proposals(shop, proposed)
        assert [replace(rule, rule_id=0) for rule in kept(shop)] == [Rule(B, sku_code="X")]
        assert proposals(shop) == []


def test_what_rules_allocated_teaches_nothing(mine: World) -> None:
    buy(mine, 1, "X", "X", "X")
    with mine.shop("merchant") as shop:
        add(shop, Rule(A))
        auto_allocate(shop)
        undo(shop)
        assert proposals(shop) == []


def test_only_the_time_asked_for_is_looked_at(mine: World) -> None:
    found = buy(mine, 1, "X", "X", "X")
    with mine.shop("merchant") as shop:
        allocate(shop, [AllocationRow(Reference(item_id=item_id), B) for item_id in found])
        assert proposals(shop, since=int(shop.now()) + 60) == []
        assert len(proposals(shop, since=int(shop.now()) - 60)) == 1
