"""English sentences about safe hands: stopping a shop, decrypting receivers, removing what is no longer needed."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "run.stopped": (
        "nothing is sent: this shop is stopped[ since {since}][ by {who}][: {reason}]",
        "`dropship resume` lets it go on; `dropship sync` then sends what waits",
    ),
    "restore.other_shop": (
        "{path} is a backup of another shop[: {found}, not {wanted}]",
        "choose this shop's backup, or the profile of the other shop with `--profile`",
    ),
    "store.other_shop": (
        "the store {path} is another shop's[: {found}, not {wanted}]",
        "move it away, or put this shop's backup in its place: `dropship restore FILE`",
    ),
    "usage.days": ("{value} is no number of days", "write 180d, or 180"),
    "reveal.factory": (
        "on this platform a factory never gets a buyer's plain name, phone or address",
        "print the label: the e-waybill carries them encrypted; or ask the merchant",
    ),
    "reveal.closed": (
        "[{order}: ]the order is closed, so its receiver is not decrypted",
        "nothing of it needs to be sent",
    ),
    "reveal.unpaid": (
        "[{order}: ]the order is not paid, so its receiver is not decrypted",
        "wait until it is paid",
    ),
    "reveal.long_ago": (
        "[{order}: ]shipped more than {days} days ago, so its receiver is not decrypted",
        "if there is a good reason, raise it: `dropship profile set reveal_days NUMBER`",
    ),
    "reveal.nothing": (
        "[{order}: ]the platform gives no encrypted receiver for this order",
        "look at it in the platform's console",
    ),
    "reveal.quota": (
        "the shop's decryption quota is used up[: {said}]",
        "try again tomorrow, or ask the platform for more in its console",
    ),
    "reveal.forbidden": (
        "the order's state forbids it on the platform[: {said}]",
        "run `dropship sync`, then look with `dropship order ORDER_ID`",
    ),
    "reveal.cipher": (
        "the platform does not take its own cipher[: {said}]",
        "run it once more; if it stays so, please report it",
    ),
    "reveal.row": (
        "the platform did not decrypt it[: {said}]",
        "look at the order in the platform's console",
    ),
    "reveal.refused": (
        "the platform refused to decrypt[: {said}]",
        "[its log id is {log_id}; ]look at the shop's decryption rights and quota in its console",
    ),
    "reveal.no_answer": (
        "[{order}: ]no answer to the decryption[: {detail}]; it may have cost quota",
        "nothing was kept; run it again if you still need it",
    ),
    "reveal.terminal": (
        "a receiver is shown on a terminal only, so that none lands in a file by accident",
        "run it without a pipe, or pass `--json` if a program is to read it",
    ),
}

NOTES: dict[str, str] = {
    "restore.unowned": (
        "{path} does not say whose it is; if it is not of shop {shop_id}, what it has queued would be sent in its name"
    ),
    "restore.again": (
        "asked for since the backup and not restored: {count}, listed above; never sent, or for a factory off the "
        "platform. Ask again for what you still want"
    ),
    "restore.not_whole": (
        "the replaced store is missing, damaged, or not the one that was backed up: what was asked for since "
        "the backup and never sent, and holds and e-waybill numbers since, may be lost. "
        "Look at the platform before you ask again"
    ),
    "restore.ended": (
        "since the backup[, done: {done} (`dropship sync` finds them)][, refused: {refused}][, dropped: {dropped}]"
    ),
    "restore.unknown": (
        "with an unknown outcome: {count}; `dropship sync` asks about each before anything is sent"
    ),
    "restore.rest": (
        "rules, prices, notes, imported orders and the log are as the backup has them; the replaced store has the "
        "later ones (`dropship restore` takes it back), until a `dropship purge` finds it a week old"
    ),
    "restore.next": "next: `dropship sync`, which reads everything before it sends",
    "act.stop": "stop",
    "act.resume": "resume",
    "act.purge": "purge",
    "field.before": "older than",
    "field.orders": "orders",
    "field.items": "items",
    "field.operations": "journal entries",
    "field.log": "log entries",
    "field.pushes": "pushes",
    "field.copies": "copies of the store",
    "field.younger": "younger copies, kept",
    "field.elsewhere": "backups elsewhere",
    "field.bytes_freed": "bytes freed",
    "purge.confirm": (
        "Remove {orders} orders ({items} items) of profile {profile} that were over before {before}, for good, "
        "and {copies} old copies of the store?"
    ),
    "purge.elsewhere": "{path} may still hold what was removed; it is yours to delete",
    "purge.younger": "{path} is younger than a week and may still hold what was removed; a later purge takes it",
    "act.reveal": "look at a receiver",
    "field.receiver": "receiver",
    "field.phone": "phone",
    "field.phone_extension": "extension",
    "field.phone_virtual": "virtual number",
    "field.phone_until": "valid until",
    "reveal.field": "{field}: {error}",
    "status.stopped": "stopped {when} by {who}[: {reason}]; nothing is sent",
    "check.sending": "not stopped by anybody",
    "stop.done": "stopped: nothing new is sent for this shop until `dropship resume`",
    "stop.already": "stopped already",
    "resume.done": "going on: `dropship sync` sends what waits",
    "resume.already": "not stopped",
    "span.seconds": "{n} s",
    "span.minutes": "{n} min",
    "span.hours": "{n} h {minutes} min",
    "progress.estimate": "about {time} for {calls} calls; Ctrl-C or `dropship stop` ends it without losing anything",
    "progress.too_long": "the run ends after {time} (its deadline); the rest waits for the next `dropship sync`",
    "stop.waits": "queued: {queued}, in flight: {sending}",
}
