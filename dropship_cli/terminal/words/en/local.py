"""English sentences about whose items are whose: hands, factories off the platform, their sheets, imported orders."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "usage.hand": ("there is no hand {hand}", "one of: {known}"),
    "factory.name": (
        "[{name}: ]this is no name for a factory",
        "begin with a letter or a digit, at most {limit} characters",
    ),
    "factory.number": (
        "{name} looks like a shop's number",
        "a factory on the platform is bound, not added: `dropship bind {name}`; give others a name with letters",
    ),
    "factory.unknown": ("there is no local factory {factory}", "`dropship factory list` shows them"),
    "factory.has_items": (
        "{factory} still has {count} items to send",
        "ship them or take them back first: `dropship orders --factory {factory} --state unshipped`",
    ),
    "allocate.imported": (
        "this order came from a file: the platform has never shown it here, and can't give it to factory {factory_id}",
        "paid before the binding it never will: allocate it to a local factory or ship it; else `dropship sync`",
    ),
    "local.taken": (
        "{item}: a factory on the platform has it now, so that {factory} has not any more",
        "tell {factory} not to send it",
    ),
    "local.shipped_elsewhere": (
        "{item}: it was shipped elsewhere, so that {factory} has it no more",
        "tell {factory} not to send it",
    ),
    "sheet.refund_open": (
        "[{item}: ]the buyer has asked for a refund[; it is on the sheet of {told}]",
        "{factory} must not send it",
    ),
    "sheet.closed": (
        "[{item}: ]the order is closed or refunded[ ({reason})][; it is on the sheet of {told}]",
        "{factory} must not send it",
    ),
    "sheet.held": (
        "[{item}: ]it is held[: {reason}][; it is on the sheet of {told}]",
        "{factory} must not send it",
    ),
    "sheet.recall": (
        "it is on a sheet of the factory that had it: tell that factory not to send it",
        "tell that factory not to send it",
    ),
    "import.state": (
        "[{column}: ]no state of an order that is known here[: {given}]",
        "look the order up in the console, and leave the row out",
    ),
    "import.time": ("[{column}: ]not a time[: {given}]", "write it as 2026-11-12 00:45:52"),
    "import.sum": (
        "[{column}: ]{given} pieces of {children} children in one row can't be told apart",
        "export by item (子订单) instead of by order",
    ),
    "import.children": (
        "[{column}: ]which of {children} children is which can't be told",
        "export by item (子订单) instead of by order",
    ),
    "import.repeated": ("row {first} tells of the same item otherwise", "leave one of them in the file"),
    "sheet.changed": (
        "[{item}: ]its {field} changed, and nobody has acknowledged that[; it is on the sheet of {told}]",
        "look at it, tell {factory}, then `dropship ack ITEM`",
    ),
    "local.refunded": (
        "{item}: the money went back, and it was taken back from {factory}, on whose sheet it is",
        "tell {factory} not to send it",
    ),
}

NOTES: dict[str, str] = {
    "act.handled_by": "tell items by hands",
    "column.handled_by": "with",
    "hand.self": "ourselves",
    "hand.factory": "factory",
    "hand.nobody": "nobody",
    "act.factory": "keep local factories",
    "act.factory_add": "add a factory",
    "act.factory_remove": "remove a factory",
    "act.local_conflict": "end a local allocation",
    "column.factory": "factory",
    "column.note": "note",
    "column.not_on_sheet": "on no sheet",
    "act.sheet": "write a sheet",
    "sheet.written": "{count} items ({pieces} pieces) written to {path} for {factory}",
    "sheet.nothing": "nothing new for {factory}: no file was written",
    "sheet.earlier": "{count} are on earlier sheets (`--all` writes them too)",
    "sheet.going": "{count} are leaving just now (`dropship queue`)",
    "ship.unfilled": "{count} rows have no tracking number yet: left alone",
    "act.orders_import": "import orders",
    "column.source": "from",
    "source.file": "file",
    "source.platform": "platform",
    "progress.import": "importing",
    "import.unpaid": "{count} orders that nobody has paid: left out",
    "import.from_platform": "{count} are known from the platform: left as they are",
    "import.older": "{count} were told by a newer export: left as they are",
    "import.forgotten": "{count} had been purged: left out",
    "column.added_at": "added",
    "status.not_on_sheet": "{n} for local factories are on no sheet yet",
}
