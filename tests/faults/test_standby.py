"""A second server takes over: with synchronous commit nothing acknowledged is lost; without, the control does lose."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from tasuki.ops.embedded import PORT, SUPERUSER, Cluster
from tasuki.ops.reach import programs, runner
from tests.faults.installation import Installation, Served, give, serve, wait_until
from tests.faults.ledger import Crowd, crowd
from tests.faults.test_kill import WRITERS, lost_and_doubled, more_writes

SLOT = "standby"


@contextmanager
def standby_of(first: Installation) -> Iterator[Installation]:
    """Give a second server that follows the first one, which runs."""
    home = first.home.with_name("second")
    cluster = Cluster(home / "city")
    cluster.folder.mkdir(mode=0o711, parents=True)
    shutil.copy(first.home / "city" / "keyring.json", cluster.folder)
    address = f"{first.cluster.dsn(SUPERUSER, SUPERUSER)}&application_name={SLOT}"
    command = [
        programs(runner()) / "pg_basebackup", f"--pgdata={cluster.pgdata}", "--write-recovery-conf", "--create-slot",
        f"--slot={SLOT}", "--checkpoint=fast", f"--dbname={address}",
    ]  # fmt: skip
    subprocess.run([str(one) for one in command], check=True, capture_output=True)
    cluster.pgdata.chmod(0o700)
    give(cluster.place)
    with cluster:
        yield Installation(home, first.session)


def both(first: Installation, second: Installation) -> str:
    """Return the address that leads to whichever of the two takes writes."""
    hosts = ",".join(str(one.cluster._sockets()) for one in (first, second))
    password = first.cluster.keyring[SUPERUSER]
    return (
        f"postgresql://{SUPERUSER}:{password}@/{SUPERUSER}?host={quote(hosts, safe='')}&port={PORT},{PORT}"
        "&target_session_attrs=read-write&connect_timeout=3"
    )


def end(one: Installation) -> None:
    """Let a server's whole machine die."""
    for pid in [one.pid(), *one.cluster._living()]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def take_over(second: Installation, together: Crowd, served: Served) -> None:
    """Make the second server the first one, as an operator does, and wait until writes go on."""
    assert second.ask("SELECT pg_promote()") == [(True,)]
    more_writes(together, served)


@contextmanager
def pair(first: Installation, *, synchronous: bool) -> Iterator[tuple[Installation, Served]]:
    """Give the second server of a running pair, and the application that knows both addresses."""
    with first.cluster as cluster, standby_of(first) as second:
        if synchronous:
            first.ask(f"ALTER SYSTEM SET synchronous_standby_names = '{SLOT}'")
            first.ask("SELECT pg_reload_conf()")
        wanted = "sync" if synchronous else "async"
        state = "SELECT state, sync_state FROM pg_stat_replication"
        wait_until(lambda: first.ask(state) == [("streaming", wanted)], "the second server to follow")
        folder = str(cluster.folder)
        with serve(first, DATABASE_URL=both(first, second), TASUKI_HOME=folder) as served:
            yield second, served


# Fault planted: synchronous_standby_names left empty and the line cut, as the control does.
def test_with_synchronous_commit_the_second_server_has_everything_that_was_acknowledged(
    installation: Installation,
) -> None:
    with pair(installation, synchronous=True) as (second, served):
        with crowd([served.writer(str(number)) for number in range(WRITERS)]) as together:
            more_writes(together, served)
            end(installation)
            take_over(second, together, served)
        assert together.wrong() == []
        assert lost_and_doubled(second, together) == (set(), [])


# The control: a second server that nobody waits for, and whose line is cut, does lose.
def test_a_second_server_that_nobody_waits_for_loses_what_it_had_not_heard(installation: Installation) -> None:
    with pair(installation, synchronous=False) as (second, served):
        with crowd([served.writer(str(number)) for number in range(WRITERS)]) as together:
            more_writes(together, served)
            second.ask("ALTER SYSTEM SET primary_conninfo = ''")
            second.ask("SELECT pg_reload_conf()")
            wait_until(lambda: installation.ask("SELECT pid FROM pg_stat_replication") == [], "the line to be cut")
            more_writes(together, served)
            end(installation)
            take_over(second, together, served)
        assert len(lost_and_doubled(second, together)[0]) > 0
