"""Help texts of `price` and `statement` in Chinese."""

from __future__ import annotations

HELP: dict[str, str] = {
    "What a factory charges a merchant: a piece, and freight a package, from a day on.": (
        "厂家向商家收的价格：每件单价、每个包裹的运费，从某天起生效。"
    ),
    "For a merchant the partner is the factory, for a factory the merchant; * is every partner, or every other "
    "SKU. The price of the shipping day counts.": (
        "对商家来说对方是厂家，对厂家来说对方是商家；* 表示所有对方，或其余全部商家编码。以发货当天的价格为准。"
    ),
    "The other side's shop id; * is everyone.": "对方的店铺编号；* 表示所有对方。",
    "Only the prices of this partner.": "只看这个对方的价格。",
    "SKU code (商家编码); * is every other one.": "商家编码；* 表示其余全部。",
    "First day (2026-11-16), or always.": "从哪天起（2026-11-16），或 always（一直）。",
    "List the prices that hold or will hold.": "列出现在有效和将要生效的价格。",
    "Also those that held before.": "也列出以前的价格。",
    "Yuan a piece: 12.50.": "每件多少元：12.50。",
    "Yuan a package; else as it is, at first nothing.": "每个包裹运费多少元；不填则不变，首次为零。",
    "Set a price. Without --from it holds from today; the first one of a SKU always.": (
        "设置价格。不写 --from 则从今天起；某商家编码的第一个价格一直有效。"
    ),
    "Forget the prices of a SKU; with --from only the one that begins on this day.": (
        "删除一个商家编码的价格；写 --from 时只删除从这天起的那个。"
    ),
    "Whose prices: for rows that do not say it; * is everyone.": "没有写对方的行是谁的价格；* 表示所有对方。",
    "The other side's shop id, or a local factory's name.": "对方的店铺编号，或本地厂家的名称。",
    "2026-11, in Beijing time.": "月份，如 2026-11，北京时间。",
    "Write it to a .csv, .tsv or .xlsx sheet.": "写成 .csv、.tsv 或 .xlsx 表格。",
    "The other side's statement: show where it differs.": "对方的对账单：显示差异。",
    "Take off what this sheet lists: item, amount (扣款).": "扣除此表所列：商品、扣款。",
    "Take off the goods of items refunded after shipment (merchant).": "扣除发货后已退款商品的货款（商家用）。",
    "What a merchant owes a factory for a month: every item that it shipped, with goods, freight and total.": (
        "商家某月欠厂家多少：厂家发出的每个商品，货款、运费、合计。"
    ),
    "The price is the one of the shipping day; a package pays freight once. A refund after shipment changes nothing "
    "unless both agree: then one takes it off with --deduct-refunds, and the other reads that statement as --deduct.": (
        "以发货当天的价格为准；一个包裹只付一次运费。"
        "发货后的退款不影响金额，除非双方同意：一方用 --deduct-refunds 扣除，"
        "另一方用 --deduct 读入这份对账单。"
    ),
    "Status 1: a price is missing, or the two statements differ.": "退出码 1：缺少价格，或双方不一致。",
    "Take prices from a sheet. Every row is checked first; wrong ones leave the others alone.": (
        "从表格导入价格。先检查每一行；有错的行不影响其他行。"
    ),
    "Columns: 厂家店铺编号 factory_id (a factory: 商家店铺编号 merchant_id), 商家编码 sku_code, 单价 price, 运费 "
    "freight, 生效日期 valid_from. The first and the last two may be missing.": (
        "列：厂家店铺编号 factory_id（厂家用：商家店铺编号 merchant_id）、商家编码 sku_code、单价 price、运费 freight、"
        "生效日期 valid_from。第一列和最后两列可以没有。"
    ),
    "Write all prices to a .csv, .tsv or .xlsx sheet that `price import` reads.": (
        "把全部价格写成 .csv、.tsv 或 .xlsx 表格，`price import` 可以读回。"
    ),
}
