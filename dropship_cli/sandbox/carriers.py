"""The carriers that the sandbox knows, as the platform's company list gives them: id, code, name.

Codes and the ids up to 1021 are Doudian's (doudian.md section 7, files-and-carriers.md section 5); ids from
9001 on are our decision, because no source has the real ones.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Carrier:
    """One carrier; ``prefix`` begins the numbers of its e-waybills."""

    id: int
    code: str
    name: str
    prefix: str = "90"


ALL = (
    Carrier(12, "shunfeng", "顺丰速运", "SF1"),
    Carrier(15, "zhongtong", "中通快递", "76"),
    Carrier(7, "yuantong", "圆通快递", "YT7"),
    Carrier(9, "yunda", "韵达快递", "43"),
    Carrier(8, "shentong", "申通快递", "77"),
    Carrier(1021, "jtexpress", "极兔速递", "JT5"),
    Carrier(17, "ems", "EMS", "10"),
    Carrier(19, "youzhengguonei", "邮政快递包裹", "98"),
    Carrier(30, "jd", "京东快递", "JDV0"),
    Carrier(13, "debangwuliu", "德邦快递", "DPK3"),
    Carrier(9001, "danniao", "丹鸟物流", "61"),
    Carrier(9002, "fengwang", "丰网速运", "FW"),
    Carrier(9003, "zhongyouex", "众邮快递", "ZY"),
    Carrier(9004, "debangkuaidi", "德邦快递(旧)", "DPL"),
    Carrier(9005, "shunfengkuaiyun", "顺丰快运", "SF2"),
    Carrier(9006, "yuantongkuaiyun", "圆通快运", "YTK"),
    Carrier(9007, "zhongtongkuaiyun", "中通快运", "20"),
    Carrier(9008, "zhongtongguoji", "中通国际", "21"),
    Carrier(9009, "yundakuaiyun", "韵达快运", "22"),
    Carrier(9010, "jingdongkuaiyun", "京东快运", "JDK"),
    Carrier(9011, "youzhengbk", "邮政标准快递", "99"),
    Carrier(9012, "youzhengdsbk", "邮政电商标快", "97"),
    Carrier(9013, "huitongkuaidi", "百世快递", "55"),
    Carrier(9014, "baishiwuliu", "百世快运", "56"),
    Carrier(9015, "annengwuliu", "安能物流", "30"),
    Carrier(9016, "kuayue", "跨越速运", "KY"),
    Carrier(9017, "yimidida", "壹米滴答", "31"),
    Carrier(9018, "sxjdfreight", "顺心捷达", "32"),
    Carrier(9019, "zhaijisong", "宅急送", "A0"),
    Carrier(9020, "youshuwuliu", "优速快递", "51"),
    Carrier(9021, "suning", "苏宁物流", "SN"),
    Carrier(9022, "tiantian", "天天快递", "66"),
    Carrier(9023, "suer", "速尔快递", "88"),
    Carrier(9024, "guotongkuaidi", "国通快递", "36"),
    Carrier(9025, "tiandihuayu", "天地华宇", "HY"),
    Carrier(9026, "xinbangwuliu", "新邦物流", "XB"),
    Carrier(9027, "kuaijiesudi", "快捷速递", "58"),
    Carrier(9028, "jiayunmeiwuliu", "加运美", "JY"),
    Carrier(9029, "lianhaowuliu", "联昊通", "LH"),
    Carrier(9030, "rufengda", "如风达", "RF"),
)
BY_CODE = {carrier.code: carrier for carrier in ALL}
_BY_NAME = {carrier.name: carrier for carrier in ALL}


def named(name: str) -> Carrier | None:
    """The carrier that a merchant's export means by ``name``: its name, its code, or a name that begins so."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    if name.lower() in BY_CODE:
        return BY_CODE[name.lower()]
    near = [carrier for carrier in ALL if len(name) > 1 and carrier.name[:2] == name[:2]]
    return near[0] if near else None
