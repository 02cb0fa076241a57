"""Which items a condition fits."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.domain.item import Item
from dropship_cli.domain.matching import exactness, fits, fits_region, misfit

ZHEJIANG = "浙江省 金华市 义乌市"


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("XD-FR1", "XD-FR1", True),
        ("xd-fr1", "XD-FR1", True),  # case says nothing
        ("ＸＤ－ＦＲ１", "XD-FR1", True),  # nor does width
        ("XD-FR1", "XD-FR10", False),  # the whole text, not a beginning
        ("XD-*", "XD-FR1", True),
        ("XD-*", "XD-", True),
        ("*-FR?", "XD-FR1", True),
        ("*-FR?", "XD-FR", False),
        ("X?-FR1", "XD-FR1", True),
        ("*手机壳*磨砂*", "手机壳 适用iPhone 防摔 <磨砂>", True),
        ("*磨砂*手机壳*", "手机壳 适用iPhone 防摔 <磨砂>", False),
        ("山核桃仁 250g*2罐", "山核桃仁 250g*2罐", True),  # a star in a title stands for itself too
        ("颜色:黑;尺码:?", "颜色:黑;尺码:M", True),
        ("[36-37]", "3", False),  # brackets are no wildcards
        ("[36-37]", "[36-37]", True),
        ("a.c", "abc", False),
        ("?*", "", False),  # has a SKU code at all
        ("ab*ba", "aba", False),  # the two ends may not overlap
        ("*ab*ab", "ab", False),
    ],
)  # fmt: skip
def test_a_condition_fits_whole_texts_with_wildcards(pattern: str, text: str, *, expected: bool) -> None:
    assert fits(pattern, text) is expected


@pytest.mark.parametrize(
    ("pattern", "region", "expected"),
    [
        ("浙江", ZHEJIANG, True),
        ("浙江省", ZHEJIANG, True),
        ("义乌", ZHEJIANG, True),
        ("金华市", ZHEJIANG, True),
        ("浙江 义乌", ZHEJIANG, True),
        ("浙江省金华市", ZHEJIANG, True),
        ("浙江省金华", ZHEJIANG, True),
        ("义乌 浙江", ZHEJIANG, False),
        ("江苏", ZHEJIANG, False),
        ("新疆、西藏，浙江", ZHEJIANG, True),
        ("新疆|西藏", ZHEJIANG, False),
        ("新疆", "新疆维吾尔自治区 乌鲁木齐市 天山区", True),
        ("内蒙", "内蒙古自治区 呼伦贝尔市 海拉尔区", True),
        ("海", "内蒙古自治区 呼伦贝尔市 海拉尔区", False),
        ("海南", "海南省 海口市 龙华区", True),
        ("海南", "青海省 海南藏族自治州 共和县", False),  # the province's name is not the prefecture's
        ("吉林", "吉林省 长春市 朝阳区", True),
        ("吉林市", "吉林省 长春市 朝阳区", False),
        ("朝阳", "吉林省 长春市 朝阳区", True),
        ("辽宁 朝阳", "吉林省 长春市 朝阳区", False),
        ("恩施", "湖北省 恩施土家族苗族自治州 利川市", True),
        ("上海", "上海市 上海市 长宁区", True),
        ("*州市", "江苏省 苏州市 常熟市", True),
        ("浙江", "", False),
        ("、", ZHEJIANG, False),
    ],
)  # fmt: skip
def test_a_region_is_named_as_people_name_it(pattern: str, region: str, *, expected: bool) -> None:
    assert fits_region(pattern, region) is expected


def test_a_product_is_named_by_title_or_number() -> None:
    item = Item("1", "2", 1, title="手机壳 磨砂", product_id="3600000000000000106", spec="黑")
    assert misfit({"product": "手机壳*"}, item) is None
    assert misfit({"product": "3600000000000000106"}, item) is None
    assert misfit({"product": "手机壳"}, item) == "product"
    assert misfit({"product": "手机壳*", "spec": "白"}, item) == "spec"


@pytest.mark.parametrize(
    ("pattern", "level"), [("", 0), (" * ", 0), ("***", 0), ("a*", 1), ("?", 1), ("a", 2)]
)
def test_exact_conditions_say_more_than_wildcards(pattern: str, level: int) -> None:
    assert exactness(pattern) == level


@given(st.text("ab*?", max_size=12), st.text("ab", max_size=12))
def test_wildcards_mean_what_the_plain_expression_means(pattern: str, text: str) -> None:
    plain = "".join({"*": ".*", "?": "."}.get(sign, sign) for sign in pattern)
    expected = bool(re.fullmatch(plain, text)) if pattern.strip("*") else True
    assert fits(pattern, text) is (expected if pattern.strip("*") else text == "")


def test_no_pattern_is_slow() -> None:
    """A sheet from somebody else must not keep the program busy for ever."""
    began = time.process_time()
    assert not fits("*a" * 40 + "*b", "a" * 5000)
    assert time.process_time() - began < 1


@given(st.text(max_size=30), st.text(max_size=60))
def test_any_text_may_be_a_condition(pattern: str, text: str) -> None:
    assert fits(pattern, text) in (True, False)
    assert fits_region(pattern, text) in (True, False)
