"""English sentences about deadlines and alerts."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "usage.no_order_here": (
        "`--factories` and `--fail-if-…` are about the whole shop, not about order {order}",
        "leave {order} out",
    ),
    "usage.flag_first": (
        "{flag} stands before a command of `notify`",
        "write it after: `dropship notify send {flag}`",
    ),
    "chat.none": (
        "no chat is set up for profile {profile}",
        "add one: `dropship notify add NAME --url …`",
    ),
    "chat.none_anywhere": (
        "no profile of this machine has a chat",
        "add one: `dropship notify add NAME --url … -p PROFILE`",
    ),
    "chat.name_bad": ("{name} can't be a chat's name", "take up to 32 letters, digits, `.`, `_` or `-`"),
    "chat.unknown_name": ("there is no chat {name}", "known are: {known}"),
    "chat.exists": (
        "there is a chat {name} already",
        "take another name, or `dropship notify remove {name}` first",
    ),
    "chat.too_many": ("there are {most} chats already", "remove one: `dropship notify remove NAME`"),
    "chat.kind_unknown": ("there is no kind of chat {value}", "choose one of: {known}"),
    "chat.kind_needed": ("the address does not say whose webhook it is", "give `--kind`, one of: {known}"),
    "chat.kind_differs": (
        "the address is {found}'s, not {value}'s",
        "leave `--kind` out, or check the address",
    ),
    "chat.url_bad": (
        "the webhook's address can't be read",
        "copy it whole from the chat's robot settings: https://…",
    ),
    "chat.url_insecure": (
        "the webhook's address is plain http, and its key would be read on the way",
        "take the https address; plain http goes to this machine only",
    ),
    "chat.quiet_bad": ("{value} are no quiet hours", "write them as 22:00-07:00 (Beijing time)"),
    "chat.file_open": (
        "the chats' file {file} could be read by others[ ({why})]",
        "`chmod 600` it; if others may have read it, make new webhooks",
    ),
    "chat.file_bad": (
        "the chats' file {file} is damaged",
        "remove it and add the chats again with `dropship notify add`",
    ),
    "chat.refused": (
        "chat {name} refused the message[: {said}]",
        "check its address, secret and keywords: `dropship notify test {name}`",
    ),
    "chat.limited": (
        "chat {name} takes no more messages just now[ ({detail})]",
        "nothing is lost: the next `dropship notify` says it",
    ),
    "chat.away": (
        "chat {name} can't be reached[ ({detail})]",
        "nothing is lost: the next `dropship notify` says it",
    ),
    "chat.no_answer": (
        "chat {name} gave no answer that can be trusted[ ({detail})]",
        "it may have the message; the next `dropship notify` says it again",
    ),
}

NOTES: dict[str, str] = {
    "column.shipped_today": "shipped today",
    "column.factories": "factories",
    "act.notify": "tell a chat",
    "act.notify_add": "add a chat",
    "act.notify_remove": "remove a chat",
    "act.notify_test": "try a chat",
    "column.chat": "chat",
    "column.signed": "signed",
    "column.quiet": "quiet hours",
    "column.webhook": "webhook",
    "column.lang": "language",
    "column.url": "address",
    "column.fresh": "new cases",
    "column.open": "open cases",
    "column.messages": "messages",
    "column.texts": "text",
    "told.told": "told",
    "told.nothing": "nothing new",
    "told.quiet": "waits for the end of the quiet hours",
    "told.would": "would",
    "told.refused": "refused",
    "told.away": "away",
    "notify.url": "the webhook's address (it is not shown):",
    "notify.secret": "the webhook's secret (it is not shown):",
    "notify.added": "chat {name} added; try it: `dropship notify test {name}`",
    "notify.unsigned": (
        "without a secret anybody who has the address can write to the chat; "
        "where the robot wants a keyword, take `dropship`"
    ),
    "notify.removed": "chat {name} removed; its webhook stays until you remove it in the chat",
    "notify.told": "{name}: told; new cases: {n}, messages: {messages}",
    "notify.would": "{name} would get; new cases: {n}, messages: {messages}",
    "notify.nothing": "{name}: nothing new",
    "notify.quiet": "{name}: quiet until {until}; new cases kept until then: {n} (`--now` tells them at once)",
    "notify.tested": "{name}: the test message arrived",
    # What a chat reads
    "notice.title": "dropship · {profile} · {platform} {shop_id}[ · {world}][ · page {page}]",
    "notice.count": "{what}: {n}[ ({new} new)]",
    "notice.section": "{what}[ → {command}]",
    "notice.kind.late": "late",
    "notice.kind.refund_open": "refund open, must not leave",
    "notice.kind.refunded": "refunded, still with a factory",
    "notice.kind.changed": "changed after the hand-over",
    "notice.change.address": "address changed",
    "notice.change.remark": "remark changed",
    "notice.change.buyer_words": "buyer's words changed",
    "notice.change.quantity": "quantity changed",
    "notice.change.urgent": "to leave earlier",
    "notice.change.withdrawn": "taken back",
    "notice.change.cancelled": "cancelled after it left",
    "notice.kind.unknown": "outcome unknown",
    "notice.kind.sync_failed": "sync fails",
    "notice.kind.login_ends": "login ends",
    "notice.kind.due_soon": "due within {span}",
    "notice.item": "-[ {time} ·] {item}[ · {sku}][ ×{n}][ · {partner}]",
    "notice.unknown": "- {act} {item}, sent {time}",
    "notice.sync_failed": "- {why}",
    "notice.login_ends": "- {time} (Beijing): orders can't be read after that",
    "notice.more": "… and {n} more",
    "notice.test": (
        "dropship · {profile}: a test. This chat will hear of late items, refunds and trouble[; quiet hours {quiet}]."
    ),
    "sandbox.arrived": "--- {at} {chat}[: refused with {number}]",
    "demo.chat": "A group chat hears what needs a person, each case once.",
}
