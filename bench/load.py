"""A morning of many workers: `python -m bench.load` lets them work side by side and says how long they waited (P14, T25).

Each worker signs in through the door and then asks for pages as a morning does (BENCH: 朝の庁舎), with a pause by chance
between two requests. A request counts from the moment at which it was due, so that whoever waits in line is counted as
waiting. Beside them, connections that never finish their headers stand open (T26). The world is that of `tasuki synth`.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import socket
import statistics
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from bench.browser import HOST, Answer, Browser, Form, hidden
from bench.plans import entered
from bench.report import write_section
from bench.serving import Running, memory_mb, running
from tasuki.ops.database import OWNER, city_server, disconnect
from tasuki.ops.synth import OWN_DATABASE

WANTED_MS = 500
PATIENCE = 30
GO_ON = "/reads/go-on/"
CASE = re.compile(r'href="(/cases/[0-9a-f-]{36}/)"')
PEOPLE = re.compile(r'name="people" value="([^"]+)"')
# What a morning is made of, in hundredths.
MIX = {
    "世帯の一覧": 20,
    "世帯を開く": 44,
    "名前で探す": 9,
    "受付を探す": 3,
    "記録を書く": 18,
    "つなぎ": 3,
    "会議": 2,
    "今日": 1,
}


@dataclass
class Told:
    """What happened: waiting times by call (ms), what went wrong, the memory of the server (MB) at times, how many reasons were asked for."""

    waits: dict[str, list[float]] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[float, float]] = field(default_factory=list)
    reasons: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, call: str, due: float, *, trouble: str = "") -> None:
        """Keep one request that was due at a moment and is answered now."""
        with self.lock:
            self.waits.setdefault(call, []).append((time.monotonic() - due) * 1000)
            if trouble:
                self.wrong[f"{call}: {trouble}"] += 1


class Worker:
    """Somebody at a browser, and the cases seen in their list."""

    def __init__(self, port: int, login: str, dice: random.Random) -> None:
        self.login, self.dice = login, dice
        self.browser = Browser(port, PATIENCE)
        self.cases: list[str] = []
        self.name = "山"
        self.reasons = 0

    def enter(self, password: str) -> None:
        """Sign in and read the own list. Raises RuntimeError when it does not come."""
        self.browser.enter(self.login, password)
        listed = self.browser.ask("/households/")
        if listed.status != 200:
            raise RuntimeError(f"{self.login} gets no list: {listed.status}")
        self.cases = list(dict.fromkeys(CASE.findall(listed.text)))
        names = re.findall(r'<a href="/cases/[^"]+"[^>]*>([^<　 ]+)', listed.text)
        self.name = self.dice.choice(names)[:2] if names else self.name

    def work(self, call: str) -> str:
        """Do one thing of a morning; return what was wrong, "" when nothing."""
        if call == "記録を書く":
            return self._write()
        address = {
            "世帯の一覧": "/households/", "名前で探す": f"/search/?q={quote(self.name)}", "受付を探す": f"/consultations/?q={quote(self.name)}",
            "つなぎ": "/referrals/", "会議": "/conferences/", "今日": "/",
            "世帯を開く": self.dice.choice(self.cases) if self.cases else "/households/",
        }[call]  # fmt: skip
        answer = self._open(address)
        return "" if answer.status == 200 and "</html>" in answer.text else str(answer.status)

    def _open(self, address: str) -> Answer:
        """Open a page; where it waits for a reason, as after very many people (T28), write one as anybody would, and go on."""
        answer = self.browser.ask(address)
        if answer.status == 429:
            self.reasons += 1
            self.browser.ask(GO_ON, {**hidden(answer.text), "reason": "朝の電話が続いています"})
            answer = self.browser.ask(address)
        return answer

    def _write(self) -> str:
        if not self.cases:
            return ""
        case = self.dice.choice(self.cases)
        opened = self._open(case)
        people = PEOPLE.findall(opened.text)
        if opened.status != 200 or not people:
            return "" if opened.status == 200 else str(opened.status)
        note: Form = {"text": "電話で様子をきいた。変わりはない。", "note_kind": "DIRECT", "people": people}
        saved = self.browser.ask(f"{case}notes/", {**note, **hidden(opened.text)})
        return "" if saved.status in {302, 422} and "sign-in" not in saved.to else str(saved.status)


def live(worker: Worker, told: Told, pause: float, until: float) -> None:
    """Work until a moment, with a pause by chance between two things that are due."""
    due = time.monotonic() + worker.dice.random() * pause
    calls, weights = list(MIX), list(MIX.values())
    while due < until:
        time.sleep(max(due - time.monotonic(), 0))
        call = worker.dice.choices(calls, weights)[0]
        try:
            trouble = worker.work(call)
        except (OSError, http.client.HTTPException) as fault:
            trouble = type(fault).__name__
            worker.browser.line.close()
        told.note(call, due, trouble=trouble)
        due += worker.dice.expovariate(1 / pause)


def slow_clients(port: int, count: int, until: float) -> None:
    """Open connections that send one letter of a header now and then and never finish."""
    lines = [socket.create_connection((HOST, port)) for _ in range(count)]
    for line in lines:
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
    while time.monotonic() < until:
        time.sleep(5)
        for line in lines:
            with suppress(OSError):  # closed by the server: that is its right
                line.sendall(b"a")
    for line in lines:
        line.close()


def logins_of(server_dsn: str, key: str, count: int) -> list[str]:
    """Return logins of a world's workers who read cases, the same ones each time."""
    import psycopg

    with psycopg.connect(server_dsn) as owner:
        found = owner.execute(
            "SELECT DISTINCT a.login FROM records_account a JOIN records_staff s ON s.account = a.id JOIN records_post p ON p.staff_id = s.id"
            " WHERE a.login ^@ %s AND p.until IS NULL AND p.sets && ARRAY['FIRST', 'COORD', 'OUT', 'PART', 'COMM', 'DESK']::varchar[]"
            " ORDER BY 1",
            [key],
        ).fetchall()
    listed = [str(row[0]) for row in found]
    return [listed[number % len(listed)] for number in range(count)] if listed else []


