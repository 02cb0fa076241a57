"""The encoding is found on the whole file by the rule of the evidence page, or the line is named."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.domain.errors import UsageError
from dropship_cli.files.encoding import choose


def chosen(content: bytes, given_encoding: str | None = None) -> str:
    return choose(io.BytesIO(content), file="f.csv", given=given_encoding)


def _is_trap(word: str) -> bool:
    """Whether GBK's bytes of it are valid UTF-8 of two-byte characters, as 圆通's are."""
    try:
        return all(ord(letter) < 0x800 for letter in word.encode("gbk").decode("utf-8"))
    except UnicodeError:
        return False


HANZI = [chr(point) for point in range(0x4E00, 0x9FA6)]
TRAPS = [letter for letter in HANZI if _is_trap(letter)]
COMMON = [
    bytes([high, low]).decode("gb2312")
    for high in range(0xB0, 0xD8)
    for low in range(0xA1, 0xFF)
    if (high, low) < (0xD7, 0xFA)
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"])
def test_chinese_is_read_in_each_encoding(encoding: str) -> None:
    text = "代发订单号,快递公司\r\n6923007,中通快递\r\n"
    raw = text.encode(encoding)
    assert raw.decode(chosen(raw)).removeprefix("\ufeff") == text


def test_yuantong_in_gbk_is_not_taken_for_utf8() -> None:
    raw = b"item_id,carrier\n1," + "圆通".encode("gbk")
    assert raw.decode("utf-8")
    assert chosen(raw) == "gb18030"


def test_ascii_is_utf8_and_one_word_a_million_bytes_on_is_seen() -> None:
    assert chosen(b"item_id,carrier\n1,ZTO\n") == "utf-8"
    late = b"item_id,carrier\n" + b"1,ZTO\n" * 400_000
    assert chosen(late + "1,圆通\n".encode("gbk")) == "gb18030"
    assert chosen(late + "1,中通\n".encode()) == "utf-8"


def test_a_character_cut_by_the_pieces_of_reading_is_whole() -> None:
    for shift in range(4):
        assert chosen(b"x" * ((1 << 20) - shift) + "中通".encode()) == "utf-8"


@given(st.lists(st.sampled_from(TRAPS), min_size=1, max_size=12).map("".join))
def test_words_of_the_trap_are_gb18030(word: str) -> None:
    assert chosen(b"item_id,carrier\n1," + word.encode("gbk") + b"\n") == "gb18030"


@given(st.lists(st.sampled_from(HANZI), min_size=1, max_size=12).map("".join))
def test_hanzi_in_utf8_are_utf8(word: str) -> None:
    assert chosen(b"item_id,carrier\n1," + word.encode() + b"\n") == "utf-8"


def test_there_are_as_many_trap_words_as_the_evidence_counts() -> None:
    """682 of the 3,760 hanzi that GB2312 puts first, give or take how one counts them."""
    assert sum(letter in set(TRAPS) for letter in COMMON) == pytest.approx(682, abs=5)


def test_short_gbk_words_are_nearly_always_read() -> None:
    import random

    dice = random.Random(18)
    wrong = sum(
        chosen(b"carrier\n" + "".join(dice.choices(COMMON, k=dice.randint(1, 8))).encode("gbk")) != "gb18030"
        for _ in range(5_000)
    )
    assert wrong <= 25  # the evidence page measured 27 of 20,000


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"\xef\xbb\xbfitem_id\n1\n" + "中通".encode("gbk"), 3),
        ("代发订单号\n1\n".encode() + b"\xff\xff\n", 3),
        (b"a\n\x80\x80\xff", 2),
        (b"\xef\xbb\xbfa\n\xef", 2),
        (b"a\r\xff\xff\r", 2),
        ("代\n".encode("utf-16") + b"\x00", 1),
    ],
)
def test_what_no_encoding_reads_is_refused_with_its_line(raw: bytes, line: int) -> None:
    with pytest.raises(UsageError, match=r"file\.encoding") as error:
        chosen(raw)
    assert int(str(error.value.values["line"])) >= line


@pytest.mark.parametrize("name", ["nonsense", "hex", "rot13", "zlib", "a\0b"])
def test_an_encoding_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match=r"file\.unknown_encoding"):
        chosen(b"a", name)


def test_half_a_mark_is_no_file() -> None:
    """Python's own utf-8-sig reads these bytes as nothing."""
    for raw in (b"\xef", b"\xef\xbb"):
        for name in ("utf-8", "utf-8-sig"):
            with pytest.raises(UsageError, match=r"file\.encoding"):
                chosen(raw, name)


def test_the_users_word_wins() -> None:
    big5 = "訂單,快遞\n".encode("big5")
    assert chosen(big5, "big5") == "big5"
    assert chosen("é\n".encode("latin-1"), "latin-1") == "iso8859-1"
    assert chosen("镕\n".encode("gbk"), "GB2312") == "gb18030"
    with pytest.raises(UsageError, match=r"file\.encoding"):
        chosen("圆通\n".encode("gbk") + b"\xff", "utf-8")


@given(
    st.binary(max_size=200),
    st.sampled_from([None, "utf-8", "gb18030", "utf-16", "big5", "utf-7", "idna", "punycode"]),
)
def test_any_bytes_have_an_encoding_that_reads_them_whole_or_are_refused(
    raw: bytes, name: str | None
) -> None:
    try:
        codec = chosen(raw, name)
    except UsageError:
        return
    raw.decode(codec)
