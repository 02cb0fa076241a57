"""The carriers as data: the fallback table and the code that means two of them; no rule of finding is in here.

Neutral codes and Chinese names are 快递100's (files-and-carriers.md section 5; doudian.md section 7, "Carriers").
Other systems' codes stand among the aliases. A platform's own list, read at run time, goes before this one.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier: our neutral code, its Chinese name, what else people call it.

    `platform_code` is filled where a platform's list has another code than ours.
    """

    code: str
    name: str
    english: str = ""
    aliases: tuple[str, ...] = ()
    platform_code: str = ""


CARRIERS: tuple[Carrier, ...] = (
    Carrier("zhongtong", "中通快递", "ZTO Express", ("ZTO", "中通")),
    Carrier("yuantong", "圆通速递", "YTO Express", ("YTO", "圆通", "圆通快递")),
    Carrier("yunda", "韵达快递", "Yunda Express", ("YD", "YUNDA", "韵达")),
    Carrier("shentong", "申通快递", "STO Express", ("STO", "申通")),
    Carrier("jtexpress", "极兔速递", "J&T Express", ("J&T", "JT", "JTSD", "极兔", "极兔快递")),
    Carrier("shunfeng", "顺丰速运", "SF Express", ("SF", "顺丰", "顺丰快递")),
    Carrier("ems", "EMS", "EMS", ("邮政EMS", "中国邮政EMS", "EMS快递", "邮政特快专递", "特快专递")),
    Carrier(
        "youzhengguonei",
        "邮政快递包裹",
        "China Post",
        ("YZPY", "YZXB", "POSTB", "中国邮政", "邮政", "邮政快递", "邮政包裹", "邮政小包", "邮政国内"),
    ),
    Carrier("youzhengbk", "邮政标准快递", "China Post Standard", ("邮政标快",)),
    Carrier("youzhengdsbk", "邮政电商标快", "China Post E-commerce", ("电商标快",)),
    Carrier("jd", "京东快递", "JD Logistics", ("JD", "JDL", "JD Express", "京东", "京东物流")),
    Carrier("debangkuaidi", "德邦快递", "Deppon Express", ("DBL", "DBKD", "DB", "Deppon", "德邦")),
    Carrier("debangwuliu", "德邦物流", "Deppon Logistics"),
    Carrier("danniao", "丹鸟", "Danniao", ("丹鸟快递", "丹鸟物流", "菜鸟速递", "菜鸟")),
    Carrier("fengwang", "丰网速运", "Fengwang", ("丰网",)),
    Carrier("zhongyouex", "众邮快递", "Zhongyou Express", ("众邮",)),
    Carrier("shunfengkuaiyun", "顺丰快运", "SF Freight"),
    Carrier("yuantongkuaiyun", "圆通快运", "YTO Freight"),
    Carrier("zhongtongkuaiyun", "中通快运", "ZTO Freight"),
    Carrier("zhongtongguoji", "中通国际", "ZTO International"),
    Carrier("yundakuaiyun", "韵达快运", "Yunda Freight"),
    Carrier("jingdongkuaiyun", "京东快运", "JD Freight"),
    Carrier("huitongkuaidi", "百世快递", "Best Express", ("百世", "百世汇通", "汇通快递")),
    Carrier("baishiwuliu", "百世快运", "Best Freight", ("百世物流",)),
    Carrier("annengwuliu", "安能物流", "ANE Logistics", ("ANE", "安能", "安能快运")),
    Carrier("kuayue", "跨越速运", "KYE Express", ("KYE", "跨越", "跨越物流")),
    Carrier("yimidida", "壹米滴答", "Yimidida"),
    Carrier("sxjdfreight", "顺心捷达", "SXJD Freight", ("顺心",)),
    Carrier("zhaijisong", "宅急送", "ZJS Express", ("ZJS",)),
    Carrier("youshuwuliu", "优速快递", "UC Express", ("优速", "优速物流")),
    Carrier("suning", "苏宁物流", "Suning Logistics", ("苏宁", "苏宁快递")),
    Carrier("tiantian", "天天快递", "TTK Express", ("TTK", "天天")),
    Carrier("suer", "速尔快递", "Suer Express", ("速尔", "速尔物流")),
    Carrier("guotongkuaidi", "国通快递", "GTO Express", ("GTO", "国通")),
    Carrier("tiandihuayu", "天地华宇", "Hoau Logistics", ("华宇物流",)),
    Carrier("xinbangwuliu", "新邦物流", "Xinbang Logistics", ("新邦",)),
    Carrier("kuaijiesudi", "快捷速递", "Fast Express", ("快捷", "快捷快递")),
)

# One code, two carriers, by who wrote the file: HTKY is 百世 at WeChat and 极兔 at Taobao.
FALSE_FRIENDS: dict[str, tuple[str, ...]] = {"HTKY": ("百世快递", "极兔速递")}
