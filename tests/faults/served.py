"""The sandbox on a loopback port in a thread of the tests, so that many processes meet one ledger after the other."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from waitress.server import create_server

from dropship_cli.sandbox.app import create_app
from tests.faults.program import Place


class Served:
    """One port for the whole run; `use` puts another ledger behind it."""

    def __init__(self) -> None:
        self.pause = 0.0  # seconds between the work and its answer
        self._app: Any = None
        self._busy = 0
        self._idle = threading.Condition()
        self._server = create_server(self._answer, host="127.0.0.1", port=0, threads=4)
        self.url = f"http://127.0.0.1:{self._server.effective_port}"
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()

    def use(self, ledger: Path) -> None:
        """From now on calls are answered from this ledger."""
        self._app = create_app(ledger)

    def put(self, place: Place) -> str:
        """`use` the ledger of this place; the address."""
        self.use(place.ledger)
        return self.url

    def settle(self) -> None:
        """Wait until no call is at work: what a dead process sent is committed then, or never."""
        with self._idle:
            assert self._idle.wait_for(lambda: not self._busy, timeout=30)

    def close(self) -> None:
        """Stop serving."""
        self._server.close()
        self._server.task_dispatcher.shutdown()
        self._thread.join(timeout=5)

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        with self._idle:
            self._busy += 1
        try:
            answer: Iterable[bytes] = self._app(environ, start_response)
            time.sleep(self.pause)
            return answer
        finally:
            with self._idle:
                self._busy -= 1
                self._idle.notify_all()
