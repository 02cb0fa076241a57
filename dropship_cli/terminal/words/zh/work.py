"""Chinese sentences about the work itself: bindings, items, allocation, shipment, carriers, the journal."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    # Bindings
    "binding.itself": ("店铺不能与自己绑定[：{factory_id}]", "请填另一个店铺的编号"),
    "binding.applied_already": (
        "已向厂家 {factory_id} 申请，对方还没有答复",
        "等待答复；`dropship sync` 会取回结果",
    ),
    "binding.bound_already": ("厂家 {factory_id} 已绑定", "无需操作"),
    "binding.none": ("没有[商家 {partner_id} 的]申请", "运行 `dropship sync`，再看 `dropship bindings`"),
    "binding.not_pending": (
        "[{partner_id} 的]申请不在等待答复[：{state}]",
        "用 `dropship bindings` 查看状态",
    ),
    "binding.not_active": (
        "[店铺 {factory_id} ]没有绑定",
        "用 `dropship bindings` 查看；用 `dropship bind FACTORY_ID` 申请",
    ),
    "binding.unknown_shop": ("没有店铺 {factory_id}", "请与厂家核对编号"),
    "binding.not_factory": (
        "店铺 {factory_id} 不是厂家，或还没有选择身份",
        "请对方运行 `dropship role choose factory`，或核对编号",
    ),
    # What the platform can't or won't
    "platform.cannot": (
        "该平台没有提供{act}的接口",
        "请在平台后台操作[：{where}]；之后 `dropship sync` 会读取结果",
    ),
    "console.only": ("在该平台上只能在后台{act}", "请到后台操作[：{where}]；之后 `dropship sync` 会读取结果"),
    "platform.refused": ("平台拒绝了[：{said}]", "[平台日志号 {log_id}；]`dropship log` 保留了平台的回答"),
    "platform.limited": (
        "平台提示调用过于频繁",
        "没有做任何更改；稍后运行 `dropship sync`，或调低设置 `rate`",
    ),
    # Items and orders
    "item.unknown": (
        "[{item}：]这里没有这个商品",
        "运行 `dropship sync` 并核对编号；绑定前付款的订单不会出现",
    ),
    "item.ambiguous": ("[{item}：]数量只能对一个商品，而该订单有[ {items} 个]", "请写成 订单编号/子订单编号"),
    "order.unknown": ("[{order}：]这里没有这个订单", "运行 `dropship sync` 并核对编号"),
    "order.before_binding": (
        "[{order}：]订单在首次绑定[（{bound_at}）]之前付款，平台不会在这里显示",
        "用 `dropship orders import 文件` 从后台导出文件导入，再自己发货或分配给平台外厂家",
    ),
    # Allocation
    "allocate.not_bound": (
        "[厂家 {factory_id} ]没有与本店绑定",
        "用 `dropship bindings` 查看；用 `dropship bind FACTORY_ID` 申请；"
        "平台外的厂家用 `dropship factory add NAME` 添加",
    ),
    "allocate.before_binding": (
        "订单在与该厂家[（{factory_id}）]绑定之前付款",
        "分配给当时已绑定的厂家或平台外厂家，或自己发货",
    ),
    "allocate.shipped": ("[{item}：]已[由{shipped_by}]发货", "无需操作"),
    "allocate.refund_open": ("[{item}：]买家已申请退款", "请先处理退款"),
    "allocate.closed": ("[{item}：]订单已关闭", "无需操作"),
    "allocate.allocated_already": (
        "[{item}：]已分配[给厂家 {factory_id}]",
        "用 `dropship unallocate ITEM` 取消分配，或加上 `--reallocate` 一次完成",
    ),
    "allocate.contradicts": ("[{item}：]文件中的行互相矛盾[：{factories}]", "文件中只留一个"),
    "allocate.not_allocated": ("[{item}：]没有分配给任何厂家", "无需取消"),
    # Shipment
    "ship.shipped_already": (
        "[{item}：]已[由{shipped_by}]发货[：{packages}]",
        "只有发货的一方能用 `dropship ship --amend` 更正单号",
    ),
    "ship.refund_open": ("[{item}：]买家已申请退款", "不要发货；如要拒绝退款，加上 `--reject-refund`"),
    "ship.closed": ("[{item}：]订单已关闭", "不要发货"),
    "ship.not_allocated": (
        "[{item}：]没有（或不再）分配给本厂",
        "不要发货；询问商家，或运行 `dropship sync`",
    ),
    "ship.quantity_wrong": ("[{item}：]数量不对[：给了 {wanted} 件，还剩 {left} 件待发]", "请更正数量"),
    "ship.wrong_sum": (
        "[{item}：]各包裹合计必须等于剩余数量[：给了 {wanted} 件，还剩 {left} 件待发]",
        "每个包裹一行，数量合计等于剩余数量",
    ),
    "ship.partial_not_possible": (
        "[{item}：]该平台要求剩余数量一次发完[：给了 {wanted} 件，还剩 {left} 件待发]",
        "等所有包裹备好后一起提交",
    ),
    "ship.contradicts": (
        "[{item}：]文件中的行互相矛盾[：{numbers}]",
        "请更正文件；一个商品多个包裹时每行都要写数量",
    ),
    "ship.allocated_elsewhere": (
        "[{item}：]已分配给别人[：厂家 {factory_id}]",
        "由该厂家发货，或先用 `dropship unallocate ITEM` 取消分配",
    ),
    "ship.other_number": (
        "[{item}：]已用另一个单号发货[：{packages}]",
        "加上 `--amend` 更正",
    ),
    "ship.not_shipped": ("[{item}：]还没有发货，没有单号可更正", "去掉 `--amend` 发货"),
    "ship.state": (
        "[{item}：]平台上的状态不允许发货[：{said}]",
        "运行 `dropship sync`，再用 `dropship order ORDER_ID` 查看",
    ),
    "ship.no_sender_address": ("店铺在平台上没有发货地址", "在平台后台设置后重新运行"),
    # Carriers and numbers
    "carrier.unknown": (
        "[{given} ]不是已知的快递公司[；相近的有：{nearest}]",
        "用 `dropship carriers WORD` 查找名称或代码",
    ),
    "carrier.ambiguous": (
        "[{given} ]可能是多家快递公司[：{nearest}]",
        "请写 `dropship carriers WORD` 显示的代码",
    ),
    "tracking.implausible": (
        "[{item}：]单号[ {tracking_number} ]不符合该快递公司[（{carrier}）]的格式",
        "请核对；仍按原样发送",
    ),
    "tracking.invalid": ("[{number} ]不是快递单号", "应为 4 到 40 位字母、数字和连字符"),
    # The journal
    "operation.pending": (
        "[{item}：]对它的另一个操作正在进行[：{act}，{state}]",
        "运行 `dropship sync`，再看 `dropship queue`",
    ),
    "operation.unknown": ("没有操作 {op_id}", "用 `dropship queue` 查看"),
    "operation.not_droppable": (
        "操作 {op_id} 不能丢弃[：{state}]",
        "只有排队中或结果未知的可以；用 `dropship queue` 查看",
    ),
    "operation.predecessor": ("必须先完成的操作没有完成", "用 `dropship log` 查看，然后重新提交"),
    "conflict.changed_elsewhere": (
        "[{item}：]期间被别人改动了[：想要 {wanted}，实际 {seen}]",
        "运行 `dropship sync`，用 `dropship order ORDER_ID` 查看后再决定",
    ),
    # What the platform says of a row
    "allocate.paid_before_binding": (
        "订单在与该厂家绑定之前付款",
        "分配给当时已绑定的厂家，或自己发货",
    ),
    "binding.no_such_shop": (
        "没有这个店铺[：{factory_id}]",
        "请与对方核对编号",
    ),
    "binding.not_a_factory": (
        "店铺[ {factory_id} ]不是厂家，或还没有选择身份",
        "请对方运行 `dropship role choose factory`，或核对编号",
    ),
    "binding.shop_not_open": (
        "店铺[ {factory_id} ]在平台上还没有开通",
        "请对方先开通店铺",
    ),
    "role.chosen_already": (
        "身份已经选择",
        "用 `dropship role` 查看；还没有绑定申请时可用 `dropship role switch` 更改",
    ),
    "item.none": (
        "平台上没有这个商品，或不向本店显示",
        "请核对编号；`dropship sync` 会重新读取",
    ),
    "order.none": (
        "平台上没有这个订单，或不向本店显示",
        "请核对编号；`dropship sync` 会重新读取",
    ),
    "ship.refunded": (
        "[{item}：]发货前已退款",
        "不要发货",
    ),
    "ship.under_review": (
        "[{item}：]平台正在对订单做风险审核",
        "等一两个小时后重新运行",
    ),
    "ship.supply_chain": (
        "[{item}：]这是供应链订单，由供应商发货",
        "不要发货",
    ),
    "ship.platform_warehouse": (
        "[{item}：]由平台仓库发货",
        "不要发货",
    ),
    "ship.other_receiver": (
        "[{item}：]收件人不同的订单不能合并发货",
        "请各用自己的快递单号",
    ),
    "ship.serial_number": (
        "[{item}：]平台要求填写序列号",
        "请在平台后台发货",
    ),
    "ship.which_package": (
        "[{item}：]它分几个包裹发出，或没有已知的包裹[：{packages}]",
        "用 `--replaces NUMBER` 指明要更正的单号",
    ),
    "amend.state": (
        "[{item}：]平台上的状态不允许更正[：{said}]",
        "请在平台后台更正",
    ),
    "amend.failed": (
        "[{item}：]平台没有更正成功[：{said}]",
        "稍后重试，或在平台后台更正",
    ),
    "tracking.used": (
        "[{item}：]该快递单号已被使用[：{said}]",
        "请核对单号",
    ),
    "operation.ended": (
        "操作 {op_id} 已结束[：{state}]",
        "如仍需要，请重新提交",
    ),
    "operation.dropped": (
        "已丢弃：所要求的内容不再发送",
        "如仍需要，请重新提交",
    ),
    "restore.sync_first": (
        "数据刚从备份恢复，之后发生的事还不知道",
        "运行 `dropship sync`；它会先完整读取，再发送",
    ),
}
