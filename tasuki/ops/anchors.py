"""What stands outside the database: one line for each seal in a file that is only ever added to."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from tasuki.ops import Unfit
from tasuki.ops.reach import home
from tasuki.rules.audit import SealRow


def place_of(database: str) -> Path:
    """Return the file of the anchors: TASUKI_ANCHORS, else beside this installation's data."""
    chosen = os.environ.get("TASUKI_ANCHORS")
    return Path(chosen) if chosen else home() / "anchors" / f"{database}.tsv"


def read(path: Path) -> dict[tuple[UUID, str, int], str]:
    """Return what is written down. Raises Unfit for a line that no seal wrote, naming its number."""
    found: dict[tuple[UUID, str, int], str] = {}
    if not path.exists():
        return found
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        parts = line.split("\t")
        try:
            key = UUID(parts[0]), parts[1], int(parts[2])
            digest = parts[6]
        except (ValueError, IndexError) as broken:
            raise Unfit(
                f"外の控え {path} の {number} 行目が読めません。書きかえられていないか確かめてください。"
            ) from broken
        # The first writing counts: a later line with the same number cannot take it back.
        found.setdefault(key, digest)
    return found


def append(path: Path, seals: Iterable[SealRow]) -> int:
    """Add the seals that are not yet there, and wait until the disk has them. Returns how many were added.

    The file is opened for adding only, so that it may carry the system's append-only mark (chattr +a) and belong
    to another account. Raises Unfit when it cannot be written.
    """
    wanted = [_line(one) for one in seals]
    if not wanted:
        return 0
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    except OSError as trouble:
        raise Unfit(
            f"外の控え {path} に書けません（{trouble.strerror}）。置き場所と持ち主を確かめてください。"
        ) from trouble
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write("".join(wanted))
        file.flush()
        os.fsync(file.fileno())
    return len(wanted)


def _line(one: SealRow) -> str:
    return "\t".join(
        map(str, (one.town, one.book, one.number, one.since, one.until, one.lines, one.digest, one.sealed))
    ) + "\n"  # fmt: skip
