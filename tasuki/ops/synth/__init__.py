"""`tasuki synth`: a made-up world of a given size, with ten years of work in it, loaded in bulk past the screens."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

from tasuki.ops import Unfit
from tasuki.ops.database import APP, AUDITOR, DOOR, OWNER, Server, city_name, city_server, disconnect
from tasuki.ops.synth.sizes import ALONE, PREFECTURE, municipalities
from tasuki.rules.calendar import JST

OWN_DATABASE = "synth_"


@dataclass(frozen=True)
class Login:
    """A known way into a world: login, password, name, agency and roles, and what its owner sees, in one word."""

    municipality: str
    word: str
    login: str
    password: str
    name: str
    agency: str
    roles: list[str]


@dataclass(frozen=True)
class Made:
    """A world: its municipalities by key, logins that open, how many rows of each kind, and how many seconds it took."""

    municipalities: list[str]
    logins: list[Login]
    counts: dict[str, int]
    seconds: float


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add which world, and where to."""
    parser.add_argument("--size", choices=[*ALONE, PREFECTURE], default="village", help="大きさ(既定 village)")
    parser.add_argument("--seed", type=int, default=1, help="もとになる数(同じ数なら同じ内容。既定 1)")
    parser.add_argument(
        "--apart", action="store_true", help="この自治体のデータベースには入れず、試し用の別のデータベースを作る"
    )
    parser.add_argument("--json", action="store_true", help="利用者・接続先・件数を JSON で出す")


def run(options: argparse.Namespace) -> int:
    """Make the world in the database of this installation, or in one of its own beside it, and tell how to enter."""
    with city_server() as server:
        name = f"{OWN_DATABASE}{options.size}_{options.seed}" if options.apart else city_name()
        open_database(server, name, apart=options.apart)
        try:
            made = make(options.seed, options.size)
        finally:
            disconnect()
        print(_as_json(server, name, made) if options.json else _as_words(name, made), flush=True)
    return 0


def open_database(server: Server, name: str, *, apart: bool) -> None:
    """Lead Django to the database for a world: one of its own that is made, or this installation's. Raises Unfit when it cannot be."""
    if apart:
        if name in server.names():
            raise Unfit(f"試し用のデータベース {name} はもうあります。別の --seed にするか、先に消してください。")
        server.make_roles()
        server.make_database(name)
        server.prepare(name)
        return
    if name not in server.names():
        raise Unfit("データベースがまだありません。先に tasuki migrate を実行してください。")
    server.point(name)


def make(seed: int, size: str, today: dt.date | None = None) -> Made:
    """Make a world in the database that Django leads to; all of it or nothing.

    The same seed, size and day give the same content, ids included. Raises Unfit when one of its municipalities exists.
    """
    from tasuki.ops.synth import load

    begun = time.monotonic()
    day = today or dt.datetime.now(JST).date()
    logins, counts = load.load(seed, municipalities(size), day, Progress())
    return Made(
        [load.key_of(seed, one) for one in municipalities(size)],
        [Login(**one) for one in logins], counts, round(time.monotonic() - begun, 1),
    )  # fmt: skip


class Progress:
    """Tells how far each step is: on a screen in one line that changes, elsewhere a line for each tenth."""

    def __init__(self) -> None:
        self._last: tuple[str, int] = ("", -1)

    def __call__(self, what: str, done: int, of: int) -> None:
        """Tell that so many are done of so many."""
        reached = (what, done * 10 // max(of, 1))
        if sys.stderr.isatty():
            print(f"{what}  {done:,} / {of:,}", end="\n" if done >= of else "\r", file=sys.stderr, flush=True)
        elif reached != self._last:
            print(f"{what}  {done:,} / {of:,}", file=sys.stderr, flush=True)
        self._last = reached


def _as_json(server: Server, name: str, made: Made) -> str:
    roles = {"app": APP, "owner": OWNER, "door": DOOR, "auditor": AUDITOR}
    return json.dumps(
        {
            "database": name, "municipalities": made.municipalities, "accounts": [asdict(one) for one in made.logins],
            "counts": made.counts, "seconds": made.seconds,
            "dsn": {word: server.dsn(role, name) for word, role in roles.items()},
        },
        ensure_ascii=False,
    )  # fmt: skip


def _as_words(name: str, made: Made) -> str:
    shown: list[Any] = [one for one in made.logins if one.municipality == made.municipalities[0]]
    lines = [f"  {one.login:<24}{one.password:<20}{one.name}({one.agency}) {'・'.join(one.roles)}" for one in shown]
    counts = "、".join(f"{what} {count:,}" for what, count in made.counts.items())
    head = f"架空の自治体を {len(made.municipalities)} つ、データベース {name} に入れました({made.seconds:.0f}秒)。"
    warning = (
        "パスワードはもとの数から決まるので、だれでも入れます。本物の記録があるデータベースでは使わないでください。"
    )
    return "\n".join([head, counts, warning, "", "  利用者ID                パスワード", *lines])
