"""`rules` and `allocate --auto` as a person and a script call them: options, exit statuses, JSON, both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from program import Program

RULE = {"rule", "priority", "sku_code", "product", "spec", "region", "factory_id", "share", "capacity"}


@pytest.fixture
def merchant(bound: Program) -> Program:
    """Ten items to allocate, read."""
    bound.ok("sandbox", "seed", "--random", "10")
    bound.ok("sync")
    return bound


def test_a_days_rules_from_the_first_to_the_platform(merchant: Program, tmp_path: Path) -> None:
    nothing = merchant("allocate", "--auto")
    assert (nothing.status, nothing.err.startswith("error: there are no rules yet")) == (4, True)
    (added,) = merchant.ok("rules", "add", "--sku", "SJK-*", "--to", "880022", "--json").json
    assert added.keys() >= RULE | {"change", "result", "error_code", "error"}
    assert (added["rule"], added["result"], added["change"]) == (1, "done", "add")
    merchant.ok("rules", "add", "--default", "--to", "880011")
    before = merchant.state()
    plan = merchant.ok("allocate", "--auto", "--dry-run", "--json").json
    assert merchant.state() == before
    assert plan
    assert all(row.keys() >= {"order_id", "item_id", "result", "factory_id", "rule", "why"} for row in plan)
    assert {row["result"] for row in plan} == {"would"}
    done = merchant.ok("allocate", "--auto", "--json").json
    assert [(row["item_id"], row["factory_id"]) for row in done] == [
        (row["item_id"], row["factory_id"]) for row in plan
    ]
    items = merchant.items()
    assert all(items[row["item_id"]]["factory_id"] == row["factory_id"] for row in done)
    assert merchant.ok("allocate", "--auto", "--json").json == []
    verdicts = merchant.ok("rules", "explain", done[0]["order_id"], "--lang", "zh", "--json").json
    assert {row["rule"] for row in verdicts} == {1, 2}
    assert any("全部" in row["conditions"] for row in verdicts)


def test_rules_are_listed_removed_and_brought_back(bound: Program) -> None:
    bound.ok("rules", "add", "--region", "浙江", "--to", "880011")
    fight = bound.ok("rules", "add", "--region", "浙江", "--to", "990000")
    assert "rules 1, 2 fight" in fight.err
    listed = bound.ok("rules", "--json").json
    assert [(row["rule"], row["fights"], row["bound"]) for row in listed] == [(1, [2], True), (2, [1], False)]
    bound.ok("rules", "remove", "2")
    assert [row["rule"] for row in bound.ok("rules", "list", "--json").json] == [1]
    bound.ok("rules", "undo")
    assert [row["rule"] for row in bound.ok("rules", "list", "--json").json] == [1, 2]
    acts = [row["act"] for row in bound.ok("log", "--json", "-n", "4").json]
    assert acts[:4] == ["rule_undo", "rule_remove", "rule_add", "rule_add"]


def test_a_sheet_goes_out_in_chinese_and_comes_back(bound: Program, tmp_path: Path) -> None:
    bound.ok("rules", "add", "--product", "*手机壳*", "--to", "880011", "--share", "70", "--capacity", "200")
    bound.ok("rules", "export", tmp_path / "rules.xlsx", "--lang", "zh")
    assert bound("rules", "export", tmp_path / "rules.xlsx").status == 2  # nothing is overwritten unasked
    again = bound.ok("rules", "import", tmp_path / "rules.xlsx", "--replace", "--json").json
    assert [row["result"] for row in again] == ["unchanged"]


def test_what_is_learnt_needs_a_yes(merchant: Program) -> None:
    items = list(merchant.items())
    merchant("allocate", *items, "--to", "880033")
    proposed = merchant.ok("rules", "learn", "--least", "1", "--json").json
    assert {row["factory_id"] for row in proposed} == {"880033"}
    assert merchant("rules", "learn", "--least", "1", "--take").status == 2
    assert merchant.ok("rules", "--json").json == []
    taken = merchant.ok("rules", "learn", "--least", "1", "--take", "--yes", "--json").json
    assert [row["result"] for row in taken] == ["done"] * len(proposed)


@pytest.mark.parametrize(
    ("words", "status", "fragment"),
    [
        (("allocate", "--auto", "4711"), 2, "ITEM can't be used with `--auto`"),
        (("allocate", "--auto", "--to", "880011"), 2, "--to can't be used"),
        (("allocate", "--auto", "--batch", "x.csv"), 2, "--batch can't be used"),
        (("allocate", "--auto", "--reallocate"), 2, "--reallocate can't be used"),
        (("rules", "add", "--to", "880011"), 2, "either a condition or `--default`"),
        (
            ("rules", "add", "--to", "880011", "--default", "--sku", "X"),
            2,
            "either a condition or `--default`",
        ),
        (("rules", "add", "--to", " ", "--default"), 2, "a rule needs a factory"),
        (("rules", "add", "--sku", "X", "--to", "880011", "--share", "0"), 2, "--share"),
        (("rules", "remove", "7"), 4, "there is no rule 7"),
        (("rules", "undo"), 4, "no change of the rules"),
        (("rules", "import", "missing.csv"), 2, "missing.csv"),
        (("rules", "explain", "4711"), 4, "no such item"),
        (("rules", "learn", "--since", "yesterday"), 2, "yesterday"),
        (("rules", "-p", "factory-1"), 4, "merchant"),
    ],
)
def test_what_can_not_be_is_one_line_and_changes_nothing(
    bound_once: Program, words: tuple[str, ...], status: int, fragment: str
) -> None:
    before = bound_once.state()
    ran = bound_once(*words)
    assert (ran.status, ran.err.count("\n"), ran.out) == (status, 1, "")
    assert ran.err.startswith("error: ")
    assert fragment in ran.err
    assert bound_once.state() == before
