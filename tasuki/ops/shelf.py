"""The shelf on which backups stand: whole copies (bases) and the server's log since, every file in a strongbox."""

from __future__ import annotations

import datetime as dt
import fcntl
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tasuki.ops import Unfit, strongbox

BASE = re.compile(r"base-(\d{8}T\d{6}Z)-([0-9A-F]{24})\.box")
SEGMENT = re.compile(r"[0-9A-F]{24}|[0-9A-F]{8}\.history")
STAMP = "%Y%m%dT%H%M%SZ"
SEGMENTS_OF_A_LOG = 256  # of 16 MiB each
FEWEST_BASES = 2


@dataclass(frozen=True, order=True)
class Copy:
    """A whole copy: when it was complete, and the first segment of the log that it needs."""

    ended: dt.datetime
    first: str
    path: Path


@dataclass(frozen=True)
class Shelf:
    """The backups of one installation in `folder`, opened with `key`."""

    folder: Path
    key: bytes = field(repr=False)

    @property
    def log(self) -> Path:
        """The folder of the log's segments."""
        return self.folder / "log"

    def claim(self, system: str) -> None:
        """Take the folder for the server of this number. Raises Unfit when it is another's or cannot be written."""
        try:
            self.log.mkdir(mode=0o700, parents=True, exist_ok=True)
            owner = self.folder / "server"
            if not owner.exists():
                owner.write_text(f"{system}\n", encoding="utf-8")
            known = owner.read_text(encoding="utf-8").strip()
        except OSError as trouble:
            raise Unfit(
                f"{self.folder} に書けません（{trouble.strerror}）。つながりと空き容量を確かめてください。"
            ) from trouble
        if known != system:
            raise Unfit(f"{self.folder} には、別のデータベースのバックアップがあります。別の場所を選んでください。")

    def copies(self) -> list[Copy]:
        """Return the whole copies, oldest first."""
        found = [(BASE.fullmatch(path.name), path) for path in self.folder.glob("base-*.box")]
        return sorted(
            Copy(dt.datetime.strptime(name[1], STAMP).replace(tzinfo=dt.UTC), name[2], path)
            for name, path in found
            if name
        )

    def copy_for(self, moment: dt.datetime | None) -> Copy:
        """Return the newest copy that was complete at a moment. Raises Unfit when there is none."""
        copies = self.copies()
        if not copies:
            raise Unfit(f"{self.folder} に、データベースのバックアップがありません。")
        fit = [one for one in copies if moment is None or one.ended <= moment]
        if not fit:
            told = copies[0].ended.astimezone(dt.timezone(dt.timedelta(hours=9)))
            raise Unfit(f"その時刻より前のバックアップがありません。戻せるのは {told:%Y-%m-%d %H:%M:%S} からです。")
        return fit[-1]

    def segments(self) -> dict[str, Path]:
        """Return the segments of the log that stand here, by name."""
        return {path.stem: path for path in sorted(self.log.glob("*.box")) if SEGMENT.fullmatch(path.stem)}

    def has(self, name: str, spool: Path) -> bool:
        """Take in what is finished, and tell whether a segment stands here then."""
        self.take_in(spool)
        return name in self.segments()

    def chain(self, copy: Copy) -> list[str]:
        """Return the segments that follow a copy without a gap. Raises Unfit when one in the middle is missing."""
        line = copy.first[:8]
        later = [name for name in self.segments() if name.startswith(line) and len(name) == 24 and name >= copy.first]
        found, wanted = [], copy.first
        for name in later:
            if name != wanted:
                raise Unfit(f"変更の記録 {wanted} がありません。そこから後には戻せないので、戻しませんでした。")
            found.append(name)
            wanted = following(name)
        return found

    def take_in(self, spool: Path) -> int:
        """Move every finished segment from the server's spool into boxes; returns how many were new."""
        with alone(spool.with_name("archive.lock")) as mine:
            return sum(self._box(path) for path in sorted(spool.iterdir()) if path.is_file()) if mine else 0

    def _box(self, path: Path) -> bool:
        if not SEGMENT.fullmatch(path.name):
            if path.name.endswith(".backup"):  # a note for readers; nothing needs it
                path.unlink()
            return False
        box, content = self.log / f"{path.name}.box", path.read_bytes()
        known = box.exists() and b"".join(self.opened(path.name)) == content
        if box.exists() and not known:
            raise Unfit(
                f"{box} は、いまのデータベースの記録と違います。ほかのデータベースが同じ場所に書いていませんか。"
            )
        if not known:
            strongbox.put(self.key, f"log {path.name}", strongbox.pressed([content]), box)
        path.unlink()
        return not known

    def opened(self, name: str) -> Iterator[bytes]:
        """Give the content of a segment. Raises Unfit when its box does not open."""
        source = strongbox.Unpressed(strongbox.get(self.key, f"log {name}", self.log / f"{name}.box"))
        while piece := source.read(strongbox.PIECE):
            yield piece

    def put_copy(self, content: Iterator[bytes]) -> Path:
        """Write a whole copy (a tar) that has no name yet: it gets one when it was looked at."""
        path = self.folder / "unproved.box"
        strongbox.put(self.key, "base", strongbox.pressed(content), path)
        return path

    def unpack(self, path: Path, into: Path) -> None:
        """Write the files of a whole copy. Raises Unfit when it is not as it was written, or the disk is full."""
        source = strongbox.Unpressed(strongbox.get(self.key, "base", path))
        try:
            with tarfile.open(fileobj=source, mode="r|", bufsize=strongbox.PIECE) as tar:  # type: ignore[call-overload]  # it only reads
                tar.extractall(into, filter="data")
            source.finish()
        except (tarfile.TarError, EOFError) as trouble:
            raise Unfit(f"{path.name} の中身が読めません。別のバックアップを使ってください。") from trouble
        except OSError as trouble:
            raise Unfit(f"{into} に書けません（{trouble.strerror}）。空き容量を確かめてください。") from trouble

    def name_copy(self, path: Path, ended: dt.datetime, first: str) -> Copy:
        """Give a proved copy its name."""
        name = f"base-{ended.astimezone(dt.UTC):{STAMP}}-{first}.box"
        return Copy(ended, first, path.replace(path.with_name(name)))

    def clear(self, days: int, now: dt.datetime) -> int:
        """Remove copies older than `days`, never the last two, and the log that only they need; returns how many copies."""
        copies = self.copies()
        old = [one for one in copies[:-FEWEST_BASES] if one.ended < now - dt.timedelta(days=days)]
        for one in old:
            one.path.unlink()
        kept = [one for one in copies if one not in old]
        if old and kept:
            oldest = min(one.first for one in kept)
            for name, path in self.segments().items():
                if len(name) == 24 and name < oldest:
                    path.unlink()
        return len(old)


def following(name: str) -> str:
    """Return the name of the next segment of the log."""
    log, place = int(name[8:16], 16), int(name[16:], 16) + 1
    return f"{name[:8]}{log + place // SEGMENTS_OF_A_LOG:08X}{place % SEGMENTS_OF_A_LOG:08X}"


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Tell whether nobody else holds the lock at `path`, which stands on this machine's own disk."""
    with path.open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
