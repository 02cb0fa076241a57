"""`rules list|add|remove|undo|import|export|explain|learn`: which factory gets which item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.options import DryRun, Encoding, Yes

if TYPE_CHECKING:
    from dropship_cli.actions.context import Shop
    from dropship_cli.actions.rules import RuleReport

_HELP = """Which factory gets which item: rules for `allocate --auto`.

Conditions take * for any characters and ? for one; case and width do not matter. The first rule that fits and
whose factory can take the item wins: the lower priority first, then the rule that asks for more. Rules with the
same conditions and priority share.

Examples: dropship rules add --sku "XD-*" --to 880011;
dropship rules add --default --to 880011 --share 70; dropship rules explain 6923007000000001327
"""

rules = typer.Typer(invoke_without_command=True, rich_markup_mode=None, help=_HELP)

Force = Annotated[bool, typer.Option("--force", help="Replace a file that is there.")]


@rules.callback()
def show(context: typer.Context) -> int:
    """The list, where no command of the group is called."""
    return 0 if context.invoked_subcommand else listed()


@rules.command("list")
def listed() -> int:
    """List the rules in the order in which they are asked, and those that fight."""
    from dropship_cli.actions import rules as action
    from dropship_cli.terminal.rule_shape import listed_record

    screen = wiring.screen()
    with wiring.shop() as shop:
        found = action.rules(shop)
    screen.records(
        "rules",
        [
            listed_record(
                one.rule, fights=one.fights, bound=one.bound, today=one.today, capacity=one.capacity,
                lang=screen.lang,
            )
            for one in found
        ],
    )  # fmt: skip
    for code, values in action.warnings(found):
        screen.warning(code, **values)
    return 0


@rules.command("add")
def add(
    to: Annotated[
        str,
        typer.Option(
            "--to",
            help="The factory's shop id, or the name of one that is not on the platform.",
            metavar="FACTORY",
        ),
    ],
    sku: Annotated[str, typer.Option("--sku", help="SKU code (商家编码).")] = "",
    product: Annotated[str, typer.Option("--product", help="Product, by its title or number.")] = "",
    spec: Annotated[str, typer.Option("--spec", help="Specification.")] = "",
    region: Annotated[
        str, typer.Option("--region", help="Province, city or district; several with 、 between.")
    ] = "",
    default: Annotated[
        bool, typer.Option("--default", help="Everything: a rule without conditions.")
    ] = False,
    priority: Annotated[
        int, typer.Option("--priority", help="1 is asked first.", min=1, max=999_999_999)
    ] = 100,
    share: Annotated[
        int | None,
        typer.Option(
            "--share", help="Proportion among rules with the same conditions (70 and 30).", min=1, max=10**9
        ),
    ] = None,
    capacity: Annotated[
        int | None,
        typer.Option("--capacity", help="Items that the factory takes a day (Beijing).", min=0, max=10**9),
    ] = None,
) -> int:
    """Add a rule. Items that are there already are allocated by it too, with the next `allocate --auto`.

    Examples: dropship rules add --sku "SJK-*" --spec "*黑*" --to 880022;
    dropship rules add --region "新疆、西藏" --to 880033 --priority 10
    """
    from dropship_cli.actions.rules import RuleOutcome, take
    from dropship_cli.domain.errors import UsageError
    from dropship_cli.domain.outcome import Result
    from dropship_cli.domain.rule import Rule

    rule = Rule(to.strip(), priority, sku, product, spec, region, share, capacity)
    if not to.strip() or default == bool(rule.conditions):
        raise UsageError("usage.conditions_or_default")
    with wiring.shop() as shop:
        return _show_change(shop, take(shop, [RuleOutcome(rule, Result.WOULD)], "rule_add"))


@rules.command("remove")
def remove(
    rule_ids: Annotated[
        list[int], typer.Argument(help="Rules by number.", metavar="RULE...", show_default=False)
    ],
) -> int:
    """Remove rules; `rules undo` brings them back.

    Example: dropship rules remove 3
    """
    from dropship_cli.actions.rules import remove as action

    with wiring.shop() as shop:
        return _show_change(shop, action(shop, rule_ids))


@rules.command("undo")
def undo() -> int:
    """Take back the last change of the rules; again for the one before it."""
    from dropship_cli.actions.rules import undo as action

    with wiring.shop() as shop:
        return _show_change(shop, action(shop))


@rules.command("import")
def import_(
    file: Annotated[str, typer.Argument(help="A .csv, .tsv or .xlsx file; - is stdin.", show_default=False)],
    replace: Annotated[
        bool, typer.Option("--replace", help="Remove every rule that is not in the file.")
    ] = False,
    dry_run: DryRun = False,
    encoding: Encoding = None,
) -> int:
    """Add rules from a sheet, all of them or, where a row is wrong, none.

    Columns: 商家编码 sku_code, 商品 product, 规格 spec, 地区 region, 厂家店铺编号 factory_id, 份额 share,
    每日上限 capacity, 优先级 priority.

    Example: dropship rules import rules.xlsx --replace
    """
    from dropship_cli.actions.rule_files import import_rules
    from dropship_cli.cli.batching import source

    with wiring.shop() as shop:
        report = import_rules(shop, source(file, encoding), replace=replace, dry_run=dry_run)
        return _show_change(shop, report)


@rules.command("export")
def export(
    file: Annotated[str, typer.Argument(help="Where the sheet goes.", show_default=False)],
    force: Force = False,
) -> int:
    """Write the rules to a .csv, .tsv or .xlsx sheet that `rules import` reads.

    Example: dropship rules export rules.xlsx --lang zh
    """
    from dropship_cli.actions.rule_files import export_rules

    screen = wiring.screen()
    with wiring.shop() as shop:
        number = export_rules(shop, file, lang=screen.lang, force=force)
    screen.note("rule.exported", count=number, path=file)
    return 0


@rules.command("explain")
def explain(
    item: Annotated[str, typer.Argument(help="ORDER, ORDER/ITEM or ITEM.", show_default=False)],
) -> int:
    """Show every rule that is looked at for an item, and why it is taken or not.

    Example: dropship rules explain 6923007000000001327
    """
    from dropship_cli.actions.rule_explain import explain_items
    from dropship_cli.terminal.rule_shape import verdict_record

    screen = wiring.screen()
    with wiring.shop() as shop:
        found = explain_items(shop, item)
    screen.records(
        "verdicts",
        [
            verdict_record(one.item.item_id, verdict, taken=verdict.rule == one.choice.rule, lang=screen.lang)
            for one in found
            for verdict in one.verdicts
        ],
    )
    for one in found:
        if one.has is not None:
            screen.note("rule.has", item=one.item.item_id, factory_id=one.has, rule=one.by_rule)
        elif one.choice.rule is None:
            screen.note("rule.nobody", item=one.item.item_id)
        if one.is_held:
            screen.note("rule.held", item=one.item.item_id)
    return 0


@rules.command("learn")
def learn(
    since: Annotated[
        str | None,
        typer.Option("--since", help="Look at allocations from this day on; else the last 30 days."),
    ] = None,
    least: Annotated[
        int, typer.Option("--least", help="Allocations by hand that make a proposal.", min=1)
    ] = 3,
    out: Annotated[
        str | None, typer.Option("--out", help="Write the proposals to a sheet.", metavar="FILE")
    ] = None,
    take: Annotated[bool, typer.Option("--take", help="Keep what is proposed, after asking.")] = False,
    yes: Yes = False,
) -> int:
    """Propose rules from what was allocated by hand. Nothing is kept without --take.

    Examples: dropship rules learn; dropship rules learn --out proposed.xlsx
    """
    from dropship_cli.actions.rule_files import write_rules
    from dropship_cli.actions.rule_learn import proposals, take_proposals
    from dropship_cli.cli.asking import confirm
    from dropship_cli.cli.times import moment
    from dropship_cli.terminal.rule_shape import proposal_record

    screen = wiring.screen()
    with wiring.shop() as shop:
        found = proposals(shop, since=moment(since), least=least)
        if out is not None:
            write_rules(out, [one.rule for one in found], lang=screen.lang)
            screen.note("rule.exported", count=len(found), path=out)
        if not (take and screen.json):
            rows = [proposal_record(one.rule, agree=one.agree, seen=one.seen) for one in found]
            screen.records("proposals", rows)
        if not take or not found:
            return 0
        confirm(screen, "rule.take_confirm", yes=yes, count=len(found))
        return _show_change(shop, take_proposals(shop, found))


def _show_change(shop: Shop, report: RuleReport) -> int:
    """The rules that came and went on stdout; what to look at on stderr."""
    from dropship_cli.cli.showing import say_where
    from dropship_cli.terminal.rule_shape import change_record

    screen = wiring.screen()
    rows = [
        change_record(
            one.rule, one.result, added=one.added, row=one.row, code=one.error_code,
            values=dict(one.values), lang=screen.lang,
        )
        for one in report.outcomes
    ]  # fmt: skip
    screen.records("rule_changes", rows)
    say_where(screen, shop)
    for code, values in report.warnings:
        screen.warning(code, **values)
    return report.exit_status
