"""Where invented buyers live: a few regions as the platform names them."""

from dropship_cli.sandbox.receivers import Region

REGIONS = (
    Region("浙江省", "金华市", "义乌市", "稠江街道"),
    Region("广东省", "广州市", "白云区", "太和镇"),
    Region("江苏省", "苏州市", "常熟市", "虞山街道"),
    Region("内蒙古自治区", "呼伦贝尔市", "海拉尔区", "正阳街道"),
    Region("上海市", "上海市", "长宁区", "新泾镇"),
    Region("新疆维吾尔自治区", "乌鲁木齐市", "天山区", ""),
    Region("四川省", "成都市", "武侯区", "簇桥街道"),
    Region("广东省", "东莞市", "长安镇", ""),
)


def another(region: Region) -> Region:
    """A region that is not this one, always the same for the same one."""
    return next(one for one in REGIONS if one.province != region.province)
