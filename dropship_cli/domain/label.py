"""What stands on a package's label, and where the receiver on it comes from; nothing is drawn here."""

from __future__ import annotations

from dataclasses import dataclass

from dropship_cli.domain.waybill import Sender, Waybill


@dataclass(frozen=True, slots=True)
class PrintData:
    """What the platform gives a printing component for one number (doudian.md section 6).

    `cipher` and `sign` are opaque: the receiver is decrypted inside the platform's own component and nowhere else.
    `name`, `phone` and `area` are the masks, where the platform gives some. With `code` there is no print data.
    """

    carrier: str
    tracking_number: str
    cipher: str = ""
    sign: str = ""
    name: str = ""
    phone: str = ""
    area: str = ""
    code: str | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """One page: the number with its goods and routing, the masked receiver, the sender."""

    waybill: Waybill
    carrier_name: str
    data: PrintData
    sender: Sender | None = None
