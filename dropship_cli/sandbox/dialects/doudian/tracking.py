"""What a tracking number may look like on the wire: letters, digits and hyphens (our decision)."""

import re

_NUMBER = re.compile(r"[A-Za-z0-9-]{4,40}")


def well_formed(track_no: str) -> bool:
    """Whether the platform takes the text as a tracking number of any carrier."""
    return _NUMBER.fullmatch(track_no) is not None
