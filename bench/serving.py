"""Servers under measurement: started as their own command, watched from outside by what the kernel counts of them."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings

from bench.browser import HOST, Ask
from tasuki.ops.database import Server
from tasuki.ops.serve import free_port

PATIENCE = 60
PORTS = 8790


@dataclass(frozen=True)
class Running:
    """A server: its first process, its port, and the seconds from its start to its first page."""

    pid: int
    port: int
    cold: float

    @property
    def pids(self) -> list[int]:
        """The numbers of all its processes."""
        return family(self.pid)


@contextmanager
def running(
    command: Sequence[str], first: str | Ask, environment: Mapping[str, str], python: str = sys.executable
) -> Iterator[Running]:  # fmt: skip
    """Run a server while the block lasts; `{port}` in its command is the port, `first` the address of its first page.

    Raises OSError when it does not answer 200 there within a minute; what it said is then told.
    """
    port = free_port(HOST, PORTS)
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as said, subprocess.Popen(
        [python, "-m", *(one.format(port=port) for one in command)],
        env={**os.environ, **environment}, stdout=said, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        try:
            words = first.words.encode() if isinstance(first, Ask) else None
            page = urllib.request.Request(
                f"http://{HOST}:{port}{first}", words, {"Content-Type": "application/json"} if words else {}
            )
            if not _answers(process, page):
                said.seek(0)
                raise OSError(f"{' '.join(command)} does not answer: {said.read()[-2000:].decode(errors='replace')}")
            yield Running(process.pid, port, time.perf_counter() - begun)
        finally:
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=PATIENCE)
            process.kill()


def by_granian(application: str, workers: int, *more: str) -> list[str]:
    """Return the command that serves a WSGI application (`module:name`) by the product's own server, with as many threads."""
    return [
        "granian", "--interface", "wsgi", "--host", HOST, "--port", "{port}", "--workers", str(workers),
        "--blocking-threads", str(settings.THREADS), "--no-ws", "--log-level", "warning", *more, application,
    ]  # fmt: skip


def _answers(process: subprocess.Popen[bytes], page: urllib.request.Request) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(page, timeout=PATIENCE) as answer:  # noqa: S310  our own server
            return int(answer.status) == 200
        time.sleep(0.01)
    return False


def family(pid: int) -> list[int]:
    """Return a process and all that it started, directly or not."""
    found = [pid]
    for one in found:
        with suppress(OSError):
            found += map(int, Path(f"/proc/{one}/task/{one}/children").read_text(encoding="ascii").split())
    return found


def postmaster(server: Server) -> int:
    """Return the number of the database server's first process, where it runs on this machine."""
    with psycopg.connect(server.admin) as admin:
        row = admin.execute("SELECT pg_read_file('postmaster.pid')").fetchone()
    return int(row[0].split()[0]) if row else 0


def cpu_ms(pids: Sequence[int]) -> float:
    """Return the processor time that these processes have used so far, in ms; one that ended meanwhile counts no more."""
    total = 0.0
    for pid in pids:
        with suppress(OSError):
            # The kernel's clock of another process (clock_getcpuclockid(3)): /proc counts in steps of 10 ms.
            total += time.clock_gettime_ns((~pid << 3) | 2) / 1e6
    return total


def memory_mb(pids: Sequence[int]) -> float:
    """Return the memory of these processes, shared parts divided among them (PSS), in MB."""
    total = 0
    for pid in pids:
        with suppress(OSError):
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
            total += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total / 1024
