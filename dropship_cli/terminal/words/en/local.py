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
}
