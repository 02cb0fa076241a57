"""English sentences about pushes: `listen`, and what of them `status`, `doctor` and `sync` say."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "listen.busy": (
        "this shop has a listener already[ (process {pid})]",
        "one is enough: stop it first, or give another `--profile`",
    ),
    "listen.none": ("{platform} pushes nothing", "run `dropship sync` often instead"),
    "listen.address": (
        "can't listen on {address} port {port}[: {detail}]",
        "give an address of this machine, and a `--port` that is free",
    ),
    "listen.not_loopback": (
        "{address} is reached from other machines, and this is plain HTTP",
        "listen on 127.0.0.1 behind a proxy with TLS, or say `--plain-http` if the proxy is on another machine",
    ),
    "push.app": (
        "a push for another app was not taken",
        "give the platform's console this app's address only",
    ),
    "push.signature": (
        "a push with a wrong signature was not taken",
        "if they are real: the app secret here and in the platform's console differ",
    ),
    "push.unreadable": (
        "a body that is no list of messages was not taken",
        "nothing is lost: `dropship sync` reads what changed; check who calls this address",
    ),
    "push.too_large": (
        "a body over 1 MiB was not taken",
        "the platform sends far less; check who calls this address",
    ),
    "push.slow": (
        "a sender that took too long was cut off",
        "the platform sends it again; if it comes often, look at the proxy before `listen`",
    ),
    "push.bad_request": (
        "something that is no HTTP was not taken",
        "check who calls this address, and that the proxy speaks plain HTTP to it",
    ),
    "push.not_kept": ("a push could not be stored", "run `dropship doctor`, then `dropship sync`"),
    "sandbox.not_a_number": ("{value} is no whole number", "only `push_url` takes a text"),
}

NOTES: dict[str, str] = {
    "act.listen": "listen",
    "field.url": "address",
    "field.answered": "answered",
    "field.sent": "sent",
    "field.lost": "lost",
    "field.repeated": "sent twice",
    "field.forged": "forged",
    "field.unanswered": "of these meant to arrive",
    "sandbox.unanswered": (
        "{url} did not answer {count} with success: they are lost, as on the platform. Is `dropship listen` up there?"
    ),
    "field.believed": "forged and believed",
    "sync.pushes_lost": "lost pushes: at least {count}; what they told is read now",
    "status.listening": "listening[, last push {last}]",
    "status.listen_away": "the listener is gone: its last sign of life was {when}",
    "status.to_look": "{n} pushes whose items were not read yet",
    "check.listen_none": "nobody listens to pushes; `sync` reads everything",
    "check.listening": "hears pushes, the last at {when}; to look at: {waiting}, refused: {refused}, lost: {lost}",
    "check.listen_away": (
        "gone since {alive}, last push at {when}; to look at: {waiting}; "
        "start `dropship listen`, then run `dropship sync`"
    ),
    "listen.message": "push {tag}[: {named}]",
    "listen.ended": "not listening any more; what was received is kept",
    "listen.look_failed": "items named by pushes can't be read now: {why}; they are read later",
}
