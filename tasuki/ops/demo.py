"""A made-up town to try Tasuki on: made once per seed and size, kept, and served at once the next time."""

import argparse
import fcntl
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tasuki
from tasuki.ops import Unfit, serve
from tasuki.ops.database import APP, AUDITOR, BACKUP, OWNER, Server, disconnect, embedded_server
from tasuki.ops.embedded import Cluster
from tasuki.ops.reach import home

SIZES = ("village", "town", "city")
# What a town is made of: when one of these files changes, it is another town.
SHAPING = ("records/**/*.py", "records/**/*.sql", "ops/town*", "ops/town/**/*.py", "ops/templates/**/*.yaml")
MOST_COPIES = 20
COPY = re.compile(r"demo_[a-z]+_\d+_[0-9a-f]{10}_\d+")
HINT = "この町に対して命令を行うには、別の画面で --demo を付けます(例: tasuki doctor --demo)。"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add which town, and where it is served."""
    parser.add_argument("--seed", type=int, default=1, help="町のもとになる数(同じ数なら同じ町。既定 1)")
    parser.add_argument("--size", choices=SIZES, default="town", help="町の大きさ(既定 town)")
    parser.add_argument("--port", type=int, help="待ち受けるポート(既定は 8000 以降の空いている番号)")
    parser.add_argument("--json", action="store_true", help="アドレス・利用者・接続先を JSON で出す")
    parser.add_argument("--no-serve", action="store_true", help="町とデータベースだけを用意して終わる")
    parser.add_argument("--fresh", action="store_true", help="前に試した内容を捨て、最初の町に戻す")


def run(options: argparse.Namespace) -> int:
    """Make or find the town, say how to enter, serve it until interrupted."""
    stem = f"demo_{options.size}_{options.seed}_{_fingerprint()}"
    with Cluster(home() / "demo") as cluster, _claimed(cluster.folder, stem) as name:
        server = embedded_server(cluster)
        accounts = _pristine(server, cluster.folder / f"{stem}.json", options.seed, options.size)
        if options.fresh or name not in server.names():
            server.drop(name)
            server.clone(stem, name)
        # Also in this process: after making the town, Django still leads to the town's unfinished database,
        # and the workers are made from this process.
        server.point(name)
        if options.no_serve:
            cluster.stay(on=True)
            port = options.port or serve.PORT
            words = f"{_as_words(accounts)}\n\n{HINT}"
            print(_as_json(server, name, port, accounts) if options.json else words, flush=True)
        else:
            _serve(cluster.folder, options.port, lambda port: _say(options.json, server, name, port, accounts))
    return 0


def _serve(folder: Path, wanted: int | None, say: Callable[[int], None]) -> None:
    # Held until the port answers: another demo that starts at this moment must not choose the same one.
    # lockf, not flock: the workers must not inherit it.
    with (folder / "port.lock").open("w", encoding="utf-8") as choosing:
        fcntl.lockf(choosing, fcntl.LOCK_EX)
        port = wanted or serve.free_port(serve.HOST, serve.PORT)

        def ready() -> None:
            fcntl.lockf(choosing, fcntl.LOCK_UN)
            say(port)

        serve.listen(serve.HOST, port, ready)


def _say(as_json: bool, server: Server, name: str, port: int, accounts: list[dict[str, Any]]) -> None:  # noqa: FBT001
    words = f"{_url(port)} を開いてください。\n\n{_as_words(accounts)}\n\n{HINT}\n止めるには Ctrl-C。"
    print(_as_json(server, name, port, accounts) if as_json else words, flush=True)


@contextmanager
def _claimed(folder: Path, stem: str) -> Iterator[str]:
    """Give the name of a copy of the town that no other running demo uses."""
    for number in range(1, MOST_COPIES + 1):
        name = f"{stem}_{number}"
        with (folder / f"{name}.lock").open("w", encoding="utf-8") as lock:
            try:
                # lockf, not flock: a worker that outlives a killed demo for a moment must not hold its town.
                fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield name
            return
    raise Unfit(f"同じ町がすでに {MOST_COPIES} か所で動いています。どれかを止めてください。")


def lead_to_demo() -> None:
    """Lead the command that follows to the made-up town that is there to be tried.

    Raises Unfit when there is none, or when there are several and TASUKI_DATABASE names none of them.
    """
    cluster = Cluster(home() / "demo")
    if not (cluster.folder / "gate").exists() or not cluster.answers():
        raise Unfit("動いている架空の町がありません。先に、別の画面で tasuki demo を起動してください。")
    towns = sorted(name for name in embedded_server(cluster).names() if COPY.fullmatch(name))
    there = [name for name in towns if _is_served(cluster.folder, name)] or towns
    chosen = os.environ.get("TASUKI_DATABASE")
    if chosen not in there:
        if len(there) > 1:
            told = "\n".join(f"  TASUKI_DATABASE={name}" for name in there)
            raise Unfit(f"架空の町が {len(there)} つあります。次のどれかを命令の前に書いて、選んでください。\n{told}")
        chosen = there[0] if there else ""
    if not chosen:
        raise Unfit("架空の町を、いま作っているところです。アドレスが出てから、もう一度行ってください。")
    os.environ.pop("DATABASE_URL", None)
    os.environ.update({"TASUKI_CLUSTER": cluster.folder.name, "TASUKI_DATABASE": chosen})


def _is_served(folder: Path, name: str) -> bool:
    path = folder / f"{name}.lock"
    if not path.exists():
        return False
    with path.open("r", encoding="utf-8") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _pristine(server: Server, memory: Path, seed: int, size: str) -> list[dict[str, Any]]:
    """Make the town that all copies are taken from unless it is there, and return its accounts.

    `memory` keeps the accounts; its name without the ending is the database's. The database gets its name last,
    so one of that name is complete.
    """
    name = memory.stem
    with memory.with_suffix(".lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if name not in server.names():
            _make(server, name, memory, seed, size)
    accounts: list[dict[str, Any]] = json.loads(memory.read_text(encoding="utf-8"))
    return accounts


def _make(server: Server, name: str, memory: Path, seed: int, size: str) -> None:
    part = f"{name}_part"
    server.make_roles()
    server.drop(part)
    server.make_database(part)
    server.prepare(part)
    # Only now: the town's rooms need Django's settings.
    from tasuki.ops import town

    accounts = town.make(seed, size)
    disconnect()
    handle = os.open(memory, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(accounts, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    server.rename(part, name)


def _fingerprint() -> str:
    package = Path(tasuki.__file__).parent
    mark = hashlib.sha256()
    for path in sorted({path for pattern in SHAPING for path in package.glob(pattern) if path.is_file()}):
        if path.suffix != ".pyc":
            mark.update(str(path.relative_to(package)).encode() + b"\0" + path.read_bytes() + b"\0")
    return mark.hexdigest()[:10]


def _url(port: int) -> str:
    return f"http://{serve.HOST}:{port}/"


def _as_json(server: Server, name: str, port: int, accounts: list[dict[str, Any]]) -> str:
    roles = {"app": APP, "owner": OWNER, "backup": BACKUP, "auditor": AUDITOR}
    addresses = {word: server.dsn(role, name) for word, role in roles.items()}
    shown = [{word: account[word] for word in ("login", "password", "name", "agency", "roles")} for account in accounts]
    return json.dumps({"url": _url(port), "database": name, "accounts": shown, "dsn": addresses}, ensure_ascii=False)


def _as_words(accounts: list[dict[str, Any]]) -> str:
    """Return one account for each set of roles, for a person to read."""
    shown: dict[str, dict[str, Any]] = {}
    for account in accounts:
        shown.setdefault("・".join(account["roles"]), account)
    lines = [
        f"  {account['login']:<16}{account['password']:<20}{account['name']}({account['agency']}) {roles}"
        for roles, account in shown.items()
    ]
    return "\n".join(["架空の町ができました。", "", "  利用者ID        パスワード", *lines])
