"""How many messages a second `listen` takes, against a bare waitress application that commits one row a message.

Both have eight workers, the same SQLite pragmas and the same callers: eight connections that stay open, a message a
request. The bare one checks no signature and reads no JSON. The messages are about another shop of the app, so that
no reading of items runs beside. Prints `name ratio limit`: the median of rounds in which both take turns.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import count
from pathlib import Path

from world import World, port_of

from dropship_cli.platforms.doudian.signing import push_sign
from dropship_cli.sandbox.schema import APP_KEY, APP_SECRET

ROUNDS, CALLERS, MESSAGES = 7, 8, 150
BARE = """
import json, logging, sqlite3, sys, threading
from waitress.server import create_server
logging.getLogger("waitress.queue").setLevel(logging.ERROR)
mine = threading.local()

def connection():
    if not hasattr(mine, "store"):
        mine.store = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=10)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "fullfsync=ON", "foreign_keys=ON"):
            mine.store.execute(f"PRAGMA {pragma}")
    return mine.store

def app(environ, start):
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    store = connection()
    store.execute("BEGIN IMMEDIATE")
    store.execute("INSERT INTO inbox (body) VALUES (?)", (body,))
    store.execute("COMMIT")
    said = b'{"code":0,"msg":"success"}'
    start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(said)))])
    return [said]

connection().execute("CREATE TABLE inbox (seq INTEGER PRIMARY KEY, body BLOB)")
server = create_server(app, host="127.0.0.1", port=0, threads=8, asyncore_use_poll=True)
print(json.dumps({"url": f"http://127.0.0.1:{server.effective_port}"}), flush=True)
server.run()
"""
_NUMBERS = count(1)


def main() -> None:
    """Start both, let them take turns, stop both."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        listen = [sys.executable, "-m", "dropship_cli", "listen", "--port", "0", "--workers", "8", "--json"]
        ours = _started([*listen, "-p", "merchant"], world.environ)
        bare = _started([sys.executable, "-c", BARE, f"{folder}/bare.db"], world.environ)
        try:
            ports = [port_of(one) for one in (ours, bare)]
            for port in ports:
                _rate(port)  # warm
            ratios = []
            for _ in range(ROUNDS):
                first, second = (_rate(port) for port in ports)
                ratios.append(first / second)
        finally:
            for one in (ours, bare):
                one.kill()
                one.wait()
    print(f"listen: messages a second {statistics.median(ratios):.2f} 0.80")


def _started(command: list[str], environ: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True)


def _rate(port: int) -> float:
    """Messages a second of all callers together."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(CALLERS) as callers:
        list(callers.map(_call, [port] * CALLERS))
    return CALLERS * MESSAGES / (time.perf_counter() - begun)


def _call(port: int) -> None:
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    for _ in range(MESSAGES):
        data = json.dumps({"distr_order_id": str(next(_NUMBERS)), "shop_id": 990099, "user_id": 990098})
        message = {"tag": "501", "msg_id": f"{next(_NUMBERS)}::501:1700000000:{APP_KEY}", "data": data}
        body = json.dumps([message]).encode()
        sign = push_sign(APP_KEY, body, APP_SECRET, "hmac-sha256")
        line.request("POST", "/", body, {"app-id": APP_KEY, "event-sign": sign, "sign-method": "hmac-sha256"})
        assert b'"code":0' in line.getresponse().read()
    line.close()


if __name__ == "__main__":
    main()
