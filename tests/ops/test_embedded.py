"""The embedded cluster starts once, survives kill -9 and stops with its last user."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tasuki.ops import Unfit
from tasuki.ops.database import fleeting_ground
from tasuki.ops.embedded import Cluster, syncs_at_once
from tasuki.ops.memory import MEGABYTE, memory, pages
from tasuki.ops.reach import programs, runner
from tasuki.ops.serve import keep_alive

ENTER = """
import sys, time
from pathlib import Path
from tasuki.ops.embedded import Cluster
cluster = Cluster(Path(sys.argv[1]), durable=False)
cluster.start()
print((cluster.pgdata / "postmaster.pid").read_text().split()[0], flush=True)
sys.stdin.readline()
cluster.stop()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short-named folder that the server's user can reach, and no server left behind in it."""
    with tempfile.TemporaryDirectory(prefix="tasuki-e-", dir=fleeting_ground()) as name:
        path = Path(name)
        path.chmod(0o711)
        yield path
        if (path / "gate").exists():
            cluster = Cluster(path, durable=False)
            cluster.stay(on=False)
            cluster.stop()


def pid_of(cluster: Cluster) -> int:
    return int((cluster.pgdata / "postmaster.pid").read_text(encoding="utf-8").split()[0])


def ask(cluster: Cluster, question: str) -> object:
    with psycopg.connect(cluster.dsn("postgres", "postgres"), autocommit=True) as connection:
        cursor = connection.execute(question)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def enter(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ENTER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def leave(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=60)


# Fault planted: _gate() without the lock → several initdb at once, some processes fail.
def test_four_concurrent_starts_give_one_server_and_the_last_to_leave_stops_it(folder: Path) -> None:
    processes = [enter(folder) for _ in range(4)]
    pids = {process.stdout.readline().strip() for process in processes if process.stdout}
    assert len(pids) == 1
    assert pids != {""}
    cluster = Cluster(folder, durable=False)
    for process in processes[:3]:
        leave(process)
        assert cluster.answers()
    leave(processes[3])
    assert not cluster.answers()


# Fault planted: _clear_wreck() emptied → the reused number in postmaster.pid is taken for a living server.
def test_a_killed_server_comes_back_with_all_that_it_acknowledged(folder: Path) -> None:
    with Cluster(folder) as cluster:
        ask(cluster, "CREATE TABLE kept (n int)")
        ask(cluster, "INSERT INTO kept SELECT generate_series(1, 1000)")
        pid = pid_of(cluster)
        os.kill(pid, signal.SIGKILL)
        pidfile = cluster.pgdata / "postmaster.pid"
        pidfile.write_text(pidfile.read_text().replace(str(pid), str(os.getpid()), 1))
        cluster.start()
        assert ask(cluster, "SELECT count(*) FROM kept") == 1000


# Fault planted: a start that makes what is not there, whatever it was told → a new and empty cluster.
def test_where_the_data_are_gone_a_server_that_died_is_not_replaced_by_an_empty_one(folder: Path) -> None:
    with Cluster(folder, durable=False) as cluster:
        cluster._control("stop", "--mode=immediate")
        cluster.start(make=False)
        assert ask(cluster, "SELECT 1") == 1
        cluster._control("stop", "--mode=immediate")
        cluster.pgdata.rename(cluster.pgdata.with_name("away"))
        with pytest.raises(Unfit, match="ディスクのつながり"):
            cluster.start(make=False)
        assert not cluster.pgdata.exists()


# Fault planted: the look at the data before the wreck is cleared → no refusal, a server without data is started.
def test_a_disk_that_goes_away_while_its_server_is_started_again_is_not_replaced_either(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Cluster(folder, durable=False) as cluster:
        cluster._control("stop", "--mode=immediate")
        away = cluster.pgdata.with_name("away")
        monkeypatch.setattr(cluster, "_clear_wreck", lambda: cluster.pgdata.rename(away))
        with pytest.raises(Unfit, match="ディスクのつながり"):
            cluster.start(make=False)
        assert not cluster.pgdata.exists()


class Unreachable(Cluster):
    """A server whose socket is not to be trusted at the first look."""

    looks = 0
    started = threading.Event()

    def answers(self) -> bool:
        self.looks += 1
        if self.looks == 1:
            raise Unfit("まだ使えません。")
        return False

    def start(self, *, make: bool = True) -> None:
        assert not make
        self.started.set()


# Fault planted: answers() outside the try → the thread that keeps the server alive ends for ever.
def test_a_server_is_looked_after_also_when_a_look_fails(folder: Path) -> None:
    stop = threading.Event()
    cluster = Unreachable(folder)
    watcher = threading.Thread(target=keep_alive, args=(cluster, stop), daemon=True)
    watcher.start()
    try:
        assert cluster.started.wait(10)
    finally:
        stop.set()
        watcher.join()


# Fault planted: (5, 8) compared as text → 5.10 counts as old.
@pytest.mark.parametrize(
    ("system", "release", "at_once"),
    [
        ("Linux", "5.8.0-63-generic", True),
        ("Linux", "5.10.0-28-amd64", True),
        ("Linux", "6.18.44", True),
        ("Linux", "5.7.19", False),
        ("Linux", "4.18.0-553.el8_10.x86_64", False),
        ("Linux", "unknown", False),
        ("Darwin", "24.1.0", False),
    ],
)
def test_files_are_brought_to_the_disk_at_once_where_the_system_says_when_that_fails(
    system: str, release: str, *, at_once: bool
) -> None:
    assert syncs_at_once(system, release) is at_once


# Faults planted: no least; no most; the half instead of the quarter.
@pytest.mark.parametrize(("machine", "kept"), [(256, 128), (1_000, 250), (8_192, 2_048), (131_072, 4_096)])
def test_a_quarter_of_the_memory_holds_the_pages(machine: int, kept: int) -> None:
    assert pages(machine * MEGABYTE) == kept * MEGABYTE


# Faults planted: only the innermost group looked at; "max" read as a number.
@pytest.mark.parametrize(
    ("slice_has", "service_has", "left"), [("max", "max", None), ("2097152", "max", 2), ("max", "3145728", 3)]
)
def test_a_service_that_may_not_have_all_memory_shares_out_what_it_may_have(
    tmp_path: Path, slice_has: str, service_has: str, left: int | None
) -> None:
    (tmp_path / "system.slice" / "tasuki.service").mkdir(parents=True)
    (tmp_path / "system.slice" / "memory.max").write_text(f"{slice_has}\n", encoding="utf-8")
    (tmp_path / "system.slice" / "tasuki.service" / "memory.max").write_text(f"{service_has}\n", encoding="utf-8")
    own = tmp_path / "own"
    own.write_text("4:memory:/elsewhere\n0::/system.slice/tasuki.service\n", encoding="utf-8")
    machine = memory(tmp_path / "nothing")
    assert memory(own, tmp_path) == (left * MEGABYTE if left else machine)


# Fault planted: _settle() without shared_buffers.
def test_a_lasting_server_keeps_its_pages_in_that_quarter(folder: Path) -> None:
    with Cluster(folder) as cluster:
        size = ask(cluster, "SELECT setting::bigint * 8192 FROM pg_settings WHERE name = 'shared_buffers'")
        assert size == pages(memory())


# Fault planted: _living() returning [] → the new server starts while an old backend still writes.
def test_a_start_waits_for_the_backends_that_outlive_their_server(folder: Path) -> None:
    with Cluster(folder, durable=False) as cluster:
        with psycopg.connect(cluster.dsn("postgres", "postgres"), autocommit=True) as connection:
            backend = connection.info.backend_pid
            os.kill(backend, signal.SIGSTOP)
            os.kill(pid_of(cluster), signal.SIGKILL)
            time.sleep(0.2)
            assert backend in cluster._living()
            os.kill(backend, signal.SIGKILL)
        cluster.start()
        assert ask(cluster, "SELECT 1") == 1


# Fault planted: stop() without the look at `stays`.
def test_a_server_told_to_stay_stays_until_it_is_released(folder: Path) -> None:
    cluster = Cluster(folder, durable=False)
    cluster.start()
    cluster.stay(on=True)
    assert not cluster.stop()
    assert cluster.answers()
    cluster.stay(on=False)
    assert cluster.stop()
    assert not cluster.answers()


# Fault planted: "--auth=trust" and a pg_hba.conf with trust.
def test_nobody_enters_without_a_password_and_no_port_is_open(folder: Path) -> None:
    with Cluster(folder, durable=False) as cluster:
        address = cluster.dsn("postgres", "postgres").replace(cluster.keyring["postgres"], "wrong")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(address)
        assert ask(cluster, "SHOW listen_addresses") == ""
        assert stat.S_IMODE(cluster._sockets().stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "keyring.json").stat().st_mode) == 0o600


# Fault planted: log_min_error_statement left at the server's own default.
def test_the_server_log_repeats_nothing_that_people_wrote(folder: Path) -> None:
    with Cluster(folder, durable=False) as cluster:
        with pytest.raises(psycopg.errors.DivisionByZero):
            ask(cluster, "SELECT '霧沢美月' || (1/0)::text")
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):  # the message itself names the value
            ask(cluster, "SELECT '霧沢美月'::text::integer")
        assert "霧沢美月" not in cluster.log.read_text(encoding="utf-8")
        assert "ready to accept connections" in cluster.log.read_text(encoding="utf-8")


# Faults planted: LONGEST_SOCKET_PATH = 1000 → the system refuses the path; stop() that leaves the short folder.
def test_a_long_folder_name_does_not_hinder(folder: Path) -> None:
    long = folder / ("長い名前" * 8)
    long.mkdir(mode=0o711)
    with Cluster(long, durable=False) as cluster:
        assert ask(cluster, "SELECT 1") == 1
        short = cluster._sockets()
    assert not short.exists()


# Fault planted: place_for() without the place elsewhere → as root, initdb cannot reach the folder.
def test_a_closed_folder_above_does_not_hinder(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    with Cluster(closed / "inside", durable=False) as cluster:
        assert ask(cluster, "SELECT 1") == 1
        place = cluster.place
    assert place.is_relative_to(folder) == (not runner().dropped)
    shutil.rmtree(place)


def test_the_programs_can_be_run_by_the_servers_user() -> None:
    who = runner()
    assert who.uid != 0
    assert who.run([programs(who) / "postgres", "--version"]).returncode == 0
