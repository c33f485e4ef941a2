"""A worker follows the process that started it: when that one is killed, it does not go on alone."""

import os
import threading
import time

PARENT = "TASUKI_PARENT"
EVERY_SECONDS = 0.5


def follow() -> None:
    """End this process soon after the one named in TASUKI_PARENT is gone; without that name, do nothing."""
    parent = int(os.environ.get(PARENT, "0"))
    if parent and parent != os.getpid():
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(EVERY_SECONDS)
    # Nothing half-written stays: PostgreSQL rolls back what was open.
    os._exit(1)
