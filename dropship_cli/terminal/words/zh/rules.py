"""Chinese sentences about the rules of `allocate --auto`."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "rule.no_rules": (
        "还没有规则",
        "用 `dropship rules add --default --to FACTORY_ID` 把全部商品分给一个厂家",
    ),
    "rule.none": (
        "没有符合的规则",
        "用 `dropship rules explain ITEM` 查看原因；手动分配，或加一条 `--default` 规则",
    ),
    "rule.exhausted": (
        "有符合的规则，但厂家都不能接[：{rules}]",
        "用 `dropship rules explain ITEM` 查看原因；手动分配，或在后面再加一条规则",
    ),
    "rule.unknown": ("没有规则 {rule}", "用 `dropship rules list` 查看"),
    "rule.nothing_to_undo": ("没有可以撤销的规则更改", "用 `dropship log` 查看更改记录"),
    "rule.repeated": (
        "规则 {rule} 已把同样的商品分给同一厂家，只是份额或每日上限不同",
        "先删除它：`dropship rules remove {rule}`",
    ),
    "rule.repeated_row": (
        "另一行已把同样的商品分给同一厂家，只是份额或每日上限不同",
        "文件中只留一个",
    ),
    "rule.others_wrong": ("没有导入，因为别的行有错", "改好别的行后重新导入"),
    "rule.number": ("[{column}：]数字不对[：{given}]", "请写 1 或更大的整数"),
    "usage.conditions_or_default": (
        "规则需要厂家，以及条件或 `--default` 二者之一",
        "请给出 `--to`，并给出 `--sku`、`--product`、`--spec` 或 `--region`，或用 `--default` 表示全部",
    ),
    "usage.not_with_auto": ("{flag} 不能与 `--auto` 同用", "由规则决定分给谁；请去掉 {flag}"),
}

NOTES: dict[str, str] = {
    "act.rules": "管理规则",
    "act.rule_add": "添加规则",
    "act.rule_remove": "删除规则",
    "act.rule_undo": "撤销规则更改",
    "act.rule_import": "导入规则",
    "act.rule_learn": "采用建议的规则",
    "column.rule": "规则",
    "column.priority": "优先级",
    "column.share": "份额",
    "column.today": "今日",
    "column.capacity": "每日上限",
    "column.capacity_in_force": "每日上限",
    "column.fights": "冲突",
    "column.bound": "已绑定",
    "column.change": "更改",
    "column.agree": "一致",
    "column.seen": "共",
    "column.why": "原因",
    "column.taken": "",
    "column.conditions": "条件",
    "column.verdict": "结论",
    "change.add": "添加",
    "change.remove": "删除",
    # Why a rule was taken, or not
    "rule.anything": "全部",
    "rule.taken": "采用",
    "rule.by_share": "按份额",
    "rule.with_order": "与同一订单的其他商品一起",
    "rule.instead": "采用，因为前面的规则不能接",
    "rule.going": "正在分配中",
    "rule.misfit": "{condition}不符[：{found}]",
    "rule.later": "符合，但[规则 {rule} ]在先",
    "rule.others_turn": "符合，但这次轮到厂家 {factory_id}",
    "rule.full": "今日已满：{count}/{capacity}",
    "rule.no_room_for_order": "今日余量不够整个订单（{count}/{capacity}）",
    "rule.had_it": "曾分给厂家 {factory_id}，已取消或被拒绝",
    "rule.passed_over": "不用规则 {rule}（{why}）",
    # What else is said about rules
    "rule.fight": "规则 {rules} 冲突：条件和优先级相同，厂家不同，且没有都写份额",
    "rule.not_bound": "厂家 {factory_id} 没有绑定，它的规则会跳过",
    "rule.fights": "与规则 {rules} 冲突",
    "rule.unbound": "厂家 {factory_id} 没有绑定",
    "rule.exported": "已写出 {count} 条规则：{path}",
    "rule.has": "{item} 已在厂家 {factory_id}，或正在分配[（规则 {rule}）]；下面按未分配来看",
    "rule.nobody": "{item}：没有规则接收",
    "rule.held": "{item} 已暂扣：`dropship release` 之前规则不会分配它；以上按未暂扣来看",
    "rule.take_confirm": "采用这 {count} 条规则？",
}
