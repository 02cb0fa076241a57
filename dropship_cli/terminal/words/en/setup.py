"""English sentences about being set up: role, profile, secrets, platform access, store, usage."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    # Role
    "role.not_chosen": (
        "[shop {shop_id} has no role yet: ]choose one first[; only a {wanted} can {act}]",
        "run `dropship role choose merchant` or `dropship role choose factory`, with this shop's `--profile`",
    ),
    "role.wrong": (
        "only a {wanted} can {act}[, and shop {shop_id} is a {role}]",
        "use the profile of a {wanted} shop: `dropship --profile NAME …`; `dropship profile list` shows them",
    ),
    "role.fixed": (
        "the role is fixed[ as {role}]: a binding has been applied for",
        "the platform never changes it again; use another shop for the other role",
    ),
    "role.none": (
        "this shop has no role",
        "run `dropship role choose merchant` or `dropship role choose factory`",
    ),
    # Settings and profiles
    "setting.unknown": ("there is no setting {name}", "[choose one of: {known}]"),
    "setting.bad": (
        "setting {name} can't be {value}",
        "give a number from {least} to {most}[ ({unit})]",
    ),
    "profile.none": (
        "no shop is set up[ in {home}]",
        "run `dropship init --platform sandbox` to try it, or `dropship init`",
    ),
    "profile.not_chosen": (
        "no shop is in use; there are: {known}",
        "choose one with `dropship profile use NAME`, or name it with `--profile NAME`",
    ),
    "profile.unknown": ("there is no profile {name}", "`dropship profile list` shows them[: {known}]"),
    "profile.exists": (
        "profile {name} exists already",
        "choose another name, or run `dropship profile remove {name}` first",
    ),
    "profile.bad_name": (
        "{name} can't be the name of a profile",
        "use letters, digits, `-` and `_`, beginning with a letter or digit",
    ),
    "profile.damaged": (
        "the settings file[ {path}] can't be read[: {detail}]",
        "mend it by hand, or move it away and run `dropship init` again",
    ),
    "profile.read_only": (
        "profile[ {profile}] is read only: it refuses every change",
        "use another profile, or set this one up again without `--read-only`",
    ),
    # Who may talk to the platform
    "auth.not_logged_in": ("this shop has no valid token", "run `dropship login`"),
    "auth.closed": (
        "the shop has ended its authorisation, or the shop is closed[: {said}]",
        "authorise the app again in the platform's console, then run `dropship login`",
    ),
    "auth.ip": (
        "the platform does not take calls from this address[: {said}]",
        "add this machine's public address to the app's allow list in the developer console",
    ),
    "auth.app": (
        "the platform does not know the app, or its secret is wrong[: {said}]",
        "check the app key with `dropship profile show`; `dropship login --secret-stdin` takes the secret again",
    ),
    "secret.missing": (
        "there is no app secret[ for profile {profile}]",
        "run `dropship login --secret-stdin`, or set DROPSHIP_APP_SECRET or DROPSHIP_APP_SECRET_FILE",
    ),
    "secret.file_open": (
        "the secret file[ {file}] belongs to somebody else, or others can read it[ ({why})]",
        "make it yours alone with `chmod 600`, and change the secret if others may have seen it",
    ),
    "token.file_open": (
        "the token file[ {file}] belongs to somebody else, or others can read it[ ({why})]",
        "make it yours alone with `chmod 600`, or remove it and run `dropship login`",
    ),
    "token.file_bad": ("the token file[ {file}] can't be read", "run `dropship login`"),
    "base_url.insecure": (
        "[{url} is refused: ]plain http is taken only on this machine (127.0.0.1, localhost)",
        "use an https address in `--base-url`",
    ),
    "base_url.bad": ("the address[ {url}] can't be called", "give `--base-url` as https://HOST"),
    "platform.unknown": ("there is no platform {platform}", "choose one of: {known}"),
    # Home, lock, store, backup
    "home.foreign": (
        "the folder {path} belongs to somebody else",
        "choose another one with `--home DIR` or DROPSHIP_HOME",
    ),
    "home.not_folder": (
        "{path} is a file, and a folder is needed there",
        "name a folder with `--home DIR` or DROPSHIP_HOME, or move the file away",
    ),
    "home.read_only": (
        "nothing can be written into the folder {path}",
        "give yourself the right to write there, or choose another one with `--home DIR`",
    ),
    "lock.busy": (
        "another run is talking to the platform for this shop[ (process {pid})]",
        "wait until it ends, or pass `--wait SECONDS`",
    ),
    "store.corrupt": (
        "the store {path} is damaged",
        "put a backup in its place with `dropship restore FILE`; the damaged file is kept as it is",
    ),
    "store.foreign": (
        "the file {path} is not a store of this program",
        "move it away, or choose another folder with `--home DIR`",
    ),
    "store.newer": (
        "the store {path} was written by a newer version of dropship[ (schema {version}, known {known})]",
        "install that version or a later one; the file is left as it is",
    ),
    "store.full": (
        "the disk is full: {path} can't be written",
        "make room, then run the command again; nothing recorded so far is lost",
    ),
    "store.read_only": (
        "the store {path} can't be written",
        "check the rights of the file and of its folder, and that its disk is not read-only",
    ),
    "store.failed": ("the store[ {path}] failed[: {detail}]", "run `dropship doctor`"),
    "backup.exists": ("the file {path} exists already", "choose another name, or remove it first"),
    "backup.damaged": (
        "the backup {path} is damaged: it does not agree with its checksum, or can't be read",
        "use another backup; the present store is untouched",
    ),
    "backup.failed": (
        "the backup {path} could not be written[: {detail}]",
        "choose a place with room and rights",
    ),
    "restore.foreign": (
        "the file {path} is no backup of this program",
        "choose one that `dropship backup` wrote; the present store is untouched",
    ),
    "restore.doubt": (
        "the backup does not know whether it was sent since",
        "run `dropship sync`, which asks before anything is sent",
    ),
    # What was typed
    "confirm.needed": (
        "this needs a yes, and nobody is there to be asked",
        "pass `{flag}` to say yes beforehand",
    ),
    "confirm.refused": ("stopped: the answer was no", "nothing was done"),
    "input.needed": (
        "[{name} is needed, and ]nobody is there to be asked",
        "[pass `{flag}`]",
    ),
    # Network and program
    "network.unreachable": (
        "the platform can't be reached[: {detail}]",
        "nothing was sent; check the connection, then run `dropship sync`",
    ),
    "network.tls": (
        "the connection to the platform is not safe: its certificate was refused[ ({detail})]",
        "nothing was sent; check this machine's clock and the network between",
    ),
    "answer.missing_row": (
        "the platform's answer does not speak of this row: what became of it is unknown",
        "run `dropship sync`; it asks before anything is sent again",
    ),
    "answer.unreadable": (
        "the platform's answer can't be read[ ({detail})]",
        "run `dropship sync`; what became of a change is asked before anything is sent again",
    ),
    "run.deadline": (
        "the time of this run is over",
        "what was left waits; run `dropship sync`, or give more time with `--deadline`",
    ),
    "run.interrupted": ("interrupted", "what was in flight is in the journal; run `dropship sync`"),
    "defect": (
        "a defect in dropship itself[; the details are in {path}]",
        "please report it; then run `dropship sync`, which finds out what was in flight",
    ),
    "sandbox.refused": (
        "the sandbox refused it: {detail}",
        "`dropship sandbox --help` shows how",
    ),
    "usage.finish_or_close": (
        "`--finish` and `--close` can't be used together",
        "leave one of them out",
    ),
    "usage.orders_or_random": (
        "either `--orders FILE` or `--random N` is needed, not both",
        "give one of them",
    ),
    "usage.shop_id": (
        "{value} is not a shop id",
        "write digits only",
    ),
}
