"""Receivers: invented people with their ciphers and masks; no real person's data enters the sandbox.

Forms from doudian.md section 7. The ciphers hide nothing from whoever holds the ledger; they only have the
shape that clients must carry around unharmed.
"""

import base64
import hashlib
from dataclasses import dataclass
from enum import IntEnum

_FAMILY = "王李张刘陈杨赵黄周吴徐孙朱马胡郭林何高罗郑梁谢宋唐许韩冯邓曹"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍鹏宇欣怡子涵梓轩若曦"
_MOBILE = ("130", "135", "138", "139", "150", "158", "177", "186", "188", "199")
_ROADS = ("人民路", "解放路", "建设路", "中山路", "和平街", "新华街", "文化路", "学府路", "滨河路", "长江路")


class Kind(IntEnum):
    """``data_type`` of a cipher text."""

    ADDRESS = 1
    NAME = 2
    PHONE = 3


@dataclass(frozen=True, slots=True)
class Region:
    """Province, city, district and street by name."""

    province: str
    city: str
    district: str
    street: str


@dataclass(frozen=True, slots=True)
class Receiver:
    """One invented receiver in plain text."""

    name: str
    phone: str
    detail: str


def invent(key: str) -> Receiver:
    """The receiver that belongs to ``key``, always the same one."""
    seed = int.from_bytes(hashlib.sha256(f"receiver {key}".encode()).digest())
    seed, family = divmod(seed, len(_FAMILY))
    seed, first = divmod(seed, len(_GIVEN))
    seed, second = divmod(seed, len(_GIVEN))
    seed, prefix = divmod(seed, len(_MOBILE))
    seed, tail = divmod(seed, 10**8)
    seed, road = divmod(seed, len(_ROADS))
    seed, house = divmod(seed, 400)
    seed, door = divmod(seed, 30)
    return Receiver(
        name=_FAMILY[family] + _GIVEN[first] + _GIVEN[second],
        phone=f"{_MOBILE[prefix]}{tail:08d}",
        detail=f"{_ROADS[road]}{house + 1}号{seed % 18 + 1}单元{door + 1}01室",
    )


def virtual_phone(key: str) -> tuple[str, str]:
    """The number and the extension that stand for the phone of the order ``key``, always the same ones."""
    seed = int.from_bytes(hashlib.sha256(f"virtual {key}".encode()).digest())
    return f"184{seed % 10**8:08d}", f"{seed // 10**8 % 10**4:04d}"


def receiver_id(receiver: Receiver, region: Region) -> str:
    """Thirty-two hex digits, the same for the same name, phone and full address."""
    full = (receiver.name, receiver.phone, *_parts(region), receiver.detail)
    return hashlib.sha256("|".join(full).encode()).hexdigest()[:32]


def region_id(*names: str) -> str:
    """The id of a region: six digits of its path of names; ``0`` for a missing one (our decision)."""
    if not names[-1]:
        return "0"
    return str(100_000 + int.from_bytes(hashlib.sha256("/".join(names).encode()).digest()[:4]) % 900_000)


def cipher(kind: Kind, plain: str, order_id: str) -> str:
    """The cipher text of one receiver field of one order: search index, ``*``, body, version."""
    index = base64.b64encode(hashlib.sha256(f"{kind}{plain}".encode()).digest()[:15]).decode()
    body = base64.b64encode(hashlib.sha256(f"{order_id}{kind}{plain}".encode()).digest()).decode()
    return f"$${index}*{body}$1$$" if kind is Kind.PHONE else f"##{index}*{body}#1##"


def mask(kind: Kind, plain: str) -> str:
    """The text with stars that may be shown: ``王**``, ``13*******64``."""
    match kind:
        case Kind.NAME:
            return plain[:1] + "*" * (len(plain) - 1)
        case Kind.PHONE:
            return plain[:2] + "*" * (len(plain) - 4) + plain[-2:]
        case Kind.ADDRESS:
            return "*" * len(plain)


def _parts(region: Region) -> tuple[str, str, str, str]:
    return region.province, region.city, region.district, region.street
