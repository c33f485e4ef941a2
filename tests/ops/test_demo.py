"""The demo: made once, kept, one copy for each that runs, and gone without a trace when killed."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tasuki.ops.database import fleeting_ground

# The town itself is tested elsewhere: here an empty one, so that the machinery alone is on trial.
START = """
import sys, types
town = types.ModuleType("tasuki.ops.town")
town.make = lambda seed, size: [
    {"login": "a", "password": "b", "name": "霧沢 花", "agency": "社協", "roles": ["CSW"]}
]
sys.modules["tasuki.ops.town"] = town
import tasuki.ops
tasuki.ops.town = town
from tasuki.ops.cli import main
sys.exit(main(sys.argv[1:]))
"""
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start `tasuki …` in an installation of this test; whatever still runs at the end is stopped."""
    running: list[subprocess.Popen[str]] = []
    with tempfile.TemporaryDirectory(prefix="tasuki-m-", dir=fleeting_ground()) as home:
        Path(home).chmod(0o711)

        def begin(*words: str) -> subprocess.Popen[str]:
            process = subprocess.Popen(
                [sys.executable, "-c", START, *words],
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, "TASUKI_HOME": home},
            )
            running.append(process)
            return process

        yield begin
        for process in running:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
        begin("stop").communicate(timeout=60)


def told(process: subprocess.Popen[str]) -> dict[str, Any]:
    """Wait for the JSON that a demo prints when it is ready."""
    assert process.stdout
    said: dict[str, Any] = json.loads(process.stdout.readline())
    return said


def ask(address: str, question: str) -> list[Any]:
    with psycopg.connect(address, autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchall() if cursor.description else []


def listens(url: str) -> bool:
    try:
        socket.create_connection(("127.0.0.1", int(url.rsplit(":", 1)[1].strip("/"))), timeout=5).close()
    except OSError:
        return False
    return True


# Faults planted: cluster.stay() left out; _pristine() that always makes; stop without stay(on=False).
def test_without_serving_the_town_stays_reachable_until_stop_and_is_kept(start: Start) -> None:
    first = told(start("demo", "--no-serve", "--json", "--size", "village"))
    assert sorted(first) == ["accounts", "dsn", "url"]
    assert sorted(first["dsn"]) == ["app", "auditor", "backup", "owner"]
    for role, address in first["dsn"].items():
        assert ask(address, "SELECT current_user") == [(f"tasuki_{role}",)]
    ask(first["dsn"]["owner"], "CREATE TABLE kept (n int)")
    assert start("stop").wait(timeout=60) == 0
    with pytest.raises(psycopg.OperationalError):
        ask(first["dsn"]["app"], "SELECT 1")
    again = told(start("demo", "--no-serve", "--json", "--size", "village"))
    assert again["dsn"] == first["dsn"]
    assert ask(again["dsn"]["owner"], "SELECT count(*) FROM kept") == [(0,)]


# Faults planted: _claimed() that always gives number 1; port.lock left out; follow() that does nothing;
# Cluster.stop() that never stops.
def test_a_second_demo_disturbs_nobody_a_killed_one_loses_nothing_and_ctrl_c_ends_all(start: Start) -> None:
    one, two = start("demo", "--json"), start("demo", "--json")
    said, other = told(one), told(two)
    assert said["url"] != other["url"]
    assert said["dsn"]["app"] != other["dsn"]["app"]
    ask(said["dsn"]["owner"], "CREATE TABLE kept (n int)")
    one.kill()
    one.wait()
    for _ in range(100):
        if not listens(said["url"]):
            break
        time.sleep(0.1)
    assert not listens(said["url"])
    assert listens(other["url"])
    third = start("demo", "--json")
    again = told(third)
    assert again["dsn"] == said["dsn"]
    assert ask(again["dsn"]["owner"], "SELECT count(*) FROM kept") == [(0,)]
    for process in (two, third):
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
    assert not listens(other["url"])
    with pytest.raises(psycopg.OperationalError):
        ask(said["dsn"]["app"], "SELECT 1")
