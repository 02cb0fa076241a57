"""The sandbox on a real port: for a third party's client, for two servers on one ledger, until a signal."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from dropship_cli.sandbox import ledger, settings
from dropship_cli.sandbox.app import create_app
from dropship_cli.sandbox.errors import SandboxError
from dropship_cli.sandbox.serve import serve

from .conftest import FACTORY, MERCHANT, World

_SERVER = """
import sys
from pathlib import Path
from dropship_cli.sandbox.app import create_app
from dropship_cli.sandbox.serve import serve
serve(create_app(Path(sys.argv[1])), 0, on_ready=lambda port: print(port, flush=True))
print("stopped", flush=True)
"""
Start = Callable[[Path], tuple[subprocess.Popen[str], int]]


@pytest.fixture
def start() -> Iterator[Start]:
    started = []

    def run(path: Path) -> tuple[subprocess.Popen[str], int]:
        server = subprocess.Popen(
            [sys.executable, "-c", _SERVER, str(path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(server)
        assert server.stdout is not None
        return server, int(server.stdout.readline())

    yield run
    for server in started:
        server.kill()
        server.communicate()


def run_foreign_client(port: int, item: str) -> dict[str, Any]:
    script = Path(__file__).with_name("foreign_client.py")
    done = subprocess.run(
        [sys.executable, str(script), str(port), item, str(FACTORY), str(MERCHANT)],
        env=os.environ | {"TZ": "Asia/Shanghai", "NO_PROXY": "*"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_a_third_partys_client_works_a_day_with_it(world: World, start: Start) -> None:
    world.clock.now = time.time()
    world.bind(FACTORY)
    (item,) = world.order(2)
    told = run_foreign_client(start(world.path)[1], item)
    assert 7 * 86_400 - 60 <= told["life"] <= 7 * 86_400
    assert [answer["data"] for answer in told["roles"]] == [{"role_type": 1}, {"role_type": 2}]
    assert [row["distr_order_id"] for row in told["orders"]["data"]["distr_order_list"]] == [item]
    assert told["allocated"]["data"]["distribute_order_reuslts"][0]["err_no"] == 0
    assert [row["distr_order_id"] for row in told["mine"]["data"]["order_list"]] == [item]
    assert told["shipped"]["err_no"] == 0
    assert told["after"]["data"]["distr_order_detail"]["tracking_no"] == "SF1000000001"
    assert len(world.effects("shipped")) == 1


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly(tmp_path: Path, start: Start, stop: signal.Signals) -> None:
    server, port = start(tmp_path / "ledger.sqlite")
    socket.create_connection(("127.0.0.1", port), timeout=5).close()
    server.send_signal(stop)
    out, err = server.communicate(timeout=20)
    assert (server.returncode, out, err) == (0, "stopped\n", "")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_only_this_machine_can_reach_it(tmp_path: Path, start: Start) -> None:
    _, port = start(tmp_path / "ledger.sqlite")
    table = Path("/proc/net/tcp")
    if not table.exists():
        pytest.skip("the listening addresses are read from Linux's /proc")
    bound = [line.split()[1] for line in table.read_text().splitlines()[1:] if line.split()[3] == "0A"]
    assert [address for address in bound if address.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SandboxError, match=str(port)):
            serve(create_app(tmp_path / "l.sqlite"), port, on_ready=lambda _: None)


def test_two_servers_share_one_ledger_and_one_rate(world: World, start: Start) -> None:
    world.clock.now = time.time()
    token = world.token(MERCHANT)
    settings.put(world.path, "rate_per_second", 5)
    ports = [start(world.path)[1] for _ in range(2)]
    codes: list[int] = []

    def run(port: int) -> None:
        for _ in range(10):
            query = urlencode(world.query("order.logisticsCompanyList", "{}", token))
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("POST", f"/order/logisticsCompanyList?{query}", b"{}")
            codes.append(json.load(connection.getresponse())["code"])
            connection.close()

    began = time.monotonic()
    threads = [threading.Thread(target=run, args=(port,)) for port in ports]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    allowed = 5 + 5 * (time.monotonic() - began)
    assert set(codes) <= {10000, 60000}
    assert 5 <= codes.count(10000) <= allowed
    logged = [call for call in ledger.calls(world.path) if call["method"] == "order.logisticsCompanyList"]
    assert len(logged) == 20
