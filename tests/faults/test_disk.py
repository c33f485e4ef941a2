"""T16, T19: the power is cut, the disk is full — what was acknowledged is there, and the application comes back by itself."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.faults.disk import Disk, disk, why_not
from tests.faults.installation import Installation, Served, copy, give, serve, wait_until
from tests.faults.ledger import Crowd, Writer, crowd
from tests.faults.test_kill import WRITERS, lost_and_doubled, more_writes

NIGHTLY = os.environ.get("TASUKI_NIGHTLY") == "1"
CUTS = 20 if NIGHTLY else 1
MEGABYTES = 600
# Another process that sees every mount of this moment until its input ends.
ELSEWHERE = "import os, sys; os.unshare(os.CLONE_NEWNS); print('here', flush=True); sys.stdin.read()"
# Where nobody may mount a disk, nothing is tried: the header of the run says so.
HERE = ["ext4"] if not why_not() else []


@contextmanager
def on_a_disk_of_its_own(at: Installation, megabytes: int) -> Iterator[Disk]:
    """Move the server's data to a disk of its own, at the same place."""
    place = at.cluster.place
    aside = place.with_name("aside")
    place.rename(aside)
    with disk(place, megabytes) as its_own:
        shutil.copytree(aside, place, dirs_exist_ok=True, symlinks=True)
        give(place)
        place.chmod(0o700)
        os.sync()  # as initdb does
        yield its_own


def cut_and_come_back(served: Served, its_own: Disk) -> None:
    """Cut the power of the server's disk, let the server go down with it, and bring the disk back."""
    pid = served.at.pid()
    its_own.cut()
    family = [pid, *served.at.cluster._living()]
    for one in family:
        try:
            os.kill(one, signal.SIGKILL)
        except ProcessLookupError:
            continue
    its_own.unmount()
    its_own.carry()


def crowd_of(served: Served) -> list[Writer]:
    return [served.writer(str(number)) for number in range(WRITERS)]


@pytest.fixture(scope="module")
def on_disk(pristine: Installation) -> Iterator[tuple[Served, Disk]]:
    """Give an installation, served, whose server has a disk of its own, for the tests that leave both well."""
    with tempfile.TemporaryDirectory(prefix="tasuki-f-") as folder:
        Path(folder).chmod(0o711)
        at = copy(pristine, Path(folder) / "home")
        with on_a_disk_of_its_own(at, MEGABYTES) as its_own, serve(at) as served:
            yield served, its_own


# Faults planted: the data not brought to the disk before the cut (os.sync() left out above) → the server never comes back;
# empty() without fsync, and the test of the full disk first → the disk is full again after the cut.
@pytest.mark.parametrize("_", HERE)
def test_a_power_cut_takes_nothing_that_was_acknowledged(
    on_disk: tuple[Served, Disk], _: str, record_property: Callable[[str, object], None]
) -> None:
    served, its_own = on_disk
    with crowd(crowd_of(served)) as together:
        more_writes(together, served)
        for _number in range(CUTS):
            cut_and_come_back(served, its_own)
            more_writes(together, served)
    record_property("power cuts", CUTS)
    record_property("acknowledged writes", len(together.acknowledged()))
    assert together.wrong() == []
    assert lost_and_doubled(served.at, together) == (set(), [])


# Fault planted: mount() instead of carry(): the file system that was cut comes back dead → Input/output error.
@pytest.mark.parametrize("_", HERE)
def test_a_disk_whose_mount_lives_on_elsewhere_comes_back_all_the_same(tmp_path: Path, _: str) -> None:
    with disk(tmp_path / "at", 16) as its_own:
        (its_own.at / "before").touch()
        os.sync()
        with subprocess.Popen(
            [sys.executable, "-c", ELSEWHERE], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as other:
            assert other.stdout
            assert other.stdout.readline() == b"here\n"
            its_own.cut()
            its_own.unmount()
            its_own.carry()
            (its_own.at / "after").write_text("written", encoding="utf-8")
            other.communicate()
        assert {"before", "after"} <= set(os.listdir(its_own.at))


# Fault planted: AWAY without OperationalError → 500 and the text is gone.
@pytest.mark.parametrize("_", HERE)
def test_on_a_full_disk_the_text_comes_back_and_is_saved_once_there_is_room(
    on_disk: tuple[Served, Disk], _: str
) -> None:
    served, its_own = on_disk
    with crowd(crowd_of(served)) as together:
        more_writes(together, served)
        before = together.kind()
        filler = its_own.fill()
        wait_until(lambda: together.kind() >= before + 2 * WRITERS, "the page that gives the text back")
        its_own.empty(filler)
        more_writes(together, served)
    assert together.wrong() == []
    assert lost_and_doubled(served.at, together) == (set(), [])


def lost_without_waiting_for_the_disk(installation: Installation, together: Crowd) -> int:
    """Count what is not there; a server that cannot even start has lost everything."""
    try:
        return len(lost_and_doubled(installation, together)[0])
    except psycopg.OperationalError:
        return len(together.acknowledged())


# The control: with fsync off the same cut does lose. If it loses nothing, the cuts above prove nothing.
@pytest.mark.parametrize("_", HERE)
def test_the_same_cut_loses_when_the_server_does_not_wait_for_the_disk(installation: Installation, _: str) -> None:
    with on_a_disk_of_its_own(installation, MEGABYTES) as its_own, serve(installation) as served:
        installation.ask("ALTER SYSTEM SET fsync = off")
        installation.ask("SELECT pg_reload_conf()")
        with crowd(crowd_of(served)) as together:
            more_writes(together, served)
            time.sleep(0.5)
            cut_and_come_back(served, its_own)
        assert lost_without_waiting_for_the_disk(installation, together) > 0
