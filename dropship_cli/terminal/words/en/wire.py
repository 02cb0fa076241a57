"""English sentences about access to the platform, its answers, and what is in between."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "auth.other_shop": (
        "the code authorises shop {given}, but this profile is shop {shop_id}",
        "let the right shop authorise the app, or make a profile for the other one",
    ),
    "platform.busy": (
        "the platform says it is busy and may or may not have done it[: {said}]",
        "`dropship sync` asks what became of it before anything is sent again",
    ),
    "auth.permission": (
        "the platform does not permit this call to the app[: {said}]",
        "apply for the permission in the platform's developer console, then run `dropship login`",
    ),
    "auth.package": (
        "the app has no package of permissions that holds this call[: {said}]",
        "apply for the package in the platform's developer console",
    ),
    "auth.lapsed": (
        "the shop has never authorised the app, or no longer does[: {said}]",
        "authorise it in the platform's console, then run `dropship login`",
    ),
    "auth.app_forbidden": (
        "the platform has barred the app[: {said}]",
        "ask the platform's support why",
    ),
    "auth.signature": (
        "the platform does not accept the signature: the app secret is wrong",
        "give the right secret with `dropship login --secret-stdin`",
    ),
    "auth.app_key": (
        "the platform does not know the app key, or the app has expired[: {said}]",
        "check it with `dropship profile show`",
    ),
    "auth.token": (
        "the platform does not take the token[: {said}]",
        "run `dropship login`",
    ),
    "auth.login": (
        "the platform gave no token[: {said}]",
        "check the shop's authorisation, then run `dropship login` again; an app for many shops takes a new `--code`",
    ),
    "token.none": (
        "the platform no longer knows the token",
        "run `dropship login`",
    ),
    "token.racing": (
        "another run is renewing the token",
        "run the command again",
    ),
    "token.busy": (
        "another run is renewing the token",
        "run the command again",
    ),
    "clock.wrong": (
        "the clock of this machine is too far from the platform's",
        "set it right, then run `dropship doctor`",
    ),
    "secret.file_unreadable": (
        "the secret file[ {file}] can't be read[ ({why})]",
        "check DROPSHIP_APP_SECRET_FILE, or give the secret again with `dropship login --secret-stdin`",
    ),
    "secret.keyring_missing": (
        "the secret is in the keyring, but there is none that can be used here",
        "install `dropship[keyring]`, or set DROPSHIP_APP_SECRET",
    ),
    "secret.keyring_locked": (
        "the keyring is locked",
        "unlock it, or set DROPSHIP_APP_SECRET",
    ),
    "platform.bad_call": (
        "the platform finds the call itself wrong[: {said}]",
        "run `dropship sync`; if it comes again, please report it",
    ),
    "platform.method_off": (
        "the platform does not offer this call (any more)[: {said}]",
        "do it in the platform's console",
    ),
    "platform.suspected": (
        "the platform suspects this environment and refuses[: {said}]",
        "ask the platform's support",
    ),
    "platform.silent": (
        "the platform does not answer any more[: {detail}]",
        "what was asked is kept; run `dropship sync` later",
    ),
    "network.no_answer": (
        "the platform gave no answer[ ({detail})]",
        "run `dropship sync`; what became of a change is asked before anything is sent again",
    ),
    "answer.redirect": (
        "the platform's address answered with a redirect[ ({detail})], which is never followed",
        "check `--base-url` and the network between",
    ),
    "answer.status": (
        "the platform answered with an error of its own[ ({detail})]",
        "run `dropship sync`; what became of a change is asked before anything is sent again",
    ),
    "answer.too_big": (
        "the platform's answer is too big to be one",
        "check `--base-url` and the network between",
    ),
    "answer.coding": (
        "the platform's answer came in a form that was not asked for",
        "check `--base-url` and the network between",
    ),
    "request.bad": (
        "the call could not be built",
        "nothing was sent; please report it",
    ),
    "sandbox.absent": (
        "the sandbox of this profile is not there",
        "run the command through `dropship`, or set `--base-url`",
    ),
    "run.ended_early": (
        "stopped[; still queued: {queued}][; unknown: {unknown}]",
        "what was in flight is in the journal; run `dropship sync`",
    ),
    "store.busy": (
        "another program is writing to the store[ {path}]",
        "wait a moment, then run it again",
    ),
    "usage.params": (
        "{option} is not a JSON object[: {detail}]",
        "write names and texts in double quotes, and all of it in single quotes for the shell",
    ),
    "usage.lang": ("there is no language {value}", "use en or zh"),
    "usage.state": (
        "there is no state {state}",
        "choose one of: {known}",
    ),
    "usage.no_command": ("no command was given", "`dropship --help` lists them"),
    "usage.command": ("there is no command {command}", "[did you mean {near}? ]`--help` lists them"),
    "usage.option": ("there is no option {option} here", "[did you mean {near}? ]`--help` lists them"),
    "usage.option_value": ("the option {option} wants a value", "`--help` shows how"),
    "usage.option_flag": ("the option {option} takes no value", "`--help` shows how"),
    "usage.missing": ("{name} is missing", "`--help` shows how"),
    "usage.value": (
        "{name} can't be {value}[: the range is {range}][: it is one of {known}]",
        "`--help` shows how",
    ),
    "usage.extra": ("too many words on the command line[: {words}]", "`--help` shows how"),
    "usage.one_shop": (
        "{flag} is for one shop, and without a shop four are made",
        "say which one with `--shop-id` and `--profile`, or leave {flag} out",
    ),
    "usage.wrong": (
        "{detail}",
        "`--help` shows how",
    ),
    "usage.duration": (
        "{value} is not a length of time",
        "write 90s, 4m, 6h or 1d",
    ),
    "usage.items_or_batch": (
        "either items or a file is needed",
        "name ITEMs, or `--batch FILE`, not both",
    ),
    "usage.needs": (
        "{flag} is needed",
        "`--help` shows how",
    ),
    "usage.not_with_batch": (
        "{flag} can't be used with `--batch`",
        "the file says it row by row; leave {flag} out",
    ),
    "usage.errors_over_input": (
        "{file} is the file to read: the failed rows can't go there too",
        "give `--errors` another name",
    ),
    "usage.only_with_batch": (
        "{flag} goes only with `--batch`",
        "leave it out, or give a file",
    ),
    "usage.moment": (
        "{value} is not a date or a time",
        "write 2026-11-12, 2026-11-12T08:00 or 2026-11-12T08:00:00+08:00",
    ),
}
