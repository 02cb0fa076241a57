"""English sentences about the rules of `allocate --auto`."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "rule.no_rules": (
        "there are no rules yet",
        "`dropship rules add --default --to FACTORY_ID` gives everything to one factory",
    ),
    "rule.none": (
        "no rule fits",
        "`dropship rules explain ITEM` shows why; allocate it by hand, or add a rule with `--default`",
    ),
    "rule.exhausted": (
        "rules fit, but none of their factories can take it[: {rules}]",
        "`dropship rules explain ITEM` shows why; allocate it by hand, or add a rule that comes after them",
    ),
    "rule.unknown": ("there is no rule {rule}", "`dropship rules list` shows them"),
    "rule.nothing_to_undo": (
        "there is no change of the rules to take back",
        "`dropship log` shows what was changed",
    ),
    "rule.repeated": (
        "rule {rule} gives the same items to the same factory, with another share or capacity",
        "remove it first: `dropship rules remove {rule}`",
    ),
    "rule.repeated_row": (
        "another row gives the same items to the same factory, with another share or capacity",
        "leave one of them in the file",
    ),
    "rule.others_wrong": (
        "not taken, because another row is wrong",
        "mend the other rows, then import the file again",
    ),
    "rule.number": ("[{column}: ]not a number that fits here[: {given}]", "write a whole number, 1 or more"),
    "usage.conditions_or_default": (
        "a rule needs a factory, and either a condition or `--default`",
        "give `--to` and `--sku`, `--product`, `--spec` or `--region`, or `--default` for everything",
    ),
    "usage.not_with_auto": (
        "{flag} can't be used with `--auto`",
        "the rules say which items go where; leave {flag} out",
    ),
}

NOTES: dict[str, str] = {
    "act.rules": "keep rules",
    "act.rule_add": "add a rule",
    "act.rule_remove": "remove a rule",
    "act.rule_undo": "undo a change of rules",
    "act.rule_import": "import rules",
    "act.rule_learn": "keep a proposed rule",
    "column.rule": "rule",
    "column.priority": "priority",
    "column.share": "share",
    "column.today": "today",
    "column.capacity": "a day",
    "column.capacity_in_force": "a day",
    "column.fights": "fights",
    "column.bound": "bound",
    "column.change": "change",
    "column.agree": "agree",
    "column.seen": "of",
    "column.why": "why",
    "column.taken": "",
    "column.conditions": "asks for",
    "column.verdict": "verdict",
    "change.add": "add",
    "change.remove": "remove",
    # Why a rule was taken, or not
    "rule.anything": "everything",
    "rule.taken": "taken",
    "rule.by_share": "by share",
    "rule.with_order": "with the order's other items",
    "rule.instead": "taken, after those before it could not be",
    "rule.going": "on its way already",
    "rule.misfit": "another {condition}[: {found}]",
    "rule.later": "fits, but[ rule {rule} was] taken first",
    "rule.others_turn": "fits, but this one goes to factory {factory_id}",
    "rule.full": "full today: {count} of {capacity}",
    "rule.no_room_for_order": "no room today for the whole order ({count} of {capacity})",
    "rule.had_it": "factory {factory_id} had it before: it was taken back or refused",
    "rule.passed_over": "not rule {rule} ({why})",
    # What else is said about rules
    "rule.fight": "rules {rules} fight: same conditions and priority, other factories, not all with a share",
    "rule.not_bound": "factory {factory_id} is not bound: its rules are passed over",
    "rule.fights": "fights rule {rules}",
    "rule.unbound": "factory {factory_id} is not bound",
    "rule.exported": "{count} rules written to {path}",
    "rule.has": "{item} is with factory {factory_id} already, or on its way[, by rule {rule}]; here it counts as free",
    "rule.nobody": "{item}: no rule takes it",
    "rule.held": "{item} is held: the rules pass it over until `dropship release`; here it counts as free",
    "rule.take_confirm": "Keep these {count} rules?",
}
