"""Serves this installation over HTTP: two workers of four threads each, which take up whole requests only."""

import argparse
import errno
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from tasuki.ops import Unfit
from tasuki.ops.backup import keep_backing_up, shelf_of
from tasuki.ops.database import Server, city_name, city_server
from tasuki.ops.doctor import walls
from tasuki.ops.embedded import Cluster
from tasuki.ops.follow import PARENT
from tasuki.ops.put_away import keep_putting_away
from tasuki.ops.seal import keep_sealing

HOST, PORT = "127.0.0.1", 8000
WORKERS = 2
ANSWER_SECONDS = 60
LOOK_SECONDS = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add where to listen."""
    parser.add_argument("--host", default=HOST, help=f"待ち受けるアドレス(既定 {HOST})")
    parser.add_argument("--port", type=int, default=PORT, help=f"待ち受けるポート(既定 {PORT})")
    parser.add_argument("--workers", type=int, default=WORKERS, help=f"プロセスの数(既定 {WORKERS})")


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted. Raises Unfit when the database is not there yet, stands open, is of another version, or the port is taken."""
    name = city_name()
    with city_server() as server:
        if name not in server.names():
            raise Unfit(f"データベース {name} がまだありません。先に tasuki migrate を実行してください。")
        if open_walls := walls(server, name):
            told = "\n".join(f"{one.what}\n       → {one.mend}" for one in open_walls)
            raise Unfit(f"このままでは動かせません。\n{told}")
        os.environ.update(server.environment(name))
        stop = threading.Event()
        for work in companions(server, name, stop):
            threading.Thread(target=work, daemon=True).start()
        address = f"http://{options.host}:{options.port}/"
        listen(
            options.host,
            options.port,
            lambda: print(f"{address} で動いています。", flush=True),
            options.workers,
        )
        stop.set()
    return 0


def companions(server: Server, name: str, stop: threading.Event) -> Iterator[Callable[[], None]]:
    """Give what goes on beside the pages: seals, ended cases put away, the embedded server kept alive, backups when they are set up."""
    yield partial(keep_sealing, server, name, stop)
    yield partial(keep_putting_away, server, name, stop)
    if server.cluster is None:
        return
    yield partial(keep_alive, server.cluster, stop)
    if os.environ.get("TASUKI_BACKUP"):
        yield partial(keep_backing_up, server.cluster, shelf_of, name, stop)
    else:
        print("バックアップが決められていません（docs/operate/backup.ja.md）。", file=sys.stderr, flush=True)


def keep_alive(cluster: Cluster, stop: threading.Event) -> None:
    """Until told to stop: start the embedded server again when it died. What it acknowledged comes back from its log."""
    while not stop.wait(LOOK_SECONDS):
        try:
            if cluster.answers():
                continue
            cluster.start(make=False)
            print("データベースが止まっていたので、起動し直しました。", file=sys.stderr, flush=True)
        except (Unfit, OSError) as trouble:
            print(f"データベースが止まっています。{trouble}", file=sys.stderr, flush=True)


def listen(host: str, port: int, ready: Callable[[], None], workers: int = WORKERS) -> None:
    """Serve the WSGI application until SIGINT or SIGTERM; `ready` is called once when requests are answered.

    Raises Unfit when the port is taken.
    """
    if not is_free(host, port):
        raise Unfit(f"ポート {port} は使われています。--port で別の番号を指定してください。")
    os.environ[PARENT] = str(os.getpid())
    # Each thread would keep memory of its own that it has done with (glibc); so few threads need no more than two heaps.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    threading.Thread(target=_announce, args=(host, port, ready), daemon=True).start()
    Granian(
        "tasuki.config.rsgi:application",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=workers,
        log_level=LogLevels.warning,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve()


def is_free(host: str, port: int) -> bool:
    """Tell whether nobody listens on that port. Raises Unfit for an address or a port that is none."""
    with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind((host, port))
        except (OSError, OverflowError) as trouble:
            if isinstance(trouble, OSError) and trouble.errno == errno.EADDRINUSE:
                return False
            raise Unfit(
                f"{host} の {port} 番では待ち受けられません。--host と --port を確かめてください。"
            ) from trouble
    return True


def free_port(host: str, first: int) -> int:
    """Return `first` or the next port on which nobody listens."""
    return next(port for port in range(first, 65536) if is_free(host, port))


def _announce(host: str, port: int, ready: Callable[[], None]) -> None:
    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline:
        if _answers(host, port):
            ready()
            return
        time.sleep(0.05)
    print("サーバーが応答しません。上に出ている記録を確かめてください。", file=sys.stderr)


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=ANSWER_SECONDS) as line:
            line.sendall(f"HEAD / HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
            return line.recv(5) == b"HTTP/"
    except OSError:
        return False
