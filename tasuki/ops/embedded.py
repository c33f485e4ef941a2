"""The embedded PostgreSQL: one cluster in one folder, shared by every process that enters it."""

import fcntl
import hashlib
import os
import platform
import re
import shutil
import socket
import struct
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Self
from urllib.parse import quote

from tasuki.ops import Unfit
from tasuki.ops.keyring import Keyring
from tasuki.ops.memory import MEGABYTE, memory, pages
from tasuki.ops.reach import place_for, programs, runner

SUPERUSER = "postgres"
PORT = 5432
SOCKET = f".s.PGSQL.{PORT}"
LONGEST_SOCKET_PATH = 100  # bytes; the system's limit is 104 to 108
START_SECONDS = 120
WRECK_SECONDS = 15
ANSWER_SECONDS = 5
ASK_FOR_TLS = struct.pack("!ii", 8, 80877103)  # PostgreSQL protocol, "SSLRequest"
STATE_LINE = 7  # of postmaster.pid, counted from 0
LOG_BYTES = 10_000_000
ARCHIVE_SECONDS = 30  # a finished segment of the server's log leaves it at least this often while anything is written

SETTINGS = {
    "listen_addresses": "''",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "timezone": "'Asia/Tokyo'",
    "log_timezone": "'Asia/Tokyo'",
    "password_encryption": "'scram-sha-256'",
    # The server's log must not repeat what people wrote: no statement, no value.
    "log_statement": "'none'",
    "log_min_error_statement": "panic",
    # The message of an error itself can name a value ('invalid input syntax … "…"'): what went wrong is told to the asker only.
    "log_min_messages": "log",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    # Ready for backups at any time: to begin one must not need a new start. Without a backup nothing is archived.
    "wal_level": "replica",
    "archive_mode": "on",
    "archive_timeout": f"{ARCHIVE_SECONDS}s",
    "wal_keep_size": "'256MB'",  # what is written while a whole copy is taken must still be there at its end
}
# For a cluster whose data must last, and may be a whole city's. After a checkpoint each page is written to the log whole again:
# with PostgreSQL's own 1 GB between two, a large load meets dozens.
LASTING = {"max_wal_size": "'4GB'"}
WITHOUT_ARCHIVE = {"archive_library": "''", "archive_command": "'true'", "archive_timeout": "0"}
# Only for a cluster that may be lost, as in tests: nobody waits for the disk.
FLEETING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "archive_mode": "off"}
# Before it recovers, a server brings every file of its data to the disk: one by one that takes seconds to minutes on a slow
# or busy disk, at once a moment. Older systems do not say when that fails: there it stays as PostgreSQL has it.
SAYS_WHEN_SYNCFS_FAILS = (5, 8)  # Linux
AT_ONCE = {"recovery_init_sync_method": "syncfs"}
ENTRANCES = "local all all scram-sha-256\nlocal replication all scram-sha-256\n"


def _private(path: Path) -> IO[str]:
    # Whoever can open a lock file can hold it.
    return open(path, "w", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600))


def syncs_at_once(system: str, release: str) -> bool:
    """Tell whether this system can bring all files to the disk at once, and says so when it could not."""
    version = re.match(r"(\d+)\.(\d+)", release)
    return system == "Linux" and version is not None and (int(version[1]), int(version[2])) >= SAYS_WHEN_SYNCFS_FAILS


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


