"""Rules, their verdicts and their plans as records: the promised JSON and what tables show. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dropship_cli.terminal import words
from dropship_cli.terminal.json_shape import outcome_record

if TYPE_CHECKING:
    from dropship_cli.domain.outcome import Outcome, Result
    from dropship_cli.domain.rule import Rule
    from dropship_cli.domain.verdict import Choice, Verdict

Record = dict[str, Any]


def rule_record(rule: Rule) -> Record:
    """A rule; an empty condition fits everything. A rule that is not kept has no number."""
    return {
        "rule": rule.rule_id or None,
        "priority": rule.priority,
        "sku_code": rule.sku_code,
        "product": rule.product,
        "spec": rule.spec,
        "region": rule.region,
        "factory_id": rule.factory_id,
        "share": rule.share,
        "capacity": rule.capacity,
    }


def listed_record(
    rule: Rule, *, fights: Sequence[int], bound: bool, today: int, capacity: int | None, lang: str
) -> Record:
    """A rule in force. `today` is what its factory was given today, `capacity_in_force` what it takes at most."""
    remarks = [
        words.note("rule.fights", lang, {"rules": ", ".join(map(str, fights))}) if fights else "",
        "" if bound else words.note("rule.unbound", lang, {"factory_id": rule.factory_id}),
    ]
    return {
        **rule_record(rule),
        "today": today,
        "capacity_in_force": capacity,
        "fights": list(fights),
        "bound": bound,
        "remark": "; ".join(filter(None, remarks)),
    }


def change_record(
    rule: Rule, result: Result, *, added: bool, row: int | None, code: str | None,
    values: Mapping[str, object], lang: str,
) -> Record:  # fmt: skip
    """What became of one rule: `change` says whether it was to come or to go."""
    return {
        **({} if row is None else {"row": row}),
        **rule_record(rule),
        "change": "add" if added else "remove",
        "result": result.value,
        "error_code": code,
        "error": words.sentence(code, lang, values) if code else None,
    }


def proposal_record(rule: Rule, *, agree: int, seen: int) -> Record:
    """A proposed rule, and how many of the allocations by hand it would have told."""
    return {**rule_record(rule), "agree": agree, "seen": seen}


def planned_record(outcome: Outcome, choice: Choice | None, factory_id: str | None, lang: str) -> Record:
    """One row of `allocate --auto`: its outcome, where it goes, by which rule, and why that one."""
    rule = choice.rule if choice else None
    return {
        **outcome_record(outcome, lang),
        "factory_id": factory_id,
        "rule": rule.rule_id if rule else None,
        "why": _why(choice, lang) if choice else words.note("rule.going", lang, {}),
    }


def verdict_record(item_id: str, verdict: Verdict, *, taken: bool, lang: str) -> Record:
    """One rule that was looked at for an item, and why it was taken or not."""
    return {
        "item_id": item_id,
        "rule": verdict.rule.rule_id,
        "priority": verdict.rule.priority,
        "conditions": _conditions(verdict.rule, lang),
        "factory_id": verdict.rule.factory_id,
        "taken": taken,
        "verdict": verdict.code,
        "why": _sentence(verdict, lang),
    }


def _why(choice: Choice, lang: str) -> str:
    """`SKU XD-*, by share, not rule 3 (full today: 200 of 200)`."""
    passed = _listed((_passed(one, lang) for one in choice.passed if one.code != "rule.others_turn"), lang)
    if choice.rule is None:
        return passed
    own = "" if choice.code == "rule.instead" else words.note(choice.code, lang, choice.values)
    return _listed((_conditions(choice.rule, lang), own if choice.code != "rule.taken" else "", passed), lang)


def _passed(verdict: Verdict, lang: str) -> str:
    why = _sentence(verdict, lang)
    return words.note("rule.passed_over", lang, {"rule": verdict.rule.rule_id, "why": why})


def _sentence(verdict: Verdict, lang: str) -> str:
    values = dict(verdict.values)
    if "condition" in values:
        values["condition"] = words.word(f"column.{values['condition']}", lang, str(values["condition"]))
    if words.knows(verdict.code, lang):
        return words.sentence(verdict.code, lang, values)
    return words.note(verdict.code, lang, values)


def _conditions(rule: Rule, lang: str) -> str:
    """`SKU XD-*, region 浙江`, or that it fits everything."""
    named = [
        f"{words.word(f'column.{name}', lang, name)} {words.clean(text)}"
        for name, text in rule.conditions.items()
    ]
    return _listed(named, lang) or words.word("rule.anything", lang, "")


def _listed(parts: Iterable[str], lang: str) -> str:
    return ("，" if lang == "zh" else ", ").join(filter(None, parts))
