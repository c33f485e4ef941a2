"""A hard day: the faults of the tests, as often as P6 asks, counted."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.faults.installation import Installation, copy, serve, wait_until
from tests.faults.ledger import Crowd, crowd
from tests.faults.test_disk import MEGABYTES, cut_and_come_back, lost_without_waiting_for_the_disk, on_a_disk_of_its_own
from tests.faults.test_kill import FAULTS, WRITERS, lost_and_doubled

LARGE_DISK = 6 * MEGABYTES


@dataclass(frozen=True)
class Day:
    """How many writes in all, and how often each fault."""

    writes: int
    faults: int

    def between(self, faults: int) -> int:
        """How many writes are waited for between two faults."""
        return max(1, self.writes // (2 * faults))


def go_on(together: Crowd, more: int, what: str) -> None:
    """Wait for more acknowledged writes, and say how far the day is."""
    wanted = len(together.acknowledged()) + more
    wait_until(lambda: len(together.acknowledged()) >= wanted, "writes to go on", patience=600)
    print(f"  {what}: {len(together.acknowledged()):,} acknowledged", file=sys.stderr, flush=True)


def row(what: str, times: int, at: Installation, together: Crowd) -> str:
    """Say one kind of fault as a row of the report. A wrong answer is no figure: it ends the day."""
    if together.wrong():
        sys.exit(f"wrong answers: {together.wrong()[:3]}")
    lost, doubled = lost_and_doubled(at, together)
    return f"| {what} | {times} | {len(together.acknowledged()):,} | {len(lost)} | {len(doubled)} |"


def kills(pristine: Installation, home: Path, day: Day) -> str:
    """Kill workers, the server and single connections, cut all connections, restart the server."""
    at = copy(pristine, home)
    times = len(FAULTS) * day.faults
    with serve(at) as served:
        with crowd([served.writer(str(number)) for number in range(WRITERS)]) as together:
            for number in range(times):
                go_on(together, day.between(times), f"kill {number + 1}/{times}")
                FAULTS[number % len(FAULTS)](served)
            go_on(together, day.between(times), "after the last")
        names = ", ".join(one.__name__.replace("_", " ") for one in FAULTS)
        return row(f"kill -9 and restart: {names}", times, at, together)


def cuts(pristine: Installation, home: Path, day: Day, *, control: bool = False) -> str:
    """Cut the power of the server's disk; as a control without waiting for the disk, which must lose."""
    at = copy(pristine, home)
    times = 1 if control else day.faults
    with on_a_disk_of_its_own(at, LARGE_DISK) as its_own, serve(at) as served:
        if control:
            at.ask("ALTER SYSTEM SET fsync = off")
            at.ask("SELECT pg_reload_conf()")
        with crowd([served.writer(str(number)) for number in range(WRITERS)]) as together:
            for number in range(times):
                go_on(together, 100 if control else day.between(times), f"cut {number + 1}/{times}")
                if control:
                    time.sleep(0.5)
                cut_and_come_back(served, its_own)
            if not control:
                go_on(together, day.between(times), "after the last")
        if control:
            lost = lost_without_waiting_for_the_disk(at, together)
            return f"| power cut, control with fsync off | {times} | {len(together.acknowledged()):,} | {lost} | |"
        return row("power cut (ext4 shutdown without flushing)", times, at, together)