class Cluster:
    """A PostgreSQL cluster in `folder`; it runs while any process is between start() and stop().

    `durable=False` turns off every wait for the disk. Nothing acknowledged is lost by a kill -9 otherwise:
    the next start() clears what the dead server left and PostgreSQL recovers from its own log.
    """

    def __init__(self, folder: Path, *, durable: bool = True, patience: int = START_SECONDS) -> None:
        self.folder = folder.absolute()
        self.durable = durable
        self.patience = patience  # seconds for a start, in which a restored server reads its log
        self.keyring = Keyring(self.folder)
        self._who = runner()
        self._users: IO[str] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def place(self) -> Path:
        """The folder of data, sockets and log: inside `folder`, or elsewhere if the server cannot reach that."""
        return place_for(self.folder, self._who)

    @property
    def pgdata(self) -> Path:
        """The folder that PostgreSQL calls its data directory."""
        return self.place / "data"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.place / "server.log"

    def start(self, *, make: bool = True) -> None:
        """Enter the cluster: make it if it is new, start the server unless it runs. Raises Unfit when it cannot.

        `make=False` is for a server that died: where a disk is missing, an empty cluster would take the place of the data.
        """
        # The server's user must be able to pass through; what it must not read is 0600 inside.
        self.folder.mkdir(mode=0o711 if self._who.dropped else 0o700, parents=True, exist_ok=True)
        with self._gate(), ExitStack() as undo:
            if self._users is None:
                self._users = _private(self.folder / "users")
                undo.callback(self._leave)
                fcntl.flock(self._users, fcntl.LOCK_SH)
            if not self._serves():
                self._clear_wreck()
                if make and not self.pgdata.exists():
                    self._initialise()
                elif not (self.pgdata / "PG_VERSION").exists():
                    raise Unfit(f"{self.pgdata} にデータがありません。ディスクのつながりを確かめてください。")
                self._launch()
            undo.pop_all()

    def stop(self) -> bool:
        """Leave the cluster; the last one to leave stops the server unless it was told to stay. True if it stopped."""
        with self._gate():
            self._leave()
            if (self.folder / "stays").exists() or not self.answers():
                return False
            with _private(self.folder / "users") as users:
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return False
                self._control("stop", "--mode=fast")
                if not self._sockets().is_relative_to(self.place):
                    self._sockets().rmdir()
                return True

    def _leave(self) -> None:
        if self._users is not None:
            self._users.close()
            self._users = None

    def stay(self, *, on: bool) -> None:
        """Let the server run on after the last one has left, or take that back (then call stop())."""
        if on:
            (self.folder / "stays").touch()
        else:
            (self.folder / "stays").unlink(missing_ok=True)

    def dsn(self, role: str, database: str) -> str:
        """Return the address of `database` for `role` as a postgresql:// URL over the socket, password included."""
        host = quote(str(self._sockets()), safe="")
        return f"postgresql://{role}:{self.keyring[role]}@/{database}?host={host}&port={PORT}"

    def answers(self) -> bool:
        """Tell whether a server lives behind the socket; a zombie or another process with the old number does not."""
        # A dying server's socket still takes a connection: only an answer tells. It says N, as it speaks no TLS.
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(ANSWER_SECONDS)
                line.connect(str(self._sockets() / SOCKET))
                line.sendall(ASK_FOR_TLS)
                return line.recv(1) != b""
        except OSError:
            return False

    def _serves(self) -> bool:
        """Wait while the server starts or stops, and tell whether it serves in the end."""
        deadline = time.monotonic() + self.patience
        while self.answers() and time.monotonic() < deadline:
            if self._state() in {"ready", "standby"}:
                return True
            time.sleep(0.05)
        return False

    def _state(self) -> str:
        try:
            lines = (self.pgdata / "postmaster.pid").read_text(encoding="utf-8").split("\n")
        except FileNotFoundError:
            return "stopped"
        return lines[STATE_LINE].strip() if len(lines) > STATE_LINE else "starting"

    @contextmanager
    def _gate(self) -> Iterator[None]:
        with _private(self.folder / "gate") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield

    def _sockets(self) -> Path:
        folder = self.place / "s"
        if len(os.fsencode(folder / SOCKET)) > LONGEST_SOCKET_PATH:
            mark = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
            folder = Path(tempfile.gettempdir()) / f"tasuki-{mark}"
        if not folder.exists():
            folder.mkdir(mode=0o700)
            self._who.own(folder)
        state = folder.lstat()
        if state.st_uid != self._who.uid or state.st_mode & 0o077 or folder.is_symlink():
            raise Unfit(f"{folder} は他の利用者も使えるので、データベースの接続口を置けません。消してください。")
        return folder

    def _put(self, path: Path, text: str) -> None:
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
        self._who.own(path)

    def _initialise(self) -> None:
        part, secret = self.place / "data.part", self.place / "secret"
        shutil.rmtree(part, ignore_errors=True)
        self._put(secret, self.keyring[SUPERUSER])
        try:
            result = self._who.run(
                [
                    programs(self._who) / "initdb",
                    f"--pgdata={part}",
                    f"--username={SUPERUSER}",
                    f"--pwfile={secret}",
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--locale=C.UTF-8",
                    *([] if self.durable else ["--no-sync"]),
                ]
            )
        finally:
            secret.unlink()
        if result.returncode != 0:
            raise Unfit(f"データベースを {self.place} に作れませんでした。空き容量と権限を確かめてください。")
        with (part / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("include 'tasuki.conf'\n")
        part.rename(self.pgdata)

    @property
    def spool(self) -> Path:
        """The folder in which the server puts the finished segments of its log, once it was told to."""
        return self.place / "archive"

    def archive(self) -> Path:
        """Let the running server keep every finished segment of its log in the spool from now on; returns the spool."""
        if not self.spool.exists():
            self.spool.mkdir(mode=0o700)
            self._who.own(self.spool)
            self._settle()
            self._control("reload")
        return self.spool

    def _settle(self) -> None:
        kind = LASTING | {"shared_buffers": f"'{pages(memory()) // MEGABYTE}MB'"} if self.durable else FLEETING
        settings = SETTINGS | kind | {"unix_socket_directories": _quoted(self._sockets())}
        if syncs_at_once(platform.system(), platform.release()):
            settings |= AT_ONCE
        if self.spool.exists():
            settings |= {"archive_library": "basic_archive", "basic_archive.archive_directory": _quoted(self.spool)}
        else:
            settings |= WITHOUT_ARCHIVE
        self._put(self.pgdata / "tasuki.conf", "".join(f"{name} = {value}\n" for name, value in settings.items()))
        self._put(self.pgdata / "pg_hba.conf", ENTRANCES)

    def _launch(self) -> None:
        self._settle()
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        self._control("start", f"--log={self.log}")

    def _control(self, act: str, *options: str) -> None:
        waiting = ["--wait", f"--timeout={self.patience}", "--silent"]
        command = [str(programs(self._who) / "pg_ctl"), act, *waiting, f"--pgdata={self.pgdata}", *options]
        if self._who.run(command).returncode != 0:
            raise Unfit(f"データベースの {act} に失敗しました。記録 {self.log} の最後を確かめてください。")

    def _clear_wreck(self) -> None:
        """Remove what a killed server left, once none of its processes lives any more."""
        if not Path("/proc/self/cwd").exists():
            return  # nothing tells whose the old number is now: PostgreSQL decides by itself
        deadline = time.monotonic() + WRECK_SECONDS
        while living := self._living():
            if time.monotonic() > deadline:
                raise Unfit(f"応答しないデータベースが残っています(プロセス {living[0]})。止めてから起動してください。")
            time.sleep(0.05)
        for path in (
            self.pgdata / "postmaster.pid",
            self._sockets() / SOCKET,
            self._sockets() / f"{SOCKET}.lock",
        ):
            path.unlink(missing_ok=True)

    def _living(self) -> list[int]:
        # A backend that outlives its postmaster still writes to the data: its working folder gives it away.
        # A zombie has no working folder, and a reused number has another one.
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if (entry / "cwd").readlink() == self.pgdata and (entry / "comm").read_text().startswith("postgres"):
                    found.append(int(entry.name))
            except OSError:
                continue
        return found
