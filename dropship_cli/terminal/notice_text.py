"""What a group chat reads: counts first, then the most urgent cases, a few short messages; no receiver, no markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dropship_cli.domain.moment import BEIJING, rfc3339
from dropship_cli.domain.notice import Bulletin, Case, CaseKind, Message
from dropship_cli.terminal import words
from dropship_cli.terminal.cells import Look, ago, span
from dropship_cli.terminal.clean import clean

MESSAGES = 3
"""Messages of one run to one chat: they take 20 a minute, and nobody reads a fourth (our decision)."""

FACTS = 200
"""Cases that a generic webhook gets as records beside a text."""

_ROOM = 120
"""Bytes kept free for the line that counts what is not listed."""
_ITEM_KINDS = (CaseKind.LATE, CaseKind.REFUND, CaseKind.REFUNDED, CaseKind.CHANGED, CaseKind.SOON)
# 飞书 and 企业微信 read tags and mentions in a text: what comes from outside must call nobody.
_TAME = str.maketrans({"<": "＜", ">": "＞", "@": "＠"})


def messages(bulletin: Bulletin, *, lang: str, limit: int) -> list[Message]:
    """The fresh cases in at most `MESSAGES` texts of at most `limit` bytes; what is not listed is counted in the last.

    Every fresh case is told by one of them.
    """
    fresh = [one for one in bulletin.cases if one.key in bulletin.fresh]
    look = Look(lang, bulletin.now, soon=bulletin.soon)
    pages = [_Page(limit, list(_head(bulletin, look)))]
    told: CaseKind | None = None
    left = list(fresh)
    for case in fresh:
        lines = [*([] if case.kind is told else ["", _section(case.kind, look)]), _line(case, look)]
        if not pages[-1].takes(lines):
            if len(pages) == MESSAGES:
                break
            again = [] if case.kind is not told else [_section(case.kind, look)]
            pages.append(_Page(limit, [_title(bulletin, look, page=len(pages) + 1), *again]))
        pages[-1].add(lines, case)
        told = case.kind
        left.pop(0)
    if left:
        pages[-1].lines.append(words.note("notice.more", lang, {"n": len(left)}))
        pages[-1].cases += left
    return [Message("\n".join(page.lines), tuple(page.cases)) for page in pages]


def trial_text(profile: str, *, lang: str, quiet: str) -> str:
    """What `notify test` says."""
    return words.note("notice.test", lang, {"profile": _tame(profile), "quiet": quiet})


def case_record(case: Case) -> dict[str, Any]:
    """A case for a program behind a generic webhook."""
    return {
        "kind": case.kind.value,
        "order_id": case.order_id or None,
        "item_id": case.item_id or None,
        "sku_code": case.sku_code or None,
        "quantity": case.quantity or None,
        "partner_id": case.partner_id or None,
        "at": rfc3339(case.at),
        "act": case.act or None,
        "error_code": case.code or None,
        "change": case.change or None,
    }


@dataclass(slots=True)
class _Page:
    """One message while it is filled."""

    limit: int
    lines: list[str]
    cases: list[Case] = field(default_factory=list)

    def takes(self, lines: list[str]) -> bool:
        """Whether these lines fit; the first case of a page always does."""
        size = sum(len(line.encode()) + 1 for line in (*self.lines, *lines))
        return not self.cases or size <= self.limit - _ROOM

    def add(self, lines: list[str], case: Case) -> None:
        self.lines += lines
        self.cases.append(case)


def _head(bulletin: Bulletin, look: Look) -> Iterator[str]:
    yield _title(bulletin, look)
    counts = Counter(one.kind for one in bulletin.cases)
    news = Counter(one.kind for one in bulletin.cases if one.key in bulletin.fresh)
    parts = [_count(kind, counts[kind], news[kind], look) for kind in CaseKind if counts[kind]]
    yield " · ".join(parts)
    if bulletin.synced_at is None:
        yield words.word("status.never", look.lang, "")
    else:
        yield words.note("status.synced", look.lang, {"when": ago(bulletin.synced_at, look)})


def _title(bulletin: Bulletin, look: Look, *, page: int = 1) -> str:
    values = {
        "profile": _tame(bulletin.profile, 32),
        "platform": bulletin.platform,
        "shop_id": bulletin.shop_id,
        "world": "" if bulletin.live else words.word("label.sandbox", look.lang, ""),
        "page": "" if page == 1 else page,
    }
    return words.note("notice.title", look.lang, values)


def _count(kind: CaseKind, whole: int, new: int, look: Look) -> str:
    values = {"what": _kind(kind, look), "n": whole, "new": new if new and new != whole else ""}
    return words.note("notice.count", look.lang, values)


def _section(kind: CaseKind, look: Look) -> str:
    values = {"what": _kind(kind, look), "command": _command(kind, look)}
    return words.note("notice.section", look.lang, values)


def _kind(kind: CaseKind, look: Look) -> str:
    return words.note(f"notice.kind.{kind}", look.lang, {"span": span(look.soon, look.lang)})


def _command(kind: CaseKind, look: Look) -> str:
    within = int(look.soon // 60)
    due = f"{within}m" if within % 60 else f"{within // 60}h"
    commands: Mapping[CaseKind, str] = {
        CaseKind.LATE: "dropship orders --late",
        CaseKind.REFUND: "dropship orders --attention",
        CaseKind.REFUNDED: "dropship orders --attention",
        CaseKind.CHANGED: "dropship orders --attention",
        CaseKind.UNKNOWN: "dropship sync",
        CaseKind.SYNC: "dropship doctor",
        CaseKind.LOGIN: "dropship login",
        CaseKind.SOON: f"dropship orders --due {due}",
    }
    return commands.get(kind, "")


def _line(case: Case, look: Look) -> str:
    values = {"item": _name(case), "time": _time(case, look), **_goods(case), **_partner(case, look)}
    if case.kind in _ITEM_KINDS:
        return words.note("notice.item", look.lang, values)
    values["act"] = _tame(case.act)
    values["why"] = _tame(words.sentence(case.code, look.lang, {}), 120) if case.code else ""
    return words.note(f"notice.{case.kind}", look.lang, values)


def _time(case: Case, look: Look) -> str:
    if case.at is None or case.kind in (CaseKind.REFUND, CaseKind.REFUNDED):  # a refund stops the clock
        return ""
    if case.kind is CaseKind.UNKNOWN:
        return ago(case.at, look)
    if case.kind is CaseKind.CHANGED:
        return words.note(f"notice.change.{case.change}", look.lang, {})
    if case.kind is CaseKind.LOGIN:
        return datetime.fromtimestamp(case.at, BEIJING).strftime("%m-%d %H:%M")
    left = case.at - look.now
    told = "time.late" if left < 0 else "time.left"
    return words.note(told, look.lang, {"span": span(abs(left), look.lang)})


def _name(case: Case) -> str:
    """As a command takes it: ORDER/ITEM, or the one where both are one."""
    names = [case.order_id, case.item_id] if case.order_id != case.item_id else [case.item_id]
    return "/".join(_tame(one, 40) for one in names if one)


def _goods(case: Case) -> dict[str, object]:
    return {"sku": _tame(case.sku_code, 24), "n": case.quantity or ""}


def _partner(case: Case, look: Look) -> dict[str, object]:
    """Whom to call; where nobody has the item, that."""
    name = case.partner_name if case.partner_name != case.partner_id else ""
    told = " ".join(filter(None, (_tame(case.partner_id, 24), _tame(name, 12))))
    return {"partner": told or words.word("allocation.unallocated", look.lang, "")}


def _tame(text: str, most: int = 64) -> str:
    """Text from outside: one clean line that mentions nobody, not too long."""
    told = clean(text).translate(_TAME)
    return told if len(told) <= most else told[: most - 1] + "…"
