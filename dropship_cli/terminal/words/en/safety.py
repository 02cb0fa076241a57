"""English sentences about safe hands: stopping a shop, decrypting receivers, removing what is no longer needed."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "run.stopped": (
        "nothing is sent: this shop is stopped[ since {since}][ by {who}][: {reason}]",
        "`dropship resume` lets it go on; `dropship sync` then sends what waits",
    ),
}

NOTES: dict[str, str] = {
    "act.stop": "stop",
    "act.resume": "resume",
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
