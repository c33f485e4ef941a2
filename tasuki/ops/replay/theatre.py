"""The theatre: a throw-away database in which file after file is played, each in a municipality of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tasuki.ops.database import Server, fleeting_server
from tasuki.ops.files import Unreadable, load_scenario

NAME = "replay"
Told = dict[str, Any]


@contextmanager
def open_theatre() -> Iterator[Callable[[Path, Path | None], Told]]:
    """Give a function that plays one file; the database goes when the block ends."""
    with fleeting_server(NAME):
        yield play_file


def mark_rehearsal() -> None:
    """Let the clock come from the script in the database that Django leads to."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("INSERT INTO rehearsal DEFAULT VALUES")


def rehearsal_database(server: Server, name: str) -> None:
    """Prepare a database for rehearsals on a running server."""
    server.make_database(name)
    server.prepare(name)
    mark_rehearsal()


def play_file(path: Path, profiles: Path | None = None) -> Told:
    """Play one file and tell how it went, in the shape of the contract."""
    from tasuki.ops.replay.performance import perform

    try:
        scenario = load_scenario(path, profiles)
    except Unreadable as trouble:
        problems = [{"at": "", "step": "", "line": one.line, "message": one.message} for one in trouble.problems]
        return {
            "file": str(path), "scenario": path.stem, "ok": False, "steps": 0, "refused_as_written": 0,
            "see": {"held": 0, "of": 0, "doors": []}, "count": {}, "problems": problems,
        }  # fmt: skip
    return {"file": str(path), **perform(scenario)}
