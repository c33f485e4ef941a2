"""A bad line: a TCP proxy on this machine that is slow, that resets, that is away for a while."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

RESET = struct.pack("ii", 1, 0)  # SO_LINGER: close with RST


class Line:
    """A proxy to a server's socket; each piece that passes waits `delay` seconds."""

    def __init__(self, goal: Path, delay: float) -> None:
        self._goal, self._delay = goal, delay
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._lock = threading.Lock()
        self.open = True
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                if not self.open:
                    _reset(near)
                    continue
                far = socket.socket(socket.AF_UNIX)
                try:
                    far.connect(str(self._goal))
                except OSError:
                    _reset(near)
                    continue
                with self._lock:
                    self._pairs.append((near, far))
                for source, target in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while some := source.recv(1400):
                time.sleep(self._delay)
                target.sendall(some)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def reset(self) -> None:
        """Cut every connection, whatever it is in the middle of."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            for one in pair:
                _reset(one)

    def close(self) -> None:
        """Take the line away."""
        self._door.close()
        self.reset()


def _reset(one: socket.socket) -> None:
    with suppress(OSError):
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextmanager
def line(goal: Path, delay: float) -> Iterator[Line]:
    """Give a bad line to the socket at `goal`."""
    made = Line(goal, delay)
    try:
        yield made
    finally:
        made.close()