def morning(
    server: Running, logins: list[str], password: str, told: Told, pause: float, seconds: float, slow: int
) -> None:
    """Let everybody sign in one after another, and then all work at once."""
    workers = [Worker(server.port, login, random.Random(number)) for number, login in enumerate(logins)]  # noqa: S311
    for worker in workers:
        worker.enter(password)
    print(f"{len(workers)} people signed in", file=sys.stderr, flush=True)
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=live, args=(worker, told, pause, until)) for worker in workers]
    threads += [threading.Thread(target=slow_clients, args=(server.port, slow, until))] if slow else []
    for one in threads:
        one.start()
    while any(one.is_alive() for one in threads):
        told.memory.append((time.monotonic(), memory_mb(server.pids)))
        time.sleep(5)
    told.reasons = sum(worker.reasons for worker in workers)


def report(told: Told, how: str) -> str:
    """Return the section for docs/measured.md."""
    lines = [how, "", "| call | requests | p50 ms | p95 ms | p99 ms | longest ms |", "|---|---|---|---|---|---|"]
    everything = [one for waits in told.waits.values() for one in waits]
    for call, waits in [*sorted(told.waits.items()), ("all", everything)]:
        cuts = statistics.quantiles(waits, n=100, method="inclusive") if len(waits) > 1 else waits * 99
        lines.append(f"| {call} | {len(waits)} | {cuts[49]:.0f} | {cuts[94]:.0f} | {cuts[98]:.0f} | {max(waits):.0f} |")
    wrong = "; ".join(f"{what} × {count}" for what, count in told.wrong.items()) or "none"
    first, last = told.memory[len(told.memory) // 4][1], told.memory[-1][1]
    lines += [
        "",
        f"Errors: {wrong}. Reasons written to go on after very many people: {told.reasons}. Memory of the server (PSS): {first:.0f} MB after a quarter, {last:.0f} MB at the end.",
    ]
    return "\n".join(lines)


def main() -> int:
    """Serve a world, let the morning pass, tell; 1 when p95 or an error is over the promise."""
    asked = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    asked.add_argument("--size", default="city")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--workers", type=int, default=100)
    asked.add_argument("--pause", type=float, default=10, help="seconds between two requests of one worker, on average")
    asked.add_argument("--seconds", type=float, default=120)
    asked.add_argument("--slow", type=int, default=60, help="connections that never finish their headers")
    asked.add_argument("--write", action="store_true", help="put the figures into docs/measured.md")
    said = asked.parse_args()
    told = Told()
    with city_server() as city:
        entered(city, said.size, said.seed)
        # Only now: this room needs Django's settings.
        from tasuki.ops.town.cast import password_of

        disconnect()
        name = f"{OWN_DATABASE}{said.size}_{said.seed}"
        logins = logins_of(city.dsn(OWNER, name), f"{said.size}{said.seed}-", said.workers)
        with running(["tasuki", "serve", "--port", "{port}"], "/sign-in/", {"TASUKI_DATABASE": name}) as server:
            morning(server, logins, password_of(said.seed), told, said.pause, said.seconds, said.slow)
    how = (
        f"`python -m bench.load --size {said.size} --workers {said.workers} --pause {said.pause:.0f} --seconds {said.seconds:.0f}"
        f" --slow {said.slow} --write`, {date.today().isoformat()}, {os.cpu_count()} cores, load average"  # noqa: DTZ011  a day on paper
        f" {os.getloadavg()[0]:.1f}; the workers run on the same machine."
    )
    section = report(told, how)
    print(section)
    if said.write:
        write_section("Load", section)
    everything = [one for waits in told.waits.values() for one in waits]
    return 1 if told.wrong or statistics.quantiles(everything, n=100)[94] > WANTED_MS else 0


if __name__ == "__main__":
    sys.exit(main())
