"""Finding a carrier by any name people write, and never taking one house for another."""

from __future__ import annotations

import pytest

from dropship_cli.domain.carrier import (
    CARRIERS,
    Carrier,
    by_code,
    find,
    is_plausible,
    is_wellformed,
    resolve,
)
from dropship_cli.domain.errors import RefusedError

DEPPON = Carrier("debangkuaidi", "德邦快递", platform_code="debangwuliu")
LISTED = (
    DEPPON,
    Carrier("zhongtong", "中通"),
    Carrier("xiaoma", "义乌小马物流", platform_code="XM-01"),
    Carrier("htky", "极兔速递", platform_code="HTKY"),
)


def test_the_fallback_table_names_each_carrier_once() -> None:
    assert len(CARRIERS) >= 35
    assert len({carrier.code for carrier in CARRIERS}) == len(CARRIERS)
    assert len({carrier.name for carrier in CARRIERS}) == len(CARRIERS)


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda carrier: carrier.code)
def test_each_carrier_is_found_by_all_its_own_words(carrier: Carrier) -> None:
    for word in (carrier.code, carrier.name, carrier.english, *carrier.aliases):
        assert resolve(word, ()) is carrier
        assert resolve(f" {word.upper()}\t", ()) is carrier
        assert carrier in find(word, ())
    assert by_code(carrier.code) is carrier


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("中通快递(常用)", "zhongtong"),
        ("中通快递（常用）", "zhongtong"),
        ("中通速递", "zhongtong"),
        ("中 通", "zhongtong"),
        ("中通快递有限公司", "zhongtong"),
        ("ＺＴＯ", "zhongtong"),
        ("zto express", "zhongtong"),
        ("YTO", "yuantong"),
        ("圆通快递", "yuantong"),
        ("圆通速递有限公司", "yuantong"),
        ("SF Express", "shunfeng"),
        ("sf-express", "shunfeng"),
        ("顺丰", "shunfeng"),
        ("顺丰快递", "shunfeng"),
        ("STO", "shentong"),
        ("ems", "ems"),
        ("JD", "jd"),
        ("京东物流", "jd"),
        ("J&T", "jtexpress"),
        ("J&T Express", "jtexpress"),
        ("极兔", "jtexpress"),
        ("Yunda", "yunda"),
        ("YD", "yunda"),
        ("DBL", "debangkuaidi"),
        ("Deppon", "debangkuaidi"),
        ("德邦", "debangkuaidi"),
        ("德邦物流", "debangwuliu"),
        ("中通快运", "zhongtongkuaiyun"),
        ("中通(快运)", "zhongtongkuaiyun"),
        ("百世快运", "baishiwuliu"),
        ("中国邮政", "youzhengguonei"),
    ],
)
def test_names_resolve_with_and_without_their_tails(text: str, code: str) -> None:
    assert resolve(text, ()).code == code


@pytest.mark.parametrize(
    "text", ["申通快运", "极兔国际", "圆通物流", "中铁快运", "快递", "物流", "", "  ", "()", "😀", "顺丰同城"]
)
def test_another_service_of_a_house_or_no_house_at_all_is_refused(text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        resolve(text, ())
    assert refused.value.code == "carrier.unknown"
    assert refused.value.values["given"] == text
    assert refused.value.values["nearest"]


@pytest.mark.parametrize("text", ["HTKY", " htky "])
def test_a_false_friend_is_refused_with_both_carriers(text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        resolve(text, ())
    assert refused.value.code == "carrier.ambiguous"
    assert refused.value.values["nearest"] == "百世快递, 极兔速递"


@pytest.mark.parametrize(
    ("text", "near"), [("中通快第", "中通快递"), ("yunad", "韵达快递"), ("ZTO Expres", "中通快递")]
)
def test_an_unknown_name_is_refused_with_the_nearest(text: str, near: str) -> None:
    for _ in range(2):  # the second answer comes from memory
        with pytest.raises(RefusedError) as refused:
            resolve(text, ())
        assert near in str(refused.value.values["nearest"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("debangwuliu", "debangkuaidi"),
        ("德邦", "debangkuaidi"),
        ("DBL", "debangkuaidi"),
        ("xm-01", "xiaoma"),
        ("义乌小马物流", "xiaoma"),
        ("HTKY", "htky"),
        ("ZTO", "zhongtong"),
        ("中通快递", "zhongtong"),
        ("yunda", "yunda"),
    ],
)
def test_the_platforms_list_goes_first_and_ours_fills_the_rest(text: str, code: str) -> None:
    assert resolve(text, LISTED).code == code


def test_a_listed_carrier_is_answered_as_listed_by_our_words_for_it() -> None:
    assert resolve("Deppon", LISTED) is DEPPON
    assert find("ZTO", LISTED) == [LISTED[1]]
    assert resolve("德邦快递", list(LISTED)) is DEPPON


def test_a_code_that_the_platform_uses_for_another_house_is_not_sent() -> None:
    with pytest.raises(RefusedError, match=r"carrier\.ambiguous"):
        resolve("德邦物流", LISTED)


def test_two_listed_carriers_of_one_name_are_ambiguous() -> None:
    twins = (Carrier("a1", "小马快递"), Carrier("a2", "小马速递"))
    assert resolve("小马快递", twins).code == "a1"
    with pytest.raises(RefusedError, match=r"carrier\.ambiguous") as refused:
        resolve("小马", twins)
    assert refused.value.values["nearest"] == "小马快递, 小马速递"


def test_finding_looks_for_parts_of_words() -> None:
    assert {carrier.code for carrier in find("中通", ())} == {
        "zhongtong",
        "zhongtongkuaiyun",
        "zhongtongguoji",
    }
    assert find("", LISTED) == list(LISTED)
    assert [carrier.code for carrier in find("小马", LISTED)] == ["xiaoma"]
    assert find("nobody", ()) == []


@pytest.mark.parametrize(
    ("code", "number", "plausible"),
    [
        ("zhongtong", "78173786485074", True),
        ("shunfeng", "SF7696167066633", True),
        ("shunfeng", "sf7696167066633", True),
        ("shunfeng", "123456789012", True),
        ("shunfeng", "JT2722152572153", False),
        ("shunfeng", "78173786485074", False),
        ("jtexpress", "JT2722152572153", True),
        ("jtexpress", "YT3634591819266", False),
        ("yuantong", "YT3634591819266", True),
        ("yuantong", "SF7696167066633", False),
        ("zhongtong", "SF7696167066633", False),
        ("yunda", "438804308202725", True),
        ("jd", "JDVB12345678901-1-1-", True),
        ("jd", "SF7696167066633", False),
        ("ems", "EB123456789CN", True),
        ("xiaoma", "SF7696167066633", True),
        ("kuayue", "KY4000123456789", True),
        ("kuayue", "KY 4000", False),
    ],
)
def test_only_a_number_that_cannot_be_is_implausible(code: str, number: str, plausible: bool) -> None:
    assert is_plausible(code, number) is plausible


@pytest.mark.parametrize(
    ("number", "fine"),
    [
        ("ABCD", True),
        ("A" * 40, True),
        ("ABC", False),
        ("A" * 41, False),
        ("12 34", False),
        ("单号12345", False),
        ("-1234", False),
    ],
)
def test_a_tracking_number_is_four_to_forty_letters_digits_and_hyphens(number: str, fine: bool) -> None:
    assert is_wellformed(number) is fine
