"""English sentences of the factory's bench: picking, e-waybills."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "pick.taken_back": ("[{item}: ]the merchant took it back[ ({reason})]", "do not send it"),
    "pick.closed": ("[{item}: ]the order is closed[ ({reason})]", "do not send it"),
    "pick.refund_open": (
        "[{item}: ]the buyer asked for a refund",
        "keep it here; `dropship sync` shows when the request is withdrawn or refused",
    ),
    "pick.refund_refunded": ("[{item}: ]the buyer got the money back", "do not send it"),
    "waybill.factory_only": (
        "on this platform a factory gets the e-waybills of what it ships; a merchant's own can't be got here",
        "get them in the shop's console[: {where}]; `ship` takes their numbers",
    ),
    "waybill.no_sender": (
        "nobody knows yet where this factory sends from",
        "tell it once: `dropship waybill sender --name … --mobile … --province … --city … --district … --detail …`",
    ),
    "waybill.none": (
        "there is no e-waybill number for this item",
        "`dropship waybill get ITEM --carrier C` gets one",
    ),
    "waybill.unknown": (
        "[{number}: ]not a number that was got here",
        "`dropship waybill list` shows them",
    ),
    "waybill.used": (
        "[{number}: ]a package carries this number",
        "it can't be given back; `dropship ship --amend` puts another number on the package",
    ),
    "waybill.cancelled": ("[{number}: ]this number was given back", "get another: `dropship waybill get`"),
    "waybill.shipped": ("shipped already, or about to be", "it needs no number"),
    "waybill.other_carrier": (
        "there is a number already[: {carrier} {number}]",
        "use it, or give it back first: `dropship waybill cancel {number}`",
    ),
    "waybill.other_sender": (
        "the sender was changed while this waited; nothing was asked for",
        "ask for the number again",
    ),
    "waybill.contradicts": (
        "rows for one package name several carriers or counts[: {carriers}]",
        "leave one of them",
    ),
    "waybill.none_left": (
        "the carrier has no numbers in stock for this shop",
        "buy more from the carrier, or take another carrier",
    ),
    "waybill.no_contract": (
        "this shop has no e-waybill contract with the carrier",
        "open one in the shop's console, or take another carrier",
    ),
    "waybill.share": (
        "the carrier takes no more numbers back: too large a share was cancelled",
        "use the number, or ask the carrier",
    ),
    "waybill.pack": (
        "not a name for a package: {value}",
        "use up to 15 letters, digits and _",
    ),
    "waybill.no_print_data": (
        "the platform gives no print data for this number",
        "`dropship waybill list` shows whether it was given back; try again later",
    ),
    "label.font": ("{file}: not a TrueType font[ ({reason})]", "give a .ttf or .ttc file with Chinese"),
    "label.font_lacks": (
        "{file} has no glyphs for: {characters}",
        "give a font with Simplified Chinese, or leave `--font` out",
    ),
    "usage.numbers_or_all": (
        "name tracking numbers, or say `--all`",
        "`dropship waybill list --state got` shows the numbers",
    ),
    "scan.no_item": ("{text} is no item of this shop", "scan an item first, then its tracking number"),
    "scan.no_number": ("{item} has got no tracking number", "scan the item again, then its number"),
    "scan.shipped": (
        "{item} is shipped already, or about to be",
        "put it aside and look at `dropship order {item}`",
    ),
    "scan.which_carrier": (
        "{number}: it can't be told from the number whose it is",
        "name the carrier: `dropship ship --scan --carrier C`",
    ),
    "scan.not_carriers": (
        "{number} can't be a number of {carrier}",
        "scan the tracking number's barcode, or name another carrier",
    ),
    "scan.other_receiver": (
        "{number} is for another receiver already (item {other})",
        "put the label of this package on it",
    ),
    "scan.nothing_to_undo": (
        "there is nothing to take back",
        "what was sent is corrected by `dropship ship --amend`",
    ),
    "usage.not_with_scan": (
        "{flag} can't be used with `--scan`",
        "the scanner says what ships; leave {flag} out",
    ),
    "usage.not_with_waybill": (
        "{flag} can't be used with `--waybill`",
        "the e-waybill says carrier, number and pieces; leave {flag} out",
    ),
}

NOTES: dict[str, str] = {
    "act.pick": "make a picking list",
    "act.waybill": "get an e-waybill",
    "act.waybill_cancel": "give an e-waybill back",
    "act.waybill_print": "print labels",
    "act.waybill_sender": "set the sender",
    "column.package": "package",
    "column.without": "stays here",
    "column.goods": "goods",
    "column.got_at": "got",
    "column.printed_at": "printed",
    "column.cancelled_at": "given back",
    "column.mobile": "telephone",
    "column.province": "province",
    "column.city": "city",
    "column.district": "district",
    "column.street": "street",
    "number.got": "got",
    "number.used": "used",
    "number.cancelled": "given back",
    "pick.sum": "{pieces} pieces for {items} items in {packages} packages",
    "pick.going": "{count} more items are on their way already (`dropship queue`)",
    "pick.written": "{count} rows written to {path}",
    "pick.kept": "{item} ({sku}) must not leave: {why}",
    "labels.written": "{count} labels written to {path}",
    "waybill.doubt": (
        "an e-waybill can't be looked up by the program: see in the shop's console, or ask the carrier, whether it was "
        "bought or given back; then `dropship queue retry OP` asks once more, `dropship queue drop OP` gives up"
    ),
    "labels.none": "no label to print; no file was written",
    "labels.font": (
        "no Chinese font file was found here: the PDF asks for the standard font STSong-Light, which viewers bring "
        "along or ask for; `--font FILE` puts a font into the PDF"
    ),
    "progress.labels": "reading print data",
    "scan.item?": "item:",
    "scan.number?": "tracking number (or pieces, then number):",
    "scan.item": "{item}: {goods}",
    "scan.part": "{item}: {left} pieces[ left after {carrier} {number}]",
    "scan.pair": "kept: {item}[ and {more} more] {carrier} {number}",
    "scan.undone": "taken back: {item}",
    "scan.sent": "what was kept is sent, as far as the platform takes it",
    "scan.refused": "no: {what}",
    "progress.waybill": "getting e-waybill numbers",
}
