"""What a chat reads: counts first, the most urgent first, within its size, and nobody is called by what is outside."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dropship_cli.domain.change import Field
from dropship_cli.domain.notice import Bulletin, Case, CaseKind, ordered
from dropship_cli.terminal.notice_text import MESSAGES, case_record, messages, trial_text

NOW = 1_763_074_800.0
LATE = Case(CaseKind.LATE, "I1", NOW - 7500, "O1", "I1", "SJK-15P", 2, "880011", "华东一厂")
CASES = (
    LATE,
    Case(CaseKind.LATE, "I2", NOW - 60, "I2", "I2"),
    Case(CaseKind.REFUND, "I3", NOW + 7500, "O1", "I3", "", 1, "880022", "880022"),
    Case(CaseKind.UNKNOWN, "op", NOW - 600, "O9", "I9", act="ship"),
    Case(CaseKind.SYNC, code="network.unreachable"),
    Case(CaseKind.LOGIN, at=NOW + 86_400),
    Case(CaseKind.SOON, "I4", NOW + 7500, "O4", "I4", "A", 1, "880011"),
)


def bulletin(*cases: Case, fresh: set[str] | None = None, live: bool = True) -> Bulletin:
    keys = frozenset(one.key for one in cases) if fresh is None else frozenset(fresh)
    return Bulletin("shop-a", "doudian", "660001", live, NOW, 21_600.0, NOW - 120, ordered(cases), keys)


def test_a_morning_in_english() -> None:
    (told,) = messages(
        bulletin(*CASES, fresh={one.key for one in CASES} - {"late:I2"}), lang="en", limit=4096
    )
    assert told.text.splitlines() == [
        "dropship · shop-a · doudian 660001",
        "late: 2 (1 new) · refund open, must not leave: 1 · outcome unknown: 1 · sync fails: 1 · login ends: 1"
        " · due within 6h: 1",
        "synced 2m ago",
        "",
        "late → dropship orders --late",
        "- 2h late · O1/I1 · SJK-15P ×2 · 880011 华东一厂",
        "",
        "refund open, must not leave → dropship orders --attention",
        "- O1/I3 ×1 · 880022",
        "",
        "outcome unknown → dropship sync",
        "- ship O9/I9, sent 10m ago",
        "",
        "sync fails → dropship doctor",
        "- the platform can't be reached",
        "",
        "login ends → dropship login",
        "- 11-15 07:00 (Beijing): orders can't be read after that",
        "",
        "due within 6h → dropship orders --due 6h",
        "- 2h left · O4/I4 · A ×1 · 880011",
    ]
    assert len(told.cases) == 6


def test_a_morning_in_chinese() -> None:
    (told,) = messages(bulletin(*CASES[:2], live=False), lang="zh", limit=4096)
    assert told.text.splitlines() == [
        "【dropship】shop-a · doudian 660001 · 非正式",
        "已超时 2",
        "2 分钟前同步",
        "",
        "已超时 → dropship orders --late",
        "· 超时 2 小时｜O1/I1｜SJK-15P ×2｜880011 华东一厂",
        "· 超时 1 分钟｜I2｜未分配",
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("limit", [2048, 4096])
def test_many_cases_are_a_few_messages_of_their_size_and_all_are_told(lang: str, limit: int) -> None:
    """What has no room is counted, and counts as told."""
    cases = [
        Case(CaseKind.LATE, f"I{n}", NOW - n, f"O{n}", f"I{n}", "商" * 40, 1, "8" * 9, "厂" * 40)
        for n in range(2000)
    ]
    found = messages(bulletin(*cases), lang=lang, limit=limit)
    assert len(found) == MESSAGES
    assert all(len(one.text.encode()) <= limit for one in found)
    assert [case for one in found for case in one.cases] == list(ordered(cases))
    listed = sum(line.startswith(("- ", "· ")) for one in found for line in one.text.splitlines())
    assert str(2000 - listed) in found[-1].text.splitlines()[-1]
    assert "I1999" in found[0].text  # the most overdue


texts = st.text(max_size=300)


anything = st.builds(
    Case, st.sampled_from(CaseKind), texts, st.none() | st.floats(0, 4e9), texts, texts, texts,
    st.integers(0, 10**9), texts, texts, act=texts, code=texts,
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(anything, max_size=40, unique_by=lambda one: one.key))
def test_whatever_is_outside_stays_within_lines_and_sizes_and_calls_nobody(cases: list[Case]) -> None:
    found = messages(bulletin(*cases), lang="zh", limit=2048)
    told = "\n".join(one.text for one in found)
    assert all(line.isprintable() for line in told.split("\n"))
    assert not set("<>@") & set(told)
    assert len(found) <= MESSAGES
    assert all(len(one.text.encode()) <= 2048 for one in found)
    assert sorted(one.key for page in found for one in page.cases) == sorted(one.key for one in cases)


def test_a_mention_in_a_name_is_only_text() -> None:
    """飞书 reads `<at user_id="all">` and 企业微信 `<@all>` in any text."""
    named = Case(CaseKind.LATE, "I", NOW - 9, "I", "I", "<@all>", 1, "F", '<at user_id="all"></at>')
    (told,) = messages(bulletin(named), lang="en", limit=2048)
    assert "＜＠all＞" in told.text
    assert "<at" not in told.text


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("field", [field for field in Field if field is not Field.REFUND])
def test_every_change_has_its_words(field: Field, lang: str) -> None:
    """A refund has a case of its own, and is never to be acknowledged."""
    case = Case(CaseKind.CHANGED, "x", NOW, "I", "I", change=field)
    (told,) = messages(bulletin(case), lang=lang, limit=2048)
    assert f"notice.change.{field}" not in told.text
    assert "?" not in told.text


def test_a_program_gets_the_same_as_records() -> None:
    assert case_record(LATE) == {
        "kind": "late", "order_id": "O1", "item_id": "I1", "sku_code": "SJK-15P", "quantity": 2, "partner_id": "880011",
        "at": "2025-11-14T04:55:00+08:00", "act": None, "error_code": None,
        "change": None,
    }  # fmt: skip


def test_a_test_says_that_it_is_one() -> None:
    assert "quiet hours 22:00-07:00" in trial_text("shop-a", lang="en", quiet="22:00-07:00")
    assert trial_text("shop-a", lang="zh", quiet="").startswith("【dropship】shop-a：测试消息")
