"""How gunicorn serves the demo; must not know what is served.

The demo holds the other end of our standard input: when it is gone, killed even, so are we.
"""

from __future__ import annotations

import os
import signal
from threading import Thread
from typing import Any

workers = 1
worker_class = "gthread"
threads = 8
loglevel = "warning"
control_socket_disable = True

STANDARD_INPUT = 0


def post_worker_init(worker: Any) -> None:
    """Called by gunicorn in the worker, once the application is loaded."""
    Thread(target=_end_with_the_demo, daemon=True).start()


def _end_with_the_demo() -> None:
    # Not through sys.stdin, whose lock would stop the interpreter from ending before us.
    while os.read(STANDARD_INPUT, 1):
        pass
    os.kill(os.getppid(), signal.SIGTERM)
